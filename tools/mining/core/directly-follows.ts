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

/** Above this many activity pairs the edge numbers are kept in a map instead of a matrix (64 MB). */
const LARGEST_MATRIX = 1 << 24;

/**
 * The directly-follows graph with times (van der Aalst, "Process Mining: Data Science in Action", 2016, 6.2).
 * O(events): one pass numbers the edges, a counting sort gathers each edge's times, quickselect summarises them.
 */
export function directlyFollows(log: EventLog): DirectlyFollows {
  const numbered = numberEdges(log);
  const { counts, sources, targets } = numbered;
  const seconds = log.completed === null ? null : edgeSeconds(log, log.completed, numbered);
  const edges = counts.map((count, edge) => ({
    from: log.activities[sources[edge]!]!,
    to: log.activities[targets[edge]!]!,
    count,
    seconds: seconds === null ? null : seconds[edge]!,
  }));
  edges.sort((a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to));
  return { edges, starts: boundary(log, "first"), ends: boundary(log, "last") };
}

interface NumberedEdges {
  /** Edge of each event and the one before it in its case; unused at a case's first event. */
  readonly edgeOf: Uint32Array;
  readonly counts: number[];
  readonly sources: number[];
  readonly targets: number[];
}

function numberEdges(log: EventLog): NumberedEdges {
  const { activity, caseStart, cases } = log;
  const width = log.activities.length;
  const number = edgeNumbers(width);
  const edgeOf = new Uint32Array(log.events);
  const counts: number[] = [];
  const sources: number[] = [];
  const targets: number[] = [];
  for (let c = 0; c < cases; c++) {
    const end = caseStart[c + 1]!;
    for (let i = caseStart[c]! + 1; i < end; i++) {
      const edge = number(activity[i - 1]! * width + activity[i]!);
      if (edge === counts.length) {
        counts.push(0);
        sources.push(activity[i - 1]!);
        targets.push(activity[i]!);
      }
      counts[edge]!++;
      edgeOf[i] = edge;
    }
  }
  return { edgeOf, counts, sources, targets };
}

/** Numbers pairs 0, 1, 2 … in order of first appearance. */
function edgeNumbers(width: number): (pair: number) => number {
  let next = 0;
  if (width * width <= LARGEST_MATRIX) {
    const matrix = new Int32Array(width * width).fill(-1);
    return (pair) => {
      const known = matrix[pair]!;
      if (known >= 0) return known;
      matrix[pair] = next;
      return next++;
    };
  }
  const map = new Map<number, number>();
  return (pair) => {
    const known = map.get(pair);
    if (known !== undefined) return known;
    map.set(pair, next);
    return next++;
  };
}

function edgeSeconds(log: EventLog, completed: Float64Array, edges: NumberedEdges): (Summary | null)[] {
  const starts = new Uint32Array(edges.counts.length);
  let total = 0;
  for (let edge = 0; edge < starts.length; edge++) {
    starts[edge] = total;
    total += edges.counts[edge]!;
  }
  const fill = starts.slice();
  const times = new Float64Array(total);
  for (let c = 0; c < log.cases; c++) {
    const end = log.caseStart[c + 1]!;
    for (let i = log.caseStart[c]! + 1; i < end; i++) {
      const time = completed[i]! - completed[i - 1]!;
      if (!Number.isNaN(time)) times[fill[edges.edgeOf[i]!]!++] = time;
    }
  }
  return edges.counts.map((_, edge) => summarize(times, starts[edge]!, fill[edge]!));
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
