import type { TraceMultiset } from "./trace-multiset.ts";

/** The directly-follows relation of a trace multiset, over local indexes 0 … n-1 of its activities. */
export interface FollowsGraph {
  /** Activity code of each index, ascending. */
  readonly activities: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
  /** `weight[a * n + b]`: how often b came directly after a. */
  readonly weight: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

export function followsGraph(log: TraceMultiset): FollowsGraph {
  const codes = new Set<number>();
  for (const trace of log.keys()) for (let i = 0; i < trace.length; i++) codes.add(trace.charCodeAt(i));
  const activities = [...codes].sort((a, b) => a - b);
  const n = activities.length;
  const indexOf = new Map(activities.map((code, index) => [code, index]));
  const graph = {
    activities,
    indexOf,
    weight: new Float64Array(n * n),
    starts: new Float64Array(n),
    ends: new Float64Array(n),
  };
  for (const [trace, count] of log) addTrace(graph, trace, count);
  return graph;
}

function addTrace(graph: FollowsGraph, trace: string, count: number): void {
  if (trace.length === 0) return;
  const n = graph.activities.length;
  let before = graph.indexOf.get(trace.charCodeAt(0))!;
  graph.starts[before]! += count;
  for (let i = 1; i < trace.length; i++) {
    const next = graph.indexOf.get(trace.charCodeAt(i))!;
    graph.weight[before * n + next]! += count;
    before = next;
  }
  graph.ends[before]! += count;
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
