/** A KPI by group and over time of a log too large for memory: what breakdown.ts and grouping.ts give, out of SQL. */

import type { BusinessTime } from "../logs/core/business-time.ts";
import { UnknownRuleTermError } from "../rules/core/errors.ts";
import { nearest } from "../rules/core/nearest.ts";
import { type Group, largestFirst, type PairedGroup, type PeriodValue } from "./core/breakdown.ts";
import { type AttributeKinds, groupSql, relationSql, standsOnIt, valueSql } from "./core/group-sql.ts";
import {
  type GroupingOptions,
  MANY_NUMBERS,
  type Range,
  REST,
  rangesBetween,
  USUAL_BINS,
} from "./core/grouping.ts";
import { breakdownSql, instantSql, type MetricQuery } from "./core/metric-sql.ts";
import { type KpiDefinition, observedOf } from "./core/metrics.ts";
import { type Bucket, bucketsBetween, type Period } from "./core/periods.ts";
import type { Statistic } from "./core/summarize.ts";

type Cell = number | string | boolean | null;

/** A KPI that is asked of the store. */
export interface LargeQuery {
  readonly kpi: KpiDefinition;
  readonly statistic: Statistic;
  readonly cases: string | null;
  readonly calendar: BusinessTime | null;
  readonly limit: number | null;
  /** Which observations count, of those of the cases. */
  readonly where: readonly string[];
  /** Rows of portable SQL. */
  rows(sql: string): Promise<readonly (readonly Cell[])[]>;
}

/** How the store tells observations apart by an attribute. */
export interface LargeGrouping {
  readonly attribute: string;
  /** Joined to the observations `o`; empty where the value stands on the observation. */
  readonly join: string;
  /** The value, and what it is: 0 none, 1 a value of its own, 2 the rest, from 3 on a range. */
  readonly keys: readonly [value: string, kind: string];
  nameOf(value: Cell, kind: number): string | null;
  /** A condition over an observation for a group (see `metricSql`). */
  conditionOf(name: string | null): string;
}

const PLAIN = { none: 0, own: 1, rest: 2, range: 3 } as const;

/** `alias`: of the joined values, so that two groupings can stand in one query. */
export async function largeGrouping(
  query: LargeQuery,
  kinds: AttributeKinds,
  attribute: string,
  alias: string,
  { bins, top }: GroupingOptions,
): Promise<LargeGrouping> {
  const observed = observedOf(query.kpi);
  const { join, value } = valueIn(kinds, attribute, query.kpi, alias);
  const conditionOf = (holds: (column: string) => string) => groupSql(kinds, attribute, observed, holds);
  const base = { attribute, join };
  if (kindOf(kinds, attribute) === "number" && (bins !== undefined || top === undefined)) {
    const ranges = await rangesOf(query, { join, value }, bins);
    if (ranges !== null) return { ...base, ...inRanges(value, ranges, conditionOf) };
  }
  const kept = top === undefined ? null : await mostFrequent(query, { join, value }, top);
  const own = (column: string, name: string | null) => valueSql(kinds, attribute, column, name);
  const isKept = kept === null ? "true" : `(${kept.map((name) => own(value.column, name)).join(" OR ")})`;
  const isRest = (column: string) =>
    [`${column} IS NOT NULL`, ...(kept ?? []).map((name) => `NOT (${own(column, name)})`)].join(" AND ");
  return {
    ...base,
    keys: [
      `CASE WHEN ${isKept} THEN ${value.shown} END`,
      `CASE WHEN ${value.column} IS NULL THEN ${PLAIN.none} WHEN ${isKept} THEN ${PLAIN.own} ELSE ${PLAIN.rest} END`,
    ],
    nameOf: (cell, kind) => (kind === PLAIN.none ? null : kind === PLAIN.rest ? REST : String(cell)),
    conditionOf: (name) =>
      conditionOf((column) => (name === REST && kept !== null ? isRest(column) : own(column, name))),
  };
}

