/** The figures of a separating feature as facts, and the SQL of who has it. */
import type { Fact } from "../define.ts";
import { offsetSpans, toLocalSql } from "../logs/core/local-time.ts";
import { partsOfDay } from "./core/causes/case-features.ts";
import { Z95 } from "./core/effects.ts";
import type { Feature, SeparatingFeature } from "./core/separating-features.ts";
import { WEEKDAYS } from "./core/waiting-hours.ts";
import type { CaseMeasure } from "./measures.ts";
import type { Selection } from "./selection.ts";
import { column, text, where } from "./sql.ts";

export interface EffectFacts {
  readonly difference: Fact;
  readonly low: Fact;
  readonly high: Fact;
  /** Share of pairs in which the case with the feature is the higher one. */
  readonly above: Fact;
  /** The difference among cases alike in the strongest other feature. */
  readonly within: Fact | null;
  readonly rest: readonly Fact[];
}

export function effectFacts(
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

const YEAR = 366 * 86_400_000_000;

/** When a case begins on the clocks of a zone, microseconds since 1970. Cases may begin before the first completion. */
export function clockSql(instants: Float64Array, zone: string): string {
  const [first, last] = extent(instants);
  return `(${toLocalSql("epoch_us(first_event)", offsetSpans(zone, first - YEAR, last))} + 0.0)`;
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

export function plain(feature: Feature): string {
  switch (feature.kind) {
    case "value":
      return `${feature.attribute} is ${feature.value}`;
    case "above":
      return `${feature.attribute} is above ${Number(feature.value.toPrecision(6))}`;
    case "happens":
      return `${feature.activity} happens`;
    case "repeats":
      return `${feature.activity} is repeated`;
    case "follows":
      return `${feature.to} comes right after ${feature.from}`;
    case "team":
      return `${feature.attribute} ${feature.value} has a part`;
    case "begins-on": {
      const weekday = WEEKDAYS[feature.day - 1]!;
      return `the first event is on a ${weekday}`;
    }
    case "begins-in":
      return `the first event is in the ${feature.part} (${partsOfDay[feature.part].join(" to ")} h)`;
  }
}
