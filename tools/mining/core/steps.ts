import { type EventLog, MISSING } from "../../logs/core/event-log.ts";

/**
 * Activity instances in the order of the log (case, completion, row). One step is one execution of an activity: an
 * event with a start column, a start and a complete row that belong together, or an event alone.
 */
export interface Steps {
  readonly count: number;
  /** Case and activity of each step. */
  readonly case: Uint32Array;
  readonly activity: Uint32Array;
  /** The event that completes it. */
  readonly event: Uint32Array;
  /** Microseconds since 1970; NaN where unknown. */
  readonly started: Float64Array;
  readonly completed: Float64Array;
  /** Whether any step has a start: without, service and waiting are unknown everywhere. */
  readonly hasStarts: boolean;
}

/**
 * Finds the activity instances. Starts come from a start column; else from rows with the lifecycle transitions start
 * and complete, paired first in, first out by (case, activity, `concept:instance`); else there are none and every
 * event is a step. O(events).
 */
export function steps(log: EventLog): Steps {
  if (log.completed === null) return everyEvent(log, new Float64Array(log.events).fill(Number.NaN), null);
  if (log.started?.some((start) => !Number.isNaN(start))) return everyEvent(log, log.completed, log.started);
  const transitions = startAndComplete(log);
  return transitions === null
    ? everyEvent(log, log.completed, null)
    : paired(log, log.completed, transitions);
}

function everyEvent(log: EventLog, completed: Float64Array, started: Float64Array | null): Steps {
  const event = new Uint32Array(log.events);
  const cases = new Uint32Array(log.events);
  for (let c = 0; c < log.cases; c++) cases.fill(c, log.caseStart[c]!, log.caseStart[c + 1]!);
  for (let i = 0; i < log.events; i++) event[i] = i;
  return {
    count: log.events,
    case: cases,
    activity: log.activity,
    event,
    started: started ?? new Float64Array(log.events).fill(Number.NaN),
    completed,
    hasStarts: started?.some((time) => !Number.isNaN(time)) ?? false,
  };
}

const OTHER = 0;
const START = 1;
const COMPLETE = 2;

/** Kind of each lifecycle code, or null where the log does not have both starts and completes. */
function startAndComplete(log: EventLog): Uint8Array | null {
  if (log.lifecycle === null) return null;
  const kinds = Uint8Array.from(log.lifecycle.dictionary, (transition) => {
    const name = transition.trim().toLowerCase();
    return name === "start" ? START : name === "complete" ? COMPLETE : OTHER;
  });
  return kinds.includes(START) && kinds.includes(COMPLETE) ? kinds : null;
}

function paired(log: EventLog, completed: Float64Array, kinds: Uint8Array): Steps {
  const codes = log.lifecycle!.codes;
  const open = new OpenStarts(log);
  const found = emptySteps(log.events);
  let count = 0;
  let hasStarts = false;
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const kind = kinds[codes[i]!] ?? OTHER;
      if (kind === START) open.add(c, i);
      if (kind !== COMPLETE) continue;
      const start = open.take(c, i);
      if (start >= 0) hasStarts = true;
      found.case[count] = c;
      found.activity[count] = log.activity[i]!;
      found.event[count] = i;
      found.started[count] = start >= 0 ? completed[start]! : Number.NaN;
      found.completed[count++] = completed[i]!;
    }
  }
  return { ...trim(found, count), count, hasStarts };
}

/** The starts of a case that no completion has taken yet: a queue for each activity and instance, linked by events. */
class OpenStarts {
  readonly #keys: Uint32Array;
  /** By key: the queue's first and last event, and the case that they are of. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #case: Int32Array;
  /** By event: the next of its queue. */
  readonly #next: Int32Array;

  constructor(log: EventLog) {
    const { keys, size } = instanceKeys(log);
    this.#keys = keys;
    this.#first = new Int32Array(size).fill(-1);
    this.#last = new Int32Array(size);
    this.#case = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(log.events);
  }

  add(c: number, event: number): void {
    const key = this.#keys[event]!;
    if (this.#case[key] === c && this.#first[key]! >= 0) this.#next[this.#last[key]!] = event;
    else this.#first[key] = event;
    this.#case[key] = c;
    this.#last[key] = event;
    this.#next[event] = -1;
  }

  /** The event that waits longest for the completion `event`; -1 where there is none. */
  take(c: number, event: number): number {
    const key = this.#keys[event]!;
    if (this.#case[key] !== c) return -1;
    const first = this.#first[key]!;
    if (first >= 0) this.#first[key] = this.#next[first]!;
    return first;
  }
}

/** A number for the activity and instance of each event. */
function instanceKeys({ activity, activities, instance }: EventLog): { keys: Uint32Array; size: number } {
  if (instance === null) return { keys: activity, size: activities.length };
  const known = new Map<number, number>();
  const keys = activity.map((code, event) => {
    const own = instance.codes[event]!;
    if (own === MISSING) return code;
    const pair = own * activities.length + code;
    const key = known.get(pair) ?? activities.length + known.size;
    known.set(pair, key);
    return key;
  });
  return { keys, size: activities.length + known.size };
}

type StepColumns = Pick<Steps, "case" | "activity" | "event" | "started" | "completed">;

function emptySteps(capacity: number): StepColumns {
  return {
    case: new Uint32Array(capacity),
    activity: new Uint32Array(capacity),
    event: new Uint32Array(capacity),
    started: new Float64Array(capacity),
    completed: new Float64Array(capacity),
  };
}

function trim(columns: StepColumns, count: number): StepColumns {
  return {
    case: columns.case.subarray(0, count),
    activity: columns.activity.subarray(0, count),
    event: columns.event.subarray(0, count),
    started: columns.started.subarray(0, count),
    completed: columns.completed.subarray(0, count),
  };
}
