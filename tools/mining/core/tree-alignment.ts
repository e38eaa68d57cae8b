import { childrenOf, type ProcessTree } from "./process-tree.ts";

/** Cost of the best alignment of a trace: events without a counterpart in the model plus steps without an event. */
export type Aligner = (trace: ArrayLike<number>) => number;

/**
 * Optimal alignments (Adriansyah, "Aligning Observed and Modeled Behavior", 2014; unit costs) on a process tree in which
 * each activity stands at one leaf, as the inductive miner makes them. There the search falls apart by blocks: an
 * parallel block costs the sum of its branches, a choice the cheapest of its branches, sequence and loop are shortest
 * paths over the places where a trace may be cut. So the cost is exact in polynomial time, O(events³) for a block; for
 * children that take turns, times 2^children.
 */
export function treeAligner(tree: ProcessTree, codeOf: ReadonlyMap<string, number>): Aligner {
  const block = compile(tree, codeOf);
  return (trace) => {
    const known = Array.from(trace).filter((activity) => block.alphabet.has(activity));
    return costs(situate(block, known), 0)[known.length]! + trace.length - known.length;
  };
}

interface Block {
  readonly kind: ProcessTree["kind"];
  readonly alphabet: ReadonlySet<number>;
  readonly children: readonly Block[];
}

function compile(tree: ProcessTree, codeOf: ReadonlyMap<string, number>): Block {
  const children = childrenOf(tree).map((child) => compile(child, codeOf));
  const own = tree.kind === "activity" ? [codeOf.get(tree.name) ?? -1] : [];
  const alphabet = new Set([...own, ...children.flatMap((child) => [...child.alphabet])]);
  return { kind: tree.kind, alphabet, children };
}

/** A block with its own events of one trace. */
interface Situated {
  readonly kind: ProcessTree["kind"];
  readonly events: number;
  readonly children: readonly Situated[];
  /** `before[c][i]`: events of child c among the block's first i. */
  readonly before: readonly Uint32Array[];
  /** Cost rows by first event; see `costs`. */
  readonly rows: (Float64Array | undefined)[];
}

function situate(block: Block, events: readonly number[]): Situated {
  const own = block.children.map((child) => events.filter((activity) => child.alphabet.has(activity)));
  const before = block.children.map((child) => {
    const counts = new Uint32Array(events.length + 1);
    events.forEach((activity, i) => {
      counts[i + 1] = counts[i]! + (child.alphabet.has(activity) ? 1 : 0);
    });
    return counts;
  });
  const children = block.children.map((child, c) => situate(child, own[c]!));
  return { kind: block.kind, events: events.length, children, before, rows: [] };
}

/** `costs(block, i)[j - i]`: cost of aligning the block's events i … j-1 with the block, for every j ≥ i. */
function costs(block: Situated, from: number): Float64Array {
  const known = block.rows[from];
  if (known !== undefined) return known;
  const row = ROWS[block.kind](block, from);
  block.rows[from] = row;
  return row;
}

type Row = (block: Situated, from: number) => Float64Array;

const silentRow: Row = () => new Float64Array(1);

const activityRow: Row = (block, from) =>
  Float64Array.from({ length: block.events - from + 1 }, (_, events) => (events === 0 ? 1 : events - 1));

const parallelRow: Row = (block, from) => {
  const row = new Float64Array(block.events - from + 1);
  block.children.forEach((child, c) => {
    const before = block.before[c]!;
    const own = costs(child, before[from]!);
    for (let t = 0; t < row.length; t++) row[t]! += own[before[from + t]! - before[from]!]!;
  });
  return row;
};

const exclusiveRow: Row = (block, from) => {
  const row = new Float64Array(block.events - from + 1).fill(Number.POSITIVE_INFINITY);
  block.children.forEach((child, c) => {
    const before = block.before[c]!;
    const own = costs(child, before[from]!);
    for (let t = 0; t < row.length; t++) {
      const inChild = before[from + t]! - before[from]!;
      row[t] = Math.min(row[t]!, own[inChild]! + t - inChild);
    }
  });
  return row;
};

const sequenceRow: Row = (block, from) => {
  const length = block.events - from + 1;
  let reached = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  reached[0] = 0;
  block.children.forEach((_, c) => {
    const stage = new Stage(block, c, from);
    const next = new Float64Array(length);
    for (let t = 0; t < length; t++) {
      stage.enter(t, reached[t]!);
      next[t] = stage.leave(t);
    }
    reached = next;
  });
  return reached;
};

/** Shortest paths over which children have had their turn. */
const interleavedRow: Row = (block, from) => {
  const length = block.events - from + 1;
  const sets = 1 << block.children.length;
  const reached = Array.from({ length: sets }, () => new Float64Array(length).fill(Number.POSITIVE_INFINITY));
  reached[0]![0] = 0;
  for (let had = 0; had < sets; had++) {
    block.children.forEach((_, c) => {
      if ((had & (1 << c)) !== 0) return;
      const stage = new Stage(block, c, from);
      const next = reached[had | (1 << c)]!;
      for (let t = 0; t < length; t++) {
        stage.enter(t, reached[had]![t]!);
        next[t] = Math.min(next[t]!, stage.leave(t));
      }
    });
  }
  return reached[sets - 1]!;
};

const loopRow: Row = (block, from) => {
  const length = block.events - from + 1;
  const row = new Float64Array(length);
  const body = new Stage(block, 0, from);
  const redo = new Stage(block, 1, from);
  body.enter(0, 0);
  for (let t = 0; t < length; t++) {
    body.enter(t, redo.leave(t));
    row[t] = body.leave(t);
    redo.enter(t, row[t]!);
    // A redo without events: the next round may begin at the same place.
    body.enter(t, redo.leave(t));
  }
  return row;
};

const ROWS: Readonly<Record<ProcessTree["kind"], Row>> = {
  silent: silentRow,
  activity: activityRow,
  parallel: parallelRow,
  exclusive: exclusiveRow,
  sequence: sequenceRow,
  interleaved: interleavedRow,
  loop: loopRow,
};

/**
 * One child as a stage of a path through a trace: entered at some cut, left at a later one. Between them the child's own
 * events are aligned with it and all others are unexpected. Cuts between the same two events of the child differ only in
 * unexpected events, so one best entry is kept for each number of the child's events seen.
 */
class Stage {
  readonly #child: Situated;
  readonly #before: Uint32Array;
  readonly #from: number;
  /** Least cost of an entry, less the position it was made at, by events of the child before it. */
  readonly #entries: Float64Array;

  constructor(block: Situated, child: number, from: number) {
    this.#child = block.children[child]!;
    this.#before = block.before[child]!;
    this.#from = from;
    const own = this.#before[block.events]! - this.#before[from]!;
    this.#entries = new Float64Array(own + 1).fill(Number.POSITIVE_INFINITY);
  }

  enter(at: number, cost: number): void {
    const own = this.#before[this.#from + at]! - this.#before[this.#from]!;
    this.#entries[own] = Math.min(this.#entries[own]!, cost - at);
  }

  /** Least cost of having passed the child at the cut `at`, over the entries made so far. */
  leave(at: number): number {
    const base = this.#before[this.#from]!;
    const own = this.#before[this.#from + at]! - base;
    let best = Number.POSITIVE_INFINITY;
    for (let entry = 0; entry <= own; entry++) {
      const entered = this.#entries[entry]!;
      if (entered === Number.POSITIVE_INFINITY) continue;
      const inside = own - entry;
      const cost = entered + at - inside + costs(this.#child, base + entry)[inside]!;
      if (cost < best) best = cost;
    }
    return best;
  }
}
