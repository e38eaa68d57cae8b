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

/** Of an activity, or of any other group of steps. */
export interface ActivityTimes {
  readonly service: Summary | null;
  readonly waiting: Summary | null;
  /** Seconds over all its steps, and the steps with a known waiting time. */
  readonly totalWaiting: number;
  readonly waits: number;
}

/** Service and waiting by activity code. O(steps). */
export function activityTimes(steps: Steps, times: StepTimes, activities: number): ActivityTimes[] {
  return groupTimes(steps.activity, times, activities);
}

/** Service and waiting by `group`, of which each step has one of `groups`. O(steps). */
export function groupTimes(group: Uint32Array, times: StepTimes, groups: number): ActivityTimes[] {
  const service = summariesByGroup(group, times.service, groups);
  const waiting = summariesByGroup(group, times.waiting, groups);
  return service.map((own, at) => ({
    service: own.summary,
    waiting: waiting[at]!.summary,
    totalWaiting: waiting[at]!.total,
    waits: waiting[at]!.n,
  }));
}

interface GroupSummary {
  readonly summary: Summary | null;
  readonly total: number;
  readonly n: number;
}

function summariesByGroup(group: Uint32Array, values: Float64Array, groups: number): GroupSummary[] {
  const offset = new Uint32Array(groups + 1);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) offset[group[i]! + 1]!++;
  }
  for (let g = 0; g < groups; g++) offset[g + 1]! += offset[g]!;
  const fill = offset.slice();
  const gathered = new Float64Array(offset[groups]!);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) gathered[fill[group[i]!]!++] = values[i]!;
  }
  return Array.from({ length: groups }, (_, g) => {
    const n = offset[g + 1]! - offset[g]!;
    const summary = summarize(gathered, offset[g]!, offset[g + 1]!);
    return { summary, total: summary === null ? 0 : summary.mean * n, n };
  });
}
