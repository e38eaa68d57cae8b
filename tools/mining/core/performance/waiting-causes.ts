import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { type Availability, availabilities, dutyClock } from "./availability.ts";
import { type Batch, type BatchEvidence, batchedActivities, runsOf } from "./batches.ts";
import { type Waits, waitsOf } from "./waits.ts";
import { firstAbove, type ResourceWork, workOfResources } from "./work-of-resources.ts";

/**
 * Why a step waited. Each microsecond of waiting is of one kind:
 * - `batching`: others that were done with it in one go were not there yet;
 * - `contention`: its resource worked on what had been there before it;
 * - `prioritisation`: its resource worked on what came after it;
 * - `unavailability`: its resource was off duty;
 * - `extraneous`: its resource was there and free: something outside the log held the step up;
 * - `unattributed`: no resource is recorded.
 */
export const waitingKinds = [
  "batching",
  "contention",
  "prioritisation",
  "unavailability",
  "extraneous",
  "unattributed",
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

export interface WaitingCauses {
  readonly waits: Waits;
  /** Microseconds of each wait by kind. */
  readonly parts: Readonly<Record<WaitingKind, Float64Array>>;
  /** By resource code. */
  readonly availability: readonly Availability[];
  readonly work: readonly ResourceWork[];
  /** By activity code; only those that are done in batches. */
  readonly batched: ReadonlyMap<number, BatchEvidence>;
}

/** A resource with more in hand at once, on average, is many people or a machine: that it is busy explains nothing. */
const MOST_AT_ONCE = 1.5;

/**
 * Tells waiting apart by kind after Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, "Unveiling the causes of waiting
 * time in business processes from event logs" (Information Systems, 2024), by the resource that did the step in the end.
 * Where kinds overlap in time, batching goes before contention before prioritisation before unavailability, and what is left is
 * extraneous. One departure from the paper: work on later arrivals is prioritisation only when the resource did not stand
 * idle afterwards, for longer than its usual work takes, before it began this step; else it could have begun it then, and
 * something else held it up. `local`: instant to local clock, for the calendars. O(waits × work of the resource meanwhile).
 */
export function waitingCauses(log: EventLog, local: (instant: number) => number): WaitingCauses {
  const waits = waitsOf(log);
  const work = workOfResources(waits);
  const availability = availabilities(work, local);
  const duty = dutyOf(availability, local);
  const activityOf = (step: number) => waits.steps.activity[step]!;
  const runs = work.map((own) => (own.concurrent > MOST_AT_ONCE ? [] : runsOf(own, activityOf)));
  const idle = (resource: number, from: number, to: number) =>
    idleWithin(work[resource]!, from, to, (a, b) => duty(resource, a, b));
  const batched = batchedActivities(work, runs, activityOf, availability, idle);
  const full = batchCompletion(waits, work, runs, batched);
  const parts = emptyParts(waits.count);
  for (let i = 0; i < waits.count; i++) {
    const step = waits.step[i]!;
    const resource = waits.resource[step]!;
    const [enabled, started] = [waits.enabled[i]!, waits.started[i]!];
    if (started === enabled) continue;
    if (resource === MISSING) {
      parts.unattributed[i] = started - enabled;
      continue;
    }
    const from = Math.min(started, Math.max(enabled, full[step]!));
    parts.batching[i] = from - enabled;
    split(work[resource]!, enabled, from, started, step, (a, b) => duty(resource, a, b), parts, i);
  }
  return { waits, parts, availability, work, batched };
}

type Parts = Record<WaitingKind, Float64Array>;

const emptyParts = (count: number): Parts =>
  Object.fromEntries(waitingKinds.map((kind) => [kind, new Float64Array(count)])) as Parts;

type Duty = (from: number, to: number) => number;

/** Microseconds on duty by resource code between two instants; never more than there are. */
function dutyOf(
  availability: readonly Availability[],
  local: (instant: number) => number,
): (resource: number, from: number, to: number) => number {
  const clocks = availability.map((own) => (own.onDuty.includes(0) ? dutyClock(own) : null));
  return (resource, from, to) => {
    const clock = clocks[resource]!;
    return clock === null ? to - from : Math.max(0, Math.min(to - from, clock(local(from), local(to))));
  };
}

/** For each step that is a member of a batch, when the last member was enabled; else before all time. */
function batchCompletion(
  waits: Waits,
  works: readonly ResourceWork[],
  runs: readonly (readonly Batch[])[],
  batched: ReadonlyMap<number, BatchEvidence>,
): Float64Array {
  const full = new Float64Array(waits.steps.count).fill(Number.NEGATIVE_INFINITY);
  works.forEach((work, resource) => {
    for (const run of runs[resource]!) {
      if (run.size < 2 || !batched.has(run.activity)) continue;
      for (let i = run.first; i < run.first + run.size; i++) full[work.step[i]!] = run.full;
    }
  });
  return full;
}

/**
 * Goes through the resource's work from `from` to `started` in order of start. Work never begins before what was looked at
 * begins, so the time covered so far is one stretch: what lies beyond it is idle, what reaches into it is not counted twice.
 */
function split(
  work: ResourceWork,
  enabled: number,
  from: number,
  started: number,
  step: number,
  duty: Duty,
  parts: Parts,
  wait: number,
): void {
  const isMany = work.concurrent > MOST_AT_ONCE;
  let covered = from;
  let earlierUntil = from;
  let contention = 0;
  let later = 0;
  let away = 0;
  const rest = (until: number): void => {
    const free = duty(covered, until);
    away += until - covered - free;
    if (free > work.typical) later = 0;
  };
  const first = isMany ? work.count : firstAbove(work.latest, from);
  for (let i = first; i < work.count && work.started[i]! < started; i++) {
    const begin = Math.max(from, work.started[i]!);
    const end = Math.min(started, work.completed[i]!);
    if (end <= begin || work.step[i] === step) continue;
    if (begin > covered) {
      rest(begin);
      covered = begin;
    }
    if (work.arrived[i]! <= enabled) {
      // What was already counted as later work is contention where earlier work goes on beneath it.
      const fresh = end - Math.max(begin, earlierUntil);
      if (fresh > 0) {
        const again = Math.max(0, Math.min(end, covered) - Math.max(begin, earlierUntil));
        contention += fresh;
        later -= Math.min(later, again);
        earlierUntil = end;
      }
    } else if (end > covered) {
      later += end - covered;
    }
    covered = Math.max(covered, end);
  }
  if (started > covered) rest(started);
  parts.contention[wait] = contention;
  parts.prioritisation[wait] = later;
  parts.unavailability[wait] = away;
  // The remainder takes the rounding, so that the kinds add up to the wait.
  parts.extraneous[wait] = Math.max(0, started - from - contention - later - away);
}

/** On-duty microseconds of [from, to) in which the resource has nothing in hand. */
function idleWithin(work: ResourceWork, from: number, to: number, duty: Duty): number {
  let covered = from;
  let idle = 0;
  for (let i = firstAbove(work.latest, from); i < work.count && work.started[i]! < to; i++) {
    if (work.started[i]! > covered) idle += duty(covered, work.started[i]!);
    covered = Math.max(covered, Math.min(to, work.completed[i]!));
  }
  return idle + (to > covered ? duty(covered, to) : 0);
}
