/** What the slider leaves of a map: the most frequent steps, without ever cutting an activity off. */
import { edgesBy, endId, type Graph, type GraphEdge, happyPath, startId } from "./graph.ts";

export interface Simplified {
  readonly graph: Graph;
  /** Part of all steps between activities (and of starts and ends) that the shown edges carry, 0…1. */
  readonly share: number;
}

const total = (edges: readonly GraphEdge[]): number => edges.reduce((sum, edge) => sum + edge.count, 0);

/**
 * Keeps activities down to a frequency and, among those, steps by frequency until `detail` (0…1) of the activities and
 * of the steps are in. The happy path always stays, and every kept activity keeps its most frequent way in and out.
 */
export function simplify(graph: Graph, detail: number): Simplified {
  const nodes = keptNodes(graph, detail);
  const inside = new Set([...nodes, startId, endId]);
  const candidates = graph.edges
    .filter((edge) => inside.has(edge.from) && inside.has(edge.to))
    .sort((a, b) => b.count - a.count);
  const kept = new Set(candidates.slice(0, Math.ceil(candidates.length * detail)));
  for (const edge of backbone(candidates, nodes, happyPath(graph.edges))) kept.add(edge);
  const edges = candidates.filter((edge) => kept.has(edge));
  const all = total(graph.edges);
  return { graph: { nodes, edges }, share: all === 0 ? 1 : total(edges) / all };
}

function keptNodes(graph: Graph, detail: number): string[] {
  const reached = new Map<string, number>();
  for (const edge of graph.edges) reached.set(edge.to, (reached.get(edge.to) ?? 0) + edge.count);
  const happy = new Set(happyPath(graph.edges));
  const byCount = [...graph.nodes].sort((a, b) => (reached.get(b) ?? 0) - (reached.get(a) ?? 0));
  const enough = new Set(byCount.slice(0, Math.max(1, Math.ceil(byCount.length * detail))));
  return graph.nodes.filter((node) => enough.has(node) || happy.has(node));
}

function backbone(
  edges: readonly GraphEdge[],
  nodes: readonly string[],
  happy: readonly string[],
): readonly GraphEdge[] {
  const entering = edgesBy(edges, "to");
  const leaving = edgesBy(edges, "from");
  const onPath = new Set(happy.slice(1).map((node, index) => `${happy[index]}\n${node}`));
  const strongest = nodes.flatMap((node) =>
    [entering.get(node), leaving.get(node)].flatMap((group) => {
      const edge = group?.find((candidate) => candidate.from !== candidate.to);
      return edge ? [edge] : [];
    }),
  );
  return [...edges.filter((edge) => onPath.has(`${edge.from}\n${edge.to}`)), ...strongest];
}
