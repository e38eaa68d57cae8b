import type { Marking, PetriNet } from "./petri-net.ts";
import type { Deadline } from "./precision.ts";
import type { Variants } from "./variants.ts";

/** Token counts over a log, each trace weighted with its cases. */
export interface TokenCounts {
  readonly produced: number;
  readonly consumed: number;
  readonly missing: number;
  readonly remaining: number;
}

export interface Replay extends TokenCounts {
  /** 0 to 1. */
  readonly fitness: number;
  /** Cases replayed without a missing or remaining token. */
  readonly fittingCases: number;
}

/** Markings looked at before a way through silent transitions is given up. */
const LARGEST_SEARCH = 2000;

/**
 * Token replay of a log's variants on a workflow net (Rozinat & van der Aalst, "Conformance checking of processes based on
 * monitoring real behavior", 2008): fitness = ½(1 - missing/consumed) + ½(1 - remaining/produced). Silent transitions are
 * fired along the shortest way that enables the next activity, found by breadth-first search. Where several ways are
 * equally short a fitting trace can still lose tokens; alignments (`tree-alignment.ts`) do not. Activities that the net
 * does not know are left out. Null where time did not suffice.
 */
export function tokenReplay(net: PetriNet, variants: Variants, deadline: Deadline): Replay | null {
  const replayer = new Replayer(net);
  const total = { produced: 0, consumed: 0, missing: 0, remaining: 0 };
  let fittingCases = 0;
  for (let v = 0; v < variants.sequences.length; v++) {
    if (deadline()) return null;
    const names = Array.from(variants.sequences[v]!, (code) => variants.activities[code]!);
    const counts = replayer.replay(names);
    const cases = variants.counts[v]!;
    total.produced += cases * counts.produced;
    total.consumed += cases * counts.consumed;
    total.missing += cases * counts.missing;
    total.remaining += cases * counts.remaining;
    if (counts.missing === 0 && counts.remaining === 0) fittingCases += cases;
  }
  const part = (lost: number, all: number) => (all === 0 ? 1 : 1 - lost / all);
  const fitness = (part(total.missing, total.consumed) + part(total.remaining, total.produced)) / 2;
  return { ...total, fitness, fittingCases };
}

const sum = (marking: Marking): number => marking.reduce((total, tokens) => total + tokens, 0);

/** What a step does: the marking after it, and the tokens that came, went and were missing. */
interface Step {
  readonly marking: Marking;
  readonly produced: number;
  readonly consumed: number;
  readonly missing: number;
}

class Replayer {
  readonly #net: PetriNet;
  readonly #silent: readonly number[];
  readonly #labelled = new Map<string, number[]>();
  /** Steps taken before, by marking and activity: variants share most of theirs. */
  readonly #known = new Map<string, Step>();

  constructor(net: PetriNet) {
    this.#net = net;
    this.#silent = net.transitions.flatMap(({ label }, t) => (label === null ? [t] : []));
    net.transitions.forEach(({ label }, t) => {
      if (label !== null) this.#labelled.set(label, [...(this.#labelled.get(label) ?? []), t]);
    });
  }

  replay(activities: readonly string[]): TokenCounts {
    const { initial, final } = this.#net;
    let marking = initial;
    let [produced, consumed, missing] = [sum(initial), 0, 0];
    const take = (step: Step) => {
      marking = step.marking;
      produced += step.produced;
      consumed += step.consumed;
      missing += step.missing;
    };
    for (const activity of activities) if (this.#labelled.has(activity)) take(this.#step(marking, activity));
    take(this.#toEnd(marking));
    const lacking = sum(final.map((tokens, p) => Math.max(0, tokens - marking[p]!)));
    return {
      produced,
      consumed: consumed + sum(final),
      missing: missing + lacking,
      remaining: sum(marking) + lacking - sum(final),
    };
  }

  #step(marking: Marking, activity: string): Step {
    const key = `${marking.join(",")} ${activity}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const candidates = this.#labelled.get(activity)!;
    const way = this.#search(marking, (reached) => candidates.some((t) => this.#lacking(reached, t) === 0));
    const before = way ?? { marking, produced: 0, consumed: 0, missing: 0 };
    const least = [...candidates].sort(
      (a, b) => this.#lacking(before.marking, a) - this.#lacking(before.marking, b),
    )[0]!;
    const step = this.#fire(before, least);
    this.#known.set(key, step);
    return step;
  }

  /** Silently to the final marking, where it can be reached. */
  #toEnd(marking: Marking): Step {
    const { final } = this.#net;
    const isFinal = (reached: Marking) => reached.every((tokens, p) => tokens === final[p]);
    return this.#search(marking, isFinal) ?? { marking, produced: 0, consumed: 0, missing: 0 };
  }

  /** The fewest silent firings that lead from a marking to one that will do. */
  #search(from: Marking, willDo: (marking: Marking) => boolean): Step | null {
    const queue: Step[] = [{ marking: from, produced: 0, consumed: 0, missing: 0 }];
    const seen = new Set([from.join(",")]);
    for (let i = 0; i < queue.length && i < LARGEST_SEARCH; i++) {
      const step = queue[i]!;
      if (willDo(step.marking)) return step;
      for (const t of this.#silent) {
        if (this.#lacking(step.marking, t) > 0) continue;
        const next = this.#fire(step, t);
        const key = next.marking.join(",");
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(next);
      }
    }
    return null;
  }

  #lacking(marking: Marking, t: number): number {
    const left = [...marking];
    return this.#net.transitions[t]!.inputs.reduce((lacking, p) => lacking + (left[p]!-- > 0 ? 0 : 1), 0);
  }

  /** Fires a transition, adding the tokens that it lacks. */
  #fire(step: Step, t: number): Step {
    const { inputs, outputs } = this.#net.transitions[t]!;
    const marking = [...step.marking];
    let { missing } = step;
    for (const p of inputs) {
      if (marking[p]! > 0) marking[p]!--;
      else missing++;
    }
    for (const p of outputs) marking[p]!++;
    return {
      marking,
      produced: step.produced + outputs.length,
      consumed: step.consumed + inputs.length,
      missing,
    };
  }
}
