import { type Summary, summarize } from "./quantiles.ts";
import type { Steps } from "./steps.ts";

/** Microseconds of each step; NaN where unknown. */
export interface StepTimes {
  readonly service: Float64Array;
  readonly waiting: Float64Array;
}

/**
 * Service is completion minus start. Waiting is start minus the latest completion of another step of the case that is
 * not after that start; none for a case's first step (contract.md, "Definitions"). Steps of a case stand in order of
 * completion, so the latest completion is found by bisection: O(steps × log(steps of a case)).
 */
export function stepTimes(steps: Steps): StepTimes {
  const service = new Float64Array(steps.count).fill(Number.NaN);
  const waiting = new Float64Array(steps.count).fill(Number.NaN);
  const completions = new Float64Array(steps.count);
  for (let begin = 0; begin < steps.count; ) {
    let end = begin;
    let known = 0;
    for (; end < steps.count && steps.case[end] === steps.case[begin]; end++) {
      if (!Number.isNaN(steps.completed[end]!)) completions[known++] = steps.completed[end]!;
    }
    for (let i = begin, own = -1; i < end; i++) {
      const start = steps.started[i]!;
      const completed = !Number.isNaN(steps.completed[i]!);
      if (completed) own++;
      if (Number.isNaN(start)) continue;
      service[i] = steps.completed[i]! - start;
      if (completed && own === 0) continue;
      const latest = lastNotAfter(completions, 0, known, start);
      const before = completed && latest === own ? latest - 1 : latest;
      if (before >= 0) waiting[i] = start - completions[before]!;
    }
    begin = end;
  }
  return { service, waiting };
}

/** Index of the last of the ascending `times[from..to)` that is ≤ `limit`; `from - 1` when there is none. */
function lastNotAfter(times: Float64Array, from: number, to: number, limit: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface ActivityTimes {
  readonly service: Summary | null;
  readonly waiting: Summary | null;
  /** Seconds over all its steps, and the steps with a known waiting time. */
  readonly totalWaiting: number;
  readonly waits: number;
}

/** Service and waiting by activity code. O(steps). */
export function activityTimes(steps: Steps, times: StepTimes, activities: number): ActivityTimes[] {
  const service = summariesByActivity(steps, times.service, activities);
  const waiting = summariesByActivity(steps, times.waiting, activities);
  return service.map((own, activity) => ({
    service: own.summary,
    waiting: waiting[activity]!.summary,
    totalWaiting: waiting[activity]!.total,
    waits: waiting[activity]!.n,
  }));
}

interface GroupSummary {
  readonly summary: Summary | null;
  readonly total: number;
  readonly n: number;
}

function summariesByActivity(steps: Steps, values: Float64Array, activities: number): GroupSummary[] {
  const offset = new Uint32Array(activities + 1);
  for (let i = 0; i < steps.count; i++) {
    if (!Number.isNaN(values[i]!)) offset[steps.activity[i]! + 1]!++;
  }
  for (let a = 0; a < activities; a++) offset[a + 1]! += offset[a]!;
  const fill = offset.slice();
  const gathered = new Float64Array(offset[activities]!);
  for (let i = 0; i < steps.count; i++) {
    if (!Number.isNaN(values[i]!)) gathered[fill[steps.activity[i]!]!++] = values[i]!;
  }
  return Array.from({ length: activities }, (_, a) => {
    const n = offset[a + 1]! - offset[a]!;
    const summary = summarize(gathered, offset[a]!, offset[a + 1]!);
    return { summary, total: summary === null ? 0 : summary.mean * n, n };
  });
}
