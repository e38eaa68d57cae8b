import { discoverTraces, type InductiveMinerOptions, type TraceOperations } from "../inductive-miner.ts";
import { activityLeaf, exclusive, loop, type ProcessTree, silent } from "../process-tree.ts";
import type { Steps } from "../steps.ts";
import { MOST_ACTIVITIES } from "../trace-multiset.ts";
import { lifecycleCut } from "./lifecycle-cuts.ts";
import { lifecycleFallThrough } from "./lifecycle-fall-throughs.ts";
import { lifecycleGraph } from "./lifecycle-graph.ts";
import { splitLifecycles } from "./lifecycle-splits.ts";
import { lifecycleTraces } from "./lifecycle-traces.ts";

const STARTS_AND_COMPLETIONS: TraceOperations = {
  graph: lifecycleGraph,
  cut: lifecycleCut,
  split: splitLifecycles,
  fallThrough: lifecycleFallThrough,
  executions: (trace) => trace.length / 2,
};

/**
 * IMlc: the inductive miner with starts and completions (Leemans, Fahland & van der Aalst, "Using life cycle information in
 * process discovery", BPM workshops 2015), by log splits. A start and a completion are one execution; what overlaps in time
 * is parallel, what comes in any order without overlapping takes turns (interleaved), and a loop is neither. Each activity
 * stands at one leaf. Without `noise` the completions of every case fit. Null where the log has no starts.
 */
export function lifecycleMiner(
  steps: Steps,
  names: readonly string[],
  options: InductiveMinerOptions = {},
): ProcessTree | null {
  if (!steps.hasStarts) return null;
  const present = [...new Set(steps.activity)].sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  const sorted = present.map((activity) => names[activity]!);
  if (present.length > MOST_ACTIVITIES) return loop(exclusive(sorted.map(activityLeaf)), silent);
  const codeOf = new Uint32Array(names.length);
  present.forEach((activity, code) => {
    codeOf[activity] = code;
  });
  return discoverTraces(lifecycleTraces(steps, codeOf), sorted, STARTS_AND_COMPLETIONS, options);
}
