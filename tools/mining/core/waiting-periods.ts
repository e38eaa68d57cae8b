import { type Bucket, bucketing, bucketsBetween, type Period } from "../../kpi/core/periods.ts";
import type { Steps } from "./steps.ts";

/** Mean waiting before each activity by the period in which the waiting began. */
export interface WaitingPeriods {
  readonly period: Period;
  readonly buckets: readonly Bucket[];
  /** Activity codes, most waiting first. */
  readonly activities: readonly number[];
  /** Seconds in sum, by activity (as in `activities`) and bucket. */
  readonly seconds: readonly Float64Array[];
  readonly steps: readonly Uint32Array[];
}

const MOST_BUCKETS = 60;
const PERIODS: readonly Period[] = ["day", "week", "month", "quarter", "year"];
const MOST_YEARS = 2_000;
const YEAR = 365.25 * 86_400 * 1e6;

/** The shortest period of which at most `MOST_BUCKETS` cover the span; null where not even years do. */
function periodFor(
  first: number,
  last: number,
  zone: string,
): { period: Period; buckets: readonly Bucket[] } | null {
  if ((last - first) / YEAR > MOST_YEARS) return null;
  const lengths = { day: YEAR / 365, week: YEAR / 52, month: YEAR / 12, quarter: YEAR / 4, year: YEAR };
  const period = PERIODS.find((each) => (last - first) / lengths[each] < MOST_BUCKETS - 1) ?? "year";
  return { period, buckets: bucketsBetween(first, last, period, zone) };
}

/**
 * Sums waiting by activity and period, in a zone, for the `most` activities with the most waiting in all. Null where no
 * step waits. O(steps × log).
 */
export function waitingPeriods(
  { count, started, activity }: Steps,
  waiting: Float64Array,
  zone: string,
  most: number,
): WaitingPeriods | null {
  const total = new Map<number, number>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let step = 0; step < count; step++) {
    const waited = waiting[step]!;
    if (Number.isNaN(waited)) continue;
    const began = started[step]! - waited;
    first = Math.min(first, began);
    last = Math.max(last, began);
    total.set(activity[step]!, (total.get(activity[step]!) ?? 0) + waited);
  }
  const chosen = total.size === 0 ? null : periodFor(first, last, zone);
  if (chosen === null) return null;
  const activities = [...total]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, most)
    .map(([code]) => code);
  const rowOf = new Map(activities.map((code, row) => [code, row]));
  const position = new Map(chosen.buckets.map(({ key }, at) => [key, at]));
  const bucketOf = bucketing(chosen.period, zone);
  const seconds = activities.map(() => new Float64Array(chosen.buckets.length));
  const steps = activities.map(() => new Uint32Array(chosen.buckets.length));
  for (let step = 0; step < count; step++) {
    const waited = waiting[step]!;
    const row = rowOf.get(activity[step]!);
    if (Number.isNaN(waited) || row === undefined) continue;
    const at = position.get(bucketOf(started[step]! - waited).key)!;
    seconds[row]![at]! += waited / 1e6;
    steps[row]![at]!++;
  }
  return { ...chosen, activities, seconds, steps };
}
