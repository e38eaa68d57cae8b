import { MillwrightError } from "../../../../errors.ts";
import { fire, isEnabled, type Marking, type PetriNet } from "../petri-net.ts";
import type { TreeAutomaton } from "../tree-automaton.ts";

/** A Petri net has more markings than were allowed, perhaps infinitely many: what depends on all of them is unknown. */
export class TooManyMarkingsError extends MillwrightError {
  constructor(limit: number) {
    super(
      "too-many-markings",
      422,
      `The model has more than ${limit} markings; it was not explored in full.`,
      {
        remedy: "Discover a model with more noise filtered out.",
      },
    );
  }
}

export const MOST_MARKINGS = 20_000;

/** What can happen in one marking: the activity (-1: silent) and the marking it leads to. */
interface Step {
  readonly activity: number;
  readonly target: number;
}

/**
 * A deterministic automaton over a net's language by subset construction, made state by state as it is walked: a state is
 * the set of markings in which silent transitions may have left the net. Throws `TooManyMarkingsError`.
 */
export function netAutomaton(
  net: PetriNet,
  codeOf: ReadonlyMap<string, number>,
  limit = MOST_MARKINGS,
): TreeAutomaton {
  const markings = new MarkingGraph(net, codeOf, limit);
  const sets = new MarkingSets(markings);
  return {
    initial: sets.closure([markings.initial]),
    step: (state, activity) => sets.step(state, activity),
    accepts: (state) => sets.members(state).includes(markings.final),
    enabled: (state) => sets.enabled(state),
  };
}

class MarkingGraph {
  readonly initial: number;
  /** Id of the final marking, which is known before it is reached. */
  readonly final: number;
  readonly #net: PetriNet;
  readonly #codes: readonly number[];
  readonly #limit: number;
  readonly #ids = new Map<string, number>();
  readonly #markings: Marking[] = [];
  readonly #steps: (readonly Step[] | undefined)[] = [];

  constructor(net: PetriNet, codeOf: ReadonlyMap<string, number>, limit: number) {
    this.#net = net;
    this.#limit = limit;
    // A label that the log does not have gets a code of its own: it is a step that no event stands for.
    this.#codes = net.transitions.map(({ label }, t) =>
      label === null ? -1 : (codeOf.get(label) ?? codeOf.size + t),
    );
    this.initial = this.#idOf(net.initial);
    this.final = this.#idOf(net.final);
  }

  #idOf(marking: Marking): number {
    const key = marking.join(",");
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#markings.length >= this.#limit) throw new TooManyMarkingsError(this.#limit);
    const id = this.#markings.push(marking) - 1;
    this.#ids.set(key, id);
    return id;
  }

  steps(id: number): readonly Step[] {
    let known = this.#steps[id];
    if (known === undefined) {
      const marking = this.#markings[id]!;
      known = this.#net.transitions.flatMap((transition, t) =>
        isEnabled(marking, transition)
          ? [{ activity: this.#codes[t]!, target: this.#idOf(fire(marking, transition)) }]
          : [],
      );
      this.#steps[id] = known;
    }
    return known;
  }
}

/** State 0 is the empty set. */
class MarkingSets {
  readonly #markings: MarkingGraph;
  readonly #ids = new Map<string, number>([["", 0]]);
  readonly #members: (readonly number[])[] = [[]];
  readonly #next: (Map<number, number> | undefined)[] = [new Map()];

  constructor(markings: MarkingGraph) {
    this.#markings = markings;
  }

  members(state: number): readonly number[] {
    return this.#members[state]!;
  }

  /** The state of these markings and all that silent transitions reach from them. */
  closure(seeds: readonly number[]): number {
    const reached = [...new Set(seeds)];
    const seen = new Set(reached);
    for (let i = 0; i < reached.length; i++) {
      for (const { activity, target } of this.#markings.steps(reached[i]!)) {
        if (activity >= 0 || seen.has(target)) continue;
        seen.add(target);
        reached.push(target);
      }
    }
    reached.sort((a, b) => a - b);
    const key = reached.join(",");
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#members.push(reached) - 1;
    this.#ids.set(key, id);
    return id;
  }

  #successors(state: number): ReadonlyMap<number, number> {
    let known = this.#next[state];
    if (known === undefined) {
      const seeds = new Map<number, number[]>();
      for (const marking of this.#members[state]!) {
        for (const { activity, target } of this.#markings.steps(marking)) {
          if (activity < 0) continue;
          const own = seeds.get(activity);
          if (own === undefined) seeds.set(activity, [target]);
          else own.push(target);
        }
      }
      known = new Map([...seeds].map(([activity, targets]) => [activity, this.closure(targets)]));
      this.#next[state] = known;
    }
    return known;
  }

  step(state: number, activity: number): number {
    return this.#successors(state).get(activity) ?? 0;
  }

  enabled(state: number): readonly number[] {
    return [...this.#successors(state).keys()];
  }
}
