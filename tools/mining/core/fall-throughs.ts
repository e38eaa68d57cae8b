/**
 * What the inductive miner does when no cut exists, most precise first (Leemans, "Robust Process Mining with
 * Guarantees", 2017, section 6.1.3). Each keeps every trace of the log in the language of the result.
 */
import { type FollowsGraph, followsGraph } from "./follows-graph.ts";
import { add, MOST_ACTIVITIES, project, type TraceMultiset } from "./trace-multiset.ts";

export type FallThrough =
  | { readonly kind: "parallel" | "interleaved"; readonly logs: readonly [TraceMultiset, TraceMultiset] }
  /** Traces cut into the rounds of a loop with nothing between them. */
  | { readonly kind: "silent-loop"; readonly log: TraceMultiset }
  /** Any activity, any number of times. */
  | { readonly kind: "flower" };

/** `hasCut` tells whether the rest of the log falls apart once an activity is set aside as concurrent. */
export function fallThrough(
  log: TraceMultiset,
  { activities }: FollowsGraph,
  hasCut: (rest: FollowsGraph) => boolean,
): FallThrough {
  const candidates = byFrequency(log, activities);
  return (
    oncePerTrace(log, candidates) ??
    concurrentActivity(log, candidates, hasCut) ??
    silentLoop(log, "strict") ??
    silentLoop(log, "any") ?? { kind: "flower" }
  );
}

function oncePerTrace(log: TraceMultiset, candidates: readonly number[]): FallThrough | null {
  if (candidates.length < 2) return null;
  const once = candidates.find((activity) => {
    const name = String.fromCharCode(activity);
    for (const trace of log.keys()) {
      const at = trace.indexOf(name);
      if (at < 0 || trace.indexOf(name, at + 1) >= 0) return false;
    }
    return true;
  });
  return once === undefined ? null : setAside(log, once);
}

function concurrentActivity(
  log: TraceMultiset,
  candidates: readonly number[],
  hasCut: (rest: FollowsGraph) => boolean,
): FallThrough | null {
  if (candidates.length < 3) return null;
  const concurrent = candidates.find((activity) => hasCut(followsGraph(log, activity)));
  return concurrent === undefined ? null : setAside(log, concurrent);
}

function setAside(log: TraceMultiset, activity: number): FallThrough & { kind: "parallel" } {
  const own = new Map<string, number>();
  const rest = new Map<string, number>();
  for (const [trace, count] of log) {
    add(
      own,
      project(trace, (other) => other === activity),
      count,
    );
    add(
      rest,
      project(trace, (other) => other !== activity),
      count,
    );
  }
  return { kind: "parallel", logs: [own, rest] };
}

/** Strict: cuts a trace where an end is followed by a start; else wherever a start follows anything. */
function silentLoop(log: TraceMultiset, where: "strict" | "any"): FallThrough | null {
  const starts = new Set<number>();
  const ends = new Set<number>();
  for (const trace of log.keys()) {
    starts.add(trace.charCodeAt(0));
    ends.add(trace.charCodeAt(trace.length - 1));
  }
  const rounds = new Map<string, number>();
  let cuts = 0;
  for (const [trace, count] of log) {
    let begin = 0;
    for (let i = 1; i < trace.length; i++) {
      if (!starts.has(trace.charCodeAt(i))) continue;
      if (where === "strict" && !ends.has(trace.charCodeAt(i - 1))) continue;
      add(rounds, trace.slice(begin, i), count);
      begin = i;
      cuts++;
    }
    add(rounds, trace.slice(begin), count);
  }
  return cuts === 0 ? null : { kind: "silent-loop", log: rounds };
}

/** Most frequent first: setting those aside leaves the more precise models (measured on the logs of the tests). */
function byFrequency(log: TraceMultiset, activities: readonly number[]): number[] {
  const counts = new Float64Array(MOST_ACTIVITIES);
  for (const [trace, count] of log) {
    for (let i = 0; i < trace.length; i++) counts[trace.charCodeAt(i)]! += count;
  }
  return [...activities].sort((a, b) => counts[b]! - counts[a]! || a - b);
}
