/** Short words that an accent alone tells apart: Portuguese "e" and "é", "esta" and "está". */
import type { Language } from "../languages/language.ts";
import { phrases, type Sense } from "../text/lexicon.ts";
import { fold } from "../text/stem.ts";
import type { Token } from "../text/utterance.ts";

/** Longer words are told apart by more than that. */
const longest = 5;

/**
 * The word is written with an accent that the sense's word has not, or without the one that it has where the bare word
 * means something else: people leave accents out, but nobody puts one in.
 */
export function isOtherAccent(
  { meaning, from, to }: Sense,
  tokens: readonly Token[],
  language: Language,
): boolean {
  const { lower } = tokens[from]!;
  if (to - from > 1 || lower.length > longest) return false;
  const list = phrases(
    meaning.kind === "role"
      ? listOf(meaning.value, language)
      : meaning.kind === "move" && meaning.value === "addition"
        ? language.moves.addition
        : "",
  );
  if (list.includes(lower)) return false;
  if (fold(lower) !== lower) return list.includes(fold(lower));
  return list.some((word) => fold(word) === lower) && meansBare(lower, language);
}

const listOf = (role: Extract<Sense["meaning"], { kind: "role" }>["value"], language: Language): string =>
  ({
    pronoun: language.pronouns,
    conjunction: language.conjunctions,
    question: language.questions,
    request: language.requests,
  })[role as string] ?? "";

/** The word without an accent is one of grammar: Portuguese "de" is "of", and no "dê". */
const meansBare = (lower: string, { functionWords, conjunctions }: Language): boolean =>
  functionWords.split(/[\s,]+/u).includes(lower) || phrases(conjunctions).includes(lower);
