/** Missing start times, out of how long the same step takes elsewhere. */
import { quantile } from "../../mining/core/quantiles.ts";
import type { EventLog } from "./event-log.ts";

/** Sightings from which on the steps after one particular step say more than all steps of the activity. */
const FEWEST_SEEN = 2;
/** An activity of which at most this share of the known starts lie before the previous completion never overlaps it. */
const RARELY = 0.05;

interface Learned {
  /** Microseconds from start to completion by (before, step), then by step; medians. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly steps: ReadonlyMap<number, number>;
  /** The median over all steps. */
  readonly any: number;
  /** Activities that begin only once the step before is complete. */
  readonly waits: ReadonlySet<number>;
}

/**
 * Event → microseconds: its completion less the median working time of the same step after the same one, else of the same
 * step, and not before the previous completion where the activity begins only after it. Not conditioned: less the median of all
 * steps. An activity of which no start is known has none, and a step without a completion stays without. O(events).
 */
export function imputeStarts(log: EventLog, conditioned: boolean): Map<number, number> {
  const { completed, started } = log;
  const filled = new Map<number, number>();
  if (completed === null || started === null) return filled;
  const learned = learn(log, completed, started);
  forEachEvent(log, (event, before) => {
    const activity = log.activity[event]!;
    const known = learned.steps.get(activity);
    if (!Number.isNaN(started[event]!) || Number.isNaN(completed[event]!) || known === undefined) return;
    const service = conditioned ? (learned.pairs.get(pairOf(log, before, event)) ?? known) : learned.any;
    const start = Math.round(completed[event]! - service);
    const earliest =
      conditioned && before >= 0 && learned.waits.has(activity)
        ? completed[before]!
        : Number.NEGATIVE_INFINITY;
    filled.set(event, Math.max(start, earliest));
  });
  return filled;
}

/** `before` is -1 for the first event of a case. */
function forEachEvent(log: EventLog, visit: (event: number, before: number) => void): void {
  for (let index = 0; index < log.cases; index++) {
    const from = log.caseStart[index]!;
    for (let event = from; event < log.caseStart[index + 1]!; event++) {
      visit(event, event === from ? -1 : event - 1);
    }
  }
}

const pairOf = (log: EventLog, before: number, event: number): string =>
  `${before < 0 ? "" : log.activity[before]} ${log.activity[event]}`;

function learn(log: EventLog, completed: Float64Array, started: Float64Array): Learned {
  const pairs = new Map<string, number[]>();
  const steps = new Map<number, number[]>();
  const all: number[] = [];
  const after = new Map<number, { seen: number; overlapping: number }>();
  forEachEvent(log, (event, before) => {
    const activity = log.activity[event]!;
    const service = completed[event]! - started[event]!;
    if (!(service >= 0)) return;
    all.push(service);
    add(steps, activity, service);
    add(pairs, pairOf(log, before, event), service);
    if (before < 0 || Number.isNaN(completed[before]!)) return;
    const own = after.get(activity) ?? { seen: 0, overlapping: 0 };
    own.seen++;
    if (started[event]! < completed[before]!) own.overlapping++;
    after.set(activity, own);
  });
  const waits = [...after].filter(([, { seen, overlapping }]) => overlapping <= RARELY * seen);
  return {
    pairs: medians(pairs, FEWEST_SEEN),
    steps: medians(steps, 1),
    any: all.length === 0 ? Number.NaN : median(all),
    waits: new Set(waits.map(([activity]) => activity)),
  };
}

function add<Key>(table: Map<Key, number[]>, key: Key, value: number): void {
  const own = table.get(key);
  if (own === undefined) table.set(key, [value]);
  else own.push(value);
}

const median = (values: readonly number[]): number => quantile(Float64Array.from(values), 0.5);

const medians = <Key>(table: ReadonlyMap<Key, readonly number[]>, fewest: number): Map<Key, number> =>
  new Map(
    [...table]
      .filter(([, values]) => values.length >= fewest)
      .map(([key, values]) => [key, median(values)] as const),
  );
