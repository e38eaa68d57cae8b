import type { ProcessTree } from "./process-tree.ts";

export interface Transition {
  /** Null: silent. */
  readonly label: string | null;
  /** Places it takes a token from, and puts one into. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A workflow net: one token in `source` at the start of a case, one in `sink` and none elsewhere at its end. */
export interface PetriNet {
  readonly places: number;
  readonly transitions: readonly Transition[];
  readonly source: number;
  readonly sink: number;
}

/**
 * The workflow net of a process tree, block by block (Leemans 2017, section 2.4). Sound by construction: every block has
 * one entry and one exit place and is itself sound; loops get silent entry and exit transitions so that blocks nest.
 */
export function toPetriNet(tree: ProcessTree): PetriNet {
  const net = new NetBuilder();
  const source = net.place();
  const sink = net.place();
  net.add(tree, source, sink);
  return { places: net.places, transitions: net.transitions, source, sink };
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

  #addLoop(body: ProcessTree, redo: ProcessTree, from: number, to: number): void {
    const entry = this.place();
    const exit = this.place();
    this.#transition(null, [from], [entry]);
    this.add(body, entry, exit);
    this.add(redo, exit, entry);
    this.#transition(null, [exit], [to]);
  }
}
