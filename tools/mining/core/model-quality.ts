import { type Deadline, escapingEdgesPrecision } from "./precision.ts";
import type { ProcessTree } from "./process-tree.ts";
import { treeAligner } from "./tree-alignment.ts";
import { AmbiguousModelError, type TreeAutomaton, treeAutomaton } from "./tree-automaton.ts";
import type { Variants } from "./variants.ts";

export type { Deadline };

export interface ModelQuality {
  /** Share of the log that the model explains, by alignments; 0 to 1. Null where time did not suffice. */
  readonly fitness: number | null;
  /** Share of what the model allows that the log shows, by escaping edges; 0 to 1. */
  readonly precision: number | null;
  /** Why a figure is missing. */
  readonly reason?: string;
  /** Cases that the model replays from start to end. */
  readonly fittingCases: number;
}

/**
 * Fitness and precision of a discovered tree over the log's variants. Fitness is the log fitness of optimal alignments,
 * 1 - Σ cost / Σ (events + shortest path of the model). Precision is ETC precision (Muñoz-Gama & Carmona 2010) over the
 * prefixes that fit, each weighted with the cases that go on from it.
 */
export function modelQuality(tree: ProcessTree, variants: Variants, deadline: Deadline): ModelQuality {
  const codeOf = new Map(variants.activities.map((name, code) => [name, code]));
  const replayed = replay(tree, codeOf, variants, deadline);
  const fitting = replayed.fitting ?? new Uint8Array(variants.sequences.length);
  const fitness = alignmentFitness(tree, codeOf, variants, fitting, deadline);
  const reason = replayed.reason ?? (fitness === null ? OUT_OF_TIME : undefined);
  const fittingCases = variants.counts.reduce((sum, count, v) => sum + fitting[v]! * count, 0);
  return {
    fitness,
    precision: replayed.precision,
    fittingCases,
    ...(reason === undefined ? {} : { reason }),
  };
}

const OUT_OF_TIME = "The time allowed did not suffice.";

interface Replayed {
  /** 1 for variants that fit. */
  readonly fitting: Uint8Array | null;
  readonly precision: number | null;
  readonly reason?: string;
}

function replay(
  tree: ProcessTree,
  codeOf: ReadonlyMap<string, number>,
  variants: Variants,
  deadline: Deadline,
): Replayed {
  try {
    const automaton = treeAutomaton(tree, codeOf);
    const fitting = fittingVariants(automaton, variants, deadline);
    const precision = fitting === null ? null : escapingEdgesPrecision(automaton, variants, deadline);
    return { fitting, precision, ...(precision === null ? { reason: OUT_OF_TIME } : {}) };
  } catch (error) {
    if (error instanceof AmbiguousModelError)
      return { fitting: null, precision: null, reason: error.message };
    throw error;
  }
}

function fittingVariants(
  automaton: TreeAutomaton,
  variants: Variants,
  deadline: Deadline,
): Uint8Array | null {
  const fitting = new Uint8Array(variants.sequences.length);
  for (let v = 0; v < fitting.length; v++) {
    if (deadline()) return null;
    let state = automaton.initial;
    for (const activity of variants.sequences[v]!) state = automaton.step(state, activity);
    fitting[v] = automaton.accepts(state) ? 1 : 0;
  }
  return fitting;
}

function alignmentFitness(
  tree: ProcessTree,
  codeOf: ReadonlyMap<string, number>,
  variants: Variants,
  fitting: Uint8Array,
  deadline: Deadline,
): number | null {
  const align = treeAligner(tree, codeOf);
  const shortest = align([]);
  let cost = 0;
  let worst = 0;
  for (let v = 0; v < fitting.length; v++) {
    if (deadline()) return null;
    const sequence = variants.sequences[v]!;
    const cases = variants.counts[v]!;
    worst += cases * (sequence.length + shortest);
    if (fitting[v] === 0) cost += cases * align(sequence);
  }
  return worst === 0 ? 1 : 1 - cost / worst;
}
