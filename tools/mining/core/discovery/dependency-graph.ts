import { followsGraph } from "../follows-graph.ts";
import { sortedByName, type TraceMultiset, toMultiset } from "../trace-multiset.ts";
import type { Variants } from "../variants.ts";

/** The directly-follows graph with a node for the start of a case and one for its end. */
export interface DependencyGraph {
  /** Names of nodes 0 … activities-1. */
  readonly names: readonly string[];
  readonly nodes: number;
  /** Numbers of the start and of the end: the last two nodes. */
  readonly start: number;
  readonly end: number;
  /** `weight[a * nodes + b]`: how often b came next after a. */
  readonly weight: Float64Array;
  /** `returns[a * nodes + b]`: how often a b a happened, of which each pair is a repetition of length two. */
  readonly returns: Float64Array;
  /** Events of each activity. */
  readonly events: Float64Array;
}

/** O(events of the variants + activities²). */
export function dependencyGraph(found: Variants): DependencyGraph {
  const variants = sortedByName(found);
  const log = toMultiset(variants);
  const follows = followsGraph(log);
  const n = follows.activities.length;
  const [nodes, start, end] = [n + 2, n, n + 1];
  const weight = new Float64Array(nodes * nodes);
  const events = new Float64Array(n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) weight[a * nodes + b] = follows.weight[a * n + b]!;
    weight[start * nodes + a] = follows.starts[a]!;
    weight[a * nodes + end] = follows.ends[a]!;
    for (let b = 0; b < nodes; b++) events[a]! += weight[a * nodes + b]!;
  }
  const names = follows.activities.map((code) => variants.activities[code]!);
  const returns = countReturns(log, follows.activities, nodes);
  return { names, nodes, start, end, weight, returns, events };
}

function countReturns(log: TraceMultiset, activities: readonly number[], nodes: number): Float64Array {
  const indexOf = new Map(activities.map((code, index) => [code, index]));
  const returns = new Float64Array(nodes * nodes);
  for (const [trace, count] of log) {
    for (let i = 2; i < trace.length; i++) {
      const [a, b] = [trace.charCodeAt(i - 2), trace.charCodeAt(i - 1)];
      if (a === trace.charCodeAt(i) && a !== b) returns[indexOf.get(a)! * nodes + indexOf.get(b)!]! += count;
    }
  }
  return returns;
}

/** Nodes that are reached from `root` along edges (`forward`) or against them. */
export function reachable(
  weight: Float64Array,
  nodes: number,
  root: number,
  direction: "forward" | "backward",
): Uint8Array {
  const seen = new Uint8Array(nodes);
  const stack = [root];
  seen[root] = 1;
  for (let a = stack.pop(); a !== undefined; a = stack.pop()) {
    for (let b = 0; b < nodes; b++) {
      const edge = direction === "forward" ? a * nodes + b : b * nodes + a;
      if (weight[edge]! <= 0 || seen[b] === 1) continue;
      seen[b] = 1;
      stack.push(b);
    }
  }
  return seen;
}
