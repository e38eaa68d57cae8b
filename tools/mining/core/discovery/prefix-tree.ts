import type { Variants } from "../variants.ts";

/**
 * The prefix tree of a log: node 0 is the empty prefix, and a node's children come after it, depth first. What variants
 * have in common is one path, so what is computed by prefix is computed once.
 */
export interface PrefixTree {
  readonly nodes: number;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** The activity that leads to each node; unused at the root. */
  readonly activity: Int32Array;
  /** Cases that go on from each node, and cases that end there. */
  readonly goOn: Float64Array;
  readonly end: Float64Array;
  /** Events of all cases. */
  readonly events: number;
  readonly cases: number;
}

type Traces = Pick<Variants, "sequences" | "counts">;

/** O(events of the variants + variants × log variants). */
export function prefixTree({ sequences, counts }: Traces): PrefixTree {
  const size = sequences.reduce((sum, { length }) => sum + length, 1);
  const tree = {
    parent: new Int32Array(size).fill(-1),
    depth: new Int32Array(size),
    activity: new Int32Array(size).fill(-1),
    goOn: new Float64Array(size),
    end: new Float64Array(size),
  };
  let nodes = 1;
  let events = 0;
  let cases = 0;
  let before = new Uint32Array(0);
  const path = [0];
  for (const v of byPrefix(sequences)) {
    const sequence = sequences[v]!;
    const count = counts[v]!;
    const shared = commonPrefix(before, sequence);
    for (let i = shared; i < sequence.length; i++) {
      tree.parent[nodes] = path[i]!;
      tree.depth[nodes] = i + 1;
      tree.activity[nodes] = sequence[i]!;
      path[i + 1] = nodes++;
    }
    for (let i = 0; i < sequence.length; i++) tree.goOn[path[i]!]! += count;
    tree.end[path[sequence.length]!]! += count;
    events += count * sequence.length;
    cases += count;
    before = sequence as Uint32Array<ArrayBuffer>;
  }
  return { nodes, ...tree, events, cases };
}

function commonPrefix(a: Uint32Array, b: Uint32Array): number {
  const shorter = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < shorter && a[shared] === b[shared]) shared++;
  return shared;
}

/** Variants ordered so that those with common prefixes are neighbours. */
function byPrefix(sequences: readonly Uint32Array[]): number[] {
  return sequences
    .map((_, v) => v)
    .sort((v, w) => {
      const [a, b] = [sequences[v]!, sequences[w]!];
      const shared = commonPrefix(a, b);
      return shared === a.length || shared === b.length ? a.length - b.length : a[shared]! - b[shared]!;
    });
}

/**
 * At most `most` cases, drawn evenly from all of them ordered by variant (systematic sampling: reproducible without a
 * seed, and each variant is in it in proportion to its cases, rounded). All variants where there are no more than `most`.
 */
export function sampleVariants<V extends Traces>(variants: V, most: number): V {
  if (variants.sequences.length <= most) return variants;
  const cases = variants.counts.reduce((sum, count) => sum + count, 0);
  const drawn = variants.counts.map(() => 0);
  let v = 0;
  let passed = variants.counts[0]!;
  for (let i = 0; i < most; i++) {
    const position = ((i + 0.5) * cases) / most;
    while (passed <= position) passed += variants.counts[++v]!;
    drawn[v]!++;
  }
  const kept = drawn.flatMap((count, index) => (count > 0 ? [index] : []));
  return {
    ...variants,
    sequences: kept.map((index) => variants.sequences[index]!),
    counts: kept.map((index) => drawn[index]!),
  };
}
