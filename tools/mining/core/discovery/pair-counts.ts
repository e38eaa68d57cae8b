import type { Variants } from "../variants.ts";

/**
 * In how many cases something holds between two activities, for all pairs: `[a * activities + b]`. What the log skeleton and
 * the declarative constraints are made of.
 */
export interface PairCounts {
  readonly activities: number;
  readonly cases: number;
  /** Cases in which each activity happens; and in which it begins the case, ends it, and happens at most or exactly once. */
  readonly having: Float64Array;
  readonly starting: Float64Array;
  readonly ending: Float64Array;
  readonly once: Float64Array;
  /** Cases in which both happen. */
  readonly together: Float64Array;
  /** Cases in which both happen, as often as each other. */
  readonly equallyOften: Float64Array;
  /** Cases with an a in which after every a comes a b: at all; before the next a; at once. */
  readonly response: Float64Array;
  readonly alternateResponse: Float64Array;
  readonly chainResponse: Float64Array;
  /** Cases with a b in which before every b came an a: at all; since the last b; right before. */
  readonly precedence: Float64Array;
  readonly alternatePrecedence: Float64Array;
  readonly chainPrecedence: Float64Array;
  /** Cases in which response and precedence hold both; alternate; chain. */
  readonly succession: Float64Array;
  readonly alternateSuccession: Float64Array;
  readonly chainSuccession: Float64Array;
  /** Cases in which some b comes after some a: at all; right after. */
  readonly follows: Float64Array;
  readonly followsDirectly: Float64Array;
}

/** O(Σ over variants of events × distinct activities), and 13 arrays of activities² numbers. */
export function pairCounts({ activities, sequences, counts }: Variants): PairCounts {
  const n = activities.length;
  const square = () => new Float64Array(n * n);
  const line = () => new Float64Array(n);
  const found = {
    activities: n,
    cases: counts.reduce((sum, count) => sum + count, 0),
    having: line(),
    starting: line(),
    ending: line(),
    once: line(),
    together: square(),
    equallyOften: square(),
    response: square(),
    alternateResponse: square(),
    chainResponse: square(),
    precedence: square(),
    alternatePrecedence: square(),
    chainPrecedence: square(),
    succession: square(),
    alternateSuccession: square(),
    chainSuccession: square(),
    follows: square(),
    followsDirectly: square(),
  };
  sequences.forEach((sequence, v) => {
    if (sequence.length > 0) addTrace(found, new TraceShape(sequence, n), counts[v]!);
  });
  return found;
}

/** How one trace lies, by its distinct activities. */
class TraceShape {
  readonly present: readonly number[];
  readonly length: number;
  readonly first = new Map<number, number>();
  readonly last = new Map<number, number>();
  readonly count = new Map<number, number>();
  /** By pair: rounds of a (up to the next a, or the end) with a b in them; rounds of b (since the last b) with an a. */
  readonly roundsAfter = new Map<number, number>();
  readonly roundsBefore = new Map<number, number>();
  readonly direct = new Map<number, number>();
  readonly begins: number;
  readonly ends: number;

  constructor(sequence: Uint32Array, n: number) {
    this.length = sequence.length;
    this.begins = sequence[0]!;
    this.ends = sequence[sequence.length - 1]!;
    sequence.forEach((activity, i) => {
      if (!this.first.has(activity)) this.first.set(activity, i);
      this.last.set(activity, i);
      bump(this.count, activity);
      if (i > 0) bump(this.direct, sequence[i - 1]! * n + activity);
    });
    this.present = [...this.count.keys()];
    this.#countRounds(sequence, n);
  }

  /** A round of x has y in it where y's latest position lies in it: rounds end at the next x, so look back from there. */
  #countRounds(sequence: Uint32Array, n: number): void {
    const latest = new Map<number, number>();
    const close = (x: number, until: ReadonlyMap<number, number>, begun: number) => {
      for (const y of this.present) {
        if (y !== x && (until.get(y) ?? -1) > begun) bump(this.roundsAfter, x * n + y);
      }
    };
    sequence.forEach((x, i) => {
      const begun = latest.get(x) ?? -1;
      if (begun >= 0) close(x, latest, begun);
      for (const y of this.present) {
        if (y !== x && (latest.get(y) ?? -1) > begun) bump(this.roundsBefore, y * n + x);
      }
      latest.set(x, i);
    });
    for (const x of this.present) close(x, latest, this.last.get(x)!);
  }
}

const bump = (counts: Map<number, number>, key: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

type Counts = { -readonly [Key in keyof PairCounts]: PairCounts[Key] };

function addTrace(found: Counts, trace: TraceShape, cases: number): void {
  const n = found.activities;
  found.starting[trace.begins]! += cases;
  found.ending[trace.ends]! += cases;
  for (const a of trace.present) {
    const times = trace.count.get(a)!;
    found.having[a]! += cases;
    if (times === 1) found.once[a]! += cases;
    if (trace.direct.has(a * n + a)) found.followsDirectly[a * n + a]! += cases;
    for (const b of trace.present) if (a !== b) addPair(found, trace, a, b, cases);
  }
}

function addPair(found: Counts, trace: TraceShape, a: number, b: number, cases: number): void {
  const pair = a * found.activities + b;
  const [timesA, timesB] = [trace.count.get(a)!, trace.count.get(b)!];
  const direct = trace.direct.get(pair) ?? 0;
  found.together[pair]! += cases;
  if (timesA === timesB) found.equallyOften[pair]! += cases;
  const response = trace.last.get(b)! > trace.last.get(a)!;
  const precedence = trace.first.get(a)! < trace.first.get(b)!;
  addKept(found.response, found.precedence, found.succession, pair, cases, response, precedence);
  const turnsAfter = trace.roundsAfter.get(pair) === timesA;
  const turnsBefore = trace.roundsBefore.get(pair) === timesB;
  addKept(
    found.alternateResponse,
    found.alternatePrecedence,
    found.alternateSuccession,
    pair,
    cases,
    turnsAfter,
    turnsBefore,
  );
  const [chainAfter, chainBefore] = [direct === timesA, direct === timesB];
  addKept(
    found.chainResponse,
    found.chainPrecedence,
    found.chainSuccession,
    pair,
    cases,
    chainAfter,
    chainBefore,
  );
  if (trace.last.get(b)! > trace.first.get(a)!) found.follows[pair]! += cases;
  if (direct > 0) found.followsDirectly[pair]! += cases;
}

function addKept(
  after: Float64Array,
  before: Float64Array,
  both: Float64Array,
  pair: number,
  cases: number,
  keepsAfter: boolean,
  keepsBefore: boolean,
): void {
  if (keepsAfter) after[pair]! += cases;
  if (keepsBefore) before[pair]! += cases;
  if (keepsAfter && keepsBefore) both[pair]! += cases;
}
