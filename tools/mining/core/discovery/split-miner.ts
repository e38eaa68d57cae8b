import { soundness } from "../models/soundness.ts";
import type { Variants } from "../variants.ts";
import { type DependencyGraph, dependencyGraph } from "./dependency-graph.ts";
import { filterEdges, removeUnlessNeeded } from "./edge-filter.ts";
import { type GatewayModel, gatewayModel } from "./gateway-model.ts";

export interface SplitMinerOptions {
  /** ε: two activities are concurrent where their two orders differ less than this share of both; 0 to 1, default 0.1. */
  readonly concurrency?: number;
  /** η: edges below this quantile of the activities' main edges are left out; 0 to 1, default 0.4. */
  readonly percentile?: number;
}

/** Markings explored to see whether the model is sound. */
const MOST_MARKINGS = 5000;

/**
 * A miner in the style of Split Miner (Augusto et al., KAIS 59, 2019): concurrency from balanced orders, a filter that keeps
 * each activity on its best way from start to end, gateways from the concurrency of neighbours. Joins mirror splits, where
 * the paper uses inclusive joins and replaces them later. The result is sound, which is checked: while it is not, the least
 * frequent pair of concurrent activities gets the order that is more frequent; without such pairs it is a state machine.
 * O(activities³ + pairs × markings).
 */
export function splitMiner(variants: Variants, options: SplitMinerOptions = {}): GatewayModel {
  const { concurrency = 0.1, percentile = 0.4 } = options;
  const graph = dependencyGraph(variants);
  const pairs = concurrentPairs(graph, concurrency);
  for (;;) {
    const model = withConcurrency(graph, pairs, percentile);
    if (pairs.length === 0 || soundness(model.net, MOST_MARKINGS).verdict === "sound") return model;
    pairs.pop();
  }
}

type Pair = readonly [number, number];

/** Activities that come in both orders about equally often, without being repetitions of length two; most frequent first. */
function concurrentPairs(graph: DependencyGraph, most: number): Pair[] {
  const { nodes, weight, names } = graph;
  const pairs: { pair: Pair; total: number }[] = [];
  for (let a = 0; a < names.length; a++) {
    for (let b = a + 1; b < names.length; b++) {
      const [there, back] = [weight[a * nodes + b]!, weight[b * nodes + a]!];
      if (there === 0 || back === 0 || isShortLoop(graph, a, b)) continue;
      const total = there + back;
      if (Math.abs(there - back) / total < most) pairs.push({ pair: [a, b], total });
    }
  }
  return pairs.sort((p, q) => q.total - p.total).map(({ pair }) => pair);
}

function isShortLoop({ nodes, weight, returns }: DependencyGraph, a: number, b: number): boolean {
  const repeats = weight[a * nodes + a]! > 0 || weight[b * nodes + b]! > 0;
  return !repeats && returns[a * nodes + b]! + returns[b * nodes + a]! > 0;
}

function withConcurrency(graph: DependencyGraph, pairs: readonly Pair[], percentile: number): GatewayModel {
  const concurrent = new Set(pairs.flatMap(([a, b]) => [a * graph.nodes + b, b * graph.nodes + a]));
  const kept = filterEdges(graph, pruneEdges(graph, concurrent), percentile);
  for (let a = 0; a < graph.names.length; a++) kept[a * graph.nodes + a] = graph.weight[a * graph.nodes + a]!;
  return gatewayModel(graph, kept, (a, b) => concurrent.has(a * graph.nodes + b));
}

/** Edges without self-loops, without those between concurrent activities, and of opposite ones only the more frequent. */
function pruneEdges(graph: DependencyGraph, isConcurrent: ReadonlySet<number>): Float64Array {
  const { nodes, names } = graph;
  const weight = graph.weight.slice();
  const remove: number[] = [];
  for (let a = 0; a < names.length; a++) {
    weight[a * nodes + a] = 0;
    for (let b = a + 1; b < names.length; b++) {
      const [there, back] = [a * nodes + b, b * nodes + a];
      if (isConcurrent.has(there)) remove.push(there, back);
      else if (weight[there]! > 0 && weight[back]! > 0 && !isShortLoop(graph, a, b))
        remove.push(weight[there]! < weight[back]! ? there : back);
    }
  }
  remove.sort((e, f) => weight[e]! - weight[f]!);
  for (const edge of remove) removeUnlessNeeded(graph, weight, edge);
  return weight;
}