interface Value {
  readonly column: string;
  /** As it is read: instants in microseconds. */
  readonly shown: string;
}

const kindOf = ({ caseAttributes, attributes }: AttributeKinds, name: string) =>
  (caseAttributes.get(name) ?? attributes.get(name))?.kind;

function valueIn(kinds: AttributeKinds, attribute: string, kpi: KpiDefinition, alias: string) {
  const observed = observedOf(kpi);
  if (standsOnIt(observed, attribute)) {
    return { join: "", value: { column: `o.${attribute}`, shown: `o.${attribute}` } };
  }
  if (kindOf(kinds, attribute) === undefined) {
    const names = [...kinds.caseAttributes.keys(), ...kinds.attributes.keys()];
    throw new UnknownRuleTermError(attribute, nearest(attribute, names));
  }
  const column = `${alias}.v`;
  return {
    join: relationSql(kinds, attribute, observed, alias),
    value: { column, shown: kindOf(kinds, attribute) === "time" ? `epoch_us(${column})` : column },
  };
}

interface Joined {
  readonly join: string;
  readonly value: Value;
}

async function mostFrequent(
  query: LargeQuery,
  { join, value }: Joined,
  top: number,
): Promise<string[] | null> {
  const { kpi, cases, calendar, where } = query;
  const counted = breakdownSql(
    { kpi, cases, calendar, where, statistic: "count" },
    null,
    [value.shown],
    join,
  );
  const counts = (await query.rows(counted)).flatMap(([name, n]) =>
    name === null || name === undefined ? [] : [[String(name), Number(n)] as const],
  );
  if (counts.length <= top) return null;
  return counts
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, top)
    .map(([name]) => name);
}

/** Null where the numbers are few enough to stand by themselves. */
async function rangesOf(query: LargeQuery, { join, value }: Joined, bins?: number): Promise<Range[] | null> {
  const { kpi, cases, calendar, where } = query;
  const of = (columns: readonly string[]) =>
    breakdownSql({ kpi, cases, calendar, where, columns }, null, [], join);
  const many = of([`count(DISTINCT ${value.column})`]);
  const distinct = Number((await query.rows(many))[0]?.[0]);
  if (distinct === 0 || (bins === undefined && distinct <= MANY_NUMBERS)) return null;
  const wanted = bins ?? USUAL_BINS;
  const cuts = Array.from(
    { length: wanted + 1 },
    (_, at) => `quantile_cont(${value.column}, ${at / wanted})`,
  );
  return rangesBetween(((await query.rows(of(cuts)))[0] ?? []).map(Number));
}

function inRanges(
  { column }: Value,
  ranges: readonly Range[],
  conditionOf: (holds: (column: string) => string) => string,
): Pick<LargeGrouping, "keys" | "nameOf" | "conditionOf"> {
  const within = (own: string, { low, high, isLast }: Range) =>
    `${own} >= ${low}${isLast ? "" : ` AND ${own} < ${high}`}`;
  const cases = ranges.map((range, at) => `WHEN ${within(column, range)} THEN ${PLAIN.range + at}`);
  return {
    keys: ["0", `CASE WHEN ${column} IS NULL THEN ${PLAIN.none} ${cases.join(" ")} END`],
    nameOf: (_, kind) => (kind === PLAIN.none ? null : ranges[kind - PLAIN.range]!.name),
    conditionOf: (name) => {
      const range = ranges.find((own) => own.name === name);
      return conditionOf((own) => (range === undefined ? `${own} IS NULL` : within(own, range)));
    },
  };
}

/** By one attribute, largest figure first. */
export async function largeGroups(query: LargeQuery, grouping: LargeGrouping): Promise<readonly Group[]> {
  const groups = await grouped(query, [grouping]);
  return groups.map(({ names: [name = null], ...figures }) => ({ name, ...figures }));
}

