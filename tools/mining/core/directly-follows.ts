import type { EventLog } from "../../logs/core/event-log.ts";
import { type Summary, summarize } from "./quantiles.ts";

/** How often `to` came next after `from` in a case, and the seconds from completion to completion. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Null where the log has no times. */
  readonly seconds: Summary | null;
}

export interface DirectlyFollows {
  /** Most frequent first, then by names. */
  readonly edges: readonly Edge[];
  /** Activity → cases that begin (end) with it; most frequent first. */
  readonly starts: ReadonlyMap<string, number>;
  readonly ends: ReadonlyMap<string, number>;
}

/** Above this many activity pairs (2,048 activities) edges are found in a map instead of a matrix. */
const LARGEST_MATRIX = 1 << 22;

/**
 * The directly-follows graph with times (van der Aalst, "Process Mining: Data Science in Action", 2016, 6.2).
 * O(events + activities²): one pass counts the edges, a counting sort gathers each edge's times, quickselect
 * summarises them.
 */
export function directlyFollows(log: EventLog): DirectlyFollows {
  const pairs = countPairs(log);
  const seconds = log.completed === null ? null : pairSeconds(log, log.completed, pairs);
  const width = log.activities.length;
  const edges = Array.from(pairs.found, (pair, edge) => ({
    from: log.activities[Math.floor(pair / width)]!,
    to: log.activities[pair % width]!,
    count: pairs.counts[pairs.place(pair)]!,
    seconds: seconds === null ? null : seconds[edge]!,
  }));
  edges.sort((a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to));
  return { edges, starts: boundary(log, "first"), ends: boundary(log, "last") };
}

/** How often each pair of activities, `from × activities + to`, follows each other in a case. */
interface Pairs {
  /** Where a pair's count stands. */
  place(pair: number): number;
  readonly counts: Uint32Array;
  /** The pairs that occur, ascending. */
  readonly found: readonly number[];
}

function countPairs(log: EventLog): Pairs {
  const width = log.activities.length;
  return width * width <= LARGEST_MATRIX ? pairsInMatrix(log, width) : pairsInMap(log, width);
}

function pairsInMatrix({ activity, caseStart, cases }: EventLog, width: number): Pairs {
  const counts = new Uint32Array(width * width);
  for (let c = 0; c < cases; c++) {
    const end = caseStart[c + 1]!;
    for (let i = caseStart[c]! + 1; i < end; i++) counts[activity[i - 1]! * width + activity[i]!]!++;
  }
  const found: number[] = [];
  for (let pair = 0; pair < counts.length; pair++) if (counts[pair]! > 0) found.push(pair);
  return { place: (pair) => pair, counts, found };
}

function pairsInMap({ activity, caseStart, cases }: EventLog, width: number): Pairs {
  const counted = new Map<number, number>();
  for (let c = 0; c < cases; c++) {
    const end = caseStart[c + 1]!;
    for (let i = caseStart[c]! + 1; i < end; i++) {
      const pair = activity[i - 1]! * width + activity[i]!;
      counted.set(pair, (counted.get(pair) ?? 0) + 1);
    }
  }
  const found = [...counted.keys()].sort((a, b) => a - b);
  const places = new Map(found.map((pair, place) => [pair, place]));
  const counts = Uint32Array.from(found, (pair) => counted.get(pair)!);
  return { place: (pair) => places.get(pair)!, counts, found };
}

function pairSeconds(log: EventLog, completed: Float64Array, pairs: Pairs): (Summary | null)[] {
  const { activity, caseStart, cases } = log;
  const width = log.activities.length;
  const next = new Uint32Array(pairs.counts.length);
  let total = 0;
  for (const pair of pairs.found) {
    const place = pairs.place(pair);
    next[place] = total;
    total += pairs.counts[place]!;
  }
  const times = new Float64Array(total);
  for (let c = 0; c < cases; c++) {
    const end = caseStart[c + 1]!;
    for (let i = caseStart[c]! + 1; i < end; i++) {
      const time = completed[i]! - completed[i - 1]!;
      if (!Number.isNaN(time)) times[next[pairs.place(activity[i - 1]! * width + activity[i]!)]!++] = time;
    }
  }
  let start = 0;
  return pairs.found.map((pair) => {
    const place = pairs.place(pair);
    const summary = summarize(times, start, next[place]!);
    start += pairs.counts[place]!;
    return summary;
  });
}

function boundary(log: EventLog, which: "first" | "last"): Map<string, number> {
  const counts = new Float64Array(log.activities.length);
  for (let c = 0; c < log.cases; c++) {
    const from = log.caseStart[c]!;
    const to = log.caseStart[c + 1]!;
    if (from < to) counts[log.activity[which === "first" ? from : to - 1]!]!++;
  }
  return byCount(log.activities, counts);
}

/** Names with a count above zero, most frequent first, then by name. */
export function byCount(names: readonly string[], counts: Float64Array): Map<string, number> {
  const pairs: [string, number][] = [];
  for (let i = 0; i < names.length; i++) if (counts[i]! > 0) pairs.push([names[i]!, counts[i]!]);
  pairs.sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return new Map(pairs);
}

/** Events of each activity, most frequent first. */
export function activityCounts(log: EventLog): Map<string, number> {
  const counts = new Float64Array(log.activities.length);
  for (let i = 0; i < log.events; i++) counts[log.activity[i]!]!++;
  return byCount(log.activities, counts);
}

/** Order by UTF-16 code units: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
