import type { PetriNet } from "../petri-net.ts";
import { StateLimitError } from "./errors.ts";

/** The label of silent transitions. */
export const SILENT = -1;

/** More markings than this are not kept by default: tens of bytes each. */
const MOST_STATES = 2_000_000;
/** Of one place: what 16 bits hold. */
const MOST_TOKENS = 65_535;

/**
 * The reachable markings of a net as small integers ("states"), made as they are walked. What replay, alignments and
 * precision share: each marking is fired from once, after that a step is a look-up in integer arrays.
 */
export class NetStates {
  readonly places: number;
  readonly transitions: number;
  /** Distinct labels, in order of first appearance. */
  readonly labels: readonly string[];
  /** Label of each transition, an index into `labels` or `SILENT`. */
  readonly labelOf: Int32Array;
  readonly initial: number;
  readonly final: number;
  readonly #limit: number;
  readonly #inputs: readonly Int32Array[];
  readonly #outputs: readonly Int32Array[];
  /** Places with how many tokens the transition needs there, in pairs. */
  readonly #needs: readonly Int32Array[];
  #tokens: Uint16Array;
  #count = 0;
  /** Open addressing: state + 1, 0 for empty. */
  #table = new Int32Array(1024);
  readonly #scratch: Uint16Array;
  readonly #successors: (Int32Array | undefined)[] = [];

  /** Throws `StateLimitError` for more than `limit` markings, when it comes to them. */
  constructor(net: PetriNet, limit = MOST_STATES) {
    this.#limit = limit;
    this.places = net.places;
    this.transitions = net.transitions.length;
    this.labels = [...new Set(net.transitions.flatMap(({ label }) => (label === null ? [] : [label])))];
    const codeOf = new Map(this.labels.map((label, code) => [label, code]));
    this.labelOf = Int32Array.from(net.transitions, ({ label }) =>
      label === null ? SILENT : codeOf.get(label)!,
    );
    this.#inputs = net.transitions.map(({ inputs }) => Int32Array.from(inputs));
    this.#outputs = net.transitions.map(({ outputs }) => Int32Array.from(outputs));
    this.#needs = net.transitions.map(({ inputs }) => counted(inputs));
    this.#tokens = new Uint16Array(Math.max(1, this.places) * 256);
    this.#scratch = new Uint16Array(this.places);
    this.#scratch.set(net.initial);
    this.initial = this.#intern();
    this.#scratch.set(net.final);
    this.final = this.#intern();
  }

  /** How many markings are known so far. */
  get size(): number {
    return this.#count;
  }

  tokens(state: number, place: number): number {
    return this.#tokens[state * this.places + place]!;
  }

  /** Transitions enabled in a state and the states they lead to, in pairs; by number of the transition. */
  successors(state: number): Int32Array {
    let known = this.#successors[state];
    if (known === undefined) {
      known = this.#fireAll(state);
      this.#successors[state] = known;
    }
    return known;
  }

  isEnabled(state: number, transition: number): boolean {
    return this.lacking(state, transition) === 0;
  }

  /** Tokens that a transition lacks in a state. */
  lacking(state: number, transition: number): number {
    const needs = this.#needs[transition]!;
    const base = state * this.places;
    let lacking = 0;
    for (let i = 0; i < needs.length; i += 2) {
      const short = needs[i + 1]! - this.#tokens[base + needs[i]!]!;
      if (short > 0) lacking += short;
    }
    return lacking;
  }

  /** The state after a transition; tokens that it lacks are added first. */
  fire(state: number, transition: number): number {
    const base = state * this.places;
    const scratch = this.#scratch;
    for (let p = 0; p < this.places; p++) scratch[p] = this.#tokens[base + p]!;
    for (const p of this.#inputs[transition]!) if (scratch[p]! > 0) scratch[p]!--;
    for (const p of this.#outputs[transition]!) {
      if (scratch[p] === MOST_TOKENS) throw new StateLimitError(MOST_TOKENS);
      scratch[p]!++;
    }
    return this.#intern();
  }

  /** Tokens that a transition takes, and puts. */
  takes(transition: number): number {
    return this.#inputs[transition]!.length;
  }

  puts(transition: number): number {
    return this.#outputs[transition]!.length;
  }

  #fireAll(state: number): Int32Array {
    const found: number[] = [];
    for (let t = 0; t < this.transitions; t++) {
      if (this.isEnabled(state, t)) found.push(t, this.fire(state, t));
    }
    return Int32Array.from(found);
  }

  /** The state of the marking in the scratch buffer. */
  #intern(): number {
    const mask = this.#table.length - 1;
    let slot = this.#hash() & mask;
    for (let entry = this.#table[slot]!; entry !== 0; entry = this.#table[slot]!) {
      if (this.#isScratch(entry - 1)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot);
  }

  #add(slot: number): number {
    if (this.#count >= this.#limit) throw new StateLimitError(this.#limit);
    const state = this.#count++;
    if (this.#count * this.places > this.#tokens.length) {
      const grown = new Uint16Array(this.#tokens.length * 2);
      grown.set(this.#tokens);
      this.#tokens = grown;
    }
    this.#tokens.set(this.#scratch, state * this.places);
    this.#table[slot] = state + 1;
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return state;
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let state = 0; state < this.#count; state++) {
      this.#scratch.set(this.#tokens.subarray(state * this.places, (state + 1) * this.places));
      let slot = this.#hash() & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = state + 1;
    }
  }

  #hash(): number {
    let hash = 0x9e3779b9;
    for (let p = 0; p < this.places; p++) hash = Math.imul(hash ^ this.#scratch[p]!, 0x01000193) + p;
    return hash ^ (hash >>> 15);
  }

  #isScratch(state: number): boolean {
    const base = state * this.places;
    for (let p = 0; p < this.places; p++) if (this.#tokens[base + p] !== this.#scratch[p]) return false;
    return true;
  }
}

/** Distinct values with how often each stands there, in pairs. */
function counted(values: readonly number[]): Int32Array {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Int32Array.from([...counts].flat());
}
