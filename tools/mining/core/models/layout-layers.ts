import type { LayoutEdge, LayoutNode } from "./layout-graph.ts";

/** A node, or the place of an edge that passes through a layer. */
export interface Slot {
  readonly node: LayoutNode | null;
  readonly layer: number;
  readonly height: number;
  readonly isMain: boolean;
}

export interface Layers {
  readonly slots: readonly Slot[];
  /** Slots by layer, in the order in which they were met. */
  readonly byLayer: readonly (readonly number[])[];
  readonly slotOf: ReadonlyMap<string, number>;
  /** Of each edge that runs forward: the slots from its source to its target. */
  readonly chains: ReadonlyMap<LayoutEdge, readonly number[]>;
  /** Edges that close a cycle, and those from a node to itself. */
  readonly back: readonly LayoutEdge[];
}

export function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layers {
  const position = visitOrder(nodes, edges);
  const forward = edges.filter(({ source, target }) => position.get(source)! < position.get(target)!);
  const back = edges.filter((edge) => !forward.includes(edge));
  const sorted = nodes.toSorted((a, b) => position.get(a.id)! - position.get(b.id)!);
  const layerOf = longestPaths(sorted, forward);
  const main = mainPath(sorted, forward);
  return withPassages(sorted, forward, back, layerOf, main);
}

/** Reverse postorder of a depth-first walk from the nodes without incoming edges, then from the rest. */
function visitOrder(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> {
  const leaving = Map.groupBy(edges, ({ source }) => source);
  const entered = new Set(
    edges.filter(({ source, target }) => source !== target).map(({ target }) => target),
  );
  const heaviestLast = (id: string) =>
    (leaving.get(id) ?? []).toSorted((a, b) => (a.weight ?? 1) - (b.weight ?? 1));
  const seen = new Set<string>();
  const postorder: string[] = [];
  const visit = (id: string) => {
    seen.add(id);
    return { id, edges: heaviestLast(id) };
  };
  for (const root of [...nodes.filter(({ id }) => !entered.has(id)), ...nodes]) {
    if (seen.has(root.id)) continue;
    const stack = [visit(root.id)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.pop();
      if (edge === undefined) postorder.push(stack.pop()!.id);
      else if (!seen.has(edge.target)) stack.push(visit(edge.target));
    }
  }
  return new Map(postorder.reverse().map((id, at) => [id, at]));
}

/** One more than the farthest that leads to a node; a node that nothing leads to stands right before what it leads to. */
function longestPaths(
  sorted: readonly LayoutNode[],
  forward: readonly LayoutEdge[],
): ReadonlyMap<string, number> {
  const leaving = Map.groupBy(forward, ({ source }) => source);
  const entered = new Set(forward.map(({ target }) => target));
  const layerOf = new Map(sorted.map(({ id }) => [id, 0]));
  for (const { id } of sorted) {
    for (const { target } of leaving.get(id) ?? []) {
      layerOf.set(target, Math.max(layerOf.get(target)!, layerOf.get(id)! + 1));
    }
  }
  for (const { id } of sorted) {
    const targets = (leaving.get(id) ?? []).map(({ target }) => layerOf.get(target)!);
    if (!entered.has(id) && targets.length > 0) layerOf.set(id, Math.min(...targets) - 1);
  }
  return layerOf;
}

/** The edges of the way with the most weight. */
function mainPath(sorted: readonly LayoutNode[], forward: readonly LayoutEdge[]): ReadonlySet<LayoutEdge> {
  const entering = Map.groupBy(forward, ({ target }) => target);
  const best = new Map<string, { weight: number; edge: LayoutEdge | null }>();
  for (const { id } of sorted) {
    let most: { weight: number; edge: LayoutEdge | null } = { weight: 0, edge: null };
    for (const edge of entering.get(id) ?? []) {
      const weight = best.get(edge.source)!.weight + (edge.weight ?? 1);
      if (weight > most.weight) most = { weight, edge };
    }
    best.set(id, most);
  }
  const last = sorted.reduce(
    (most, { id }) => (best.get(id)!.weight > best.get(most)!.weight ? id : most),
    sorted[0]!.id,
  );
  const path = new Set<LayoutEdge>();
  for (let edge = best.get(last)!.edge; edge !== null; edge = best.get(edge.source)!.edge) path.add(edge);
  return path;
}

function withPassages(
  sorted: readonly LayoutNode[],
  forward: readonly LayoutEdge[],
  back: readonly LayoutEdge[],
  layerOf: ReadonlyMap<string, number>,
  main: ReadonlySet<LayoutEdge>,
): Layers {
  const onMain = new Set([...main].flatMap(({ source, target }) => [source, target]));
  const slots: Slot[] = sorted.map((node) => ({
    node,
    layer: layerOf.get(node.id)!,
    height: node.height,
    isMain: onMain.has(node.id),
  }));
  const slotOf = new Map(sorted.map(({ id }, slot) => [id, slot]));
  const chains = new Map<LayoutEdge, number[]>();
  for (const edge of forward) {
    const chain = [slotOf.get(edge.source)!];
    for (let layer = layerOf.get(edge.source)! + 1; layer < layerOf.get(edge.target)!; layer++) {
      chain.push(slots.push({ node: null, layer, height: 0, isMain: main.has(edge) }) - 1);
    }
    chains.set(edge, [...chain, slotOf.get(edge.target)!]);
  }
  const byLayer: number[][] = Array.from({ length: Math.max(...layerOf.values()) + 1 }, () => []);
  slots.forEach(({ layer }, slot) => {
    byLayer[layer]!.push(slot);
  });
  return { slots, byLayer, slotOf, chains, back };
}
