import { DEAD, type TreeAutomaton } from "../tree-automaton.ts";
import type { PrefixTree } from "./prefix-tree.ts";

/** An automaton with all of its states: numbers 0 … states-1, the initial one is 0. */
export interface ExploredAutomaton {
  readonly states: number;
  /** `firstEdge[s]` to `firstEdge[s + 1] - 1`: the edges out of s. */
  readonly firstEdge: Uint32Array;
  readonly activity: Int32Array;
  readonly target: Int32Array;
  readonly accepts: Uint8Array;
}

/** Walks all states of an automaton; null where there are more than `limit`. O(states × activities). */
export function explore(automaton: TreeAutomaton, limit: number): ExploredAutomaton | null {
  const order = [automaton.initial];
  const index = new Map([[automaton.initial, 0]]);
  const firstEdge = [0];
  const activity: number[] = [];
  const target: number[] = [];
  for (let s = 0; s < order.length; s++) {
    for (const next of automaton.enabled(order[s]!)) {
      const reached = automaton.step(order[s]!, next);
      if (reached === DEAD) continue;
      let to = index.get(reached);
      if (to === undefined) {
        if (order.length >= limit) return null;
        to = order.push(reached) - 1;
        index.set(reached, to);
      }
      activity.push(next);
      target.push(to);
    }
    firstEdge.push(target.length);
  }
  return {
    states: order.length,
    firstEdge: Uint32Array.from(firstEdge),
    activity: Int32Array.from(activity),
    target: Int32Array.from(target),
    accepts: Uint8Array.from(order, (state) => (automaton.accepts(state) ? 1 : 0)),
  };
}

const UNREACHED = 0x3fffffff;

/**
 * The log fitness of optimal alignments, 1 - Σ cost / Σ (events + shortest path of the model), unit costs (Adriansyah 2014).
 * By dynamic programming over the prefix tree: for each prefix, the least cost of having explained it in each state. Exact.
 * O(prefixes × edges). 0 where the model never comes to an end. Gives up with null where `deadline` says so, or as soon as
 * fitness is known to be below `least`.
 */
export function automatonFitness(
  automaton: ExploredAutomaton,
  tree: PrefixTree,
  { deadline = () => false, least = 0 }: { readonly deadline?: () => boolean; readonly least?: number } = {},
): number | null {
  const rows = [modelMovesFrom(automaton)];
  const shortest = bestEnd(automaton, rows[0]!);
  if (shortest === UNREACHED) return 0;
  const worst = tree.events + tree.cases * shortest;
  const most = (1 - least) * worst + 1e-6;
  const edges = edgesByActivity(automaton);
  const needed = prefixesToAlign(automaton, tree);
  let cost = tree.end[0]! * shortest;
  for (let node = 1; node < tree.nodes; node++) {
    if (cost > most || ((node & 1023) === 0 && deadline())) return null;
    if (needed[node] === 0) continue;
    const depth = tree.depth[node]!;
    const row = rows[depth] ?? new Int32Array(automaton.states);
    rows[depth] = row;
    advance(rows[depth - 1]!, row, edges.get(tree.activity[node]!) ?? []);
    addModelMoves(automaton, row);
    if (tree.end[node]! > 0) cost += tree.end[node]! * bestEnd(automaton, row);
  }
  if (cost > most) return null;
  return worst === 0 ? 1 : 1 - cost / worst;
}

/** 1 for prefixes of variants that the model does not replay from start to end: the others cost nothing. */
function prefixesToAlign(automaton: ExploredAutomaton, tree: PrefixTree): Uint8Array {
  const state = replay(automaton, tree);
  const needed = new Uint8Array(tree.nodes);
  for (let node = tree.nodes - 1; node > 0; node--) {
    const fits = state[node]! >= 0 && automaton.accepts[state[node]!] === 1;
    if (tree.end[node]! > 0 && !fits) needed[node] = 1;
    if (needed[node] === 1) needed[tree.parent[node]!] = 1;
  }
  return needed;
}

/** The state after each prefix; -1 where the model does not allow it. */
function replay({ firstEdge, activity, target }: ExploredAutomaton, tree: PrefixTree): Int32Array {
  const state = new Int32Array(tree.nodes).fill(-1);
  state[0] = 0;
  for (let node = 1; node < tree.nodes; node++) {
    const from = state[tree.parent[node]!]!;
    if (from < 0) continue;
    for (let e = firstEdge[from]!; e < firstEdge[from + 1]!; e++) {
      if (activity[e] === tree.activity[node]) state[node] = target[e]!;
    }
  }
  return state;
}

function modelMovesFrom(automaton: ExploredAutomaton): Int32Array {
  const row = new Int32Array(automaton.states).fill(UNREACHED);
  row[0] = 0;
  addModelMoves(automaton, row);
  return row;
}

function bestEnd({ accepts }: ExploredAutomaton, row: Int32Array): number {
  let best = UNREACHED;
  for (let s = 0; s < row.length; s++) if (accepts[s] === 1 && row[s]! < best) best = row[s]!;
  return best;
}

/** Source and target, in pairs, of the edges of each activity. */
function edgesByActivity({ states, firstEdge, activity, target }: ExploredAutomaton): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let s = 0; s < states; s++) {
    for (let e = firstEdge[s]!; e < firstEdge[s + 1]!; e++) {
      const own = found.get(activity[e]!);
      if (own === undefined) found.set(activity[e]!, [s, target[e]!]);
      else own.push(s, target[e]!);
    }
  }
  return found;
}

/** The next row: the event happens in the model too (`edges` are those of its activity), or only in the log. */
function advance(row: Int32Array, next: Int32Array, edges: readonly number[]): void {
  for (let s = 0; s < row.length; s++) next[s] = row[s]! + 1;
  for (let i = 0; i < edges.length; i += 2) {
    const cost = row[edges[i]!]!;
    if (cost < next[edges[i + 1]!]!) next[edges[i + 1]!] = cost;
  }
}

/**
 * Steps that only the model takes, each at cost 1. States are numbered as a walk from the initial one finds them, so edges
 * mostly lead to higher numbers, and few passes suffice (Bellman 1958, Ford 1956).
 */
function addModelMoves({ firstEdge, target }: ExploredAutomaton, row: Int32Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let s = 0; s < row.length; s++) {
      const cost = row[s]! + 1;
      for (let e = firstEdge[s]!; e < firstEdge[s + 1]!; e++) {
        const to = target[e]!;
        if (cost >= row[to]!) continue;
        row[to] = cost;
        if (to < s) changed = true;
      }
    }
  }
}

/**
 * ETC precision by escaping edges (Muñoz-Gama & Carmona 2010), as `escapingEdgesPrecision` defines it: over the prefixes
 * that the model allows, weighted with the cases that go on from them, the share of what it allows next that the log does.
 * O(prefixes × activities).
 */
export function automatonPrecision(automaton: ExploredAutomaton, tree: PrefixTree): number {
  const state = replay(automaton, tree);
  let allowed = tree.goOn[0]! * outDegree(automaton, 0);
  let taken = 0;
  for (let node = 1; node < tree.nodes; node++) {
    if (state[node]! < 0) continue;
    taken += tree.goOn[tree.parent[node]!]!;
    allowed += tree.goOn[node]! * outDegree(automaton, state[node]!);
  }
  return allowed === 0 ? 1 : taken / allowed;
}

const outDegree = ({ firstEdge }: ExploredAutomaton, state: number): number =>
  firstEdge[state + 1]! - firstEdge[state]!;
