/** English business words in a sentence of another language ("wie hoch ist der Throughput?"). */
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import type { Link } from "../link/links.ts";
import { lexiconOf, type Sense, senses } from "./lexicon.ts";
import { stem } from "./stem.ts";
import { overlap, type Token, type Utterance } from "./utterance.ts";

const meant: ReadonlySet<string> = new Set(["concept", "metric", "statistic", "option"]);

/** English senses of words that the sentence's own language does not know. */
export function englishSenses(
  tokens: readonly Token[],
  language: Language,
  own: readonly Sense[],
): readonly Sense[] {
  if (language.code === "en") return [];
  const english = languageOf("en");
  const translated = inEnglish(tokens, language);
  const foreign = tokens.map((token) => isForeign(token, language));
  const taken = (from: number, to: number): boolean =>
    own.some((sense) => meant.has(sense.meaning.kind) && sense.from < to && from < sense.to);
  return senses(translated, english).filter(({ meaning, from, to }) =>
    meaning.kind === "role"
      ? meaning.value === "group-by" && tokens.slice(from, to).every((token) => isUnknown(token, language))
      : meant.has(meaning.kind) && foreign.slice(from, to).some(Boolean) && !taken(from, to),
  );
}

/** Neither an idea nor a small word of the language itself: "by" in a German sentence. */
const isUnknown = ({ stem: own, lower }: Token, language: Language): boolean => {
  const { parts, functionStems } = lexiconOf(language);
  return /^\p{Script=Latin}+$/u.test(lower) && !parts.has(own) && !functionStems.has(own);
};

const inEnglish = (tokens: readonly Token[], language: Language): Token[] => {
  const english = languageOf("en");
  return tokens.map((token) => ({
    ...token,
    stem: borrowed(token.lower, language) ?? stem(token.lower, english),
  }));
};

/** How languages inflect English verbs that they borrow: "skippen", "gecheckt", "trackear", "skippare". */
const verbs: Readonly<Record<string, RegExp>> = {
  de: /^(?:ge)?(?<root>[a-z]{3,}?)(?:en|e|st|t|te|ten)$/u,
  nl: /^(?:ge)?(?<root>[a-z]{3,}?)(?:en|t|d|te|ten)$/u,
  fr: /^(?<root>[a-z]{3,}?)(?:er|e|es|ent|ons|ez|é|ée|és|ées)$/u,
  es: /^(?<root>[a-z]{3,}?)(?:ear|ar|eamos|amos|eo|eas|ea|eado|ado)$/u,
  it: /^(?<root>[a-z]{3,}?)(?:are|iamo|ando|ato|ata|ati)$/u,
  pt: /^(?<root>[a-z]{3,}?)(?:ear|ar|amos|ando|ado|ada)$/u,
  pl: /^(?<root>[a-z]{3,}?)(?:ować|owac|nąć|ujemy|ujesz|uje|ujmy|owany|owane)$/u,
};

/** The stem of the English verb that a word with the language's own ending comes from; null where English has none. */
function borrowed(lower: string, { code }: Language): string | null {
  const root = verbs[code]?.exec(lower)?.groups?.["root"];
  if (root === undefined) return null;
  const english = languageOf("en");
  const { parts } = lexiconOf(english);
  const [whole, bare] = [stem(lower, english), stem(root, english)];
  return !parts.has(whole) && parts.has(bare) ? bare : null;
}

const isForeign = ({ stem: own, lower }: Token, language: Language): boolean =>
  !lexiconOf(language).parts.has(own) && mayBeEnglish({ stem: own, lower }, language);

/** A word of three letters and more that is no small word of the language itself. */
const mayBeEnglish = ({ stem: own, lower }: Pick<Token, "stem" | "lower">, language: Language): boolean =>
  /\p{Script=Latin}{3}/u.test(lower) && !lexiconOf(language).functionStems.has(own);

/** The text as an English one, where a word in it may be English; null in English itself. */
export function englishBeside(utterance: Utterance): Utterance | null {
  const { language, tokens } = utterance;
  if (language.code === "en" || !tokens.some((token) => mayBeEnglish(token, language))) return null;
  return { ...utterance, language: languageOf("en"), tokens: inEnglish(tokens, language) };
}

/** Links of the English reading with a word that may be English, and where nothing of the own one is but a bare number. */
export function englishLinks<Found extends Link>(
  { tokens, language }: Utterance,
  own: readonly Link[],
  english: readonly Found[],
): Found[] {
  return english.filter(
    (link) =>
      tokens.some((token) => overlap(token, link) && mayBeEnglish(token, language)) &&
      !own.some((other) => other.kind !== "number" && overlap(other, link)),
  );
}
