import { type Cut, findCut } from "../cuts.ts";
import { type FollowsGraph, followsGraph, withoutInfrequent } from "../follows-graph.ts";
import {
  activityLeaf,
  exclusive,
  interleaved,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";
import { MOST_ACTIVITIES, sortedByName, toMultiset } from "../trace-multiset.ts";
import type { Variants } from "../variants.ts";

/**
 * IMd: the inductive miner on the directly-follows graph alone (Leemans, Fahland & van der Aalst, "Scalable process discovery
 * and conformance checking", SoSyM 2018). The log is passed over once, so its size does not matter afterwards; in return the
 * model may leave out what only whole traces show. With `noise` it filters edges as IMf does.
 * O(events of the variants + depth × activities³).
 */
export function inductiveGraphMiner(found: Variants, noise = 0): ProcessTree {
  const variants = sortedByName(found);
  if (variants.activities.length > MOST_ACTIVITIES) return loop(anyOf(variants.activities), silent);
  return mineGraph(followsGraph(toMultiset(variants)), variants.activities, noise);
}

/** The same from a directly-follows graph that was made otherwise. */
export function mineGraph(graph: FollowsGraph, names: readonly string[], noise = 0): ProcessTree {
  return new GraphMiner(names, noise).mine(graph);
}

class GraphMiner {
  readonly #names: readonly string[];
  readonly #noise: number;

  constructor(names: readonly string[], noise: number) {
    this.#names = names;
    this.#noise = noise;
  }

  mine(graph: FollowsGraph): ProcessTree {
    const n = graph.activities.length;
    if (n === 0) return silent;
    if (n === 1) return this.#single(graph);
    const cut = findCut(graph) ?? (this.#noise > 0 ? findCut(withoutInfrequent(graph, this.#noise)) : null);
    if (cut === null) return loop(anyOf(graph.activities.map((code) => this.#names[code]!)), silent);
    const children = cut.parts.map((_, part) => this.#minePart(graph, cut, part));
    switch (cut.operator) {
      case "exclusive":
        return exclusive(children);
      case "sequence":
        return sequence(children);
      case "parallel":
        return parallel(children);
      case "interleaved":
        return interleaved(children);
      case "loop":
        return loop(children[0]!, exclusive(children.slice(1)));
    }
  }

  #single(graph: FollowsGraph): ProcessTree {
    const leaf = activityLeaf(this.#names[graph.activities[0]!]!);
    const again = graph.weight[0]!;
    const repeats = again > 0 && again >= this.#noise * Math.max(again, graph.ends[0]!);
    return repeats ? loop(leaf, silent) : leaf;
  }

  #minePart(graph: FollowsGraph, cut: Cut, part: number): ProcessTree {
    const tree = this.mine(restrict(graph, cut, part));
    if (cut.operator !== "sequence") return tree;
    const { passed, entered } = passages(graph, cut, part);
    return passed > 0 && passed >= this.#noise * Math.max(passed, entered) ? exclusive([silent, tree]) : tree;
  }
}

const anyOf = (names: readonly string[]): ProcessTree => exclusive(names.map(activityLeaf));

/** The graph of one part: in a sequence or a loop, what comes from or goes to other parts starts or ends it. */
function restrict(graph: FollowsGraph, cut: Cut, part: number): FollowsGraph {
  const own = cut.parts[part]!;
  const n = graph.activities.length;
  const m = own.length;
  const inside = new Set(own);
  const starts = Float64Array.from(own, (a) => graph.starts[a]!);
  const ends = Float64Array.from(own, (a) => graph.ends[a]!);
  if (cut.operator === "sequence" || cut.operator === "loop") {
    own.forEach((a, i) => {
      for (let b = 0; b < n; b++) {
        if (inside.has(b)) continue;
        starts[i]! += graph.weight[b * n + a]!;
        ends[i]! += graph.weight[a * n + b]!;
      }
    });
  }
  const square = (all: Float64Array) =>
    Float64Array.from({ length: m * m }, (_, e) => all[own[Math.floor(e / m)]! * n + own[e % m]!]!);
  return {
    activities: own.map((a) => graph.activities[a]!),
    weight: square(graph.weight),
    starts,
    ends,
    ...(graph.overlaps === undefined ? {} : { overlaps: square(graph.overlaps) }),
  };
}

/** How often a part of a sequence was passed over, and how often it was entered. */
function passages(graph: FollowsGraph, cut: Cut, part: number): { passed: number; entered: number } {
  const n = graph.activities.length;
  const partOf = new Int32Array(n);
  cut.parts.forEach((members, p) => {
    for (const a of members) partOf[a] = p;
  });
  let [passed, entered] = [0, 0];
  for (let a = 0; a < n; a++) {
    if (partOf[a]! > part) passed += graph.starts[a]!;
    if (partOf[a]! < part) passed += graph.ends[a]!;
    if (partOf[a] === part) entered += graph.starts[a]!;
    for (let b = 0; b < n; b++) {
      if (partOf[a]! < part && partOf[b]! > part) passed += graph.weight[a * n + b]!;
      if (partOf[a] !== part && partOf[b] === part) entered += graph.weight[a * n + b]!;
    }
  }
  return { passed, entered };
}
