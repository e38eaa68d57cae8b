import type { PetriNet } from "../petri-net.ts";
import {
  activityLeaf,
  exclusive,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";
import { NotConvertibleError } from "./errors.ts";
import { onlyToken, workflowNetProblems } from "./soundness.ts";

/**
 * The process tree of a block-structured workflow net, by reduction (van Zelst & Leemans, "Translating workflow nets to
 * process trees", 2020): pieces that are a sequence, a choice, concurrency or a loop become one step, until one is left.
 * Exact where it succeeds; refused where a part is no block. Cubic at worst.
 */
export function netToTree(net: PetriNet): ProcessTree {
  const problem = workflowNetProblems(net)[0];
  if (problem !== undefined) throw new NotConvertibleError(`This is no workflow net. ${problem}`);
  const reduction = new Reduction(net);
  while (reduction.step()) {
    // Each step leaves a smaller net with the same language.
  }
  return reduction.result();
}

/** A step that is a tree already. Places are sets here. */
interface Block {
  readonly tree: ProcessTree;
  readonly inputs: ReadonlySet<number>;
  readonly outputs: ReadonlySet<number>;
}

class Reduction {
  readonly #source: number;
  readonly #sink: number;
  #places: number;
  #blocks: Set<Block>;

  constructor(net: PetriNet) {
    this.#source = onlyToken(net.initial)!;
    this.#sink = onlyToken(net.final)!;
    this.#places = net.places;
    this.#blocks = new Set(
      net.transitions.map(({ label, inputs, outputs }) => ({
        tree: label === null ? silent : activityLeaf(label),
        inputs: new Set(inputs),
        outputs: new Set(outputs),
      })),
    );
    if (net.transitions.some(({ inputs, outputs }) => repeats(inputs) || repeats(outputs))) {
      throw new NotConvertibleError("An arc weighs more than one token, which no process tree can say.");
    }
  }

  result(): ProcessTree {
    const [only, ...others] = this.#blocks;
    if (only !== undefined && others.length === 0) return only.tree;
    throw new NotConvertibleError(
      `The model is not block-structured: ${this.#blocks.size} parts remain that are neither sequence, choice, concurrency nor loop.`,
      { remedy: "Export it as PNML or BPMN." },
    );
  }

  step(): boolean {
    return (
      this.#choice() ||
      this.#sequence() ||
      this.#samePlaces() ||
      this.#concurrency() ||
      this.#loop() ||
      this.#selfLoop()
    );
  }

  #producers(place: number): Block[] {
    return [...this.#blocks].filter(({ outputs }) => outputs.has(place));
  }

  #consumers(place: number): Block[] {
    return [...this.#blocks].filter(({ inputs }) => inputs.has(place));
  }

  #replace(old: readonly Block[], ...blocks: readonly Block[]): true {
    for (const block of old) this.#blocks.delete(block);
    for (const block of blocks) this.#blocks.add(block);
    return true;
  }

  /** Steps from the same places to the same places. */
  #choice(): boolean {
    const alike = Map.groupBy(this.#blocks, ({ inputs, outputs }) => `${keyOf(inputs)} ${keyOf(outputs)}`);
    for (const group of alike.values()) {
      if (group.length < 2) continue;
      return this.#replace(group, { ...group[0]!, tree: exclusive(group.map(({ tree }) => tree)) });
    }
    return false;
  }

  /** A step and the only one that comes after it. */
  #sequence(): boolean {
    for (const first of this.#blocks) {
      const place = only(first.outputs);
      if (place === null || place === this.#sink) continue;
      const [next, ...others] = this.#consumers(place);
      if (next === undefined || next === first || others.length > 0 || next.inputs.size > 1) continue;
      if (this.#producers(place).length > 1) continue;
      const tree = sequence([first.tree, next.tree]);
      return this.#replace([first, next], { tree, inputs: first.inputs, outputs: next.outputs });
    }
    return false;
  }

  /** Of two places between the same steps one is enough. */
  #samePlaces(): boolean {
    const seen = new Set<string>();
    for (const place of this.#usedPlaces()) {
      const key = this.#neighbours(place);
      if (!seen.has(key)) {
        seen.add(key);
        continue;
      }
      if (place === this.#source || place === this.#sink) continue;
      const touching = [...this.#blocks].filter(
        ({ inputs, outputs }) => inputs.has(place) || outputs.has(place),
      );
      return this.#replace(
        touching,
        ...touching.map((block) => ({
          ...block,
          inputs: without(block.inputs, place),
          outputs: without(block.outputs, place),
        })),
      );
    }
    return false;
  }

  #usedPlaces(): number[] {
    return [...new Set([...this.#blocks].flatMap(({ inputs, outputs }) => [...inputs, ...outputs]))].sort(
      (a, b) => a - b,
    );
  }

  #neighbours(place: number): string {
    const blocks = [...this.#blocks];
    const numbers = (own: readonly Block[]) => own.map((block) => blocks.indexOf(block)).join(",");
    return `${numbers(this.#producers(place))} ${numbers(this.#consumers(place))}`;
  }

  /** Steps that begin at the same fork and end at the same join, each alone between its two places. */
  #concurrency(): boolean {
    const branches = [...this.#blocks].flatMap((block) => {
      const [entry, exit] = [only(block.inputs), only(block.outputs)];
      if (entry === null || exit === null || entry === exit) return [];
      if (entry === this.#source || exit === this.#sink) return [];
      if (this.#consumers(entry).length > 1 || this.#producers(exit).length > 1) return [];
      const blocks = [...this.#blocks];
      const key = [this.#producers(entry), this.#consumers(exit)].map((own) =>
        own.map((each) => blocks.indexOf(each)).join(","),
      );
      return [{ block, entry, exit, key: key.join(" ") }];
    });
    for (const group of Map.groupBy(branches, ({ key }) => key).values()) {
      if (group.length < 2) continue;
      const [first, ...others] = group;
      this.#replace(
        group.map(({ block }) => block),
        { ...first!.block, tree: parallel(group.map(({ block }) => block.tree)) },
      );
      const gone = others.flatMap(({ entry, exit }) => [entry, exit]);
      const touched = [...this.#blocks];
      return this.#replace(
        touched,
        ...touched.map((block) => ({
          ...block,
          inputs: without(block.inputs, ...gone),
          outputs: without(block.outputs, ...gone),
        })),
      );
    }
    return false;
  }

  /** A step that alone leads from p to q, and one that leads back. */
  #loop(): boolean {
    for (const body of this.#blocks) {
      const [entry, exit] = [only(body.inputs), only(body.outputs)];
      if (entry === null || exit === null || entry === exit) continue;
      if (this.#consumers(entry).length > 1 || this.#producers(exit).length > 1) continue;
      const redo = this.#consumers(exit).find(
        ({ inputs, outputs }) => only(inputs) === exit && only(outputs) === entry,
      );
      if (redo === undefined) continue;
      return this.#replace([body, redo], { ...body, tree: loop(body.tree, redo.tree) });
    }
    return false;
  }

  /** A step from a place to itself can happen any number of times there. */
  #selfLoop(): boolean {
    for (const block of this.#blocks) {
      const place = only(block.inputs);
      if (place === null || only(block.outputs) !== place) continue;
      const after = this.#places++;
      const repeated = {
        tree: loop(silent, block.tree),
        inputs: new Set([place]),
        outputs: new Set([after]),
      };
      const moved = this.#consumers(place).filter((each) => each !== block);
      if (place === this.#sink) return false;
      return this.#replace(
        [block, ...moved],
        repeated,
        ...moved.map((each) => ({ ...each, inputs: new Set([...without(each.inputs, place), after]) })),
      );
    }
    return false;
  }
}

const repeats = (places: readonly number[]): boolean => new Set(places).size < places.length;

const keyOf = (places: ReadonlySet<number>): string => [...places].sort((a, b) => a - b).join(",");

const only = (places: ReadonlySet<number>): number | null => (places.size === 1 ? [...places][0]! : null);

const without = (places: ReadonlySet<number>, ...gone: readonly number[]): ReadonlySet<number> =>
  new Set([...places].filter((place) => !gone.includes(place)));
