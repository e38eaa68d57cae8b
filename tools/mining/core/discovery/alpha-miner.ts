import { MillwrightError } from "../../../../errors.ts";
import { oneToken, type PetriNet, type Transition } from "../petri-net.ts";
import type { Variants } from "../variants.ts";
import { type DependencyGraph, dependencyGraph } from "./dependency-graph.ts";
import { range } from "./edge-filter.ts";

/** The alpha algorithm looks at sets of activities; on this log there are too many of them. */
export class TooManyPlacesError extends MillwrightError {
  constructor(most: number) {
    super("too-many-places", 422, `The alpha miner found more than ${most} candidate places and gave up.`, {
      remedy: "Use the inductive miner, or fewer activities.",
    });
  }
}

const MOST_PLACES = 5000;

/** A place between two sets of activities, as indexes. */
interface Place {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * The alpha miner (van der Aalst, Weijters & Maruster, "Workflow mining", 2004) with alpha+'s loops of length one and two
 * (Alves de Medeiros et al., 2004). Neither fitting nor sound in general: ask `soundness`. Exponential in the number of
 * activities that are mutually unrelated; throws `TooManyPlacesError` beyond 5,000 candidate places.
 */
export function alphaMiner(variants: Variants): PetriNet {
  const graph = dependencyGraph(variants);
  const relations = new Relations(graph);
  const loops = range(graph.names.length).filter((a) => relations.repeats(a));
  const others = range(graph.names.length).filter((a) => !relations.repeats(a));
  const places = maximal(expand(relations, others));
  return toNet(graph, relations, places, loops);
}

class Relations {
  readonly #graph: DependencyGraph;

  constructor(graph: DependencyGraph) {
    this.#graph = graph;
  }

  follows(a: number, b: number): boolean {
    return this.#graph.weight[a * this.#graph.nodes + b]! > 0;
  }

  repeats(a: number): boolean {
    return this.follows(a, a);
  }

  /** a b a and b a b both happen: a loop of length two, not concurrency. */
  #alternate(a: number, b: number): boolean {
    const { returns, nodes } = this.#graph;
    return returns[a * nodes + b]! > 0 && returns[b * nodes + a]! > 0;
  }

  causes(a: number, b: number): boolean {
    return this.follows(a, b) && (!this.follows(b, a) || this.#alternate(a, b));
  }

  unrelated(a: number, b: number): boolean {
    return !this.follows(a, b) && !this.follows(b, a);
  }
}

/** All pairs of sets in which every `from` causes every `to`, and the members of each set are unrelated. */
function expand(relations: Relations, activities: readonly number[]): Place[] {
  const found = new Map<string, Place>();
  const add = (place: Place) => {
    const key = `${place.from.join(",")}>${place.to.join(",")}`;
    if (found.has(key)) return;
    if (found.size >= MOST_PLACES) throw new TooManyPlacesError(MOST_PLACES);
    found.set(key, place);
  };
  for (const a of activities) {
    for (const b of activities) if (relations.causes(a, b)) add({ from: [a], to: [b] });
  }
  const fits = ({ from, to }: Place) =>
    from.every((a) => to.every((b) => relations.causes(a, b))) &&
    from.every((a, i) => from.every((other, j) => i === j || relations.unrelated(a, other))) &&
    to.every((b, i) => to.every((other, j) => i === j || relations.unrelated(b, other)));
  for (const place of found.values()) {
    for (const more of activities) {
      const wider = { from: insert(place.from, more), to: place.to };
      if (!place.from.includes(more) && fits(wider)) add(wider);
      const longer = { from: place.from, to: insert(place.to, more) };
      if (!place.to.includes(more) && fits(longer)) add(longer);
    }
  }
  return [...found.values()];
}

const insert = (set: readonly number[], more: number): number[] => [...set, more].sort((a, b) => a - b);

const contains = (large: readonly number[], small: readonly number[]): boolean =>
  small.every((member) => large.includes(member));

const maximal = (places: readonly Place[]): Place[] =>
  places.filter(
    (place) =>
      !places.some(
        (other) => other !== place && contains(other.from, place.from) && contains(other.to, place.to),
      ),
  );

function toNet(
  { names, nodes, start, end, weight }: DependencyGraph,
  relations: Relations,
  places: readonly Place[],
  loops: readonly number[],
): PetriNet {
  const [source, sink] = [0, 1];
  const looping = new Map(
    loops.map((activity) => [activity, placesAround(relations, places, loops, activity)]),
  );
  const transitions = names.map((label, a): Transition => {
    const around = (looping.get(a) ?? []).map((p) => p + 2);
    const inputs = places.flatMap(({ to }, p) => (to.includes(a) ? [p + 2] : []));
    const outputs = places.flatMap(({ from }, p) => (from.includes(a) ? [p + 2] : []));
    const starts = weight[start * nodes + a]! > 0 && around.length === 0 ? [source] : [];
    const ends = weight[a * nodes + end]! > 0 && around.length === 0 ? [sink] : [];
    return { label, inputs: [...starts, ...inputs, ...around], outputs: [...ends, ...outputs, ...around] };
  });
  const count = places.length + 2;
  return { places: count, transitions, initial: oneToken(count, source), final: oneToken(count, sink) };
}

/** Where an activity that repeats hangs: the places between what comes before it only and what comes after it only. */
function placesAround(
  relations: Relations,
  places: readonly Place[],
  loops: readonly number[],
  activity: number,
): number[] {
  const others = new Set(
    places.flatMap(({ from, to }) => [...from, ...to]).filter((a) => !loops.includes(a)),
  );
  const before = [...others].filter((a) => relations.follows(a, activity));
  const after = [...others].filter((a) => relations.follows(activity, a));
  const from = before.filter((a) => !after.includes(a));
  const to = after.filter((a) => !before.includes(a));
  if (from.length === 0 || to.length === 0) return [];
  return places.flatMap((place, p) => (contains(place.from, from) && contains(place.to, to) ? [p] : []));
}
