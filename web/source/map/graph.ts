/** The graph that a process map draws: activities, and the steps between them with case start and end as nodes. */
import type { View } from "../../../channels/contract.ts";

export type ProcessMapView = Extract<View, { kind: "process-map" }>;
export type MapNode = ProcessMapView["nodes"][number];

export const startId = "\u0000start";
export const endId = "\u0000end";

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Mean seconds from completion to completion; null at a case's start and end. */
  readonly seconds: number | null;
}

export interface Graph {
  /** Activity ids; start and end are not among them. */
  readonly nodes: readonly string[];
  readonly edges: readonly GraphEdge[];
}

/** Steps that name an activity which the map has not are left out. */
export function graphOf(view: Pick<ProcessMapView, "nodes" | "edges">): Graph {
  const known = new Set(view.nodes.map((node) => node.id));
  const edges = view.edges
    .map((edge) => ({ ...edge, from: edge.from ?? startId, to: edge.to ?? endId }))
    .filter(
      (edge) => (edge.from === startId || known.has(edge.from)) && (edge.to === endId || known.has(edge.to)),
    );
  return { nodes: view.nodes.map((node) => node.id), edges };
}

/** Edges by the node they leave (or reach), the most frequent first. */
export function edgesBy(
  edges: readonly GraphEdge[],
  side: "from" | "to",
): ReadonlyMap<string, readonly GraphEdge[]> {
  const grouped = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = grouped.get(edge[side]);
    if (group) group.push(edge);
    else grouped.set(edge[side], [edge]);
  }
  for (const group of grouped.values()) group.sort((a, b) => b.count - a.count);
  return grouped;
}

/**
 * By node, the edge on the most likely way between it and `root`, when each step is taken with its share of the steps
 * that leave its node (Dijkstra over −log share). `forward` follows edges from the root on, else back to it.
 */
export function likeliestWays(
  edges: readonly GraphEdge[],
  root: string,
  direction: "forward" | "backward",
): ReadonlyMap<string, GraphEdge> {
  const [near, far] = direction === "forward" ? (["from", "to"] as const) : (["to", "from"] as const);
  const next = edgesBy(edges, near);
  const leaving = totals(edges);
  const cost = new Map([[root, 0]]);
  const ways = new Map<string, GraphEdge>();
  const open = new Set([root]);
  while (open.size > 0) {
    const here = [...open].reduce((a, b) => ((cost.get(a) ?? 0) <= (cost.get(b) ?? 0) ? a : b));
    open.delete(here);
    for (const step of next.get(here) ?? []) {
      if (step.from === step.to || step.count <= 0) continue;
      const reached = (cost.get(here) ?? 0) - Math.log(step.count / (leaving.get(step.from) ?? step.count));
      if (reached >= (cost.get(step[far]) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(step[far], reached);
      ways.set(step[far], step);
      open.add(step[far]);
    }
  }
  return ways;
}

/** Steps that leave each node. */
function totals(edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const edge of edges) sums.set(edge.from, (sums.get(edge.from) ?? 0) + edge.count);
  return sums;
}

/** The happy path: the most likely way from start to end. Empty where none leads there. */
export function happyPath(edges: readonly GraphEdge[]): readonly string[] {
  const ways = likeliestWays(edges, startId, "forward");
  if (!ways.has(endId)) return [];
  const path = [endId];
  for (let way = ways.get(endId); way; way = ways.get(way.from)) path.unshift(way.from);
  return path;
}
