/**
 * The same business time in SQL: a query over a log's relations runs unchanged over relations whose durations are
 * those of the calendar. The relations are shadowed by common table expressions of their own names, so the text that a
 * fact carries makes the figure again by itself.
 */
import { type BusinessTime, WEEK } from "./business-time.ts";

interface Run {
  readonly first: number;
  readonly length: number;
  weeks: number;
}

/** Intervals as few runs: the same hours week after week, until a holiday or a change of the clocks breaks the run. */
export function weeklyRuns({ opens, closes }: BusinessTime): readonly Readonly<Run>[] {
  const runs: Run[] = [];
  const continuing = new Map<string, Run>();
  opens.forEach((open, at) => {
    const length = closes[at]! - open;
    const key = `${open} ${length}`;
    const run = continuing.get(key) ?? { first: open, length, weeks: 0 };
    if (run.weeks++ === 0) runs.push(run);
    continuing.delete(key);
    continuing.set(`${open + WEEK} ${length}`, run);
  });
  return runs;
}

/** What differs between databases in the text below. */
export interface BusinessDialect {
  /** Microseconds since 1970 of a timestamp. */
  micros(timestamp: string): string;
  /** A FROM item with one row for each of 0 … weeks - 1. */
  numbers(count: string, alias: string, column: string): string;
  /** All columns of a relation with some replaced. */
  replacing(relation: string, columns: Readonly<Record<string, string>>): string;
}

export const duckDbBusiness: BusinessDialect = {
  micros: (timestamp) => `epoch_us(${timestamp})`,
  numbers: (count, alias, column) => `unnest(range(${count})) as ${alias}(${column})`,
  replacing: (relation, columns) =>
    `${relation}.* replace (${Object.entries(columns)
      .map(([name, expression]) => `${expression} as ${name}`)
      .join(", ")})`,
};

const asMicros = (seconds: string): string => `cast(round(${seconds} * 1e6) as bigint)`;

interface Overlay {
  /** Instants (microseconds) whose business time the relation needs, as SELECTs of one column. */
  moments(dialect: BusinessDialect): readonly string[];
  /** The relation with business durations. */
  relation(dialect: BusinessDialect): string;
}

const at = (alias: string, moment: string): string =>
  `left join business_time ${alias} on ${alias}.moment = ${moment}`;
const apart = (to: string, from: string): string => `(${to}.worked - ${from}.worked) / 1e6`;

const overlays: Readonly<Record<"cases" | "steps" | "edges", Overlay>> = {
  cases: {
    moments: ({ micros }) => [
      `select ${micros("first_event")} from cases`,
      `select ${micros("last_event")} from cases`,
    ],
    relation: ({ micros, replacing }) =>
      `select ${replacing("cases", { duration_s: apart("b_last", "b_first") })} from cases ${at("b_first", micros("cases.first_event"))} ${at("b_last", micros("cases.last_event"))}`,
  },
  steps: {
    moments: ({ micros }) => [
      `select ${micros("started")} from steps`,
      `select ${micros("completed")} from steps`,
      `select ${micros("started")} - ${asMicros("waiting_s")} from steps`,
    ],
    relation: ({ micros, replacing }) =>
      `select ${replacing("steps", {
        service_s: apart("b_completed", "b_started"),
        waiting_s: apart("b_started", "b_ready"),
      })} from steps ${at("b_started", micros("steps.started"))} ${at("b_completed", micros("steps.completed"))} ${at("b_ready", `${micros("steps.started")} - ${asMicros("steps.waiting_s")}`)}`,
  },
  edges: {
    moments: ({ micros }) => [
      `select ${micros("completed")} from edges`,
      `select ${micros("completed")} - ${asMicros("seconds")} from edges`,
    ],
    relation: ({ micros, replacing }) =>
      `select ${replacing("edges", { seconds: apart("b_to", "b_from") })} from edges ${at("b_to", micros("edges.completed"))} ${at("b_from", `${micros("edges.completed")} - ${asMicros("edges.seconds")}`)}`,
  },
};

/** Microseconds between two timestamps of the log, inside a query that `inCalendarSql` wraps. */
export const workedSql = (from: string, to: string, dialect = duckDbBusiness): string => {
  const worked = (timestamp: string) =>
    `(select max(worked) from business_time where moment = ${dialect.micros(timestamp)})`;
  return `(${worked(to)} - ${worked(from)})`;
};

/** A query over a log's relations, with every duration in it in business time. */
export function inCalendarSql(sql: string, time: BusinessTime, dialect = duckDbBusiness): string {
  const names = (["cases", "steps", "edges"] as const).filter((name) =>
    new RegExp(`\\b${name}\\b`, "i").test(sql),
  );
  const { micros } = dialect;
  const moments = [
    ...(/\bbusiness_time\b/.test(sql)
      ? [`select ${micros("completed")} from events`, `select ${micros("started")} from events`]
      : []),
    ...names.flatMap((name) => overlays[name].moments(dialect)),
  ];
  if (moments.length === 0) return sql;
  const tables = [
    ...businessTimeSql(time, moments, dialect),
    ...names.map((name) => `${name} as (${overlays[name].relation(dialect)})`),
  ].join(",\n");
  const rest = /^\s*with\s/i.test(sql) ? sql.replace(/^\s*with\s/i, ",\n") : `\n${sql}`;
  return `with ${tables}${rest}`;
}

/** `business_time(moment, worked)`: B at each moment, by carrying the last interval that had opened along the clock. */
function businessTimeSql(time: BusinessTime, moments: readonly string[], dialect: BusinessDialect): string[] {
  const runs = weeklyRuns(time).map(({ first, length, weeks }) => `(${first}, ${length}, ${weeks})`);
  return [
    `business_hours as (select opens, closes, coalesce(cast(sum(closes - opens) over (order by opens rows between unbounded preceding and 1 preceding) as bigint), 0) as done
  from (select first + week * ${WEEK} as opens, first + week * ${WEEK} + length as closes
    from (values ${runs.join(", ")}) runs(first, length, weeks), ${dialect.numbers("weeks", "numbers", "week")}) hours)`,
    `business_moments(moment) as (${moments.join(" union ")})`,
    `business_time as (select moment, case when opens is null then 0 else done + least(moment, closes) - opens end as worked
  from (select moment, turn, max(opens) over so_far as opens, max(closes) over so_far as closes, max(done) over so_far as done
    from (select opens as moment, 0 as turn, opens, closes, done from business_hours
      union all select moment, 1, null, null, null from business_moments where moment is not null) clock
    window so_far as (order by moment, turn rows unbounded preceding)) carried
  where turn = 1)`,
  ];
}
