/**
 * The relations that every log offers, as DuckDB SQL over the loaded tables `raw_events` and `raw_cases`. The
 * definitions are the contract's; tools/mining counts the same in typed arrays and tests hold the two together.
 */

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

/** `events`: ordered by completion, ties by row; a row without a time keeps its place after the one before it. */
export function eventsTable(shape: Shape): string {
  const key = shape.hasTimes
    ? "last_value(coalesce(completed, started) ignore nulls) over (partition by case_id order by row rows between unbounded preceding and current row)"
    : "null";
  return `create table events as
    select case_id, row_number() over (partition by case_number order by sort_key nulls first, row) as position,
      activity, completed, started, resource, lifecycle, instance, row${list("keyed", shape.attributes)}
    from (select *, ${key} as sort_key from raw_events) keyed
    order by case_number, position`;
}

export const EDGES = `create table edges as
  select case_id, activity as from_activity, next_activity as to_activity, next_completed as completed,
    epoch_us(next_completed - completed) / 1e6 as seconds
  from (select case_id, position, activity, completed,
      lead(activity) over following as next_activity, lead(completed) over following as next_completed,
      lead(position) over following as next_position
    from events window following as (partition by case_id order by position))
  where next_position is not null`;

export function casesTable(shape: Shape): string {
  return `create table cases as
    select folded.*${list("raw_cases", shape.caseAttributes)}
    from (select case_id, min(least(coalesce(started, completed), coalesce(completed, started))) as first_event,
        max(completed) as last_event,
        epoch_us(max(completed) - min(least(coalesce(started, completed), coalesce(completed, started)))) / 1e6 as duration_s,
        count(*) as events,
        string_agg(replace(replace(activity, '\\', '\\\\'), '→', '\\→'), '${VARIANT_ARROW}' order by position) as variant
      from events group by case_id) folded
    join raw_cases using (case_id)
    order by raw_cases.case_number`;
}

/** One row per activity instance; from the start column, from paired transitions, or without starts. */
export function stepsTable(shape: Shape): string {
  const instances = shape.hasStarts
    ? "select case_id, activity, resource, started, completed, position from events"
    : shape.hasTransitions
      ? PAIRED
      : "select case_id, activity, resource, null::timestamp as started, completed, position from events";
  return `create table steps as
    with instances as (${instances}),
    instants as (
      select case_id, position, started as moment, 1 as turn, null::timestamp as ended from instances where started is not null
      union all
      select case_id, position, completed, 0, completed from instances where completed is not null),
    waits as (
      select p.case_id, p.position, p.latest, p.own
      from (select case_id, position, turn, max(ended) over (partition by case_id order by moment, turn rows unbounded preceding) as latest,
          bool_or(turn = 0) over (partition by case_id, position order by moment, turn rows unbounded preceding) as own
        from instants) p
      where p.turn = 1),
    others as (
      select w.case_id, w.position, max(o.completed) as latest
      from waits w join instances i on i.case_id = w.case_id and i.position = w.position
      join instances o on o.case_id = w.case_id and o.position <> w.position and o.completed <= i.started
      where w.own group by all),
    firsts as (select case_id, arg_min(position, (completed, position)) as position from instances where completed is not null group by case_id)
    select i.case_id, i.activity, i.resource, i.started, i.completed,
      epoch_us(i.completed - i.started) / 1e6 as service_s,
      case when f.position is null
        then epoch_us(i.started - case when w.own then o.latest else w.latest end) / 1e6 end as waiting_s
    from instances i
    left join waits w on w.case_id = i.case_id and w.position = i.position
    left join others o on o.case_id = i.case_id and o.position = i.position
    left join firsts f on f.case_id = i.case_id and f.position = i.position
    order by i.case_id, i.position`;
}

const TRANSITIONS = `select case_id, activity, resource, completed, position, lower(lifecycle) = 'start' as is_start,
  (case_id, activity, coalesce(instance, '')) as own from events where lower(lifecycle) in ('start', 'complete')`;

/**
 * Start and complete rows paired first in, first out by (case, activity, instance). A complete row takes the earliest
 * start before it that is still open: its number among the starts is the completes so far less those that found none.
 */
const PAIRED = `
  select c.case_id, c.activity, c.resource, s.completed as started, c.completed, c.position
  from (select *, case when unmatched = coalesce(lag(unmatched) over own_rows, 0) then completes - unmatched end as pair
      from (select *, greatest(0, max(completes - starts) over so_far) as unmatched
        from (select *, sum(is_start::integer) over so_far as starts, sum((not is_start)::integer) over so_far as completes
          from (${TRANSITIONS})
          window so_far as (partition by own order by position rows unbounded preceding))
        where not is_start
        window so_far as (partition by own order by position rows unbounded preceding))
      window own_rows as (partition by own order by position)) c
  left join (select own, completed, row_number() over (partition by own order by position) as number
    from (${TRANSITIONS}) where is_start) s
  on s.own = c.own and s.number = c.pair`;
