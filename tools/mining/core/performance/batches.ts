import type { Availability } from "./availability.ts";
import { firstAbove, type ResourceWork } from "./work-of-resources.ts";

/** Steps of one activity that one resource did in one go, all of them ready before it began. */
export interface Batch {
  readonly activity: number;
  readonly size: number;
  /** Positions in the resource's work: `first` … `first + size - 1`. */
  readonly first: number;
  /** When its first and its last member were enabled. */
  readonly begun: number;
  readonly full: number;
}

/** What speaks for batching at an activity. */
export interface BatchEvidence {
  readonly activity: number;
  readonly batches: number;
  readonly steps: number;
  /** Its share of the activity's steps. */
  readonly share: number;
  /** Of the others that waited for the resource when it began, the share that it took along. */
  readonly cleared: number;
  /** Share of the time in which batches gathered that the resource was on duty with nothing in hand. */
  readonly idle: number;
}

const FEWEST_BATCHES = 5;
const LEAST_SHARE = 0.5;
const LEAST_CLEARED = 0.5;
const LEAST_IDLE = 0.1;
const MINUTE = 60_000_000;

/**
 * Runs of two and more: next to each other in the resource's work, of one activity, without a pause (a minute, or a tenth of
 * the resource's usual work), and each enabled before the first began (Martin et al., "Batch processing: definition and
 * event log identification", 2015; Lashkevich et al., "Why am I waiting?", CAiSE 2022). O(steps).
 */
export function runsOf(work: ResourceWork, activityOf: (step: number) => number): Batch[] {
  const pause = Math.max(MINUTE, work.typical / 10);
  const runs: Batch[] = [];
  for (let first = 0; first < work.count; ) {
    const activity = activityOf(work.step[first]!);
    let next = first + 1;
    let begun = work.enabled[first]!;
    let full = begun;
    while (
      next < work.count &&
      activityOf(work.step[next]!) === activity &&
      work.started[next]! <= work.latest[next - 1]! + pause &&
      work.enabled[next]! <= work.started[first]!
    ) {
      begun = Math.min(begun, work.enabled[next]!);
      full = Math.max(full, work.enabled[next]!);
      next++;
    }
    runs.push({ activity, size: next - first, first, begun, full });
    first = next;
  }
  return runs;
}

interface Tally {
  batches: number;
  steps: number;
  all: number;
  taken: number;
  others: number;
  idle: number;
  gathering: number;
}

/**
 * Which activities are done in batches. A queue behind a busy resource is cleared in one go as well, so a run alone says
 * nothing: the resource must have let work gather while it was on duty with nothing in hand, and must then have taken most
 * of what waited. A resource
 * whose calendar is not known by its own work is no evidence: its nights would look like idling. `idle` gives microseconds
 * on duty with nothing in hand.
 */
export function batchedActivities(
  works: readonly ResourceWork[],
  runs: readonly (readonly Batch[])[],
  activityOf: (step: number) => number,
  availability: readonly Availability[],
  idle: (resource: number, from: number, to: number) => number,
): Map<number, BatchEvidence> {
  const tallies = new Map<number, Tally>();
  works.forEach((work, resource) => {
    const queue = queueOf(work, activityOf);
    for (const run of runs[resource]!) {
      const tally = tallies.get(run.activity) ?? emptyTally();
      tallies.set(run.activity, tally);
      tally.all += run.size;
      tally.taken += run.size - 1;
      tally.others += Math.max(run.size, queue(run.activity, work.started[run.first]!)) - 1;
      if (run.size < 2 || run.full <= run.begun || availability[resource]!.from !== "own") continue;
      tally.batches++;
      tally.steps += run.size;
      tally.idle += idle(resource, run.begun, run.full);
      tally.gathering += run.full - run.begun;
    }
  });
  return new Map(
    [...tallies].flatMap(([activity, tally]) => {
      const evidence = evidenceOf(activity, tally);
      return isBatched(evidence) ? [[activity, evidence] as const] : [];
    }),
  );
}

const emptyTally = (): Tally => ({
  batches: 0,
  steps: 0,
  all: 0,
  taken: 0,
  others: 0,
  idle: 0,
  gathering: 0,
});

const evidenceOf = (activity: number, tally: Tally): BatchEvidence => ({
  activity,
  batches: tally.batches,
  steps: tally.steps,
  share: tally.steps / tally.all,
  cleared: tally.others === 0 ? 0 : tally.taken / tally.others,
  idle: tally.gathering === 0 ? 0 : tally.idle / tally.gathering,
});

const isBatched = ({ batches, share, cleared, idle }: BatchEvidence): boolean =>
  batches >= FEWEST_BATCHES && share >= LEAST_SHARE && cleared >= LEAST_CLEARED && idle >= LEAST_IDLE;

/** How many steps of an activity wait for the resource, or begin, at an instant. O(log steps) an answer. */
function queueOf(
  work: ResourceWork,
  activityOf: (step: number) => number,
): (activity: number, instant: number) => number {
  const enabled = new Map<number, number[]>();
  const started = new Map<number, number[]>();
  for (let i = 0; i < work.count; i++) {
    const activity = activityOf(work.step[i]!);
    let own = enabled.get(activity);
    if (own === undefined) {
      own = [];
      enabled.set(activity, own);
      started.set(activity, []);
    }
    own.push(work.enabled[i]!);
    started.get(activity)!.push(work.started[i]!);
  }
  const sorted = new Map(
    [...enabled].map(([activity, own]) => [
      activity,
      [Float64Array.from(own).sort(), Float64Array.from(started.get(activity)!)] as const,
    ]),
  );
  return (activity, instant) => {
    const [ready, begun] = sorted.get(activity)!;
    return firstAbove(ready, instant) - firstAbove(begun, instant - 1);
  };
}
