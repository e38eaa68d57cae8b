/**
 * What the inductive miner does when no cut exists, most precise first (Leemans, "Robust Process Mining with
 * Guarantees", 2017, section 6.1.3). Each keeps every trace of the log in the language of the result.
 */
import { followsGraph } from "./follows-graph.ts";
import { add, project, type TraceMultiset } from "./trace-multiset.ts";

export type FallThrough =
  | { readonly kind: "parallel"; readonly logs: readonly [TraceMultiset, TraceMultiset] }
  /** Traces cut into the rounds of a loop with nothing between them. */
  | { readonly kind: "silent-loop"; readonly log: TraceMultiset }
  /** Any activity, any number of times. */
  | { readonly kind: "flower" };

/** `hasCut` tells whether the rest of the log falls apart once an activity is set aside as concurrent. */
export function fallThrough(log: TraceMultiset, hasCut: (log: TraceMultiset) => boolean): FallThrough {
  return (
    oncePerTrace(log) ??
    concurrentActivity(log, hasCut) ??
    silentLoop(log, "strict") ??
    silentLoop(log, "any") ?? { kind: "flower" }
  );
}

function oncePerTrace(log: TraceMultiset): FallThrough | null {
  const candidates = activitiesByFrequency(log);
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

function concurrentActivity(log: TraceMultiset, hasCut: (log: TraceMultiset) => boolean): FallThrough | null {
  const candidates = activitiesByFrequency(log);
  if (candidates.length < 3) return null;
  for (const activity of candidates) {
    const split = setAside(log, activity);
    if (hasCut(split.logs[1])) return split;
  }
  return null;
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
function activitiesByFrequency(log: TraceMultiset): number[] {
  const { activities } = followsGraph(log);
  const counts = new Map<number, number>(activities.map((activity) => [activity, 0]));
  for (const [trace, count] of log) {
    for (let i = 0; i < trace.length; i++) addTo(counts, trace.charCodeAt(i), count);
  }
  return [...activities].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
}

function addTo(counts: Map<number, number>, activity: number, count: number): void {
  counts.set(activity, counts.get(activity)! + count);
}
