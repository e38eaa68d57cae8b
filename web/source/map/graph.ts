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
 * The happy path: the most likely way from start to end when each step is taken with its share of its node's steps
 * (Dijkstra over −log share). O(E log E) in effect for the sizes a map has. Empty where no way leads to the end.
 */
export function happyPath(edges: readonly GraphEdge[]): readonly string[] {
  const leaving = edgesBy(edges, "from");
  const cost = new Map([[startId, 0]]);
  const before = new Map<string, string>();
  const open = new Set([startId]);
  while (open.size > 0) {
    const here = [...open].reduce((a, b) => ((cost.get(a) ?? 0) <= (cost.get(b) ?? 0) ? a : b));
    open.delete(here);
    if (here === endId) return pathTo(before);
    const steps = leaving.get(here) ?? [];
    const total = steps.reduce((sum, step) => sum + step.count, 0);
    for (const step of steps) {
      if (step.to === here || step.count <= 0) continue;
      const reached = (cost.get(here) ?? 0) - Math.log(step.count / total);
      if (reached >= (cost.get(step.to) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(step.to, reached);
      before.set(step.to, here);
      open.add(step.to);
    }
  }
  return [];
}

function pathTo(before: ReadonlyMap<string, string>): string[] {
  const path = [endId];
  for (let at = before.get(endId); at !== undefined; at = before.get(at)) path.unshift(at);
  return path;
}
