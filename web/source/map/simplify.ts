/** What the slider leaves of a map: the most frequent activities and steps, without ever cutting one off. */
import { endId, type Graph, type GraphEdge, likeliestWays, startId } from "./graph.ts";

export interface Simplified {
  readonly graph: Graph;
  /** Part of all steps between activities (and of starts and ends) that the shown edges carry, 0…1. */
  readonly share: number;
}

const total = (edges: readonly GraphEdge[]): number => edges.reduce((sum, edge) => sum + edge.count, 0);

/**
 * Keeps the most frequent activities up to `detail` (0…1) of them, with the most likely way from the start to each and
 * on to the end; then, among those, the most frequent steps up to `detail` of them. The happy path is always in.
 */
export function simplify(graph: Graph, detail: number): Simplified {
  const backbone = waysThrough(graph, frequentNodes(graph, detail));
  const inside = new Set([...backbone].flatMap((edge) => [edge.from, edge.to]));
  for (const node of detail >= 1 ? graph.nodes : []) inside.add(node);
  const candidates = graph.edges
    .filter((edge) => inside.has(edge.from) && inside.has(edge.to))
    .sort((a, b) => b.count - a.count);
  const frequent = new Set(candidates.slice(0, Math.ceil(candidates.length * detail)));
  const edges = candidates.filter((edge) => frequent.has(edge) || backbone.has(edge));
  const all = total(graph.edges);
  const nodes = graph.nodes.filter((node) => inside.has(node));
  return { graph: { nodes, edges }, share: all === 0 ? 1 : total(edges) / all };
}

function frequentNodes(graph: Graph, detail: number): readonly string[] {
  const reached = new Map<string, number>();
  for (const edge of graph.edges) reached.set(edge.to, (reached.get(edge.to) ?? 0) + edge.count);
  return [...graph.nodes]
    .sort((a, b) => (reached.get(b) ?? 0) - (reached.get(a) ?? 0))
    .slice(0, Math.ceil(graph.nodes.length * detail));
}

/** The edges of the most likely ways from the start through each node to the end, and of the happy path. */
function waysThrough(graph: Graph, nodes: readonly string[]): ReadonlySet<GraphEdge> {
  const fromStart = likeliestWays(graph.edges, startId, "forward");
  const toEnd = likeliestWays(graph.edges, endId, "backward");
  const edges = new Set<GraphEdge>();
  for (const node of [...nodes, endId]) {
    for (let way = fromStart.get(node); way && !edges.has(way); way = fromStart.get(way.from)) edges.add(way);
  }
  for (const node of [...edges].map((edge) => edge.to)) {
    for (let way = toEnd.get(node); way; way = toEnd.get(way.to)) edges.add(way);
  }
  return edges;
}
