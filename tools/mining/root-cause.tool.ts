import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, filters, log, metric } from "../inputs.ts";
import { partsOfDay } from "./core/causes/case-features.ts";
import { Z95 } from "./core/effects.ts";
import { clockOffsets, localClock } from "./core/performance/local-clock.ts";
import {
  type Feature,
  LEVEL,
  type SeparatingFeature,
  SMALLEST_GROUP,
  separatingFeatures,
} from "./core/separating-features.ts";
import { NoTimesError, NoValuesError } from "./errors.ts";
import { type CaseMeasure, caseMeasure } from "./measures.ts";
import { quoteName } from "./quote-name.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { column, text, where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  /** Waiting where an activity is named, else cycle time. */
  metric: metric.optional(),
  activity: activity.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly metric: string;
  /** Strongest first; empty where nothing separates slow from fast beyond chance. */
  readonly features: readonly SeparatingFeature[];
}

/** How many features get facts of their own; the table has them all. */
const TOLD = 3;

export default readTool<Input, Data>({
  name: "mining.root-cause",
  version: 1,
  description:
    "What slow cases have in common: attributes and steps that separate high from low cycle time, waiting or rework, with " +
    "effect size, 95 % interval, correction for many comparisons and a check on held-out cases. Association, not cause.",
  examples: {
    en: [
      "why?",
      "why are some cases slow?",
      "why does it take so long?",
      "what causes the delay?",
      "why did lead time go up?",
      "why do we wait before approval?",
      "what do late orders have in common?",
      "which customers or regions are slower?",
      "what drives cycle time?",
      "root cause of the long waiting time",
      "why is there so much rework?",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  if (selection.log.completed === null) throw new NoTimesError(selection.open.name);
  const asked = input.metric ?? (input.activity === undefined ? "cycle_time" : "waiting_time");
  const measure = caseMeasure(asked, selection.log, input.activity);
  const values = measure.values(selection.log);
  if (values.every(Number.isNaN)) throw new NoValuesError(measure.name, selection.open.name);
  const local = localClock(context.zone);
  const clock = clockSql(selection.log.completed, local);
  const features = separatingFeatures(selection.log, values, {
    local,
    isTautology: (feature) => asked === "rework" && isRepetition(feature),
  });
  const told = features.slice(0, TOLD).map((found) => effectFacts(selection, clock, measure, found));
  const given = assumptions(context, selection, input.filters);
  const best = features[0];
  return {
    data: { metric: asked, features },
    facts: [...told.map(({ difference }) => difference), ...told.flatMap(({ rest }) => rest), ...given.facts],
    views: best === undefined ? [] : [table(measure, features)],
    answer: {
      headline: headline(measure, best, told[0]),
      figures: told.map(({ difference }) => difference),
      assumptions: [...given.lines, ...search(best !== undefined)],
      notes: best === undefined ? [] : notes(best, told[0]!),
      ...(best === undefined ? {} : { next: nextStep(best.feature) }),
    },
  };
}

/** That a step repeats says of a case's rework what rework is. */
const isRepetition = (feature: Feature): boolean =>
  feature.kind === "repeats" || (feature.kind === "follows" && feature.from === feature.to);

/** How it was searched, so that silence means something. */
function search(found: boolean): Message[] {
  if (found) return [];
  const values = {
    level: { quantity: LEVEL, unit: "share" },
    smallest: { quantity: SMALLEST_GROUP, unit: "cases" },
  };
  return [
    {
      text: "looked for groups of at least {smallest} in each half; chance would show any of them in at most {level} of such logs",
      values,
    },
  ];
}

interface EffectFacts {
  readonly difference: Fact;
  readonly low: Fact;
  readonly high: Fact;
  /** Share of pairs in which the case with the feature is the higher one. */
  readonly above: Fact;
  /** The difference among cases alike in the strongest other feature. */
  readonly within: Fact | null;
  readonly rest: readonly Fact[];
}

function effectFacts(
  selection: Selection,
  clock: string,
  measure: CaseMeasure,
  found: SeparatingFeature,
): EffectFacts {
  const has = featureSql(found.feature, clock);
  const relation = measure.sql(selection.condition);
  const rows = found.cases + found.others;
  const of = (expression: string, own: string) => `(select ${expression} from ${relation}${where(own)})`;
  const [own, other] = [`case_id in ${has}`, `case_id not in ${has}`];
  const difference = `${of("avg(value)", own)} - ${of("avg(value)", other)}`;
  const error = `sqrt(${of("var_samp(value) / count(*)", own)} + ${of("var_samp(value) / count(*)", other)})`;
  const label = `Mean ${measure.name} of cases where ${plain(found.feature)}, less that of the others`;
  const fact = (value: number, name: string, sql: string, unit: string = measure.unit) =>
    selection.fact({ value, unit, label: name, sql, rows });
  const bound = (value: number, end: "lower" | "upper") =>
    fact(
      value,
      `${label}, ${end} end of the 95 % interval`,
      `select ${difference} ${end === "lower" ? "-" : "+"} ${Z95} * ${error}`,
    );
  const [low, high] = [bound(found.effect.low, "lower"), bound(found.effect.high, "upper")];
  const above = fact(
    (found.delta.difference + 1) / 2,
    `Pairs in which the case where ${plain(found.feature)} has the higher ${measure.name}, ties as halves`,
    superiority(relation, own),
    "share",
  );
  const within = withinFact(fact, found, label, relation, own, clock);
  const n = fact(
    found.cases,
    `Cases where ${plain(found.feature)}`,
    `select count(*) from ${relation}${where(own)}`,
    "cases",
  );
  return {
    difference: fact(found.effect.difference, label, `select ${difference}`),
    low,
    high,
    above,
    within,
    rest: [low, high, above, ...(within === null ? [] : [within]), n],
  };
}

/** The rank test's statistic over its largest value: Mann and Whitney's U over all pairs. */
const superiority = (relation: string, own: string): string =>
  `with v as (select value, ${own} as own from ${relation}), ` +
  "r as (select own, rank() over (order by value) + (count(*) over (partition by value) - 1) / 2.0 as place from v) " +
  "select (sum(place) filter (where own) - count(*) filter (where own) * (count(*) filter (where own) + 1) / 2.0) " +
  "/ (1.0 * count(*) filter (where own) * count(*) filter (where not own)) from r";

function withinFact(
  fact: (value: number, name: string, sql: string) => Fact,
  { within }: SeparatingFeature,
  label: string,
  relation: string,
  own: string,
  clock: string,
): Fact | null {
  if (within === null || within.effect === null) return null;
  const sql =
    `with v as (select value, ${own} as own, case_id in ${featureSql(within.by, clock)} as alike from ${relation}), ` +
    "s as (select avg(value) filter (where own) - avg(value) filter (where not own) as apart, " +
    "count(*) filter (where own) as n, count(*) filter (where not own) as m from v group by alike) " +
    "select sum(apart * n * m / (n + m)) / sum(1.0 * n * m / (n + m)) from s where n >= 2 and m >= 2";
  return fact(within.effect.difference, `${label}, among cases alike in whether ${plain(within.by)}`, sql);
}

/** When a case begins on the local clock, microseconds since 1970: the instant and what the zone is ahead of UTC then. */
function clockSql(instants: Float64Array, local: (instant: number) => number): string {
  const [first, last] = extent(instants);
  // Cases may begin before the first completion.
  const offsets = clockOffsets(local, first - 366 * 86_400_000_000, last);
  const ahead = offsets
    .slice(0, -1)
    .reduceRight(
      (rest, { until, offset }) =>
        `case when epoch_us(first_event) < ${until} then ${offset} else ${rest} end`,
      String(offsets[offsets.length - 1]!.offset),
    );
  return `(epoch_us(first_event) + ${ahead} + 0.0)`;
}

function extent(instants: Float64Array): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const instant of instants) {
    if (instant < first) first = instant;
    if (instant > last) last = instant;
  }
  return [first, last];
}

/** A subquery of the cases that have the feature. */
function featureSql(feature: Feature, clock: string): string {
  switch (feature.kind) {
    case "value":
      return `(select case_id from cases where ${column(feature.attribute)}::varchar = ${text(feature.value)})`;
    case "above":
      return `(select case_id from cases where ${column(feature.attribute)} > ${feature.value})`;
    case "happens":
      return `(select case_id from events where activity = ${text(feature.activity)})`;
    case "repeats":
      return `(select case_id from events where activity = ${text(feature.activity)} group by case_id having count(*) > 1)`;
    case "follows":
      return `(select case_id from edges where from_activity = ${text(feature.from)} and to_activity = ${text(feature.to)})`;
    case "team":
      return `(select case_id from events where ${column(feature.attribute)} = ${text(feature.value)})`;
    case "begins-on":
      return `(select case_id from cases where mod(floor(${clock} / 86400000000) + 3, 7) = ${feature.day - 1})`;
    case "begins-in": {
      const [from, to] = partsOfDay[feature.part];
      const hour = `mod(floor(${clock} / 3600000000), 24)`;
      return `(select case_id from cases where ${hour} >= ${from} and ${hour} < ${to})`;
    }
  }
}

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function plain(feature: Feature): string {
  switch (feature.kind) {
    case "value":
      return `${feature.attribute} is ${feature.value}`;
    case "above":
      return `${feature.attribute} is above ${feature.value}`;
    case "happens":
      return `${feature.activity} happens`;
    case "repeats":
      return `${feature.activity} is repeated`;
    case "follows":
      return `${feature.to} comes right after ${feature.from}`;
    case "team":
      return `${feature.attribute} ${feature.value} has a part`;
    case "begins-on":
      return `the first event is on a ${DAYS[feature.day - 1]}`;
    case "begins-in":
      return `the first event is in the ${feature.part} (${partsOfDay[feature.part].join(" to ")} h)`;
  }
}

function headline(
  measure: CaseMeasure,
  best: SeparatingFeature | undefined,
  facts: EffectFacts | undefined,
): Message {
  if (best === undefined || facts === undefined) {
    return {
      text: "Nothing in this log separates cases by {measure} beyond chance: neither their attributes nor their steps.",
      values: { measure: measure.name },
    };
  }
  const values = { measure: measure.name, feature: plain(best.feature), difference: facts.difference };
  return best.effect.difference > 0
    ? { text: "Cases where {feature} have a higher {measure}: {difference} more on average.", values }
    : { text: "Cases where {feature} have a lower {measure}: {difference} on average.", values };
}

function notes({ within }: SeparatingFeature, { low, high, above, within: alike }: EffectFacts): Message[] {
  return [
    {
      text: "95 % interval from {low} to {high}; of a case with it and one without, the first is the higher in {above} of pairs.",
      values: { low, high, above },
    },
    ...(within === null ? [] : [confounding(within, alike)]),
    {
      text: "Association, not cause: checked on held-out cases and corrected for the number of comparisons.",
    },
  ];
}

/** Whether it goes with the mix of cases instead. */
function confounding(within: NonNullable<SeparatingFeature["within"]>, alike: Fact | null): Message {
  const values = { other: plain(within.by), ...(alike === null ? {} : { alike }) };
  if (alike === null) {
    return { text: "It cannot be told apart from whether {other}: the same cases have both.", values };
  }
  return within.holds
    ? { text: "Among cases alike in whether {other} it holds: {alike}.", values }
    : { text: "Among cases alike in whether {other} nothing certain is left of it: {alike}.", values };
}

function nextStep(feature: Feature) {
  if (feature.kind === "happens" || feature.kind === "repeats") {
    return {
      label: { text: "Compare cases with and without {activity}", values: { activity: feature.activity } },
      ask: `compare cases with ${quoteName(feature.activity)} to those without`,
    };
  }
  return {
    label: { text: "Draft a rule from this" },
    ask: "draft rules for that",
  };
}

function table(measure: CaseMeasure, features: readonly SeparatingFeature[]): View {
  const number = (key: string, label: string, unit: string) => ({
    key,
    label,
    unit,
    kind: "number" as const,
  });
  return {
    kind: "table",
    title: `What separates cases by ${measure.name}`,
    columns: [
      { key: "feature", label: "Cases where", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      number("mean", "Mean", measure.unit),
      number("others", "Mean of the others", measure.unit),
      number("difference", "Difference", measure.unit),
      number("low", "95 % from", measure.unit),
      number("high", "to", measure.unit),
      number("shift", "Typical difference", measure.unit),
      { key: "delta", label: "Cliff's delta", kind: "number" },
      number("explained", "Share of the spread", "share"),
      number("within", "Among alike cases", measure.unit),
      { key: "alike", label: "Alike in whether", kind: "text" },
      { key: "holds", label: "Holds there", kind: "text" },
    ],
    rows: features.slice(0, 30).map((found) => ({
      feature: plain(found.feature),
      cases: found.cases,
      mean: found.mean,
      others: found.otherMean,
      difference: found.effect.difference,
      low: found.effect.low,
      high: found.effect.high,
      shift: found.shift.difference,
      delta: found.delta.difference,
      explained: found.explained,
      within: found.within?.effect?.difference ?? null,
      alike: found.within === null ? null : plain(found.within.by),
      holds: found.within === null ? null : found.within.holds ? "yes" : "no",
    })),
    total: features.length,
  };
}
