import type { FollowsGraph } from "../follows-graph.ts";
import type { ProcessTree } from "../process-tree.ts";
import type { Steps } from "../steps.ts";
import { mineGraph } from "./inductive-graph-miner.ts";

/**
 * IMlc: the inductive miner with starts and completions (Leemans, Fahland & van der Aalst, "Using life cycle information in
 * process discovery", BPM workshops 2015), on the graph: a step follows another if it starts after that one's completion and
 * no third lies wholly between them; steps that overlap in time are concurrent. So a short loop is told from concurrency,
 * which completions alone cannot. Null where the log has no starts.
 */
export function lifecycleMiner(steps: Steps, names: readonly string[], noise = 0): ProcessTree | null {
  return steps.hasStarts ? mineGraph(lifecycleGraph(steps, names), names, noise) : null;
}

/** O(Σ over cases of steps²), for overlaps. */
export function lifecycleGraph(steps: Steps, names: readonly string[]): FollowsGraph {
  const codes = [...new Set(steps.activity)].sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  const n = codes.length;
  const indexOf = new Int32Array(names.length).fill(-1);
  codes.forEach((code, i) => {
    indexOf[code] = i;
  });
  const graph = {
    activities: codes,
    weight: new Float64Array(n * n),
    starts: new Float64Array(n),
    ends: new Float64Array(n),
    overlaps: new Float64Array(n * n),
  };
  for (let from = 0; from < steps.count; ) {
    let to = from;
    while (to < steps.count && steps.case[to] === steps.case[from]) to++;
    addCase(graph, caseSteps(steps, indexOf, from, to));
    from = to;
  }
  return graph;
}

interface Interval {
  readonly activity: number;
  readonly started: number;
  readonly completed: number;
}

/** A step whose start is unknown happens at its completion. */
function caseSteps(steps: Steps, indexOf: Int32Array, from: number, to: number): Interval[] {
  return Array.from({ length: to - from }, (_, i) => {
    const completed = steps.completed[from + i]!;
    const started = steps.started[from + i]!;
    return {
      activity: indexOf[steps.activity[from + i]!]!,
      started: Number.isNaN(started) ? completed : Math.min(started, completed),
      completed,
    };
  });
}

type Counts = Pick<FollowsGraph, "weight" | "starts" | "ends" | "activities"> & {
  readonly overlaps: Float64Array;
};

/** Steps are in the order of their completions. */
function addCase(graph: Counts, intervals: readonly Interval[]): void {
  const n = graph.activities.length;
  const firstEnd = intervals[0]?.completed ?? 0;
  const lastStart = intervals.reduce(
    (latest, { started }) => Math.max(latest, started),
    Number.NEGATIVE_INFINITY,
  );
  intervals.forEach((b, j) => {
    if (b.started < firstEnd || j === 0) graph.starts[b.activity]!++;
    if (b.completed > lastStart || j === intervals.length - 1) graph.ends[b.activity]!++;
    // Going back from b: a step counts as directly before it until one starts after it that ends before b.
    let latestStart = Number.NEGATIVE_INFINITY;
    for (let i = j - 1; i >= 0; i--) {
      const a = intervals[i]!;
      const isBefore = a.completed <= b.started;
      if (!isBefore) {
        graph.overlaps[a.activity * n + b.activity]!++;
        graph.overlaps[b.activity * n + a.activity]!++;
        graph.weight[a.activity * n + b.activity]!++;
        graph.weight[b.activity * n + a.activity]!++;
        continue;
      }
      if (a.completed <= latestStart) break;
      graph.weight[a.activity * n + b.activity]!++;
      latestStart = Math.max(latestStart, a.started);
    }
  });
}
