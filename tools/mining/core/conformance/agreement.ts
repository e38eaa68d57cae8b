import type { PetriNet } from "../petri-net.ts";
import { StateLimitError } from "./errors.ts";
import { NetStates, SILENT } from "./net-states.ts";

/** Markings beyond which relations are not computed. */
const MOST_STATES = 200_000;
const START = "\u0001start";
const END = "\u0001end";

export interface Agreement {
  /** F1 of the two models' relations, 0 to 1: the one figure. */
  readonly score: number;
  /** Share of the first model's relations that the second has, and the other way round. */
  readonly precision: number;
  readonly recall: number;
  /** Relations of one model only, as sentences; at most 20 each. */
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
}

/**
 * Agreement of two models as one figure: F1 over the relations of their languages. A model has the relation
 * - `a > b` where some complete run does b directly after a (start and end included): the footprint (van der Aalst 2004),
 * - `a … b` where some complete run does b somewhere after a: weak order, from which behavioural profiles are made
 *   (Weidlich, Mendling & Weske 2011), which sees what footprints cannot, dependences over a distance.
 * Both come from the reachable markings that can complete, so layout, silent steps, names of places and the shape of
 * equivalent nets make no difference; two models with one language have 1. Throws `StateLimitError` for models with more
 * than 200,000 markings.
 */
export function agreement(first: PetriNet, second: PetriNet): Agreement {
  const [a, b] = [relations(first), relations(second)];
  const both = [...a].filter((relation) => b.has(relation)).length;
  const precision = a.size === 0 ? 1 : both / a.size;
  const recall = b.size === 0 ? 1 : both / b.size;
  const only = (own: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...own]
      .filter((relation) => !other.has(relation))
      .slice(0, 20)
      .map(inWords);
  return {
    score: a.size + b.size === 0 ? 1 : (2 * both) / (a.size + b.size),
    precision,
    recall,
    onlyFirst: only(a, b),
    onlySecond: only(b, a),
  };
}

const relation = (kind: ">" | "…", from: string, to: string): string => `${from}\u0000${kind}\u0000${to}`;

function inWords(key: string): string {
  const [from, kind, to] = key.split("\u0000");
  if (from === START) return to === END ? "a case may have no step at all" : `a case may begin with “${to}”`;
  if (to === END) return `a case may end with “${from}”`;
  return kind === ">" ? `“${to}” directly after “${from}”` : `“${to}” some time after “${from}”`;
}

/** All relations of a net's language. O(markings × (markings' edges + labels)). */
export function relations(net: PetriNet): Set<string> {
  const space = new LiveSpace(new NetStates(net));
  const found = new Set<string>();
  const { labels } = space.states;
  for (const label of space.next(space.states.initial))
    found.add(relation(">", START, nameOf(labels, label)));
  for (const { label, to } of space.labelled()) {
    for (const next of space.next(to)) found.add(relation(">", labels[label]!, nameOf(labels, next)));
    for (const later of space.later(to)) found.add(relation("…", labels[label]!, labels[later]!));
  }
  return found;
}

const END_CODE = -2;
const nameOf = (labels: readonly string[], code: number): string => (code === END_CODE ? END : labels[code]!);

interface Edge {
  readonly label: number;
  readonly to: number;
}

/** The markings that can be reached and from which a run can complete. */
class LiveSpace {
  readonly states: NetStates;
  readonly #live: Set<number>;
  readonly #edges: readonly (readonly Edge[])[];
  readonly #next = new Map<number, ReadonlySet<number>>();
  readonly #later: readonly ReadonlySet<number>[];

  constructor(states: NetStates) {
    this.states = states;
    const reached = explore(states);
    this.#live = completing(states, reached);
    this.#edges = reached.map((edges) => edges.filter(({ to }) => this.#live.has(to)));
    this.#later = laterLabels(this.#edges);
  }

  labelled(): readonly Edge[] {
    return [...this.#live].flatMap((state) => this.#edges[state]!.filter(({ label }) => label !== SILENT));
  }

  /** Labels that may come directly after a marking, `END_CODE` for the end. */
  next(state: number): ReadonlySet<number> {
    let known = this.#next.get(state);
    if (known === undefined) {
      known = this.#computeNext(state);
      this.#next.set(state, known);
    }
    return known;
  }

  later(state: number): ReadonlySet<number> {
    return this.#later[state]!;
  }

  #computeNext(from: number): Set<number> {
    const found = new Set<number>();
    const reached = new Set(this.#live.has(from) ? [from] : []);
    for (const state of reached) {
      if (state === this.states.final) found.add(END_CODE);
      for (const { label, to } of this.#edges[state]!) {
        if (label === SILENT) reached.add(to);
        else found.add(label);
      }
    }
    return found;
  }
}

/** Edges of every reachable marking, by marking; the final one has its entry whether it is reached or not. */
function explore(states: NetStates): Edge[][] {
  const edges: Edge[][] = [];
  for (let state = 0; state < states.size; state++) {
    if (state >= MOST_STATES) throw new StateLimitError(MOST_STATES);
    const next = states.successors(state);
    edges.push(
      Array.from({ length: next.length / 2 }, (_, i) => ({
        label: states.labelOf[next[2 * i]!]!,
        to: next[2 * i + 1]!,
      })),
    );
  }
  return edges;
}

function completing(states: NetStates, edges: readonly (readonly Edge[])[]): Set<number> {
  const before: number[][] = edges.map(() => []);
  edges.forEach((own, from) => {
    for (const { to } of own) before[to]!.push(from);
  });
  const live = new Set([states.final]);
  for (const state of live) for (const earlier of before[state]!) live.add(earlier);
  return live;
}

/** Labels on some way from each marking: least fixed point, by a work list backwards. */
function laterLabels(edges: readonly (readonly Edge[])[]): ReadonlySet<number>[] {
  const before: number[][] = edges.map(() => []);
  edges.forEach((own, from) => {
    for (const { to } of own) before[to]!.push(from);
  });
  const later = edges.map((own) => new Set(own.flatMap(({ label }) => (label === SILENT ? [] : [label]))));
  const waiting = new Set(edges.keys());
  for (const state of waiting) {
    waiting.delete(state);
    for (const earlier of before[state]!) {
      const known = later[earlier]!;
      const size = known.size;
      for (const label of later[state]!) known.add(label);
      if (known.size > size) waiting.add(earlier);
    }
  }
  return later;
}
