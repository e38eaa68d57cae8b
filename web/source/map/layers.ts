/**
 * Layers of a process map, after Sugiyama, Tagawa and Toda (1981): cycles are cut by a depth-first walk that follows
 * the happy path first, layers come from longest paths, and steps that span layers get a bend in each.
 */
import { edgesBy, endId, type Graph, type GraphEdge, happyPath, startId } from "./graph.ts";

/** A node, or a bend of an edge that passes through a layer. */
export interface Slot {
  readonly id: string;
  /** Which edge bends here; null for a node. */
  readonly bend: GraphEdge | null;
}

export interface Layers {
  readonly happy: readonly string[];
  /** By layer, left to right. */
  readonly slots: readonly (readonly Slot[])[];
  /** Slot ids an edge runs through, ends included, for edges that run left to right. */
  readonly routes: ReadonlyMap<GraphEdge, readonly string[]>;
  /** Edges that run back, and steps from an activity to itself. */
  readonly back: readonly GraphEdge[];
}

export const slotId = (edge: GraphEdge, layer: number): string =>
  `${edge.from}\u0001${edge.to}\u0001${layer}`;

export function layersOf(graph: Graph): Layers {
  const happy = happyPath(graph.edges);
  const order = visitOrder(graph, happy);
  const forward = graph.edges.filter((edge) => (order.get(edge.from) ?? 0) < (order.get(edge.to) ?? 0));
  const back = graph.edges.filter((edge) => (order.get(edge.from) ?? 0) >= (order.get(edge.to) ?? 0));
  const ranks = ranksOf(order, forward);
  const depth = Math.max(...ranks.values());
  const slots: Slot[][] = Array.from({ length: depth + 1 }, () => []);
  for (const [node, rank] of ranks) slots[rank]?.push({ id: node, bend: null });
  const routes = new Map<GraphEdge, string[]>();
  for (const edge of forward) {
    const route = [edge.from];
    for (let layer = (ranks.get(edge.from) ?? 0) + 1; layer < (ranks.get(edge.to) ?? 0); layer++) {
      const id = slotId(edge, layer);
      slots[layer]?.push({ id, bend: edge });
      route.push(id);
    }
    routes.set(edge, [...route, edge.to]);
  }
  return { happy, slots, routes, back };
}

/** Position in reverse postorder of the walk: an edge to a smaller position closes a cycle. */
function visitOrder(graph: Graph, happy: readonly string[]): ReadonlyMap<string, number> {
  const leaving = edgesBy(graph.edges, "from");
  const next = new Map(happy.slice(0, -1).map((node, index) => [node, happy[index + 1]]));
  const seen = new Set<string>([endId]);
  const postorder: string[] = [endId];
  const walk = (root: string) => {
    if (seen.has(root)) return;
    seen.add(root);
    const stack = [{ node: root, steps: stepsOf(root) }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const step = top.steps.shift();
      if (step === undefined) {
        postorder.push(top.node);
        stack.pop();
      } else if (!seen.has(step)) {
        seen.add(step);
        stack.push({ node: step, steps: stepsOf(step) });
      }
    }
  };
  function stepsOf(node: string): string[] {
    const steps = (leaving.get(node) ?? []).map((edge) => edge.to);
    const first = next.get(node);
    return first === undefined ? steps : [first, ...steps.filter((step) => step !== first)];
  }
  walk(startId);
  for (const node of graph.nodes) walk(node);
  const found = [startId, ...postorder.reverse().filter((node) => node !== startId && node !== endId), endId];
  return new Map(found.map((node, index) => [node, index]));
}

/** Longest path from the start; the end stands alone on the right. */
function ranksOf(
  order: ReadonlyMap<string, number>,
  forward: readonly GraphEdge[],
): ReadonlyMap<string, number> {
  const entering = edgesBy(forward, "to");
  const ranks = new Map<string, number>();
  for (const node of order.keys()) {
    if (node === endId) continue;
    const before = (entering.get(node) ?? []).map((edge) => ranks.get(edge.from) ?? 0);
    ranks.set(node, node === startId ? 0 : Math.max(0, ...before) + 1);
  }
  ranks.set(endId, Math.max(0, ...ranks.values()) + 1);
  return ranks;
}