/** By two at once. */
export async function largePairs(
  query: LargeQuery,
  first: LargeGrouping,
  second: LargeGrouping,
): Promise<readonly PairedGroup[]> {
  const pairs = await grouped(query, [first, second]);
  return pairs.map(({ names: [name = null, other = null], ...figures }) => ({
    name,
    second: other,
    ...figures,
  }));
}

async function grouped(query: LargeQuery, own: readonly LargeGrouping[]) {
  const sql = breakdownSql(
    query,
    query.limit,
    own.flatMap(({ keys }) => keys),
    own.map(({ join }) => join).join(""),
  );
  const groups = (await query.rows(sql)).map((row) => ({
    names: own.map(({ nameOf }, at) => nameOf(row[2 * at] ?? null, Number(row[2 * at + 1]))),
    ...figuresOf(row, 2 * own.length),
  }));
  return groups.sort(
    largestFirst(({ names }) => (names.length > 1 ? JSON.stringify(names) : (names[0] ?? null))),
  );
}

const figuresOf = (row: readonly Cell[], at: number): Pick<Group, "value" | "n" | "breaches"> => ({
  value: Number(row[at]),
  n: Number(row[at + 1]),
  breaches: Number(row[at + 2]),
});

export interface Span {
  /** Of the log, microseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

export interface LargePeriods {
  readonly periods: readonly PeriodValue[];
  /** The same for each group that was asked for. */
  readonly lines: readonly { readonly name: string | null; readonly periods: readonly PeriodValue[] }[];
}

/** Over time, every period between the first and the last observation; and for the groups with most observations. */
export async function largePeriods(
  query: LargeQuery,
  period: Period,
  zone: string,
  span: Span,
  grouping: LargeGrouping | null,
  groups: readonly (string | null)[],
): Promise<LargePeriods> {
  const { kpi, cases, calendar, where: own } = query;
  const extent = breakdownSql(
    { kpi, cases, calendar, where: own, columns: ["epoch_us(min(observed))", "epoch_us(max(observed))"] },
    null,
    [],
  );
  const [first, last] = (await query.rows(extent))[0] ?? [];
  if (typeof first !== "number" || typeof last !== "number") return { periods: [], lines: [] };
  const buckets = bucketsBetween(first, last, period, zone);
  const inBuckets = async (narrowed: LargeQuery & Pick<MetricQuery, "where">) =>
    inOrder(
      await narrowed.rows(breakdownSql(narrowed, query.limit, [bucketSql(buckets)])),
      buckets,
      query,
      span,
    );
  const lines = [];
  for (const name of grouping === null ? [] : groups) {
    const where = [...own, "observed IS NOT NULL", grouping!.conditionOf(name)];
    lines.push({ name, periods: await inBuckets({ ...query, where }) });
  }
  return { periods: await inBuckets({ ...query, where: [...own, "observed IS NOT NULL"] }), lines };
}

/** The place of an observation's bucket; a number for each, since buckets differ in length. */
const bucketSql = (buckets: readonly Bucket[]): string =>
  `CASE ${buckets.map(({ end }, at) => `WHEN observed < ${instantSql(end)} THEN ${at}`).join(" ")} END`;

function inOrder(
  rows: readonly (readonly Cell[])[],
  buckets: readonly Bucket[],
  { statistic }: LargeQuery,
  span: Span,
): PeriodValue[] {
  const found = new Map(rows.map((row) => [Number(row[0]), figuresOf(row, 1)]));
  const nothing = statistic === "count" || statistic === "sum" ? 0 : null;
  const times = [...found.keys()];
  const [from, to] = [Math.min(...times), Math.max(...times)];
  return buckets.slice(from, to + 1).map((bucket, at) => ({
    ...bucket,
    ...(found.get(from + at) ?? { value: nothing, n: 0, breaches: 0 }),
    isPartial: bucket.start < span.first || bucket.end > span.last,
  }));
}
