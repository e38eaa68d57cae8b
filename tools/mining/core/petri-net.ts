import type { ProcessTree } from "./process-tree.ts";

export interface Transition {
  /** Null: silent. */
  readonly label: string | null;
  /**
   * Places that it takes a token from, and puts one into. A place stands as often as its arc weighs: an arc of weight 2
   * from place 0 is `[0, 0]`.
   */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Id of what it was made from in a document that was read: a BPMN element, a PNML transition. */
  readonly element?: string;
}

/** Tokens of each place: as many numbers as there are places. */
export type Marking = readonly number[];

/** A place/transition net with the marking in which a case starts and the one in which it is complete. */
export interface PetriNet {
  readonly places: number;
  readonly transitions: readonly Transition[];
  readonly initial: Marking;
  readonly final: Marking;
}

/** One token in a place, none elsewhere. */
export const oneToken = (places: number, place: number): Marking =>
  Array.from({ length: places }, (_, p) => (p === place ? 1 : 0));

/** The transitions that put a token into each place (`producers`), and those that take one from it (`consumers`). */
export interface PlaceNeighbours {
  readonly producers: readonly (readonly number[])[];
  readonly consumers: readonly (readonly number[])[];
}

export function placeNeighbours(net: PetriNet): PlaceNeighbours {
  const producers = Array.from({ length: net.places }, (): number[] => []);
  const consumers = Array.from({ length: net.places }, (): number[] => []);
  net.transitions.forEach(({ inputs, outputs }, t) => {
    for (const p of new Set(inputs)) consumers[p]!.push(t);
    for (const p of new Set(outputs)) producers[p]!.push(t);
  });
  return { producers, consumers };
}

/** Whether the marking has every token that a transition takes. */
export function isEnabled(marking: Marking, { inputs }: Transition): boolean {
  if (inputs.length === 1) return marking[inputs[0]!]! > 0;
  const left = [...marking];
  return inputs.every((p) => left[p]!-- > 0);
}

/** The marking after a transition that is enabled. */
export function fire(marking: Marking, { inputs, outputs }: Transition): Marking {
  const next = [...marking];
  for (const p of inputs) next[p]!--;
  for (const p of outputs) next[p]!++;
  return next;
}

/**
 * The workflow net of a process tree, block by block (Leemans 2017, section 2.4): one token in the source at the start, one
 * in the sink and none elsewhere at the end. Sound by construction: every block has one entry and one exit place and is
 * itself sound; loops get silent entry and exit transitions so that blocks nest.
 */
export function toPetriNet(tree: ProcessTree): PetriNet {
  const net = new NetBuilder();
  const source = net.place();
  const sink = net.place();
  net.add(tree, source, sink);
  return {
    places: net.places,
    transitions: net.transitions,
    initial: oneToken(net.places, source),
    final: oneToken(net.places, sink),
  };
}

class NetBuilder {
  places = 0;
  readonly transitions: Transition[] = [];

  place(): number {
    return this.places++;
  }

  #transition(label: string | null, inputs: readonly number[], outputs: readonly number[]): void {
    this.transitions.push({ label, inputs, outputs });
  }

  add(tree: ProcessTree, from: number, to: number): void {
    if (tree.kind === "silent") this.#transition(null, [from], [to]);
    else if (tree.kind === "activity") this.#transition(tree.name, [from], [to]);
    else if (tree.kind === "loop") this.#addLoop(tree.body, tree.redo, from, to);
    else if (tree.kind === "exclusive") for (const child of tree.children) this.add(child, from, to);
    else if (tree.kind === "sequence") this.#addSequence(tree.children, from, to);
    else if (tree.kind === "interleaved") this.#addTurns(tree.children, from, to);
    else this.#addParallel(tree.children, from, to);
  }

  #addSequence(children: readonly ProcessTree[], from: number, to: number): void {
    let entry = from;
    children.forEach((child, i) => {
      const exit = i === children.length - 1 ? to : this.place();
      this.add(child, entry, exit);
      entry = exit;
    });
  }

  #addParallel(children: readonly ProcessTree[], from: number, to: number): void {
    const entries = children.map(() => this.place());
    const exits = children.map(() => this.place());
    this.#transition(null, [from], entries);
    children.forEach((child, i) => {
      this.add(child, entries[i]!, exits[i]!);
    });
    this.#transition(null, exits, [to]);
  }

  /** As a parallel block, but a child is entered with a token that there is only one of, and left by giving it back. */
  #addTurns(children: readonly ProcessTree[], from: number, to: number): void {
    const turn = this.place();
    const before = children.map(() => this.place());
    const after = children.map(() => this.place());
    this.#transition(null, [from], [turn, ...before]);
    children.forEach((child, i) => {
      const [entry, exit] = [this.place(), this.place()];
      this.#transition(null, [before[i]!, turn], [entry]);
      this.add(child, entry, exit);
      this.#transition(null, [exit], [after[i]!, turn]);
    });
    this.#transition(null, [turn, ...after], [to]);
  }

  #addLoop(body: ProcessTree, redo: ProcessTree, from: number, to: number): void {
    const entry = this.place();
    const exit = this.place();
    this.#transition(null, [from], [entry]);
    this.add(body, entry, exit);
    this.add(redo, exit, entry);
    this.#transition(null, [exit], [to]);
  }
}
