import type { PetriNet } from "../petri-net.ts";
import { DEAD, type TreeAutomaton } from "../tree-automaton.ts";
import { StateLimitError } from "./errors.ts";
import { NetStates, SILENT } from "./net-states.ts";

/** Markings that one prefix may lead to at once. */
const MOST_AT_ONCE = 100_000;

/**
 * The deterministic automaton of a net's language, made state by state as it is walked (subset construction, Rabin &
 * Scott 1959): a state is the set of markings that the net may be in, closed under silent steps. Exact for silent steps
 * and repeated labels. Activities of the net that the log does not have get codes beyond the log's. Throws
 * `StateLimitError` for more than `limit` markings, and where silent steps lead to markings without end.
 */
export function netAutomaton(
  net: PetriNet,
  codeOf: ReadonlyMap<string, number>,
  limit?: number,
): TreeAutomaton {
  const subsets = new Subsets(new NetStates(net, limit), codeOf);
  return {
    initial: subsets.initial,
    step: (state, activity) => subsets.step(state, activity),
    accepts: (state) => subsets.accepts(state),
    enabled: (state) => subsets.enabled(state),
  };
}

class Subsets {
  readonly initial: number;
  readonly #states: NetStates;
  /** The log's code of each label, and back. */
  readonly #codes: readonly number[];
  readonly #labels: ReadonlyMap<number, number>;
  readonly #sets: (readonly number[])[] = [[]];
  readonly #ids = new Map<string, number>([["", DEAD]]);
  readonly #steps = new Map<number, number>();
  readonly #enabled: (readonly number[] | undefined)[] = [[]];

  constructor(states: NetStates, codeOf: ReadonlyMap<string, number>) {
    this.#states = states;
    const beyond = Math.max(-1, ...codeOf.values()) + 1;
    this.#codes = states.labels.map((label, i) => codeOf.get(label) ?? beyond + i);
    this.#labels = new Map(this.#codes.map((code, label) => [code, label]));
    this.initial = this.#intern([states.initial]);
  }

  step(subset: number, activity: number): number {
    const label = this.#labels.get(activity);
    if (label === undefined || subset === DEAD) return DEAD;
    const key = subset * this.#codes.length + label;
    let next = this.#steps.get(key);
    if (next === undefined) {
      next = this.#intern(this.#after(subset, label));
      this.#steps.set(key, next);
    }
    return next;
  }

  accepts(subset: number): boolean {
    return this.#sets[subset]!.includes(this.#states.final);
  }

  enabled(subset: number): readonly number[] {
    let known = this.#enabled[subset];
    if (known === undefined) {
      known = this.#computeEnabled(subset);
      this.#enabled[subset] = known;
    }
    return known;
  }

  #computeEnabled(subset: number): number[] {
    const found = new Set<number>();
    for (const state of this.#sets[subset]!) {
      const next = this.#states.successors(state);
      for (let k = 0; k < next.length; k += 2) {
        const label = this.#states.labelOf[next[k]!]!;
        if (label !== SILENT) found.add(this.#codes[label]!);
      }
    }
    return [...found];
  }

  #after(subset: number, label: number): number[] {
    const found = new Set<number>();
    for (const state of this.#sets[subset]!) {
      const next = this.#states.successors(state);
      for (let k = 0; k < next.length; k += 2)
        if (this.#states.labelOf[next[k]!] === label) found.add(next[k + 1]!);
    }
    return [...found];
  }

  /** The subset of markings closed under silent steps; only those are kept from which a labelled step or the end is near. */
  #intern(from: readonly number[]): number {
    const reached = [...from];
    const seen = new Set(from);
    for (const state of reached) {
      if (reached.length > MOST_AT_ONCE) throw new StateLimitError(MOST_AT_ONCE);
      const next = this.#states.successors(state);
      for (let k = 0; k < next.length; k += 2) {
        if (this.#states.labelOf[next[k]!] !== SILENT || seen.has(next[k + 1]!)) continue;
        seen.add(next[k + 1]!);
        reached.push(next[k + 1]!);
      }
    }
    const kept = reached.filter((state) => this.#matters(state)).sort((a, b) => a - b);
    const key = kept.join(",");
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#sets.push(kept) - 1;
    this.#ids.set(key, id);
    return id;
  }

  #matters(state: number): boolean {
    if (state === this.#states.final) return true;
    const next = this.#states.successors(state);
    for (let k = 0; k < next.length; k += 2) if (this.#states.labelOf[next[k]!] !== SILENT) return true;
    return false;
  }
}
