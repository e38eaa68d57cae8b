import type { PetriNet } from "../petri-net.ts";
import { BucketQueue } from "./bucket-queue.ts";
import { MarkingEquation } from "./marking-equation.ts";
import { NetStates, SILENT } from "./net-states.ts";
import { ProductNodes } from "./product-nodes.ts";

/** No transition, no event: the empty half of a move. */
export const NONE = -1;

export interface SearchLimits {
  /** Nodes of the product that may be expanded. */
  readonly expansions: number;
  /** Asked every few hundred expansions. */
  readonly deadline: () => boolean;
}

export interface SearchResult {
  /** `none`: no run of the net completes, whatever the trace. */
  readonly outcome: "found" | "limit" | "none";
  /** No alignment costs less (weight 1; 0 otherwise). */
  readonly lower: number;
  /** Cost of `moves`; null when none was found. */
  readonly cost: number | null;
  /** Transition and event position in pairs, either may be `NONE`; in order. */
  readonly moves: Int32Array | null;
  readonly expansions: number;
}

const EXPANSIONS_BETWEEN_DEADLINES = 256;

/**
 * A* on the synchronous product of a trace and a net (Adriansyah 2014) with the marking equation as its bound. Unit costs:
 * an event without a step, and a labelled step without an event, cost 1; silent steps nothing. Costs are whole, so the
 * queue is one of buckets and each bound is rounded up. A node's bound is computed when it comes out, not when it goes
 * in: until then its parent's serves (van Dongen 2018). Bounds are kept by marking and remaining events, so variants of
 * one log share them.
 */
export class AlignmentSearch {
  readonly states: NetStates;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #equation: MarkingEquation;
  readonly #nodes = new ProductNodes();
  readonly #queue = new BucketQueue();
  readonly #bounds = new Map<number, number>();
  readonly #multisets = new Map<string, number>();
  #trace: Int32Array = new Int32Array(0);
  /** Events left from each position on, by label; and the number of that multiset. */
  #remaining: Int32Array[] = [];
  #multisetAt: Int32Array = new Int32Array(0);
  #weight = 1;

  constructor(net: PetriNet) {
    this.states = new NetStates(net);
    this.#codes = new Map(this.states.labels.map((label, code) => [label, code]));
    this.#equation = new MarkingEquation(net, this.states.labelOf, this.states.labels.length);
  }

  /** The code of an activity, -1 where the net does not have it. */
  codeOf(activity: string): number {
    return this.#codes.get(activity) ?? NONE;
  }

  /**
   * Aligns a trace of label codes. Weight 1 gives an optimal alignment, or the bound reached when the limits are; a
   * larger one trusts the bound more than the cost so far and finds some alignment soon (weighted A*, Pohl 1970).
   */
  run(trace: Int32Array, limits: SearchLimits, weight = 1): SearchResult {
    this.#begin(trace, weight);
    let expansions = 0;
    let lower = 0;
    while (this.#queue.size > 0) {
      if (weight === 1) lower = Math.max(lower, this.#queue.least);
      const priority = this.#queue.least;
      const node = this.#queue.pop();
      if (this.#nodes.waiting[node] !== priority || !this.#isEvaluated(node, priority)) continue;
      if (this.#isGoal(node)) {
        const cost = this.#nodes.cost[node]!;
        return { outcome: "found", lower, cost, moves: this.#path(node), expansions };
      }
      const isDue = expansions % EXPANSIONS_BETWEEN_DEADLINES === EXPANSIONS_BETWEEN_DEADLINES - 1;
      if (expansions >= limits.expansions || (isDue && limits.deadline())) {
        return { outcome: "limit", lower, cost: null, moves: null, expansions };
      }
      expansions++;
      this.#nodes.waiting[node] = NONE;
      this.#expand(node);
    }
    return { outcome: "none", lower, cost: null, moves: null, expansions };
  }

  #begin(trace: Int32Array, weight: number): void {
    this.#trace = trace;
    this.#weight = weight;
    this.#nodes.clear();
    this.#queue.clear();
    this.#countRemaining();
    const start = this.#nodes.at(this.states.initial, 0);
    this.#nodes.cost[start] = 0;
    this.#nodes.parent[start] = NONE;
    this.#wait(start, 0);
  }

  #countRemaining(): void {
    const length = this.#trace.length;
    const left = new Int32Array(this.states.labels.length);
    this.#remaining = new Array(length + 1);
    this.#multisetAt = new Int32Array(length + 1);
    for (let i = length; i >= 0; i--) {
      if (i < length) left[this.#trace[i]!]!++;
      this.#remaining[i] = left.slice();
      const key = left.join(",");
      const known = this.#multisets.get(key) ?? this.#multisets.size;
      this.#multisets.set(key, known);
      this.#multisetAt[i] = known;
    }
  }

  #wait(node: number, priority: number): void {
    this.#nodes.waiting[node] = priority;
    this.#queue.push(node, priority);
  }

  #isGoal(node: number): boolean {
    return this.#nodes.state[node] === this.states.final && this.#nodes.position[node] === this.#trace.length;
  }

