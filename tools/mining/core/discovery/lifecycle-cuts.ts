import { type Cut, components, findCut } from "../cuts.ts";
import { type FollowsGraph, withoutInfrequent } from "../follows-graph.ts";
import { runsOf } from "../log-splits.ts";
import { MOST_TURNS } from "../process-tree.ts";
import { type TraceMultiset, totalOf } from "../trace-multiset.ts";
import { completions, executionsOf } from "./lifecycle-traces.ts";

/**
 * The cut that a log of starts and completions is split by: what takes turns without ever overlapping is interleaved, what
 * overlaps is parallel, and parts of a loop never overlap. With `noise`, infrequent behaviour is left out where nothing else
 * is found, as in IMf.
 */
export function lifecycleCut(log: TraceMultiset, graph: FollowsGraph, noise: number): Cut | null {
  return (
    cutIn(log, graph, noise) ??
    (noise > 0 ? cutIn(log, withoutInfrequentOverlaps(graph, noise), noise) : null)
  );
}

/** Interleaving before the loop, which would allow it too, and after what is more precise. */
function cutIn(log: TraceMultiset, graph: FollowsGraph, noise: number): Cut | null {
  const found = findCut(graph);
  if (found !== null && found.operator !== "loop") return found;
  return interleavedCut(log, graph, noise) ?? (found === null || overlapsAcross(graph, found) ? null : found);
}

function withoutInfrequentOverlaps(graph: FollowsGraph, noise: number): FollowsGraph {
  const filtered = withoutInfrequent(graph, noise);
  return {
    ...filtered,
    overlaps: graph.overlaps!.map((count, edge) => (filtered.weight[edge]! > 0 ? count : 0)),
  };
}

/**
 * Parts of which each begins and ends anywhere (their first activities are starts, their last ones ends), that lead to each
 * other by exactly those, and never overlap. The traces must bear it out: every part in one piece, but for the share `noise`.
 */
function interleavedCut(log: TraceMultiset, graph: FollowsGraph, noise: number): Cut | null {
  const n = graph.activities.length;
  const parts = components(n, (a, b) => !mayTakeTurns(graph, a, b));
  if (parts.length < 2 || parts.length > MOST_TURNS) return null;
  const cut: Cut = { operator: "interleaved", parts };
  return brokenShare(log, partsByActivity(graph, cut)) <= noise ? cut : null;
}

function mayTakeTurns(graph: FollowsGraph, a: number, b: number): boolean {
  const n = graph.activities.length;
  if (graph.overlaps![a * n + b]! > 0) return false;
  const leads = (from: number, to: number) => graph.weight[from * n + to]! > 0;
  const boundary = (from: number, to: number) => graph.ends[from]! > 0 && graph.starts[to]! > 0;
  return leads(a, b) === boundary(a, b) && leads(b, a) === boundary(b, a);
}

/** Share of the traces in which some part is in more than one piece. */
export function brokenShare(log: TraceMultiset, partOf: ReadonlyMap<number, number>): number {
  let broken = 0;
  for (const [trace, count] of log) {
    const runs = runsOf(completions(executionsOf(trace)), partOf);
    if (new Set(runs.map((run) => partOf.get(run.charCodeAt(0)))).size < runs.length) broken += count;
  }
  return broken / totalOf(log);
}

function partsByActivity(graph: FollowsGraph, { parts }: Cut): Map<number, number> {
  return new Map(parts.flatMap((part, p) => part.map((index) => [graph.activities[index]!, p] as const)));
}

function overlapsAcross(graph: FollowsGraph, { parts }: Cut): boolean {
  const n = graph.activities.length;
  return parts.some((part, p) =>
    parts.some((other, q) => p < q && part.some((a) => other.some((b) => graph.overlaps![a * n + b]! > 0))),
  );
}
