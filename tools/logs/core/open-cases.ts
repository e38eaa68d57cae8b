/**
 * Cases that have not come to an end, as far as the log says: their last activity is rarely a last one. In typed arrays and
 * as SQL over the log's relations.
 */
import type { EventLog } from "./event-log.ts";

/** An activity is an end where at least one in so many of the cases that have it ends with it. */
const ONE_IN = 10;

/** Per activity: whether it is a usual end. O(events). */
export function usualEnds(log: EventLog): readonly boolean[] {
  const ends = new Uint32Array(log.activities.length);
  const having = new Uint32Array(log.activities.length);
  const seenIn = new Int32Array(log.activities.length).fill(-1);
  for (let index = 0; index < log.cases; index++) {
    const to = log.caseStart[index + 1]!;
    for (let at = log.caseStart[index]!; at < to; at++) {
      const code = log.activity[at]!;
      if (seenIn[code] !== index) having[code]!++;
      seenIn[code] = index;
    }
    ends[log.activity[to - 1]!]!++;
  }
  return log.activities.map((_, code) => ends[code]! > 0 && ONE_IN * ends[code]! >= having[code]!);
}

/** Per activity: what most often follows it directly, the first by name of several; -1 for nothing. O(events). */
function usualNext({ activities, activity, caseStart, cases }: EventLog): readonly number[] {
  const counts = activities.map(() => new Map<number, number>());
  for (let index = 0; index < cases; index++) {
    for (let at = caseStart[index]! + 1; at < caseStart[index + 1]!; at++) {
      const from = counts[activity[at - 1]!]!;
      from.set(activity[at]!, (from.get(activity[at]!) ?? 0) + 1);
    }
  }
  const named = (code: number) => Buffer.from(activities[code]!);
  return counts.map(
    (followers) =>
      [...followers].sort((a, b) => b[1] - a[1] || Buffer.compare(named(a[0]), named(b[0])))[0]?.[0] ?? -1,
  );
}

/** `next`: only cases whose last activity this one most often follows; null for all that are open. */
export function openTest(log: EventLog, next: number | null): (index: number) => boolean {
  const isEnd = usualEnds(log);
  const following = next === null ? null : usualNext(log);
  return (index) => {
    const last = log.activity[log.caseStart[index + 1]! - 1]!;
    return !isEnd[last] && (following === null || following[last] === next);
  };
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A boolean over `cases`. */
export function openSql(next: string | null): string {
  const counted =
    "select e.activity, count(distinct e.case_id) as having_it, count(distinct case when e.position = c.events then e.case_id end) as ending from events e join cases c on c.case_id = e.case_id group by e.activity";
  const ends = `select activity from (${counted}) counted where ending > 0 and ${ONE_IN} * ending >= having_it`;
  const ranked =
    "select from_activity, to_activity, row_number() over (partition by from_activity order by n desc, to_activity) as place from (select from_activity, to_activity, count(*) as n from edges group by from_activity, to_activity) followed";
  const before =
    next === null
      ? ""
      : ` and own.activity in (select from_activity from (${ranked}) ranked where place = 1 and to_activity = ${text(next)})`;
  return `exists (select 1 from events own where own.case_id = cases.case_id and own.position = cases.events and own.activity not in (${ends})${before})`;
}
