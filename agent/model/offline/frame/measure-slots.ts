/** Slots for what is measured and how: metric, statistic, threshold, KPI, deadline, share, noise. */
import type { Metric } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { Concept } from "../languages/language.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { latenessDefinition } from "../memory/definitions.ts";
import { stateOf } from "../state.ts";
import { inside, type Span } from "../text/utterance.ts";
import { phraseIn, wordings } from "../text/wording.ts";
import { type Field, fieldsOf, hasSlot } from "./fields.ts";
import { extremes, ranks, spread } from "./measure.ts";
import { preceded } from "./preceded.ts";
import { type Filled, freeOf, type SlotContext, things } from "./slot-context.ts";

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
  return value <= 1 ? { value, links: [] } : null;
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

/** Places in an order of many measures, or their mean: of one count there is none. */
const ofMany: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95"]);
const percentiles: ReadonlySet<string> = new Set(["p90", "p95"]);

/** "the p90 of closed tickets", "mean time of finished cases": the word for finished ones says which, not what is measured. */
function summarises(context: SlotContext, metrics: readonly LinkOf<"metric">[]): boolean {
  if (freeOf(context, "period").length > 0) return false;
  const named = freeOf(context, "statistic").map(({ statistic }) => statistic);
  const timed = metrics.some(({ metric }) => durations.has(metric));
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
function impliedMetric(context: SlotContext): Metric | null {
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

const durations: ReadonlySet<string> = new Set(["cycle_time", "waiting_time", "time_to"]);

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

/** A limit of an attribute is said in its own unit. */
function amountOf(context: SlotContext): Filled | null {
  const [found] = [...freeOf(context, "money"), ...freeOf(context, "number")];
  if (!found || comparatorAt(context.reading, found) === null) return null;
  return { value: found.kind === "money" ? found.amount : found.value, links: [found] };
}

/** A duration in the text, or the limit of the KPI that lateness is measured by. */
export function fillThreshold(context: SlotContext): Filled | null {
  if (context.measure) return amountOf(context);
  const found = freeOf(context, "duration")[0];
  if (found) return { value: found.seconds, links: [found] };
  if (!hasSlot(context.tool, "metric")) return null;
  const defined = latenessDefinition(context.reading, context.briefing);
  if (defined !== null) return defined.seconds === undefined ? null : { value: defined.seconds, links: [] };
  const kpi = latenessKpi(context);
  if (kpi === null || kpi.limit === null) return null;
  const isSame = hasSlot(context.tool, "kpi") || (kpi.metric === impliedMetric(context) && !kpi.activity);
  return isSame ? { value: kpi.limit, links: linksOf(context.reading, "kpi") } : null;
}

/** The KPI that says what is late, by its name. */
export function fillKpi(context: SlotContext): Filled | null {
  const kpi = latenessKpi(context);
  return kpi ? { value: kpi.name, links: linksOf(context.reading, "kpi") } : null;
}

/** Which KPI is meant where none is named: what a case takes in all before its parts. */
const latenessOrder: readonly string[] = ["cycle_time", "time_to", "error_rate", "waiting_time"];

/**
 * The KPI that is named, whatever it measures; else the one with a limit or a deadline that lateness in the text is
 * measured by. A log's own one before one of all.
 */
function latenessKpi(context: SlotContext): Briefing["kpis"][number] | null {
  const { reading, briefing } = context;
  const named = linksOf(reading, "kpi")[0]?.name;
  if (!named && !reading.concepts.has("late") && !reading.concepts.has("sla")) return null;
  if (!named && measuredAsDefined(context)) return null;
  const metric =
    freeOf(context, "metric")[0]?.metric ?? (reading.concepts.has("wait") ? "waiting_time" : null);
  const step = things(context, "activity")[0]?.thing.name;
  /** The fewer other steps, the closer; without this step far behind. */
  const distance = ({ activity }: Briefing["kpis"][number]): number => {
    const steps = [activity].flat();
    return step !== undefined && steps.includes(step) ? steps.length : 100;
  };
  const isMeant = (kpi: Briefing["kpis"][number]): boolean =>
    named === undefined
      ? latenessOrder.includes(kpi.metric) &&
        (kpi.limit !== null || kpi.deadline !== null || kpi.metric === "error_rate") &&
        (metric === null || kpi.metric === metric)
      : kpi.name === named;
  const fitting = briefing.kpis.filter(
    (kpi) => isMeant(kpi) && (!kpi.log || kpi.log === briefing.log?.name || kpi.log === briefing.log?.id),
  );
  const rank = (kpi: Briefing["kpis"][number]): number =>
    distance(kpi) * 100 + latenessOrder.indexOf(kpi.metric) * 10 + (kpi.log ? 0 : 1);
  return fitting.toSorted((left, right) => rank(left) - rank(right))[0] ?? null;
}

/** The time attribute that lateness is measured by, where it is named ("missed the promised date"). */
export function fillDeadline(context: SlotContext): Filled | null {
  const times = new Set(
    context.briefing.log?.vocabulary.attributes.flatMap(({ kind, name }) => (kind === "time" ? [name] : [])),
  );
  const found = things(context, "attribute").find(({ thing }) => times.has(thing.name));
  const late = context.reading.concepts.has("late") || context.reading.concepts.has("sla");
  const summed = freeOf(context, "statistic").some(
    ({ statistic }) => statistic === "share" || statistic === "count",
  );
  if (found && (late || summed || besideTime(context.reading, found)))
    return { value: found.thing.name, links: [found] };
  const defined = latenessDefinition(context.reading, context.briefing)?.deadline;
  return defined !== undefined && times.has(defined) ? { value: defined, links: [] } : null;
}

/** "finished after the promised date", "before the decision due". */
const besideTime = (reading: Reading, { start }: LinkOf<"thing">): boolean => {
  const { before, after, until } = reading.language.time;
  const ahead = {
    start: reading.tokens.filter((token) => token.end <= start).at(-3)?.start ?? 0,
    end: start,
  };
  return [before, after, until].some((list) => phraseIn(reading, list, ahead));
};

/** The person said what late is, and the tool can measure by it. */
const measuredAsDefined = ({ tool, reading, briefing }: SlotContext): boolean =>
  fieldsOf(tool).some(({ name }) => name === "deadline") && latenessDefinition(reading, briefing) !== null;
