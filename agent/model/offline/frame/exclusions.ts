/** Names that are left out or negated: "excluding anything that got rejected", "not paid yet", "die nie ausbezahlt wurden". */
import type { WordList } from "../languages/language.ts";
import { answersNo } from "../link/plain-no.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { isPostposition, type Wording, wordings } from "../text/wording.ts";

/**
 * `cases`: cases with it are left out ("leaving aside …"); `lacking`: it is what is not there ("without …"); `negated`: it is
 * said not to happen ("not paid yet").
 */
export type Exclusion = "cases" | "lacking" | "negated";

/** The words of a list, but for a "no" that answers. */
const wordsOf = (reading: Reading, list: WordList): Wording[] =>
  wordings(reading, list).filter((word) => !answersNo(reading, word));

/** How far a word that leaves out may stand from the name. */
const farthest = 7;

export function exclusionOf(reading: Reading, span: Span): Exclusion | null {
  if (leadsTo(reading, "leaving-out", span, 1) || follows(reading, span)) return "cases";
  if (leadsTo(reading, "lacking", span, 1)) return "lacking";
  if (leadsTo(reading, "not-done", span, 1) || excluded(reading, span)) return "negated";
  return null;
}

/** "don't save it", "ohne zu speichern", "niks opslaan": what is right behind such a word, or right before one of nothing, is not wanted. */
export function isDenied(reading: Reading, span: Span): boolean {
  const words = [
    ...wordsOf(reading, "not-done"),
    ...wordsOf(reading, "lacking"),
    ...rolesAt(reading, "exclude"),
  ];
  return words.filter(({ from }) => !isOfMost(reading, from)).some((word) => denies(reading, word, span));
}

/** "les plus fréquents": behind an article the word makes a superlative, and denies nothing. */
const isOfMost = ({ tokens, language }: Reading, from: number): boolean =>
  phrases(language.time.articles).includes(tokens[from - 1]?.lower ?? "");

function denies(reading: Reading, word: Span, span: Span): boolean {
  if (word.start < span.end && span.start < word.end) return false;
  if (word.end <= span.start) return near(reading, word.end, span.start, 0, 3);
  const next = tokensBetween(reading, span.end, word.start).length === 0;
  return next && !/[,;.:?!]/u.test(reading.text.slice(span.end, word.start));
}

/** Between a word of the list and the name stand only words of no content, nouns for cases, and `content` others. */
function leadsTo(reading: Reading, list: WordList, span: Span, content: number): boolean {
  return wordsOf(reading, list).some(
    (word) =>
      !isPostposition(reading.text.slice(word.start, word.end), reading.language) &&
      word.end <= span.start &&
      near(reading, word.end, span.start, content),
  );
}

/** A word that negates or excludes, of the language's list, with nothing of content between. */
const excluded = (reading: Reading, span: Span): boolean =>
  rolesAt(reading, "exclude").some((sense) =>
    isPostposition(reading.text.slice(sense.start, sense.end), reading.language)
      ? false
      : sense.end <= span.start && near(reading, sense.end, span.start, 0),
  );

/** "set the rejected ones aside", "die stornierten raus". */
const follows = (reading: Reading, span: Span): boolean => {
  const forms = phrases(reading.language.words["left-out"]).map((form) => form.toLowerCase());
  return wordsOf(reading, "left-out").some(
    ({ start, end }) =>
      start >= span.end &&
      forms.includes(reading.text.slice(start, end).toLowerCase()) &&
      nearBehind(reading, span.end, start),
  );
};

/** "否決になったものは除いて": where the verb comes last, a few words more, and no other name. */
const nearBehind = (reading: Reading, end: number, start: number): boolean =>
  reading.language.postpositions === undefined
    ? near(reading, end, start, 0, 3)
    : near(reading, end, start, 2, 5) &&
      !/[、，]/u.test(reading.text.slice(end, start)) &&
      !linksOf(reading, "thing").some((other) => other.start >= end && other.end <= start);

function near(reading: Reading, end: number, start: number, content: number, most = farthest): boolean {
  const between = tokensBetween(reading, end, start);
  const clause = /[;:?!]|\.\s+\p{Lu}|,\s*(?:but|aber|pero|mais|ma|maar|ale|mas)\b/u.test(
    reading.text.slice(end, start),
  );
  return (
    !clause &&
    between.length <= most &&
    between.filter((token) => hasContent(reading, token)).length <= content
  );
}

/** No word of grammar, no noun for a case, no word for having or happening, and no other name that is left out too. */
function hasContent(reading: Reading, token: Token): boolean {
  const { functionStems } = lexiconOf(reading.language);
  if (functionStems.has(token.stem) || phrases(reading.language.words["also-by"]).includes(token.lower))
    return false;
  if (
    linksOf(reading, "thing").some(({ thing, ...link }) => thing.kind !== "attribute" && inside(token, link))
  )
    return false;
  return !reading.senses.some(
    ({ meaning, start, end }) =>
      inside(token, { start, end }) &&
      ((meaning.kind === "concept" && meaning.value === "case") ||
        (meaning.kind === "role" && (meaning.value === "having" || meaning.value === "conjunction"))),
  );
}