  /** Computes a node's own bound where its parent's served so far. False where it must wait longer, or leads nowhere. */
  #isEvaluated(node: number, priority: number): boolean {
    if (this.#nodes.bound[node]! >= 0) return true;
    const bound = this.#boundOf(this.#nodes.state[node]!, this.#nodes.position[node]!);
    if (bound === Number.POSITIVE_INFINITY) {
      this.#nodes.waiting[node] = NONE;
      return false;
    }
    this.#nodes.bound[node] = bound;
    const own = this.#nodes.cost[node]! + this.#weight * bound;
    if (own <= priority) return true;
    this.#wait(node, own);
    return false;
  }

  #boundOf(state: number, position: number): number {
    const key = this.#multisetAt[position]! * 0x20_0000 + state;
    let bound = this.#bounds.get(key);
    if (bound === undefined) {
      bound = this.#equation.bound((place) => this.states.tokens(state, place), this.#remaining[position]!);
      this.#bounds.set(key, bound);
    }
    return bound;
  }

  /** The most promising last: it comes out first. */
  #expand(node: number): void {
    const state = this.#nodes.state[node]!;
    const position = this.#nodes.position[node]!;
    const next = position < this.#trace.length ? this.#trace[position]! : NONE;
    const successors = this.states.successors(state);
    const { labelOf } = this.states;
    if (next !== NONE) this.#reach(node, state, position + 1, 1, NONE);
    for (let i = 0; i < successors.length; i += 2)
      if (labelOf[successors[i]!] !== SILENT)
        this.#reach(node, successors[i + 1]!, position, 1, successors[i]!);
    for (let i = 0; i < successors.length; i += 2)
      if (labelOf[successors[i]!] === SILENT)
        this.#reach(node, successors[i + 1]!, position, 0, successors[i]!);
    if (next === NONE) return;
    for (let i = 0; i < successors.length; i += 2)
      if (labelOf[successors[i]!] === next)
        this.#reach(node, successors[i + 1]!, position + 1, 0, successors[i]!);
  }

  #reach(from: number, state: number, position: number, price: number, transition: number): void {
    const nodes = this.#nodes;
    const cost = nodes.cost[from]! + price;
    const node = nodes.at(state, position);
    if (nodes.cost[node]! >= 0 && nodes.cost[node]! <= cost) return;
    nodes.cost[node] = cost;
    nodes.parent[node] = from;
    nodes.transition[node] = transition;
    const own = nodes.bound[node]!;
    const bound = own >= 0 ? own : Math.max(0, nodes.bound[from]! - price);
    this.#wait(node, cost + this.#weight * bound);
  }

  #path(goal: number): Int32Array {
    const { parent, transition, position } = this.#nodes;
    const backwards: number[] = [];
    for (let node = goal; parent[node] !== NONE; node = parent[node]!) {
      const isEvent = position[node]! > position[parent[node]!]!;
      backwards.push(transition[node]!, isEvent ? position[node]! - 1 : NONE);
    }
    return Int32Array.from(backwards.reverse());
  }
}
