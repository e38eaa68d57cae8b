/** Slots for names of the log: steps, attributes to group by. */
import type { Phrases } from "../languages/language.ts";
import type { LinkOf } from "../link/links.ts";
import { type Reading, tokensBetween } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";
import type { Field } from "./fields.ts";
import { preceded } from "./filters.ts";
import { type Filled, type SlotContext, things } from "./slot-context.ts";

/** "B after A", "B without A": the step that is named last comes first. */
export function inTime(reading: Reading, found: readonly LinkOf<"thing">[]): readonly LinkOf<"thing">[] {
  const [first, second] = found;
  if (!first || !second || found.length > 2) return found;
  const { time, postpositions } = reading.language;
  const says = (tokens: readonly Token[], words: Phrases): boolean =>
    tokens.some(({ lower }) => phrases(words).includes(lower));
  if (preceded(reading, second, "exclude", 1)) return [second, first];
  const between = tokensBetween(reading, first.end, second.start);
  if (postpositions === undefined) return says(between, time.after) ? [second, first] : found;
  const beyond = reading.tokens.filter(({ start }) => start >= second.end).slice(0, 2);
  const earlier = says(between, time.before) || (says(beyond, time.after) && !says(between, time.after));
  return earlier ? [second, first] : found;
}

/** Only words that join two attributes, or a comma or a sign, stand between them. */
export function joins(reading: Reading, first: Span, second: Span): boolean {
  const between = reading.text.slice(first.end, second.start).trim();
  const words = tokensBetween(reading, first.end, second.start);
  if (words.length === 0) return /^[,×&/、和与]*$/u.test(between);
  const joined = wordings(reading, "also-by").filter(
    ({ start, end }) => start >= first.end && end <= second.start,
  );
  return words.every((word) => joined.some((span) => inside(word, span)));
}

/** The last named ("from creation to delivery"), surest first where one is much surer. */
export const nameInFull = 0.9;

export function pickActivity(context: SlotContext): LinkOf<"thing"> | null {
  const found = things(context, "activity");
  const sure = found.filter(({ score }) => score > 0.9);
  const best = Math.max(...found.map(({ score }) => score));
  return sure.at(-1) ?? found.findLast(({ score }) => score > best - 0.1) ?? null;
}

/** "by region", "per team": the attribute after the word for grouping; else one that is named alone. */
export function fillAttribute(context: SlotContext, field: Field): Filled | null {
  const named = things(context, "attribute");
  const grouped =
    named.find((link) => preceded(context.reading, link, "group-by", 1)) ??
    named.find((link) => asksWhich(context.reading, link.start)) ??
    (field.required ? named[0] : undefined);
  if (grouped) {
    const others = grouped.alternatives.filter(({ kind }) => kind === "attribute").map(({ name }) => name);
    return {
      value: grouped.thing.name,
      links: [grouped],
      alternatives: others.map((name) => ({ value: name, label: name })),
    };
  }
  const byStep = context.reading.senses.find(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "activity" &&
      (preceded(context.reading, sense, "group-by", 0) || asksWhich(context.reading, sense.start)),
  );
  return byStep ? { value: "activity", links: [] } : null;
}

const asksWhich = (reading: Reading, start: number): boolean =>
  wordings(reading, "which").some(({ end, to }) => end <= start && (reading.tokens[to]?.start ?? 0) >= start);
