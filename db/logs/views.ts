/**
 * The relations that every log offers, in portable SQL (sql/portable.ts) over the tables `raw_events` and `raw_cases`. The
 * definitions are the contract's; tools/mining counts the same in typed arrays and tests hold the two together.
 */

import type { Relation } from "./column-names.ts";

/** What a log has, for its relations; attributes by the names that its tables have. */
export interface Shape {
  readonly hasTimes: boolean;
  readonly hasStarts: boolean;
  /** Start and complete rows that can be paired. */
  readonly hasTransitions: boolean;
  readonly attributes: readonly string[];
  readonly caseAttributes: readonly string[];
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Joins a case's activities to its variant; an arrow inside a name is escaped so that variants stay apart. */
export const VARIANT_ARROW = " → ";

const list = (table: string, names: readonly string[]): string =>
  names.map((name) => `, ${table}.${quoteName(name)}`).join("");

export function relationSql(relation: Relation, shape: Shape): string {
  switch (relation) {
    case "events":
      return eventsSql(shape);
    case "steps":
      return stepsSql(shape);
    case "edges":
      return EDGES;
    case "cases":
      return casesSql(shape);
  }
}

/** `events`: ordered by completion, ties by row; a row without a time keeps its place after the one before it. */
function eventsSql(shape: Shape): string {
  const key = shape.hasTimes
    ? "last_value(coalesce(completed, started) ignore nulls) over (partition by case_number order by row rows between unbounded preceding and current row)"
    : "null";
  return `select case_id, row_number() over (partition by case_number order by sort_key nulls first, row) as position,
      activity, completed, started, resource, lifecycle, instance, row${list("keyed", shape.attributes)}
    from (select *, ${key} as sort_key from raw_events) keyed
    order by case_number, position`;
}

const EDGES = `select case_id, activity as from_activity, next_activity as to_activity, next_completed as completed,
    (epoch_us(next_completed) - epoch_us(completed)) / 1e6 as seconds
  from (select case_id, position, activity, completed,
      lead(activity) over following as next_activity, lead(completed) over following as next_completed,
      lead(position) over following as next_position
    from events window following as (partition by case_id order by position)) following_events
  where next_position is not null`;

const FIRST = "min(least(coalesce(started, completed), coalesce(completed, started)))";

function casesSql(shape: Shape): string {
  return `select folded.case_id, folded.first_event, folded.last_event,
      (epoch_us(folded.last_event) - epoch_us(folded.first_event)) / 1e6 as duration_s,
      folded.events, folded.variant${list("raw_cases", shape.caseAttributes)}
    from (select case_id, ${FIRST} as first_event, max(completed) as last_event, count(*) as events,
        string_agg(replace(replace(activity, '\\', '\\\\'), '→', '\\→'), '${VARIANT_ARROW}' order by position) as variant
      from events group by case_id) folded
    join raw_cases on raw_cases.case_id = folded.case_id
    order by raw_cases.case_number`;
}

/** One row per activity instance; from the start column, from paired transitions, or without starts. */
function stepsSql(shape: Shape): string {
  if (shape.hasStarts)
    return timedSteps("select case_id, activity, resource, started, completed, position from events");
  if (shape.hasTransitions) return timedSteps(PAIRED);
  return `select case_id, activity, resource, null::timestamp as started, completed,
      null::double as service_s, null::double as waiting_s
    from events order by case_id, position`;
}

/**
 * Waiting: from the latest completion of another instance of the case, at the start or before it; none for the instance
 * that completes first. Each instance stands twice in the order of time, completing (turn 0) and starting (turn 1), so that
 * one pass counts the completions before a start. They come in the order of `place`: the latest has the number counted;
 * where that is the instance's own place, the completion before its own is meant. Instances are read once, for Trino
 * computes a query again wherever its name stands. O(n log n).
 */
const timedSteps = (instances: string): string => `
  select case_id, activity, resource, started, completed,
    (epoch_us(completed) - epoch_us(started)) / 1e6 as service_s,
    case when completed is null or place > 1
      then (epoch_us(started) - epoch_us(case when place = ended then before else latest end)) / 1e6 end as waiting_s
  from (select placed.*, turn, count(case when turn = 0 then completed end) over earlier as ended,
      max(case when turn = 0 then completed end) over earlier as latest
    from (select case_id, activity, resource, started, completed, position,
        row_number() over completions as place, lag(completed) over completions as before
      from (${instances}) instances
      window completions as (partition by case_id order by completed nulls last, position)) placed
    cross join unnest(range(2)) as turns(turn)
    where turn = 1 or completed is not null
    window earlier as (partition by case_id order by case when turn = 0 then completed else started end, turn, place
      rows between unbounded preceding and current row)) moments
  where turn = 1
  order by case_id, position`;

const TRANSITIONS = `select case_id, activity, resource, completed, position, coalesce(instance, '') as own,
    case when lower(lifecycle) = 'start' then 1 else 0 end as is_start
  from events where lower(lifecycle) in ('start', 'complete')`;

/**
 * Start and complete rows paired first in, first out by (case, activity, instance). A complete row takes the earliest
 * start before it that is still open: its number among the starts is the completes so far less those that found none.
 */
const OWN = "partition by case_id, activity, own order by position";
const PAIRED = `
  select c.case_id, c.activity, c.resource, s.completed as started, c.completed, c.position
  from (select *, case when unmatched = coalesce(lag(unmatched) over (${OWN}), 0) then completes - unmatched end as pair
      from (select *, greatest(0, max(completes - starts) over (${OWN} rows unbounded preceding)) as unmatched
        from (select *, sum(is_start) over (${OWN} rows unbounded preceding) as starts,
            sum(1 - is_start) over (${OWN} rows unbounded preceding) as completes
          from (${TRANSITIONS}) transitions) counted
        where is_start = 0) matched) c
  left join (select case_id, activity, own, completed, row_number() over (${OWN}) as number
    from (${TRANSITIONS}) transitions where is_start = 1) s
  on s.case_id = c.case_id and s.activity = c.activity and s.own = c.own and s.number = c.pair`;
