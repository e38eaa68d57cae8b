/** English business words in a sentence of another language ("wie hoch ist der Throughput?"). */
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { lexiconOf, type Sense, senses } from "./lexicon.ts";
import { stem } from "./stem.ts";
import type { Token } from "./utterance.ts";

const meant: ReadonlySet<string> = new Set(["concept", "metric", "statistic", "option"]);

/** English senses of words that the sentence's own language does not know. */
export function englishSenses(
  tokens: readonly Token[],
  language: Language,
  own: readonly Sense[],
): readonly Sense[] {
  if (language.code === "en") return [];
  const english = languageOf("en");
  const { parts, functionStems } = lexiconOf(language);
  const translated = tokens.map((token) => ({ ...token, stem: stem(token.lower, english) }));
  const foreign = tokens.map(
    (token) => !parts.has(token.stem) && !functionStems.has(token.stem) && token.lower.length > 2,
  );
  const taken = (from: number, to: number): boolean =>
    own.some((sense) => meant.has(sense.meaning.kind) && sense.from < to && from < sense.to);
  return senses(translated, english).filter(
    ({ meaning, from, to }) =>
      meant.has(meaning.kind) && foreign.slice(from, to).some(Boolean) && !taken(from, to),
  );
}
