/**
 * Discrete-event replay of a log's own cases: they arrive when they did, go through the steps they went through, and
 * wait for resources, in the order in which the log served them. Unchanged, it gives the log's waiting back (its test states how closely);
 * changed, it says what the same cases would have met.
 */
import { addWork, alwaysOpen, type Calendar, nextOpen } from "./calendar.ts";
import { MinimumHeap } from "./heap.ts";
import { calendarOfResource, type ReplayModel } from "./replay-model.ts";

/** What is different from what happened. Everything is optional; without anything, what happened is replayed. */
export interface ReplayChange {
  /** 1 for steps that are left out. */
  readonly skipped?: Uint8Array;
  /** Service time of a step done by a resource, microseconds of open time. */
  service?(step: number, resource: number): number;
  /**
   * Who may do a step; the one idle longest gets it, or else the first to become free. Numbers from the log's resources on stand
   * for added ones. -1: nobody in particular (no queue).
   */
  candidates?(step: number): readonly number[];
  readonly addedResources?: number;
  /** When the added ones work; around the clock when absent. */
  readonly addedCalendar?: Calendar;
}

export interface Replay {
  /** Seconds by step from being enabled to start; NaN for a first step, a skipped one, and without starts. */
  readonly waiting: Float64Array;
  /** Microseconds since 1970. */
  readonly started: Float64Array;
  readonly completed: Float64Array;
  /** Seconds by case from its first start to its last completion; NaN for a case with nothing left. */
  readonly cycle: Float64Array;
  /** Busy open hours by resource. */
  readonly busy: Float64Array;
}

interface State {
  readonly model: ReplayModel;
  readonly change: ReplayChange;
  readonly busy: Float64Array;
  readonly started: Float64Array;
  readonly completed: Float64Array;
  readonly enabled: Float64Array;
  /** When each resource became idle; NaN while it works. */
  readonly idleSince: Float64Array;
  readonly busyUntil: Float64Array;
  /** Steps that wait for each resource, by when they began in the log. */
  readonly waiting: readonly MinimumHeap[];
  /** What happens next: step numbers become ready, -1 - resource becomes free. */
  readonly events: MinimumHeap;
  readonly followers: Followers;
}

interface Followers {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
}

function followersOf(predecessor: Int32Array): Followers {
  const first = new Uint32Array(predecessor.length + 1);
  for (const before of predecessor) if (before >= 0) first[before + 1]!++;
  for (let step = 0; step < predecessor.length; step++) first[step + 1]! += first[step]!;
  const list = new Uint32Array(first[predecessor.length]!);
  const next = first.slice();
  predecessor.forEach((before, step) => {
    if (before >= 0) list[next[before]!++] = step;
  });
  return { first, list };
}

function calendarFor({ model, change }: State, resource: number): Calendar {
  if (resource >= model.resources.length) return change.addedCalendar ?? alwaysOpen;
  return model.unlimited[resource] === 1 ? alwaysOpen : calendarOfResource(model, resource);
}

/** A step becomes possible: it is ready after its extraneous delay, or, left out, lets the next ones in. */
function enable(state: State, step: number, at: number): void {
  const { model, change } = state;
  if (change.skipped?.[step] === 1) {
    complete(state, step, at);
    return;
  }
  state.enabled[step] = at;
  const delay = model.delay[step]!;
  state.events.push(
    step,
    delay > 0 ? addWork(calendarOfResource(model, model.resource[step]!), at, delay) : at,
    model.start[step]!,
  );
}

function complete(state: State, step: number, at: number): void {
  const { first, list } = state.followers;
  for (let index = first[step]!; index < first[step + 1]!; index++) enable(state, list[index]!, at);
}

const queues = (model: ReplayModel, step: number, resource: number): boolean =>
  resource >= 0 && model.unlimited[resource] !== 1 && model.parallel[step] !== 1;

