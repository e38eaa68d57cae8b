import { fittingRun } from "./conformance/fitting-run.ts";
import { NetStates } from "./conformance/net-states.ts";
import { type SilentWay, SilentWays } from "./conformance/silent-ways.ts";
import type { PetriNet } from "./petri-net.ts";
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
  /** Mean over cases of each trace's own fitness. */
  readonly meanTraceFitness: number;
  /** Cases replayed without a missing or remaining token. */
  readonly fittingCases: number;
  /** Fitness of each variant. */
  readonly byVariant: Float64Array;
  /** How often each transition fired. */
  readonly fired: Float64Array;
}

/**
 * Token replay of a log's variants on a net (Rozinat & van der Aalst, "Conformance checking of processes based on
 * monitoring real behavior", 2008): fitness = ½(1 - missing/consumed) + ½(1 - remaining/produced). Silent transitions are
 * fired along a shortest way that enables the next activity, and at the end towards the final marking. Several ways can
 * be equally short, and the wrong one loses tokens; so a trace that lost some is tried once more along all ways at once,
 * and a trace that is a run of the net has fitness 1. Activities that the net does not know are left out: alignments
 * (`net-alignment.ts`) count them. Steps are kept by marking and activity, so a log costs little more than its distinct
 * steps. Null where time did not suffice. Throws `StateLimitError`.
 */
export function tokenReplay(net: PetriNet, variants: Variants, deadline: Deadline): Replay | null {
  const replayer = new Replayer(net, variants.activities);
  const count = variants.sequences.length;
  const total = { produced: 0, consumed: 0, missing: 0, remaining: 0 };
  const byVariant = new Float64Array(count);
  let [fittingCases, cases, mean] = [0, 0, 0];
  for (let v = 0; v < count; v++) {
    if (deadline()) return null;
    const weight = variants.counts[v]!;
    const counts = replayer.replay(variants.sequences[v]!, weight);
    total.produced += weight * counts.produced;
    total.consumed += weight * counts.consumed;
    total.missing += weight * counts.missing;
    total.remaining += weight * counts.remaining;
    if (counts.missing === 0 && counts.remaining === 0) fittingCases += weight;
    byVariant[v] = fitnessOf(counts);
    mean += weight * byVariant[v]!;
    cases += weight;
  }
  return {
    ...total,
    fitness: fitnessOf(total),
    meanTraceFitness: cases === 0 ? 1 : mean / cases,
    fittingCases,
    byVariant,
    fired: replayer.fired(),
  };
}

function fitnessOf({ produced, consumed, missing, remaining }: TokenCounts): number {
  const part = (lost: number, all: number) => (all === 0 ? 1 : 1 - lost / all);
  return (part(missing, consumed) + part(remaining, produced)) / 2;
}

class Replayer {
  readonly #states: NetStates;
  readonly #ways: SilentWays;
  /** Label of each of the log's activities in the net, -1 for none. */
  readonly #labels: Int32Array;
  /** Steps taken before, by marking and label. */
  readonly #steps = new Map<number, SilentWay>();
  readonly #ends = new Map<number, SilentWay>();
  readonly #uses = new Map<SilentWay, number>();
  readonly #ownFirings: Float64Array;
  readonly #start: number;
  readonly #goal: number;

  constructor(net: PetriNet, activities: readonly string[]) {
    this.#states = new NetStates(net);
    this.#ways = new SilentWays(this.#states);
    const codeOf = new Map(this.#states.labels.map((label, code) => [label, code]));
    this.#labels = Int32Array.from(activities, (name) => codeOf.get(name) ?? -1);
    this.#ownFirings = new Float64Array(net.transitions.length);
    this.#start = sum(net.initial);
    this.#goal = sum(net.final);
  }

  replay(activities: Uint32Array, cases: number): TokenCounts {
    const counts = this.#greedily(activities, cases);
    if (counts.missing + counts.remaining === 0) return counts;
    const known = Array.from(activities, (activity) => this.#labels[activity]!).filter((label) => label >= 0);
    const run = fittingRun(this.#ways, this.#states.initial, known);
    return run === null ? counts : this.#along(run, activities, cases);
  }

  #greedily(activities: Uint32Array, cases: number): TokenCounts {
    let state = this.#states.initial;
    const total = { produced: this.#start, consumed: 0, missing: 0, remaining: 0 };
    const take = (step: SilentWay) => {
      state = step.state;
      total.produced += step.produced;
      total.consumed += step.consumed;
      total.missing += step.missing;
      this.#uses.set(step, (this.#uses.get(step) ?? 0) + cases);
    };
    for (const activity of activities) {
      const label = this.#labels[activity]!;
      if (label >= 0) take(this.#step(state, label));
    }
    take(this.#end(state));
    for (let p = 0; p < this.#states.places; p++) {
      const beyond = this.#states.tokens(state, p) - this.#states.tokens(this.#states.final, p);
      if (beyond > 0) total.remaining += beyond;
      else total.missing -= beyond;
    }
    total.consumed += this.#goal;
    return total;
  }

  #step(state: number, label: number): SilentWay {
    const key = state * this.#states.labels.length + label;
    let step = this.#steps.get(key);
    if (step === undefined) {
      step = this.#ways.toLabel(state, label);
      this.#steps.set(key, step);
    }
    return step;
  }

  #end(state: number): SilentWay {
    let step = this.#ends.get(state);
    if (step === undefined) {
      step = this.#ways.toFinal(state);
      this.#ends.set(state, step);
    }
    return step;
  }

  /** The counts of a run without losses, in place of those of the greedy one. */
  #along(run: readonly number[], activities: Uint32Array, cases: number): TokenCounts {
    this.#greedily(activities, -cases);
    let produced = this.#start;
    let consumed = this.#goal;
    for (const t of run) {
      produced += this.#states.puts(t);
      consumed += this.#states.takes(t);
      this.#ownFirings[t]! += cases;
    }
    return { produced, consumed, missing: 0, remaining: 0 };
  }

  fired(): Float64Array {
    const fired = this.#ownFirings.slice();
    for (const [step, uses] of this.#uses) for (const t of step.fired) fired[t]! += uses;
    return fired;
  }
}

const sum = (tokens: readonly number[]): number => tokens.reduce((total, each) => total + each, 0);
