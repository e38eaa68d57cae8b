/** The language of a short order, where its verb tells what detection could not: "apaga o ticket 42", "crée un ticket". */
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { operationNouns } from "../languages/operation-nouns.ts";
import { operationVerbs } from "../languages/operation-verbs.ts";
import { spansOf } from "../text/patterns.ts";
import type { Utterance } from "../text/utterance.ts";
import { withParticles } from "./said.ts";

/** Null where the language that was detected has a verb of its own in the text, or several others begin so. */
export function otherLanguage(words: Utterance): Language | null {
  if (words.language.script !== null || hasVerb(words, words.language.code, false)) return null;
  if (hasVerb(words, "en", true)) return null;
  const others = Object.keys(operationVerbs).filter(
    (code) =>
      code !== words.language.code &&
      !unspaced.has(code) &&
      hasVerb(words, code, true) &&
      hasNoun(words, code),
  );
  return others.length === 1 ? languageOf(others[0]!) : null;
}

const unspaced: ReadonlySet<string> = new Set(["ja", "zh"]);

const hasVerb = (words: Utterance, code: string, first: boolean): boolean =>
  Object.values(operationVerbs[code] ?? {}).some((source) =>
    spansOf(words, withParticles(source)).some(({ start }) => !first || start === words.tokens[0]?.start),
  );

const hasNoun = (words: Utterance, code: string): boolean =>
  Object.values(operationNouns).some((source) => spansOf(words, source[code] ?? "(?!)").length > 0);
