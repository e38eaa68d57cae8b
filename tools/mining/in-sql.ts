/**
 * Paths and process map of a log that is too large for memory: the same figures as the kernel's, out of SQL. A model is
 * not discovered there.
 */
import { renderSql } from "../../db/logs/dialect.ts";
import type { Fact, FactDraft, Message, OpenLog, ToolContext, View } from "../define.ts";
import type { Filter } from "../inputs.ts";
import { inCalendarSql } from "../logs/core/business-sql.ts";
import { businessTimeBetween } from "../logs/core/business-time.ts";
import { type CalendarChoice, chooseCalendar } from "../logs/core/calendar-definition.ts";
import { filterWords } from "../logs/core/filter-words.ts";
import { filterSql } from "../logs/core/filters.ts";
import { NoCasesError } from "./errors.ts";
import { calendarLine, inCalendar } from "./selection.ts";
import { where } from "./sql.ts";

type Row = readonly (number | string | boolean | null)[];

export interface LargeSelection {
  readonly open: OpenLog;
  /** A condition on `case_id`; null for all cases. */
  readonly condition: string | null;
  readonly cases: Fact;
  /** What every answer says about its cases. */
  readonly assumptions: readonly Message[];
  fact(draft: Omit<FactDraft, "log">): Fact;
  /** Rows of portable SQL. */
  rows(sql: string): Promise<readonly Row[]>;
}

/** Throws `NoCasesError` when the filters leave none. */
export async function selectLarge(
  context: ToolContext,
  open: OpenLog,
  filters: readonly Filter[],
  calendar?: CalendarChoice,
): Promise<LargeSelection> {
  const time = businessTimeBetween(
    chooseCalendar(calendar, open.calendars ?? [], context.zone),
    open.large?.first,
    open.large?.last,
  );
  const timed = (sql: string) => (time === null ? sql : inCalendarSql(sql, time));
  const condition =
    filters.length === 0
      ? null
      : `case_id in (select case_id from cases where ${filterSql(filters, time !== null)})`;
  const rows = async (sql: string) => (await open.query(renderSql(open.dialect, timed(sql)))).rows;
  const fact = (draft: Omit<FactDraft, "log">) =>
    context.fact({ ...(time === null ? draft : inCalendar(draft, time)), log: open.id });
  const sql = `select count(*) from cases${where(condition)}`;
  const n = Number((await rows(sql))[0]?.[0]);
  if (n === 0) throw new NoCasesError(open.name, filters.length > 0);
  const cases = fact({ value: n, unit: "cases", label: "Cases looked at", sql, rows: n });
  const about: Message = {
    text: filters.length === 0 ? "All {n} of {log}" : "{n} of {log}",
    values: { n: cases, log: open.name },
  };
  return {
    open,
    condition,
    cases,
    fact,
    rows,
    assumptions: [about, ...calendarLine(time), ...filters.map(filterWords)],
  };
}

/** A figure that is one cell of SQL. */
export async function figure(
  selection: LargeSelection,
  draft: Omit<FactDraft, "log" | "value"> & { readonly sql: string },
): Promise<Fact> {
  const value = Number((await selection.rows(draft.sql))[0]?.[0]);
  return selection.fact({ ...draft, value });
}

/** Different paths, different activities, and the share of the cases on the most common path. */
export async function structureInSql(selection: LargeSelection): Promise<[Fact, Fact, Fact]> {
  const { condition, cases } = selection;
  const grouped = `(select variant, count(*) as n from cases${where(condition)} group by variant)`;
  const rows = cases.value;
  return Promise.all([
    figure(selection, {
      unit: "variants",
      label: "Different paths",
      sql: `select count(*) from ${grouped}`,
      rows,
    }),
    figure(selection, {
      unit: "activities",
      label: "Different activities",
      sql: `select count(distinct activity) from events${where(condition)}`,
      rows,
    }),
    figure(selection, {
      unit: "share",
      label: "Share of cases on the most common path",
      sql: `select max(n) / sum(n) from ${grouped}`,
      rows,
    }),
  ]);
}

export interface PathInSql {
  readonly activities: readonly string[];
  readonly cases: number;
  readonly share: number;
  readonly mean: number | null;
}

/** The most frequent, or of those that one case in a hundred takes the slowest, paths. */
export async function pathsInSql(
  selection: LargeSelection,
  order: "rarest" | "frequency" | "slowest",
  limit: number,
): Promise<PathInSql[]> {
  const { condition, cases, rows } = selection;
  const by = {
    rarest: "n, variant desc",
    frequency: "n desc, variant",
    slowest: `case when n >= ${cases.value / 100} then 0 else 1 end, mean desc, variant`,
  }[order];
  const found = await rows(
    `select variant, n, mean from (select variant, count(*) as n, avg(duration_s) as mean from cases${where(condition)} group by variant) paths order by ${by} limit ${limit}`,
  );
  return found.map(([variant, n, mean]) => ({
    activities: activitiesOf(String(variant)),
    cases: Number(n),
    share: Number(n) / cases.value,
    mean: mean === null ? null : Number(mean),
  }));
}

/** As the relation `cases` joins them: arrows and backslashes inside a name are escaped. */
export const activitiesOf = (variant: string): string[] =>
  variant.split(" → ").map((name) => name.replaceAll(/\\([\\→])/g, "$1"));

/** The process map with counts, times and waiting, and how many edges it has. */
export async function mapInSql(
  selection: LargeSelection,
  threshold: number,
): Promise<{ readonly view: View; readonly edges: number }> {
  const { condition, rows } = selection;
  const own = where(condition);
  const [activities, times, edges, starts, ends] = await Promise.all([
    rows(`select activity, count(*) from events${own} group by activity order by 2 desc, 1`),
    rows(`select activity, avg(waiting_s), avg(service_s) from steps${own} group by activity`),
    rows(
      `select from_activity, to_activity, count(*), avg(seconds) from edges${own} group by from_activity, to_activity order by 3 desc, 1, 2`,
    ),
    rows(`select activity, count(*) from events${where("position = 1", condition)} group by activity`),
    rows(
      `select e.activity, count(*) from events e join (select case_id, events from cases${own}) c on c.case_id = e.case_id where e.position = c.events group by e.activity`,
    ),
  ]);
  const timesOf = new Map(times.map(([name, waiting, service]) => [name, { waiting, service }]));
  const known = (cell: Row[number] | undefined): number | null => (typeof cell === "number" ? cell : null);
  const nodes = activities.map(([name, count]) => {
    const waiting = known(timesOf.get(name as string)?.waiting);
    return {
      id: String(name),
      label: String(name),
      count: Number(count),
      waiting,
      service: known(timesOf.get(name as string)?.service),
      bottleneck: waiting !== null && waiting > threshold,
    };
  });
  const edge = (from: Row[number], to: Row[number], count: Row[number], seconds: Row[number]) => ({
    from: from === null ? null : String(from),
    to: to === null ? null : String(to),
    count: Number(count),
    seconds: known(seconds),
  });
  const view: View = {
    kind: "process-map",
    title: "Process map",
    nodes,
    edges: [
      ...starts.map(([name, count]) => edge(null, name ?? null, count ?? 0, null)),
      ...edges.map(([from, to, count, seconds]) =>
        edge(from ?? null, to ?? null, count ?? 0, seconds ?? null),
      ),
      ...ends.map(([name, count]) => edge(name ?? null, null, count ?? 0, null)),
    ],
  };
  return { view, edges: edges.length };
}
