import type { Variants } from "./variants.ts";

/**
 * Traces with how often each occurs. A trace is a string whose UTF-16 code units are activity codes: projections and
 * slices are string operations, and equal traces meet under one key.
 */
export type TraceMultiset = ReadonlyMap<string, number>;

/** More distinct activities than this are no process but free text; codes must fit a code unit, and pairs memory. */
export const MOST_ACTIVITIES = 2000;

export function toMultiset(variants: Variants): TraceMultiset {
  const traces = new Map<string, number>();
  variants.sequences.forEach((sequence, v) => {
    add(traces, encode(sequence), variants.counts[v]!);
  });
  return traces;
}

/**
 * The same variants with activities numbered in the order of their names: what an algorithm decides by number where all else
 * is equal then does not depend on the order of the log's rows.
 */
export function sortedByName(variants: Variants): Variants {
  const { activities } = variants;
  if (activities.every((name, code) => code === 0 || activities[code - 1]! < name)) return variants;
  const order = Array.from(activities.keys()).sort((a, b) => (activities[a]! < activities[b]! ? -1 : 1));
  const rank = new Uint32Array(order.length);
  order.forEach((code, position) => {
    rank[code] = position;
  });
  return {
    ...variants,
    activities: order.map((code) => activities[code]!),
    sequences: variants.sequences.map((sequence) => sequence.map((code) => rank[code]!)),
  };
}

/** A trace's key. */
export function encode(codes: ArrayLike<number>): string {
  let trace = "";
  for (let i = 0; i < codes.length; i++) trace += String.fromCharCode(codes[i]!);
  return trace;
}

export function add(traces: Map<string, number>, trace: string, count: number): void {
  traces.set(trace, (traces.get(trace) ?? 0) + count);
}

export function totalOf(traces: TraceMultiset): number {
  let total = 0;
  for (const count of traces.values()) total += count;
  return total;
}

/** The part of a trace whose activities satisfy `keep`. */
export function project(trace: string, keep: (activity: number) => boolean): string {
  let kept = "";
  for (let i = 0; i < trace.length; i++) if (keep(trace.charCodeAt(i))) kept += trace[i];
  return kept;
}
