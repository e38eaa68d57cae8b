/** Pronouns that are articles, or point at nothing. */
import { languageOf } from "../languages/index.ts";
import type { Concept, Language } from "../languages/language.ts";
import { lexiconOf, phrases, type Sense } from "../text/lexicon.ts";
import { stem } from "../text/stem.ts";
import type { Token } from "../text/utterance.ts";
import { isArticle } from "../text/wording.ts";

/** "Onde está …?": with its accent it is another word than the pronoun "esta", whose stem is the same. */
export const isAnotherWord = (
  { meaning, from, to }: Sense,
  tokens: readonly Token[],
  { pronouns }: Language,
): boolean =>
  meaning.value === "pronoun" &&
  to - from === 1 &&
  /\p{M}/u.test(tokens[from]!.lower.normalize("NFD")) &&
  /^[\p{Script=Latin}\p{M}]+$/u.test(tokens[from]!.lower.normalize("NFD")) &&
  !phrases(pronouns).includes(tokens[from]!.lower);

/** "las top 5 variantes": English in every language, whatever word of its own has the stem ("tope"). */
export const isBorrowedTop = (
  { meaning, from, to }: Sense,
  tokens: readonly Token[],
  { code }: Language,
): boolean =>
  code !== "en" &&
  to - from === 1 &&
  tokens[from]!.lower === "top" &&
  /^\d+$/u.test(tokens[to]?.lower ?? "") &&
  (meaning.kind === "comparator" || meaning.kind === "concept");

/** "gibt es …?" asks what there is: its "es" points at nothing. */
export const isExpletive = ({ meaning, from, to }: Sense, spoken: readonly Sense[]): boolean =>
  meaning.value === "pronoun" &&
  spoken.some(
    (other) =>
      other.meaning.value === "list" && other.from <= from && to <= other.to && other.to - other.from > 1,
  );

/** "die Engpässe": a pronoun that is an article too points at nothing where a noun follows. */
export const isArticleHere = (
  { meaning, from, to }: Sense,
  tokens: readonly Token[],
  language: Language,
): boolean =>
  meaning.kind === "role" &&
  meaning.value === "pronoun" &&
  language.capitalisedNouns &&
  isArticle(tokens[from]!, language) &&
  (tokens.slice(to, to + 3).some(({ text }) => /^\p{Lu}/u.test(text)) || isForeign(tokens[to], language));

/** "het foutpercentage", "het grootste knelpunt": the same in a language whose nouns have no capitals. */
export const isArticleOf = (
  { meaning, from, to }: Sense,
  spoken: readonly Sense[],
  tokens: readonly Token[],
  language: Language,
): boolean =>
  meaning.kind === "role" &&
  meaning.value === "pronoun" &&
  isArticle(tokens[from]!, language) &&
  spoken.some((other) => other.from === to && isNoun(other.meaning));

const isNoun = (meaning: Sense["meaning"]): boolean =>
  meaning.kind === "metric" ||
  (meaning.kind === "role" && meaning.value === "superlative") ||
  (meaning.kind === "concept" && nounConcepts.has(meaning.value));

/** Ideas that are spoken of with nouns; the others are as often verbs or adjectives ("het overslaan", "het slechter"). */
const nounConcepts: ReadonlySet<Concept> = new Set([
  "case",
  "activity",
  "process",
  "map",
  "variant",
  "bottleneck",
  "log",
  "rule",
  "proposal",
  "team",
  "ledger",
  "budget",
  "connector",
]);

const isForeign = (token: Token | undefined, language: Language): boolean => {
  if (token === undefined) return false;
  const { parts, functionStems } = lexiconOf(language);
  const english = languageOf("en");
  const borrowed = lexiconOf(english).entries.has(stem(token.lower, english));
  return !functionStems.has(token.stem) && (borrowed || !parts.has(token.stem));
};
