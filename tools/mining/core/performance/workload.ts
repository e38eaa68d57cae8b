import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { Z95 } from "../effects.ts";
import { caseSpans } from "../throughput.ts";
import { type Availability, availabilities, dutyClock } from "./availability.ts";
import { type Waits, waitsOf } from "./waits.ts";
import { type ResourceWork, workOfResources } from "./work-of-resources.ts";

const DAY = 86_400_000_000;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;
const MOST_BUCKETS = 60;

/** How much there was to do, stretch by stretch of equal width; averages over the time of each. */
export interface Workload {
  /** Begin of the first stretch and width of all, microseconds. */
  readonly from: number;
  readonly width: number;
  /** Cases that begin and that end in each. */
  readonly arrivals: Float64Array;
  readonly completions: Float64Array;
  /** Cases in progress. */
  readonly inProgress: Float64Array;
  /** Steps that wait; null without starts. */
  readonly queue: Float64Array | null;
  /** Share of the on-duty time of everybody seen until then and later in which they worked; null where nobody is known. */
  readonly utilisation: Float64Array | null;
  /** Steps waiting by activity over the whole log, on average and at most, longest queue first. */
  readonly queues: readonly ActivityQueue[];
  readonly little: LittlesLaw | null;
}

export interface ActivityQueue {
  readonly activity: number;
  readonly mean: number;
  readonly most: number;
}

/**
 * L = λW (Little 1961) between two instants (microseconds), away from the ends of the log: cases in progress on average, cases that
 * begin a second, and their mean seconds. Both sides are about equal where the log is whole; cases that begin and end tell
 * whether work piles up.
 */
export interface LittlesLaw {
  readonly from: number;
  readonly to: number;
  readonly inProgress: number;
  readonly rate: number;
  readonly seconds: number;
  /** Cases that begin and that end between the two instants. */
  readonly begun: number;
  readonly ended: number;
  /** 1 where more begin than end beyond chance (Poisson counts, 95 %), -1 where fewer do, else 0. */
  readonly trend: -1 | 0 | 1;
}

/** O(events + buckets × resources). Null without times. */
export function workload(log: EventLog, all: EventLog, local: (instant: number) => number): Workload | null {
  const spans = caseSpans(log);
  if (spans === null) return null;
  const own = Array.from(spans.first.keys()).filter((c) => !Number.isNaN(spans.first[c]!));
  if (own.length === 0) return null;
  const first = own.reduce((least, c) => Math.min(least, spans.first[c]!), Number.POSITIVE_INFINITY);
  const last = own.reduce((most, c) => Math.max(most, spans.last[c]!), Number.NEGATIVE_INFINITY);
  const grid = gridOf(first, last, local);
  const [arrivals, completions, inProgress] = [0, 1, 2].map(() => new Float64Array(grid.count)) as Triple;
  for (const c of own) {
    arrivals[bucketOf(grid, spans.first[c]!)]!++;
    completions[bucketOf(grid, spans.last[c]!)]!++;
    spread(inProgress, grid, spans.first[c]!, spans.last[c]!, 1 / grid.width);
  }
  const waits = waitsOf(log);
  const queue = waits.steps.hasStarts ? queueOverTime(waits, grid) : null;
  return {
    from: grid.from,
    width: grid.width,
    arrivals,
    completions,
    inProgress,
    queue,
    utilisation: utilisation(all, grid, local),
    queues: queuesByActivity(waits, last - first),
    little: littlesLaw(spans.first, spans.last, own, first, last),
  };
}

type Triple = [Float64Array, Float64Array, Float64Array];

interface Grid {
  readonly from: number;
  readonly width: number;
  readonly count: number;
}

/** Days, weeks or four weeks from a local midnight (Monday's for weeks), so that there are not too many. */
function gridOf(first: number, last: number, local: (instant: number) => number): Grid {
  const width = [DAY, WEEK].find((each) => (last - first) / each <= MOST_BUCKETS) ?? 4 * WEEK;
  const zero = width === DAY ? 0 : FIRST_MONDAY;
  const begin = Math.floor((local(first) - zero) / Math.min(width, WEEK)) * Math.min(width, WEEK) + zero;
  const from = first - (local(first) - begin);
  return { from, width, count: Math.floor((last - from) / width) + 1 };
}

const bucketOf = ({ from, width, count }: Grid, instant: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor((instant - from) / width)));

/** Adds a stretch of time to the buckets that it lies in, times a weight. */
function spread(values: Float64Array, grid: Grid, from: number, to: number, weight: number): void {
  for (let bucket = bucketOf(grid, from); bucket <= bucketOf(grid, to); bucket++) {
    const begin = grid.from + bucket * grid.width;
    const inside = Math.min(to, begin + grid.width) - Math.max(from, begin);
    if (inside > 0) values[bucket]! += inside * weight;
  }
}

