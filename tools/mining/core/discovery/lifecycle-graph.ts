import type { FollowsGraph } from "../follows-graph.ts";
import type { TraceMultiset } from "../trace-multiset.ts";
import { type Execution, executionsOf } from "./lifecycle-traces.ts";

type Counts = FollowsGraph & { readonly overlaps: Float64Array };

/**
 * The directly-follows graph of starts and completions (Leemans, Fahland & van der Aalst, "Using life cycle information in
 * process discovery", BPM workshops 2015): b follows a if it starts after a's completion and nothing lies wholly between
 * them. Executions that overlap count as following each other both ways, and as overlapping. `without`: an activity to pass
 * over. O(Σ over distinct traces of executions²).
 */
export function lifecycleGraph(log: TraceMultiset, without = -1): Counts {
  const traces = Array.from(log, ([trace, count]) => ({
    executions: executionsOf(trace).filter(({ activity }) => activity !== without),
    count,
  }));
  const codes = new Set(traces.flatMap(({ executions }) => executions.map(({ activity }) => activity)));
  const activities = [...codes].sort((a, b) => a - b);
  const indexOf = new Map(activities.map((code, index) => [code, index]));
  const n = activities.length;
  const graph = {
    activities,
    weight: new Float64Array(n * n),
    starts: new Float64Array(n),
    ends: new Float64Array(n),
    overlaps: new Float64Array(n * n),
  };
  for (const { executions, count } of traces) {
    const local = executions.map((one) => ({ ...one, activity: indexOf.get(one.activity)! }));
    if (local.length > 0) addTrace(graph, local, count);
  }
  return graph;
}

function addTrace(graph: Counts, executions: readonly Execution[], count: number): void {
  const firstEnd = executions[0]!.end;
  const lastStart = executions.reduce((latest, { start }) => Math.max(latest, start), 0);
  executions.forEach((b, j) => {
    if (b.start < firstEnd) graph.starts[b.activity]! += count;
    if (b.end > lastStart) graph.ends[b.activity]! += count;
    addPredecessors(graph, executions, j, count);
  });
}

/** Going back from b: an execution counts as directly before it until one starts after it that ends before b. */
function addPredecessors(graph: Counts, executions: readonly Execution[], j: number, count: number): void {
  const n = graph.activities.length;
  const b = executions[j]!;
  let latestStart = -1;
  for (let i = j - 1; i >= 0; i--) {
    const a = executions[i]!;
    const [there, back] = [a.activity * n + b.activity, b.activity * n + a.activity];
    if (a.end > b.start) {
      for (const edge of [there, back]) {
        graph.overlaps[edge]! += count;
        graph.weight[edge]! += count;
      }
    } else if (a.end > latestStart) {
      graph.weight[there]! += count;
      latestStart = Math.max(latestStart, a.start);
    } else return;
  }
}
