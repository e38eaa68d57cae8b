import { encode } from "../trace-multiset.ts";
import type { Variants } from "../variants.ts";
import { type DependencyGraph, dependencyGraph } from "./dependency-graph.ts";
import { range } from "./edge-filter.ts";
import { type GatewayModel, gatewayModel } from "./gateway-model.ts";

export interface HeuristicsOptions {
  /** Least dependency of an edge, also of self-loops and of loops of length two; default 0.9. */
  readonly dependency?: number;
  /** How much an edge's dependency may fall below the best one of its ends; default 0.05. */
  readonly relativeToBest?: number;
  /** From which share on two followers are concurrent; default 0.1. */
  readonly concurrency?: number;
  /** Least long-distance dependency; none are looked for when absent. 0.9 is usual. */
  readonly longDistance?: number;
}

/** The causal net of the heuristics miner, before it becomes gateways. */
export interface HeuristicsNet {
  readonly graph: DependencyGraph;
  /** `dependency[a * nodes + b]`: between -1 and 1 how surely b depends on a. */
  readonly dependency: Float64Array;
  /** How often each edge that stays was seen; 0 for those that do not. */
  readonly kept: Float64Array;
}

/**
 * The heuristics miner (Weijters & Ribeiro, "Flexible heuristics miner", CIDM 2011): edges by their dependency, every activity
 * with its best cause and best follower, gateways by how often the followers follow each other. Not sound in general: ask
 * `soundness`. O(events of the variants + activities³).
 */
export function heuristicsMiner(variants: Variants, options: HeuristicsOptions = {}): GatewayModel {
  const { graph, kept } = heuristicsNet(variants, options);
  const { concurrency = 0.1 } = options;
  return gatewayModel(
    graph,
    kept,
    (a, b, node, direction) =>
      beside(graph, a, b, node, direction) >= concurrency && !isLoopOfTwo(kept, graph.nodes, a, b),
  );
}

export function heuristicsNet(variants: Variants, options: HeuristicsOptions = {}): HeuristicsNet {
  const { dependency: least = 0.9, relativeToBest = 0.05, longDistance } = options;
  const graph = dependencyGraph(variants);
  const dependency = dependencies(graph);
  const kept = keptEdges(graph, dependency, least, relativeToBest);
  if (longDistance !== undefined) addLongDistance(variants, graph, kept, dependency, longDistance);
  return { graph, dependency, kept };
}

/** (|ab| - |ba|) / (|ab| + |ba| + 1); self-loops |aa| / (|aa| + 1); loops of two by |aba| + |bab|. */
function dependencies({ nodes, weight, returns }: DependencyGraph): Float64Array {
  return weight.map((there, edge) => {
    const b = edge % nodes;
    const a = (edge - b) / nodes;
    if (a === b) return there / (there + 1);
    const back = weight[b * nodes + a]!;
    const direct = (there - back) / (there + back + 1);
    const round = returns[a * nodes + b]! + returns[b * nodes + a]!;
    const repeats = weight[a * nodes + a]! > 0 || weight[b * nodes + b]! > 0;
    return repeats ? direct : Math.max(direct, round / (round + 1));
  });
}

function keptEdges(
  graph: DependencyGraph,
  dependency: Float64Array,
  least: number,
  relativeToBest: number,
): Float64Array {
  const { nodes, weight, start, end } = graph;
  const kept = new Float64Array(nodes * nodes);
  const keep = (edge: number) => {
    kept[edge] = Math.max(1, weight[edge]!);
  };
  const bestOut = range(nodes).map((a) => bestEdge(graph, dependency, (b) => a * nodes + b, a));
  const bestInto = range(nodes).map((b) => bestEdge(graph, dependency, (a) => a * nodes + b, b));
  for (const a of range(nodes)) {
    if (a !== end) keep(bestOut[a]!);
    if (a !== start) keep(bestInto[a]!);
    for (const b of range(nodes)) {
      const edge = a * nodes + b;
      if (weight[edge] === 0 || dependency[edge]! < least) continue;
      const far =
        a === b ? least : Math.max(dependency[bestOut[a]!]!, dependency[bestInto[b]!]!) - relativeToBest;
      if (dependency[edge]! >= far) keep(edge);
    }
  }
  return kept;
}

/** Of the edges that were seen, the one with the greatest dependency; self-loops do not count. */
function bestEdge(
  { nodes, weight }: DependencyGraph,
  dependency: Float64Array,
  edgeTo: (other: number) => number,
  self: number,
): number {
  let best = -1;
  for (let other = 0; other < nodes; other++) {
    const edge = edgeTo(other);
    if (other === self || weight[edge] === 0) continue;
    if (best < 0 || dependency[edge]! > dependency[best]!) best = edge;
  }
  return best;
}

/** How much two followers of a node follow each other too: (|bc| + |cb|) / (|ab| + |ac| + 1). */
function beside(
  { nodes, weight }: DependencyGraph,
  b: number,
  c: number,
  node: number,
  direction: "into" | "out",
): number {
  const edge = (other: number) => weight[direction === "out" ? node * nodes + other : other * nodes + node]!;
  return (weight[b * nodes + c]! + weight[c * nodes + b]!) / (edge(b) + edge(c) + 1);
}

const isLoopOfTwo = (kept: Float64Array, nodes: number, a: number, b: number): boolean =>
  kept[a * nodes + b]! > 0 || kept[b * nodes + a]! > 0;

/**
 * Pairs of which one always comes with the other, later and about as often, without being neighbours: where a way around
 * the second is left, it gets an edge of its own (2 |a ≫ b| - 2 abs(|a| - |b|)) / (|a| + |b| + 1).
 */
function addLongDistance(
  variants: Variants,
  graph: DependencyGraph,
  kept: Float64Array,
  dependency: Float64Array,
  least: number,
): void {
  const { nodes, names, events, end } = graph;
  const later = eventuallyFollows(variants, graph);
  for (let a = 0; a < names.length; a++) {
    for (let b = 0; b < names.length; b++) {
      const edge = a * nodes + b;
      if (a === b || kept[edge]! > 0 || kept[b * nodes + a]! > 0) continue;
      const value =
        (2 * later[edge]! - 2 * Math.abs(events[a]! - events[b]!)) / (events[a]! + events[b]! + 1);
      if (value < least || !hasWayAround(kept, nodes, a, b, end)) continue;
      dependency[edge] = value;
      kept[edge] = later[edge]!;
    }
  }
}

/** How many a are followed by a b later in the case, before the next a. */
function eventuallyFollows(variants: Variants, { names, nodes }: DependencyGraph): Float64Array {
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const node = variants.activities.map((name) => indexOf.get(name) ?? -1);
  const later = new Float64Array(nodes * nodes);
  variants.sequences.forEach((sequence, v) => {
    const trace = encode(sequence);
    for (let i = 0; i < trace.length; i++) {
      const a = node[trace.charCodeAt(i)]!;
      const seen = new Set<number>();
      for (let j = i + 1; j < trace.length && trace[j] !== trace[i]; j++)
        seen.add(node[trace.charCodeAt(j)]!);
      for (const b of seen) later[a * nodes + b]! += variants.counts[v]!;
    }
  });
  return later;
}

/** Whether the end can be reached from a without b. */
function hasWayAround(kept: Float64Array, nodes: number, a: number, b: number, end: number): boolean {
  const seen = new Set([a]);
  const stack = [a];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === end) return true;
    for (let next = 0; next < nodes; next++) {
      if (kept[at * nodes + next]! <= 0 || next === b || seen.has(next)) continue;
      seen.add(next);
      stack.push(next);
    }
  }
  return false;
}
