import type { PetriNet, Transition } from "../petri-net.ts";

/**
 * The net without silent transitions that only hand a token on, with the same language and as sound as before. A silent
 * transition from place p to place q is left out, and its places become one,
 * - where it alone takes from p, p starts no case and ends none; or
 * - where it alone puts into q, q starts no case and ends none, p ends none, and whatever takes from q takes from q alone
 *   (else a choice in p that can get stuck would be hidden).
 * Places that nothing touches are left out. Quadratic at worst.
 */
export function reduceNet(net: PetriNet): PetriNet {
  return reduceBeside(net, []).net;
}

/** The same, with some places left as they are; `numbers` are the new numbers of the places that there still are. */
export function reduceBeside(
  net: PetriNet,
  kept: readonly number[],
): { readonly net: PetriNet; readonly numbers: ReadonlyMap<number, number> } {
  return new Reducer(net, kept).reduce();
}

interface Open {
  label: string | null;
  inputs: readonly number[];
  outputs: readonly number[];
  element?: string;
}

class Reducer {
  readonly #net: PetriNet;
  readonly #transitions: (Open | null)[];
  readonly #producers: Set<number>[];
  readonly #consumers: Set<number>[];

  readonly #kept: ReadonlySet<number>;

  constructor(net: PetriNet, kept: readonly number[]) {
    this.#net = net;
    this.#kept = new Set(kept);
    this.#transitions = net.transitions.map((transition) => ({ ...transition }));
    this.#producers = Array.from({ length: net.places }, () => new Set());
    this.#consumers = Array.from({ length: net.places }, () => new Set());
    net.transitions.forEach(({ inputs, outputs }, t) => {
      for (const p of inputs) this.#consumers[p]!.add(t);
      for (const p of outputs) this.#producers[p]!.add(t);
    });
  }

  reduce() {
    for (let changed = true; changed; ) {
      changed = false;
      for (let t = 0; t < this.#transitions.length; t++) if (this.#bypass(t)) changed = true;
    }
    return compact(
      this.#net,
      this.#transitions.filter((transition) => transition !== null),
      this.#kept,
    );
  }

  /** Leaves a transition out where that changes nothing. */
  #bypass(t: number): boolean {
    const transition = this.#transitions[t];
    if (!transition || transition.label !== null) return false;
    const { inputs, outputs } = transition;
    if (inputs.length !== 1 || outputs.length !== 1) return false;
    const [from, to] = [inputs[0]!, outputs[0]!];
    if (from === to) return this.#drop(t, from, to);
    if (this.#consumers[from]!.size === 1 && !this.#isMarked(from)) {
      for (const producer of this.#producers[from]!) this.#replace(producer, "outputs", from, to);
      return this.#drop(t, from, to);
    }
    if (this.#producers[to]!.size > 1 || this.#isMarked(to) || this.#net.final[from]! > 0) return false;
    if (this.#kept.has(from)) return false;
    const takers = [...this.#consumers[to]!];
    if (takers.some((taker) => this.#transitions[taker]!.inputs.length > 1)) return false;
    for (const taker of takers) this.#replace(taker, "inputs", to, from);
    return this.#drop(t, from, to);
  }

  #isMarked(place: number): boolean {
    if (this.#kept.has(place)) return true;
    return this.#net.initial[place]! > 0 || this.#net.final[place]! > 0;
  }

  #drop(t: number, from: number, to: number): boolean {
    this.#transitions[t] = null;
    this.#consumers[from]!.delete(t);
    this.#producers[to]!.delete(t);
    return true;
  }

  #replace(t: number, side: "inputs" | "outputs", old: number, place: number): void {
    const transition = this.#transitions[t]!;
    transition[side] = transition[side].map((p) => (p === old ? place : p));
    const neighbours = side === "inputs" ? this.#consumers : this.#producers;
    neighbours[old]!.delete(t);
    neighbours[place]!.add(t);
  }
}

/** Places renumbered, without those that have neither arcs nor tokens. */
function compact(
  net: PetriNet,
  transitions: readonly Transition[],
  protectedPlaces: ReadonlySet<number>,
): { readonly net: PetriNet; readonly numbers: ReadonlyMap<number, number> } {
  const used = new Set(transitions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
  const kept = net.initial.flatMap((tokens, p) =>
    used.has(p) || protectedPlaces.has(p) || tokens > 0 || net.final[p]! > 0 ? [p] : [],
  );
  const numbers = new Map(kept.map((p, index) => [p, index]));
  const renumber = (places: readonly number[]) => places.map((p) => numbers.get(p)!);
  const reduced = {
    places: kept.length,
    transitions: transitions.map((each) => ({
      ...each,
      inputs: renumber(each.inputs),
      outputs: renumber(each.outputs),
    })),
    initial: kept.map((p) => net.initial[p]!),
    final: kept.map((p) => net.final[p]!),
  };
  return { net: reduced, numbers };
}
