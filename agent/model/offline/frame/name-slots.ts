/** Slots for names of the log: steps, attributes to group by. */
import type { Tool } from "../../../../tools/define.ts";
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { inside, type Span } from "../text/utterance.ts";
import { phraseIn, wordingAfter, wordings } from "../text/wording.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { spread } from "./measure.ts";
import { isShareOfCases } from "./measure-slots.ts";
import { inRanges, preceded } from "./preceded.ts";
import { type Filled, type SlotContext, things } from "./slot-context.ts";
import { beginnings, orderOf } from "./step-order.ts";
import { asksWhich } from "./which.ts";

/** "are the goods shipped after the approval?": beside two names in full, a part of a third one is what they are done to. */
export function surest(named: readonly LinkOf<"thing">[]): readonly LinkOf<"thing">[] {
  const full = named.filter(({ score }) => score > nameInFull);
  return new Set(full.map(({ thing }) => thing.name)).size === 2 ? full : named;
}

/** "B after A", "B without A": the step that is named last comes first. Each step once. */
export function inTime(reading: Reading, named: readonly LinkOf<"thing">[]): readonly LinkOf<"thing">[] {
  const found = named.filter(
    ({ thing }, at) => named.findIndex((other) => other.thing.name === thing.name) === at,
  );
  const [first, second] = found;
  if (!first || !second || found.length > 2) return found;
  const order = orderOf(reading, first, second);
  if (order === null && preceded(reading, second, "exclude", 1)) return [second, first];
  return order === null ? found : [order.from, order.to];
}

/** "how long from A to B?", "until A, once B is done": two steps, with words that make a length of time of them. */
export function endsOfTime(context: SlotContext): boolean {
  const { reading } = context;
  const steps = surest(things(context, "activity"));
  const [first, second] = inTime(reading, steps);
  const timed =
    reading.concepts.has("duration") ||
    linksOf(reading, "metric").some(({ metric }) => metric === "cycle_time" || metric === "time_to");
  if (first === undefined || second === undefined || !timed) return false;
  if (new Set(steps.map(({ thing }) => thing.name)).size !== 2) return false;
  const [left, right] = first.start < second.start ? [first, second] : [second, first];
  const { to, until, after } = reading.language.time;
  const between = { start: left.end, end: right.start };
  const lists = [to, until, after, beginnings(reading.language)];
  return lists.some((list) => phraseIn(reading, list, between));
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

/** Texts tell cases apart. */
const isText =
  ({ briefing }: SlotContext) =>
  ({ thing }: LinkOf<"thing">): boolean =>
    briefing.log?.vocabulary.attributes.some(({ name, kind }) => name === thing.name && kind === "text") ??
    false;

/** "by region", "per team": the attribute after the word for grouping; else one that is named alone. */
export function fillAttribute(context: SlotContext, field: Field): Filled | null {
  const named = things(context, "attribute");
  const grouped =
    groupedBy(context) ??
    (field.required || spread(context.reading) ? named[0] : undefined) ??
    named.find(isListed(context.reading)) ??
    (context.measure || isShareOfCases(context) ? named.find(isText(context)) : undefined);
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

/** "cycle time p90 / customer tier / Q2 2026": figure, group and time one beside the other, behind strokes. */
const isListed =
  (reading: Reading) =>
  ({ start }: Span): boolean =>
    /[/|]\s*$/u.test(reading.text.slice(0, start)) &&
    linksOf(reading, "metric").length + linksOf(reading, "statistic").length > 0;

/** "channel against customer tier", "tier × country": two attributes side by side, where a figure is asked for. */
export function crossed(context: SlotContext): readonly [LinkOf<"thing">, LinkOf<"thing">] | null {
  const { reading } = context;
  const figures = linksOf(reading, "metric").length + linksOf(reading, "statistic").length;
  if (figures === 0 && context.measure === null) return null;
  const texts = things(context, "attribute").filter(isText(context));
  for (const [at, second] of texts.entries()) {
    const first = texts[at - 1];
    if (first && first.thing.name !== second.thing.name && sideBySide(reading, first, second))
      return [first, second];
  }
  return null;
}

const sideBySide = (reading: Reading, first: Span, second: Span): boolean =>
  joins(reading, first, second) ||
  rolesAt(reading, "versus").some(
    ({ start, end }) =>
      start >= first.end &&
      end <= second.start &&
      tokensBetween(reading, first.end, second.start).every((word) => inside(word, { start, end })),
  );

/** The attribute after the word for grouping, or before the one that stands after it ("branch-wise"); or after "which". */
export function groupedBy(context: SlotContext): LinkOf<"thing"> | undefined {
  const { reading } = context;
  const times = hasDeadline(context.tool) ? timesOf(context) : [];
  const named = things(context, "attribute").filter(({ thing }) => !times.includes(thing.name));
  return (
    named.find((link) => preceded(reading, link, "group-by", 1) || inRanges(reading, link)) ??
    named.find(
      (link) => (wordingAfter(reading, "wise", link.end)?.start ?? Number.POSITIVE_INFINITY) <= link.end + 1,
    ) ??
    named.find((link) => asksWhich(reading, link.start)) ??
    crossed(context)?.[0]
  );
}

/** "delivered by the promised date": a point in time is met or missed rather than grouped by, where the tool can tell. */
const hasDeadline = (tool: Tool): boolean => fieldsOf(tool).some(({ name }) => name === "deadline");
const timesOf = ({ briefing }: SlotContext): readonly string[] =>
  briefing.log?.vocabulary.attributes.flatMap(({ kind, name }) => (kind === "time" ? [name] : [])) ?? [];
