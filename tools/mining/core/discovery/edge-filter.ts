import { quantile } from "../quantiles.ts";
import { type DependencyGraph, reachable } from "./dependency-graph.ts";

/** An edge stays where without it an activity would no longer lie on a way from start to end. */
export function removeUnlessNeeded(
  { nodes, start, end }: DependencyGraph,
  weight: Float64Array,
  edge: number,
): void {
  const before = weight[edge]!;
  weight[edge] = 0;
  const to = edge % nodes;
  const from = (edge - to) / nodes;
  const needed =
    reachable(weight, nodes, start, "forward")[to] === 0 ||
    reachable(weight, nodes, end, "backward")[from] === 0;
  if (needed) weight[edge] = before;
}

/** For each activity, the edges of its widest ways from the start and to the end: with them every activity lies on a way. */
export function waysThrough({ nodes, start, end }: DependencyGraph, weight: Float64Array): Set<number> {
  return new Set([
    ...bestEdges(weight, nodes, start, "forward"),
    ...bestEdges(weight, nodes, end, "backward"),
  ]);
}

/** Each activity's best edges in and out stay, and those more frequent than the percentile of all these. */
export function filterEdges(graph: DependencyGraph, weight: Float64Array, percentile: number): Float64Array {
  const best = waysThrough(graph, weight);
  const main = Float64Array.from([...mainEdges(weight, graph.nodes)], (edge) => weight[edge]!);
  const limit = quantile(main, percentile);
  return weight.map((frequency, edge) => (best.has(edge) || frequency > limit ? frequency : 0));
}

/** The most frequent edge into and out of each node. */
function mainEdges(weight: Float64Array, nodes: number): Set<number> {
  const most = (edges: readonly number[]) =>
    edges.reduce((best, edge) => (weight[edge]! > weight[best]! ? edge : best), edges[0]!);
  return new Set(
    range(nodes)
      .flatMap((node) => [
        most(range(nodes).map((other) => node * nodes + other)),
        most(range(nodes).map((other) => other * nodes + node)),
      ])
      .filter((edge) => weight[edge]! > 0),
  );
}

/** For each node, the last edge of the way from `root` to it whose rarest edge is the most frequent (Dijkstra's, widest path). */
function bestEdges(
  weight: Float64Array,
  nodes: number,
  root: number,
  direction: "forward" | "backward",
): number[] {
  const capacity = new Float64Array(nodes);
  const edgeTo = new Int32Array(nodes).fill(-1);
  const done = new Uint8Array(nodes);
  capacity[root] = Number.POSITIVE_INFINITY;
  for (let round = 0; round < nodes; round++) {
    let a = -1;
    for (let node = 0; node < nodes; node++) {
      if (done[node] === 0 && capacity[node]! > 0 && (a < 0 || capacity[node]! > capacity[a]!)) a = node;
    }
    if (a < 0) break;
    done[a] = 1;
    for (let b = 0; b < nodes; b++) {
      const edge = direction === "forward" ? a * nodes + b : b * nodes + a;
      const through = Math.min(capacity[a]!, weight[edge]!);
      if (done[b] === 1 || through <= capacity[b]!) continue;
      capacity[b] = through;
      edgeTo[b] = edge;
    }
  }
  return [...edgeTo].filter((edge) => edge >= 0);
}

export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
