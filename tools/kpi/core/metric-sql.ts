/** The metrics of metrics.ts as SQL over the log store's relations (db/logs/log-store.ts). */
import { inCalendarSql, workedSql } from "../../logs/core/business-sql.ts";
import type { BusinessTime } from "../../logs/core/business-time.ts";
import { type KpiDefinition, KpiDefinitionError, theMeasure } from "./metrics.ts";
import { attributeObservationsSql } from "./observe-attribute.ts";
import type { Statistic } from "./summarize.ts";

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const name = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** " AND activity IN (…)", or nothing where all are meant. */
export const ofActivities = (activities: readonly string[] | null): string =>
  activities === null ? "" : ` AND activity IN (${activities.map(text).join(", ")})`;

function errorSql(kpi: KpiDefinition): string {
  if (kpi.activities !== null) {
    return `SELECT case_id, CASE WHEN case_id IN (SELECT case_id FROM steps WHERE true${ofActivities(kpi.activities)}) THEN 1 ELSE 0 END AS value, last_event AS observed FROM cases`;
  }
  if (kpi.deadline !== null) {
    const deadline = name(kpi.deadline);
    return `SELECT case_id, CASE WHEN last_event > ${deadline} THEN 1 ELSE 0 END AS value, last_event AS observed FROM cases WHERE ${deadline} IS NOT NULL`;
  }
  if (kpi.limit !== null) {
    return `SELECT case_id, CASE WHEN duration_s > ${kpi.limit} THEN 1 ELSE 0 END AS value, last_event AS observed FROM cases`;
  }
  throw new KpiDefinitionError(
    "It is not said what an error is.",
    "an activity, a deadline or a limit",
    "Name one.",
  );
}

/** A SELECT of (case_id, value, observed), one row an observation. */
export function observationsSql(kpi: KpiDefinition, inBusinessTime = false): string {
  switch (kpi.metric) {
    case "cycle_time":
      return "SELECT case_id, duration_s AS value, last_event AS observed FROM cases WHERE duration_s IS NOT NULL";
    case "time_to":
      return `SELECT c.case_id, ${inBusinessTime ? workedSql("c.first_event", "s.reached") : "(epoch_us(s.reached) - epoch_us(c.first_event))"} / 1e6 AS value, s.reached AS observed FROM (SELECT case_id, min(completed) AS reached FROM steps WHERE completed IS NOT NULL${ofActivities(kpi.activities)} GROUP BY case_id) s JOIN cases c ON c.case_id = s.case_id`;
    case "waiting_time":
      return `SELECT case_id, activity, resource, waiting_s AS value, completed AS observed FROM steps WHERE waiting_s IS NOT NULL${ofActivities(kpi.activities)}`;
    case "throughput":
      return "SELECT case_id, 1 AS value, last_event AS observed FROM cases";
    case "rework":
      return `SELECT case_id, CASE WHEN case_id IN (SELECT case_id FROM steps WHERE true${ofActivities(kpi.activities)} GROUP BY case_id, activity HAVING count(*) > 1) THEN 1 ELSE 0 END AS value, last_event AS observed FROM cases`;
    case "error_rate":
      return errorSql(kpi);
    case "attribute":
      return attributeObservationsSql(theMeasure(kpi), ofActivities(kpi.activities));
  }
}

const aggregates: Readonly<Record<Statistic, string>> = {
  mean: "avg(value)",
  median: "quantile_cont(value, 0.5)",
  p90: "quantile_cont(value, 0.9)",
  p95: "quantile_cont(value, 0.95)",
  min: "min(value)",
  max: "max(value)",
  sum: "sum(value)",
  count: "count(*)",
  share: "avg(value)",
};

export interface MetricQuery {
  readonly kpi: KpiDefinition;
  readonly statistic: Statistic;
  /** A SELECT of the case_ids that count; null for all. */
  readonly cases?: string | null;
  /** Further conditions over case_id, value and observed. */
  readonly where?: readonly string[];
  /** Durations count by it; by the clock without. */
  readonly calendar?: BusinessTime | null;
}

/** One SELECT whose first column of its one row is the figure; the second is how many observations it rests on. */
export function metricSql(query: MetricQuery): string {
  const { calendar = null } = query;
  const sql = figureSql(query);
  return calendar === null ? sql : inCalendarSql(sql, calendar);
}

function figureSql({ kpi, statistic, cases = null, where = [], calendar = null }: MetricQuery): string {
  const conditions = [...(cases === null ? [] : [`case_id IN (${cases})`]), ...where];
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `SELECT ${aggregates[statistic]} AS value, count(*) AS n FROM (${observationsSql(kpi, calendar !== null)}) o${filter}`;
}

/** The same of a figure as its share of the same figure of a whole, 0…1. */
export function partSql(part: MetricQuery, whole: Pick<MetricQuery, "cases" | "where">): string {
  const { calendar = null } = part;
  const sql = `SELECT cast(part.value AS double) / nullif(whole.value, 0) AS value, part.n FROM (${figureSql(part)}) part CROSS JOIN (${figureSql({ ...part, cases: whole.cases ?? null, where: whole.where ?? [] })}) whole`;
  return calendar === null ? sql : inCalendarSql(sql, calendar);
}

/** What is asked of groups of observations: a statistic, or columns of their own. */
export type BreakdownQuery = Omit<MetricQuery, "statistic"> &
  ({ readonly statistic: Statistic; readonly columns?: never } | { readonly columns: readonly string[] });

/**
 * A SELECT of the keys (expressions over the observation `o` and what is joined to it) and, for each of their combinations, the
 * figure, how many observations it rests on and how many are over the limit; or the columns that are named.
 */
export function breakdownSql(
  query: BreakdownQuery,
  limit: number | null,
  keys: readonly string[],
  join = "",
): string {
  const { kpi, cases = null, where = [], calendar = null } = query;
  const conditions = [...(cases === null ? [] : [`case_id IN (${cases})`]), ...where];
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const over = limit === null ? "0" : `sum(CASE WHEN value > ${limit} THEN 1 ELSE 0 END)`;
  const figures = "statistic" in query ? [aggregates[query.statistic!], "count(*)", over] : query.columns;
  const named = keys.map((key, at) => `${key} AS k${at}`);
  const grouped = keys.length === 0 ? "" : ` GROUP BY ${keys.map((_, at) => at + 1).join(", ")}`;
  const sql = `SELECT ${[...named, ...figures].join(", ")} FROM (${observationsSql(kpi, calendar !== null)}) o${join}${filter}${grouped}`;
  return calendar === null ? sql : inCalendarSql(sql, calendar);
}

/** How many observations are over a limit, after their own deadline where they have one, or in error. */
export const breachesSql = (query: Omit<MetricQuery, "statistic">, limit: number | null): string =>
  metricSql({ ...query, statistic: "count", where: [...(query.where ?? []), lateSql(query.kpi, limit)] });

function lateSql({ metric, deadline }: KpiDefinition, limit: number | null): string {
  if (metric === "error_rate") return "value > 0";
  const over = limit === null ? "false" : `value > ${limit}`;
  if (deadline === null) return over;
  return `coalesce(observed > (SELECT c.${name(deadline)} FROM cases c WHERE c.case_id = o.case_id), ${over})`;
}

/** An instant as a SQL literal, exact to the microsecond. */
export function instantSql(microseconds: number): string {
  const rest = ((microseconds % 1000) + 1000) % 1000;
  const text = new Date((microseconds - rest) / 1000).toISOString().replace("T", " ").slice(0, -1);
  return `TIMESTAMP '${text}${String(rest).padStart(3, "0")}'`;
}
