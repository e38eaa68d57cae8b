import type { Metric } from "../../../../tools/define.ts";
import type { Concept } from "../languages/language.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { stateOf } from "../state.ts";
import { inside } from "../text/utterance.ts";
import { phraseIn, wordings } from "../text/wording.ts";
import { fillDeadline, latenessKpi } from "./deadline-slots.ts";
import { type Field, fieldsOf, hasSlot } from "./fields.ts";
import { spread } from "./measure.ts";
import { preceded } from "./preceded.ts";
import { type Filled, freeOf, type SlotContext, things } from "./slot-context.ts";
import { durations, ofMany, percentiles } from "./statistic-slots.ts";

/** "noise 0.2", "a noise threshold of 20 %", "20 % noise". */
export function fillNoise({ reading }: SlotContext): Filled | null {
  const spoken = wordings(reading, "noise");
  const near = (link: Link): boolean =>
    spoken.some(
      ({ start, end }) =>
        (end <= link.start && tokensBetween(reading, end, link.start).length <= 2) ||
        (link.kind === "share" && link.end <= start && tokensBetween(reading, link.end, start).length === 0),
    );
  const found = reading.links.find((link) => (link.kind === "number" || link.kind === "share") && near(link));
  const value = found?.kind === "share" ? found.share : found?.kind === "number" ? found.value : 2;
  return found && value <= 1 ? { value, links: [found] } : null;
}

/** "Only paths above 5 %" leaves out the rare 5 % and keeps the rest. */
export function keptShare({ reading }: SlotContext, { share, ...span }: LinkOf<"share">): number {
  const comparator = comparatorAt(reading, span);
  const rare = share <= 0.3 && (comparator === ">" || comparator === ">=" || reading.concepts.has("noise"));
  return rare ? Math.round((1 - share) * 1e6) / 1e6 : share;
}

/** Longer phrases first: "waiting time" before "time". */
export function fillMetric(context: SlotContext, field: Field): Filled | null {
  if (context.measure) return field.choices.includes("attribute") ? { value: "attribute", links: [] } : null;
  const found = freeOf(context, "metric")
    .filter(({ metric }) => field.choices.length === 0 || field.choices.includes(metric))
    .filter((link, _, all) => link.metric !== "throughput" || !summarises(context, all))
    .sort((left, right) => right.end - right.start - (left.end - left.start));
  if (found[0]?.metric === "cycle_time" && untilStep(context) && field.choices.includes("time_to"))
    return { value: "time_to", links: found };
  if (found[0]) return { value: found[0].metric, links: found };
  const implied =
    (hasSlot(context.tool, "kpi") ? latenessKpi(context)?.metric : null) ?? meantMetric(context);
  const summed = implied === "throughput" && summarises(context, []);
  return implied && !summed && (field.choices.length === 0 || field.choices.includes(implied))
    ? { value: implied, links: [] }
    : null;
}

/** "the p90 of closed tickets", "mean time of finished cases": the word for finished ones says which, not what is measured. */
function summarises(context: SlotContext, metrics: readonly LinkOf<"metric">[]): boolean {
  if (freeOf(context, "period").length > 0) return false;
  const named = freeOf(context, "statistic").map(({ statistic }) => statistic);
  const timed =
    metrics.some(({ metric }) => durations.has(metric)) || context.reading.concepts.has("duration");
  return named.some((statistic) => percentiles.has(statistic) || (timed && ofMany.has(statistic)));
}

/** "how long does it take until the offer is out": to one step, and to no case's end. */
function untilStep(context: SlotContext): boolean {
  const steps = things(context, "activity");
  const { until } = context.reading.language.time;
  const [only] = steps;
  if (steps.length !== 1 || !only) return false;
  const ahead = context.reading.tokens.filter(({ end }) => end <= only.start).slice(-4);
  return phraseIn(context.reading, until, { start: ahead[0]?.start ?? 0, end: only.start });
}

/** "what share is delivered after the promised date": cases are held against it; "time until A" is no wait before it. */
function meantMetric(context: SlotContext): Metric | null {
  const { concepts } = context.reading;
  const dated =
    fieldsOf(context.tool).some(({ name }) => name === "deadline") && fillDeadline(context) !== null;
  if (dated && !concepts.has("wait") && !concepts.has("rework")) return "cycle_time";
  const implied = impliedMetric(context);
  return implied === "waiting_time" && !concepts.has("wait") && untilStep(context) ? "time_to" : implied;
}

