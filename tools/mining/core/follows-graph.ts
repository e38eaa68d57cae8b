import { MOST_ACTIVITIES, type TraceMultiset } from "./trace-multiset.ts";

/** The directly-follows relation of a trace multiset, over local indexes 0 … n-1 of its activities. */
export interface FollowsGraph {
  /** Activity code of each index, ascending. */
  readonly activities: readonly number[];
  /** `weight[a * n + b]`: how often b came directly after a. */
  readonly weight: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /**
   * `overlaps[a * n + b]`: how often an a and a b ran at the same time. Only where starts and completions are known: then
   * activities are concurrent if they overlap; otherwise if they follow each other both ways.
   */
  readonly overlaps?: Float64Array;
}

/** `without`: an activity to pass over, as if the traces had never had it; traces of nothing else count as none. */
export function followsGraph(log: TraceMultiset, without = -1): FollowsGraph {
  const indexOf = new Int32Array(MOST_ACTIVITIES).fill(-1);
  const activities = activitiesIn(log, indexOf, without);
  const n = activities.length;
  const graph = {
    activities,
    weight: new Float64Array(n * n),
    starts: new Float64Array(n),
    ends: new Float64Array(n),
  };
  for (const [trace, count] of log) addTrace(graph, indexOf, trace, count);
  return graph;
}

/** The activities' codes, ascending; `indexOf` gets their positions. */
function activitiesIn(log: TraceMultiset, indexOf: Int32Array, without: number): number[] {
  for (const trace of log.keys()) for (let i = 0; i < trace.length; i++) indexOf[trace.charCodeAt(i)] = 0;
  if (without >= 0) indexOf[without] = -1;
  const activities: number[] = [];
  for (let code = 0; code < indexOf.length; code++) {
    if (indexOf[code] === 0) indexOf[code] = activities.push(code) - 1;
  }
  return activities;
}

function addTrace(graph: FollowsGraph, indexOf: Int32Array, trace: string, count: number): void {
  const n = graph.activities.length;
  let before = -1;
  for (let i = 0; i < trace.length; i++) {
    const next = indexOf[trace.charCodeAt(i)]!;
    if (next < 0) continue;
    if (before < 0) graph.starts[next]! += count;
    else graph.weight[before * n + next]! += count;
    before = next;
  }
  if (before >= 0) graph.ends[before]! += count;
}

/**
 * Leaves out edges, starts and ends rarer than `noise` times the most frequent of their kind: for edges, the most
 * frequent way out of the same activity, ending included (Leemans et al. 2014, "infrequent", 3.1).
 */
export function withoutInfrequent(graph: FollowsGraph, noise: number): FollowsGraph {
  const n = graph.activities.length;
  const weight = graph.weight.slice();
  for (let a = 0; a < n; a++) {
    const limit = noise * Math.max(graph.ends[a]!, ...weight.subarray(a * n, (a + 1) * n));
    for (let b = 0; b < n; b++) if (weight[a * n + b]! < limit) weight[a * n + b] = 0;
  }
  return { ...graph, weight, starts: frequent(graph.starts, noise), ends: frequent(graph.ends, noise) };
}

function frequent(counts: Float64Array, noise: number): Float64Array {
  const limit = noise * Math.max(...counts);
  return counts.map((count) => (count < limit ? 0 : count));
}
