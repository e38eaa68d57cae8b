import { fire, isEnabled, type Marking, type PetriNet } from "../petri-net.ts";

/** A marking that was reached, and how: by firing `by` in the state `from`. */
export interface State {
  readonly marking: Marking;
  /** Null: the initial marking. */
  readonly from: number | null;
  readonly by: number | null;
}

export interface Reachability {
  readonly states: readonly State[];
  /** Of each state that was looked at: pairs of transition and state. */
  readonly steps: readonly (readonly (readonly [transition: number, state: number])[])[];
  /** Every reachable marking was looked at. */
  readonly complete: boolean;
  /** A state whose marking is more than that of one it came from, so that the net can grow without end; else null. */
  readonly growing: number | null;
}

/**
 * The reachable markings, breadth-first, at most `limit` of them. Stops at the first state that strictly covers one on its
 * way (Karp & Miller 1969): then there are endlessly many. Time grows with states × (transitions + length of the way).
 */
export function reachability(net: PetriNet, limit: number): Reachability {
  const states: State[] = [{ marking: net.initial, from: null, by: null }];
  const steps: [number, number][][] = [];
  const known = new Map([[keyOf(net.initial), 0]]);
  for (let at = 0; at < states.length; at++) {
    const found: [number, number][] = [];
    steps.push(found);
    for (const [by, transition] of net.transitions.entries()) {
      const { marking } = states[at]!;
      if (!isEnabled(marking, transition)) continue;
      const next = fire(marking, transition);
      const key = keyOf(next);
      const seen = known.get(key);
      found.push([by, seen ?? states.length]);
      if (seen !== undefined) continue;
      if (states.length >= limit) return { states, steps, complete: false, growing: null };
      known.set(key, states.length);
      states.push({ marking: next, from: at, by });
      if (coversOnItsWay(states, at, next)) {
        return { states, steps, complete: false, growing: states.length - 1 };
      }
    }
  }
  return { states, steps, complete: true, growing: null };
}

const keyOf = (marking: Marking): string => marking.join(",");

function coversOnItsWay(states: readonly State[], from: number, marking: Marking): boolean {
  for (let at: number | null = from; at !== null; at = states[at]!.from) {
    if (covers(marking, states[at]!.marking)) return true;
  }
  return false;
}

/** Whether a marking has at least the other's tokens everywhere. */
export const covers = (marking: Marking, other: Marking): boolean =>
  marking.every((tokens, p) => tokens >= other[p]!);

/** The transitions that lead from the initial marking to a state. */
export function wayTo(states: readonly State[], state: number): number[] {
  const way: number[] = [];
  for (let at = states[state]!; at.from !== null; at = states[at.from]!) way.push(at.by!);
  return way.reverse();
}