/** "how many were rejected?": the word for what went wrong is the name of a step, which is counted. */
const onlyNamesSteps = (reading: Reading): boolean => {
  const steps = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "activity");
  const counts = linksOf(reading, "statistic").some(({ statistic }) => statistic === "count");
  return (
    counts &&
    reading.senses
      .filter(({ meaning }) => meaning.kind === "concept" && meaning.value === "failure")
      .every((sense) => steps.some((step) => inside(sense, step)))
  );
};

/** What the other words say about the metric: lateness and length are about cycle time, a step about waiting. */
export function impliedMetric(context: SlotContext): Metric | null {
  const { reading, free } = context;
  const { concepts } = reading;
  const step = free.some((link) => link.kind === "thing" && link.thing.kind === "activity");
  if (concepts.has("wait")) return "waiting_time";
  if (concepts.has("rework")) return "rework";
  if (concepts.has("failure") && !onlyNamesSteps(reading)) return "error_rate";
  if (step && (concepts.has("slow") || concepts.has("fast") || asksLength(reading))) return "waiting_time";
  if (isShareOfCases({ reading, free }) || spread(reading) || countsByGroup(context)) return "throughput";
  if (["slow", "fast", "late", "sla", "duration"].some((concept) => concepts.has(concept as "slow")))
    return "cycle_time";
  return concepts.has("completed") || countsCases({ reading, free }) ? "throughput" : null;
}

/** "orders by channel", "breakdown of tickets by country": of cases of which nothing is measured there is their number. */
function countsByGroup({ reading, free, briefing }: SlotContext): boolean {
  const { concepts } = reading;
  if (!concepts.has("case") || measuring.some((concept) => concepts.has(concept))) return false;
  if (
    free.some(({ kind }) => kind === "statistic" || kind === "duration") ||
    stateOf(briefing.state).frames.length > 0
  )
    return false;
  const grouped = free.filter((link) => link.kind === "thing" && link.thing.kind === "attribute");
  return grouped.some((link) => preceded(reading, link, "group-by", 1));
}

/** Ideas that something is measured for. */
const measuring: readonly Concept[] = [
  "slow",
  "fast",
  "late",
  "sla",
  "duration",
  "wait",
  "work",
  "bad",
  "good",
  "trend",
  "bottleneck",
  "compare",
];

/** "how many tickets did we close?", "orders per month": cases are counted, and nothing else of them is asked. */
function countsCases({ reading, free }: Pick<SlotContext, "reading" | "free">): boolean {
  const { concepts } = reading;
  const statistics = free.flatMap((link) => (link.kind === "statistic" ? [link.statistic] : []));
  if (statistics.includes("count") || concepts.has("count"))
    return concepts.has("case") || linksOf(reading, "thing").some(({ thing }) => thing.kind === "activity");
  const overTime = free.some(({ kind }) => kind === "period");
  return concepts.has("case") && overTime && statistics.length === 0 && asksNothingElse(reading);
}

/** Ideas that say which cases, and that they are shown. */
const plain: ReadonlySet<Concept> = new Set(["case", "list", "completed", "person", "team", "process"]);

const asksNothingElse = ({ concepts }: Reading): boolean =>
  [...concepts].every((concept) => plain.has(concept));

/** How long; and not how much of them, which is the same word in languages without spaces ("返品率はどのくらい"). */
const asksLength = ({ concepts, links, language }: Reading): boolean =>
  concepts.has("duration") &&
  !(
    language.script !== null &&
    links.some((link) => link.kind === "statistic" && link.statistic === "share") &&
    !links.some(({ kind }) => kind === "metric" || kind === "duration")
  );

/** "What share of orders is from Germany", "orders by channel in percent": a part of the cases, by nothing but which they are. */
export function isShareOfCases({ reading, free }: Pick<SlotContext, "reading" | "free">): boolean {
  const { concepts } = reading;
  const asked = linksOf(reading, "statistic").some(({ statistic }) => statistic === "share");
  const timed =
    free.some(({ kind }) => kind === "duration") ||
    (["slow", "fast", "late", "sla"] as const).some((concept) => concepts.has(concept)) ||
    asksLength(reading);
  return asked && !timed && (concepts.has("case") || linksOf(reading, "thing").length > 0);
}
