/** Whether every word of a follow-up found its place in the last question. */
import type { Tool } from "../../../../tools/define.ts";
import type { Filling } from "../frame/filling.ts";
import type { Ranked } from "../frame/rank.ts";
import type { Link } from "../link/links.ts";
import { hasRole, linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { lexiconOf, stems } from "../text/lexicon.ts";
import { stem } from "../text/stem.ts";
import { inside, overlap, type Span } from "../text/utterance.ts";
import type { Input } from "./carried.ts";

/** Nothing else can be meant. */
export const plainly = 0.99;

/** "and in Germany?", "per month": every word found its place in the last question, or only leads to one that did. */
export function isAllTaken(reading: Reading, filling: Filling): boolean {
  const { used } = filling;
  const { functionStems } = lexiconOf(reading.language);
  const nouns = [...used].flatMap((link) =>
    link.kind === "thing" && link.thing.kind === "value"
      ? stems(link.thing.attribute.replace(/[^\p{L}\p{N}]+/gu, " "), reading.language)
      : [],
  );
  const leading = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "move" && meaning.value === "addition") ||
      (meaning.kind === "concept" && (meaning.value === "case" || meaning.value === "calendar")),
  );
  return reading.tokens.every(
    (token) =>
      functionStems.has(token.stem) ||
      nouns.includes(token.stem) ||
      nouns.includes(stem(token.stem, reading.language)) ||
      reading.links.some((link) => isNounOf(link, filling) && overlap(link, token)) ||
      [...used, ...leading].some((span) => overlap(span, token)) ||
      reading.links.some(({ kind, start, end }) => kind === "comparator" && overlap({ start, end }, token)),
  );
}

/** The log's names, windows and periods in the text all found a field. */
export const placed = (reading: Reading, filling: Filling): boolean =>
  reading.links
    .filter(({ kind }) => ["thing", "window", "period", "duration", "share"].includes(kind))
    .filter((link) => !isRate(link, reading, filling) && !isNounOf(link, filling))
    .filter((link) => !isNounOfValue(link, reading))
    .every((link) =>
      [...filling.used].some((used) => used === link || (used.start < link.end && link.start < used.end)),
    );

/** "Enterprise customers", where a column is called "customer": the noun of the value beside it, and nothing to group by. */
const isNounOfValue = (link: Link, reading: Reading): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  !hasRole(reading, "group-by") &&
  linksOf(reading, "thing").some(
    (other) =>
      other.thing.kind === "value" &&
      tokensBetween(reading, Math.min(other.end, link.end), Math.max(other.start, link.start)).length <= 1,
  );

/** "low priority": the attribute of a value that is said, and nothing besides. */
const isNounOf = (link: Link, { used }: Filling): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  [...used].some(
    (value) =>
      value.kind === "thing" && value.thing.kind === "value" && value.thing.attribute === link.thing.name,
  );

/** "15,000 a week", "a weekly budget of 15,000": how the amount is meant, and nothing to group by. */
const isRate = (link: Link, reading: Reading, { used }: Filling): boolean =>
  link.kind === "period" &&
  [...used].some(
    (amount) =>
      (amount.kind === "money" || amount.kind === "number" || amount.kind === "duration") &&
      tokensBetween(reading, Math.min(link.end, amount.end), Math.max(link.start, amount.start)).length <= 2,
  );

/** Every word is one of grammar, or belongs to what changes: then it is read for sure. */
function isPlain(reading: Reading, filling: Filling): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const leading = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "exclude") ||
      (meaning.kind === "move" && (meaning.value === "addition" || meaning.value === "correction")) ||
      (meaning.kind === "concept" && (meaning.value === "case" || meaning.value === "list")),
  );
  const isUsed = (token: Span): boolean => [...filling.used].some((link) => overlap(link, token));
  const unread = reading.tokens.filter(
    (token) =>
      !functionStems.has(token.stem) && !leading.some((sense) => inside(token, sense)) && !isUsed(token),
  );
  return unread.length === 0 || (unread.length === 1 && isNoun(unread[0]!, reading));
}

/** "Enterprise customers": no idea of its own, right behind a value. */
const isNoun = (token: Span, reading: Reading): boolean =>
  !reading.senses.some(({ meaning, ...span }) => meaning.kind !== "role" && overlap(span, token)) &&
  linksOf(reading, "thing").some(
    ({ thing, end }) => thing.kind === "value" && token.start >= end && token.start - end <= 1,
  );

/** How likely a follow-up is that is not read for sure. */
const likely = 0.9;

export const ranked = (reading: Reading, tool: Tool, filling: Filling, input: Input): Ranked => ({
  tool,
  filling: {
    ...filling,
    input,
    missing: [],
    variants: filling.variants.map((variant) => ({ ...variant, input: { ...input, ...variant.input } })),
  },
  coverage: 1,
  likelihood: isPlain(reading, filling) ? plainly : likely,
});
