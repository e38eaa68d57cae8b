/** "the second one", "why the third?", after a list: asked with the name of what stands at that place. */
import type { Concept } from "../languages/language.ts";
import { read } from "../link/read.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import { lexiconOf } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";
import { isArticle, wordCount } from "../text/wording.ts";
import type { Turn } from "../turn.ts";

/** Longer texts count something of their own. */
const longest = 9;

/** What is counted besides things of the log. */
const countedElse: readonly Concept[] = [
  "proposal",
  "approval",
  "decide",
  "draft",
  "publish",
  "rule",
  "filter",
];

/** The same question about what the last list has at the place; null where no place is said or nothing stands there. */
export function listed(turn: Turn, again: (turn: Turn) => Plan): Plan | null {
  const { reading, state, briefing } = turn;
  const [place, ...more] = linksOf(reading, "ordinal");
  if (!place || more.length > 0 || wordCount(reading) > longest || state.readings.length > 0) return null;
  if (countedElse.some((concept) => reading.concepts.has(concept))) return null;
  if (linksOf(reading, "thing").length > 0 || !standsAlone(reading, place)) return null;
  const items = state.shown.filter(({ kind }) => kind !== "row" && kind !== "record");
  const item =
    items.length < 2 ? undefined : items.at(place.position > 0 ? place.position - 1 : place.position);
  if (!item) return null;
  const { start, end } = withItsWords(reading, place);
  const text = `${reading.text.slice(0, start)}"${item.name}"${reading.text.slice(end)}`;
  const here = { ...briefing, text };
  return again({ ...turn, reading: read(text, reading.language, here), briefing: here });
}

/** No noun of another kind is counted: "the second one", "the third step", and not "the second quarter". */
function standsAlone(reading: Reading, place: Span): boolean {
  const next = reading.tokens.find(({ start }) => start >= place.end);
  return (
    next === undefined || isFiller(reading, next) || isPunctuated(reading.text.slice(place.end, next.start))
  );
}

const isPunctuated = (between: string): boolean => /[?？!,;:、，。]/u.test(between);

/** A word of grammar, one that points, or the noun for what lists are made of. */
const isFiller = (reading: Reading, { start }: Span): boolean =>
  reading.senses.some(
    (sense) =>
      sense.start === start &&
      ((sense.meaning.kind === "role" && sense.meaning.value === "pronoun") ||
        (sense.meaning.kind === "concept" && (nouns as readonly string[]).includes(sense.meaning.value))),
  ) ||
  lexiconOf(reading.language).functionStems.has(reading.tokens.find((token) => token.start === start)!.stem);

const nouns: readonly Concept[] = ["activity", "bottleneck", "variant", "case"];

/** The place with its article and its noun: "the second one". */
function withItsWords(reading: Reading, place: Span): Span {
  const before = reading.tokens.findLast(({ end }) => end <= place.start);
  const next = reading.tokens.find(({ start }) => start >= place.end);
  const takesNext =
    next !== undefined &&
    reading.senses.some(
      (sense) =>
        sense.start === next.start &&
        ((sense.meaning.kind === "role" && sense.meaning.value === "pronoun") ||
          (sense.meaning.kind === "concept" && (nouns as readonly string[]).includes(sense.meaning.value))),
    );
  return {
    start: before && isArticle(before, reading.language) ? before.start : place.start,
    end: takesNext ? next.end : place.end,
  };
}