function queueOverTime(waits: Waits, grid: Grid): Float64Array {
  const queue = new Float64Array(grid.count);
  for (let i = 0; i < waits.count; i++) {
    spread(queue, grid, waits.enabled[i]!, waits.started[i]!, 1 / grid.width);
  }
  return queue;
}

/** Work on duty over time on duty, of everybody between their first and last work. Who does several things at once is left out. */
function utilisation(all: EventLog, grid: Grid, local: (instant: number) => number): Float64Array | null {
  const waits = waitsOf(all);
  if (!waits.steps.hasStarts || waits.resource.every((code) => code === MISSING)) return null;
  const works = workOfResources(waits);
  const calendars = availabilities(works, local);
  const [busy, duty] = [new Float64Array(grid.count), new Float64Array(grid.count)];
  works.forEach((work, resource) => {
    addResource(work, calendars[resource]!, grid, local, busy, duty);
  });
  return busy.map((working, bucket) => (duty[bucket]! > 0 ? working / duty[bucket]! : Number.NaN));
}

function addResource(
  work: ResourceWork,
  availability: Availability,
  grid: Grid,
  local: (instant: number) => number,
  busy: Float64Array,
  duty: Float64Array,
): void {
  if (work.count < 2 || work.concurrent > 1.5) return;
  const clock = dutyClock(availability);
  const onDuty = (from: number, to: number) =>
    Math.max(0, Math.min(to - from, clock(local(from), local(to))));
  const add = (values: Float64Array, from: number, to: number) => {
    for (let bucket = bucketOf(grid, from); bucket <= bucketOf(grid, to); bucket++) {
      const begin = Math.max(from, grid.from + bucket * grid.width);
      const end = Math.min(to, grid.from + (bucket + 1) * grid.width);
      if (end > begin) values[bucket]! += onDuty(begin, end);
    }
  };
  let covered = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < work.count; i++) {
    const begin = Math.max(covered, work.started[i]!);
    if (work.completed[i]! > begin) add(busy, begin, work.completed[i]!);
    covered = Math.max(covered, work.completed[i]!);
  }
  add(duty, work.started[0]!, covered);
}

/** Mean and longest queue before each activity. */
function queuesByActivity(waits: Waits, span: number): ActivityQueue[] {
  const changes = new Map<number, [number, number][]>();
  const total = new Map<number, number>();
  for (let i = 0; i < waits.count; i++) {
    const activity = waits.steps.activity[waits.step[i]!]!;
    const [enabled, started] = [waits.enabled[i]!, waits.started[i]!];
    if (started <= enabled) continue;
    const own = changes.get(activity) ?? [];
    changes.set(activity, own);
    own.push([enabled, 1], [started, -1]);
    total.set(activity, (total.get(activity) ?? 0) + started - enabled);
  }
  return [...changes]
    .map(([activity, own]) => ({ activity, mean: total.get(activity)! / span, most: longest(own) }))
    .sort((a, b) => b.mean - a.mean || a.activity - b.activity);
}

function longest(changes: [number, number][]): number {
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let [length, most] = [0, 0];
  for (const [, change] of changes) {
    length += change;
    most = Math.max(most, length);
  }
  return most;
}

/**
 * Over the middle eight tenths of the log, and not beyond the last case's begin, so that its begin (nothing in progress yet) and
 * its end (nothing comes any more) have no part.
 */
function littlesLaw(
  first: Float64Array,
  last: Float64Array,
  cases: readonly number[],
  begin: number,
  end: number,
): LittlesLaw | null {
  const lastBegin = cases.reduce((latest, c) => Math.max(latest, first[c]!), begin);
  const from = Math.round(begin + 0.1 * (end - begin));
  const to = Math.min(Math.round(end - 0.1 * (end - begin)), lastBegin);
  if (to <= from) return null;
  let [present, arrived, ended, seconds] = [0, 0, 0, 0];
  for (const c of cases) {
    present += Math.max(0, Math.min(to, last[c]!) - Math.max(from, first[c]!));
    if (last[c]! >= from && last[c]! < to) ended++;
    if (first[c]! < from || first[c]! >= to) continue;
    arrived++;
    seconds += (last[c]! - first[c]!) / 1e6;
  }
  if (arrived === 0) return null;
  return {
    from,
    to,
    inProgress: present / (to - from),
    rate: arrived / ((to - from) / 1e6),
    seconds: seconds / arrived,
    begun: arrived,
    ended,
    trend: Math.abs(arrived - ended) <= Z95 * Math.sqrt(arrived + ended) ? 0 : arrived > ended ? 1 : -1,
  };
}
