import { type NetStates, SILENT } from "./net-states.ts";

/** Markings looked at from one marking before a way through silent transitions is given up. */
const LARGEST_SEARCH = 5000;

/** Transitions fired in a row: where they lead, and the tokens that came, went and were missing. */
export interface SilentWay {
  readonly state: number;
  readonly fired: readonly number[];
  readonly produced: number;
  readonly consumed: number;
  readonly missing: number;
}

/** A step after silent ones: where it lands, from which marking of the closure, by which transition. */
export interface Landing {
  readonly state: number;
  readonly from: number;
  readonly transition: number;
}

/** What can be reached silently from one marking, nearest first; searched only as far as somebody asked. */
class Closure {
  readonly states: number[];
  /** Index of the one before on the shortest way, and the transition from there; -1 for the marking itself. */
  readonly before: number[] = [-1];
  readonly transition: number[] = [-1];
  readonly #net: NetStates;
  readonly #seen: Set<number>;
  readonly #landings = new Map<number, Landing[]>();
  #expanded = 0;

  constructor(net: NetStates, from: number) {
    this.#net = net;
    this.states = [from];
    this.#seen = new Set(this.states);
  }

  /** The n-th landing of a label; undefined where there are not so many. */
  landing(label: number, n: number): Landing | undefined {
    for (;;) {
      const found = this.#landings.get(label)?.[n];
      if (found !== undefined || !this.#expand()) return found;
    }
  }

  /** Searches on until a marking is there. */
  reaches(state: number): boolean {
    while (!this.#seen.has(state) && this.#expand());
    return this.#seen.has(state);
  }

  complete(): void {
    while (this.#expand());
  }

  #expand(): boolean {
    if (this.#expanded >= Math.min(this.states.length, LARGEST_SEARCH)) return false;
    const i = this.#expanded++;
    const next = this.#net.successors(this.states[i]!);
    for (let k = 0; k < next.length; k += 2) {
      const label = this.#net.labelOf[next[k]!]!;
      if (label === SILENT) this.#reach(next[k + 1]!, i, next[k]!);
      else this.#land(label, { state: next[k + 1]!, from: i, transition: next[k]! });
    }
    return true;
  }

  #reach(state: number, from: number, transition: number): void {
    if (this.#seen.has(state)) return;
    this.#seen.add(state);
    this.states.push(state);
    this.before.push(from);
    this.transition.push(transition);
  }

  #land(label: number, landing: Landing): void {
    const known = this.#landings.get(label);
    if (known === undefined) this.#landings.set(label, [landing]);
    else known.push(landing);
  }
}

/** Shortest ways through silent transitions, searched once a marking. */
export class SilentWays {
  readonly #states: NetStates;
  readonly #labelled: readonly (readonly number[])[];
  readonly #closures: (Closure | undefined)[] = [];

  constructor(states: NetStates) {
    this.#states = states;
    this.#labelled = states.labels.map((_, label) =>
      Array.from(states.labelOf.keys()).filter((t) => states.labelOf[t] === label),
    );
  }

  /** The n-th nearest step with the label after silent ones; undefined where there are not so many. */
  landing(from: number, label: number, n: number): Landing | undefined {
    return this.#closure(from).landing(label, n);
  }

  /** Whether silent steps lead to the final marking. */
  canEnd(from: number): boolean {
    return this.#closure(from).reaches(this.#states.final);
  }

  /** The transitions of a landing: the silent ones to it, and its own. */
  transitionsTo(from: number, landing: Landing): number[] {
    return [...this.#silentTo(from, landing.from), landing.transition];
  }

  #silentTo(from: number, i: number): number[] {
    const { before, transition } = this.#closure(from);
    const backwards: number[] = [];
    for (let at = i; before[at]! >= 0; at = before[at]!) backwards.push(transition[at]!);
    return backwards.reverse();
  }

  /** Silently to where the label is enabled, then its step; where there is no way, the step that lacks fewest tokens. */
  toLabel(from: number, label: number): SilentWay {
    const landing = this.landing(from, label, 0);
    if (landing !== undefined) return this.#counted(from, this.transitionsTo(from, landing));
    const step = this.#labelled[label]!.reduce((best, t) =>
      this.#states.lacking(from, t) < this.#states.lacking(from, best) ? t : best,
    );
    return this.#counted(from, [step]);
  }

  /** Silently to the final marking, or as near to it as can be: fewest tokens missing and left over. */
  toFinal(from: number): SilentWay {
    return this.#counted(from, this.silentlyToFinal(from));
  }

  silentlyToFinal(from: number): number[] {
    const closure = this.#closure(from);
    if (closure.reaches(this.#states.final))
      return this.#silentTo(from, closure.states.indexOf(this.#states.final));
    closure.complete();
    let nearest = 0;
    for (let i = 1; i < closure.states.length; i++)
      if (this.#distance(closure.states[i]!) < this.#distance(closure.states[nearest]!)) nearest = i;
    return this.#silentTo(from, nearest);
  }

  #distance(state: number): number {
    let distance = 0;
    for (let p = 0; p < this.#states.places; p++)
      distance += Math.abs(this.#states.tokens(state, p) - this.#states.tokens(this.#states.final, p));
    return distance;
  }

  #closure(from: number): Closure {
    let known = this.#closures[from];
    if (known === undefined) {
      known = new Closure(this.#states, from);
      this.#closures[from] = known;
    }
    return known;
  }

  #counted(from: number, fired: readonly number[]): SilentWay {
    let [state, produced, consumed, missing] = [from, 0, 0, 0];
    for (const t of fired) {
      missing += this.#states.lacking(state, t);
      consumed += this.#states.takes(t);
      produced += this.#states.puts(t);
      state = this.#states.fire(state, t);
    }
    return { state, fired, produced, consumed, missing };
  }
}
