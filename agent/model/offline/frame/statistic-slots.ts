/** Which statistic is asked for. */
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { inside, type Span } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";
import type { Field } from "./fields.ts";
import { extremes, ranks } from "./measure.ts";
import { type Filled, freeOf, type SlotContext, things } from "./slot-context.ts";

/** Places in an order of many measures, or their mean: of one count there is none. */
export const ofMany: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95"]);

export const percentiles: ReadonlySet<string> = new Set(["p90", "p95"]);

/** "count business hours only": what is counted are hours, and what of them is asked for is another figure. */
export function countsHours(reading: Reading, { end }: Span): boolean {
  const ofBusiness = reading.senses.filter(
    ({ meaning }) => meaning.kind === "concept" && meaning.value === "calendar",
  );
  return [...ofBusiness, ...linksOf(reading, "hours")].some(
    ({ start }) => start >= end && tokensBetween(reading, end, start).length <= 1,
  );
}

export function fillStatistic(context: SlotContext, field: Field): Filled | null {
  if (context.measure) return { value: context.measure.statistic, links: [] };
  const found = freeOf(context, "statistic").filter(
    ({ statistic }) => field.choices.length === 0 || field.choices.includes(statistic),
  );
  const spoken = found.filter(
    (link) =>
      (link.statistic !== "count" || countsSomething(context, link)) &&
      !(extremes.has(link.statistic) && ranks(context.reading)),
  );
  const first = spoken[0]?.statistic === "count" ? (meanBeside(spoken) ?? spoken[0]) : spoken[0];
  if (first) return { value: first.statistic, links: found };
  if (mostOf(context) && field.choices.includes("count")) return { value: "count", links: [] };
  return longestCase(context.reading) && field.choices.includes("max") ? { value: "max", links: [] } : null;
}

/** "which country has the most orders", "approves the fewest loans": groups are held against each other by how many there are. */
function mostOf(context: SlotContext): boolean {
  const { reading } = context;
  if (freeOf(context, "metric").length > 0 || reading.concepts.has("duration")) return false;
  const steps = things(context, "activity");
  const isMany = (at: number, end: number): boolean =>
    steps.some(({ start }) => start >= end && tokensBetween(reading, end, start).length === 0) ||
    reading.senses.some(
      ({ meaning, from }) => from === at && meaning.kind === "concept" && meaning.value === "case",
    );
  // "订单最多": where words are not set apart, what there is most of comes first.
  const ahead = (start: number): boolean =>
    reading.language.script !== null &&
    reading.senses.some(
      (sense) =>
        sense.meaning.kind === "concept" &&
        sense.meaning.value === "case" &&
        sense.end <= start &&
        tokensBetween(reading, sense.end, start).length <= 1,
    );
  return wordings(reading, "most").some(({ to, start, end }) => isMany(to, end) || ahead(start));
}

/** "how many days on average": "how many" asks for the figure that is named beside it. */
const meanBeside = (spoken: readonly LinkOf<"statistic">[]): LinkOf<"statistic"> | undefined =>
  spoken.find(({ statistic }) => ofMany.has(statistic));

export const durations: ReadonlySet<string> = new Set(["cycle_time", "waiting_time", "time_to"]);

/** "ile trwa …?", "o ile różni się czas": the word for "how many" asks for a length of time, and counts nothing. */
function countsSomething(context: SlotContext, link: LinkOf<"statistic">): boolean {
  const { reading } = context;
  if (countsHours(reading, link)) return false;
  const timed = linksOf(reading, "metric").filter(({ metric }) => durations.has(metric));
  if (timed.some((metric) => inside(link, metric) && metric.end - metric.start > link.end - link.start))
    return false;
  const limited = linksOf(reading, "duration").length > 0;
  return timed.length === 0 || limited || nextToCases(reading, link);
}

/** At most one word stands between the span and one for cases. */
const nextToCases = (reading: Reading, { start, end }: Span): boolean =>
  reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "case" &&
      (sense.start >= end
        ? tokensBetween(reading, end, sense.start).length <= 1
        : sense.end <= start && tokensBetween(reading, sense.end, start).length <= 1),
  );

/** "how long did the slowest order take?": a figure of one case, and the longest there is. */
function longestCase({ senses, concepts }: Reading): boolean {
  if (!concepts.has("duration") || !concepts.has("case")) return false;
  const slowest = senses.filter(
    ({ meaning, from }) =>
      meaning.kind === "concept" &&
      meaning.value === "slow" &&
      senses.some((other) => other.from === from && other.meaning.value === "superlative"),
  );
  return slowest.some(({ from, to }) =>
    senses.some(
      (sense) =>
        sense.meaning.kind === "concept" &&
        sense.meaning.value === "case" &&
        (sense.from === to || sense.to === from),
    ),
  );
}