/** A ready step goes to the candidate that has been idle longest, or waits for whichever becomes free first. */
function arrive(state: State, step: number, at: number): void {
  const { model, idleSince } = state;
  const candidates = state.change.candidates?.(step) ?? [model.resource[step]!];
  const unqueued = candidates.find((candidate) => !queues(model, step, candidate));
  if (unqueued !== undefined) {
    serve(state, step, unqueued, at, false);
    return;
  }
  let idle = -1;
  for (const candidate of candidates) {
    const isIdle = !Number.isNaN(idleSince[candidate]!) && nextOpen(calendarFor(state, candidate), at) === at;
    if (isIdle && (idle === -1 || idleSince[candidate]! < idleSince[idle]!)) idle = candidate;
  }
  if (idle >= 0) serve(state, step, idle, at, false);
  else for (const candidate of candidates) wait(state, step, candidate, at);
}

/** Queues a step at a resource; one that is idle but away looks at its queue when it is back. */
function wait(state: State, step: number, resource: number, at: number): void {
  state.waiting[resource]!.push(step, state.model.start[step]!);
  if (Number.isNaN(state.idleSince[resource]!)) return;
  state.events.push(-1 - resource, nextOpen(calendarFor(state, resource), at), Number.NEGATIVE_INFINITY);
}

/** A resource takes the step that has waited its turn, or becomes idle. */
function release(state: State, resource: number, at: number): void {
  if (state.busyUntil[resource]! > at) return;
  const queue = state.waiting[resource]!;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (!Number.isNaN(state.started[next.item]!)) continue;
    serve(state, next.item, resource, at, true);
    return;
  }
  if (Number.isNaN(state.idleSince[resource]!)) state.idleSince[resource] = at;
}

function serve(state: State, step: number, resource: number, at: number, hasWaited: boolean): void {
  const { model, change } = state;
  const calendar = calendarFor(state, resource);
  const setup = hasWaited ? model.setup[step]! : 0;
  const start = setup > 0 ? addWork(calendar, at, setup) : at;
  const service = change.service?.(step, resource) ?? model.service[step]!;
  const end = service > 0 ? addWork(calendar, start, service) : start;
  state.started[step] = start;
  state.completed[step] = end;
  if (resource >= 0) state.busy[resource]! += service / 3_600e6;
  if (queues(model, step, resource)) {
    state.idleSince[resource] = Number.NaN;
    state.busyUntil[resource] = end;
    state.events.push(-1 - resource, nextOpen(calendar, end), Number.NEGATIVE_INFINITY);
  }
  complete(state, step, end);
}

function newState(model: ReplayModel, change: ReplayChange): State {
  const resources = model.resources.length + (change.addedResources ?? 0);
  const none = (): Float64Array => new Float64Array(model.table.count).fill(Number.NaN);
  return {
    model,
    change,
    busy: new Float64Array(resources),
    started: none(),
    completed: none(),
    enabled: none(),
    busyUntil: new Float64Array(resources).fill(Number.NEGATIVE_INFINITY),
    idleSince: new Float64Array(resources).fill(Number.NEGATIVE_INFINITY),
    waiting: Array.from({ length: resources }, () => new MinimumHeap()),
    events: new MinimumHeap(),
    followers: followersOf(model.predecessor),
  };
}

/** Runs the replay. O(steps × log steps), times the candidates of a step. */
export function replay(model: ReplayModel, change: ReplayChange = {}): Replay {
  const state = newState(model, change);
  model.predecessor.forEach((before, step) => {
    if (before === -1 && !Number.isNaN(model.start[step]!)) enable(state, step, model.start[step]!);
  });
  for (let next = state.events.pop(); next !== undefined; next = state.events.pop()) {
    if (next.item >= 0) arrive(state, next.item, next.key);
    else release(state, -1 - next.item, next.key);
  }
  return summary(state);
}

function summary(state: State): Replay {
  const { model, started, completed, enabled, busy } = state;
  const waiting = started.map((start, step) =>
    model.predecessor[step] === -1 || !model.hasStarts ? Number.NaN : (start - enabled[step]!) / 1e6,
  );
  const { caseStart } = model.table;
  const cycle = new Float64Array(model.log.cases).fill(Number.NaN);
  for (let index = 0; index < model.log.cases; index++) {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let step = caseStart[index]!; step < caseStart[index + 1]!; step++) {
      if (started[step]! < first) first = started[step]!;
      if (completed[step]! > last) last = completed[step]!;
    }
    if (last >= first) cycle[index] = (last - first) / 1e6;
  }
  return { waiting, started, completed, cycle, busy };
}
