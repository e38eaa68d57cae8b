import { StateLimitError } from "../conformance/errors.ts";
import { netAutomaton } from "../conformance/net-automaton.ts";
import { modelQuality } from "../model-quality.ts";
import type { Deadline } from "../precision.ts";
import { AmbiguousModelError, type TreeAutomaton, treeAutomaton } from "../tree-automaton.ts";
import type { Variants } from "../variants.ts";
import { automatonFitness, automatonPrecision, explore } from "./automaton-quality.ts";
import type { DiscoveredModel } from "./discovered-model.ts";
import type { PrefixTree } from "./prefix-tree.ts";

export interface ModelScore {
  /** By optimal alignments; null where it could not be computed, then with a reason. */
  readonly fitness: number | null;
  /** By escaping edges. */
  readonly precision: number | null;
  readonly reason?: string;
}

/** The log in the shapes that scoring needs. */
export interface ScoredLog {
  readonly variants: Variants;
  readonly prefixes: PrefixTree;
  readonly codeOf: ReadonlyMap<string, number>;
}

/** States of the automaton up to which all prefixes are aligned at once. */
const MOST_STATES = 1500;
/** Markings of a net that is scored. */
const MOST_MARKINGS = 20_000;
/** Cells (prefixes × states and edges) above which blocks are aligned one by one instead. */
const MOST_CELLS = 400_000_000;

const OUT_OF_TIME = "The time allowed did not suffice.";

/**
 * Fitness by optimal alignments and precision by escaping edges. Where the model's automaton is small, over all prefixes at
 * once; for larger trees by blocks (`modelQuality`). A larger net is not scored.
 */
export function scoreModel(model: DiscoveredModel, log: ScoredLog, deadline: Deadline): ModelScore {
  const automaton = explored(model, log);
  if (automaton !== null) {
    const fitness = automatonFitness(automaton, log.prefixes, { deadline });
    const precision = automatonPrecision(automaton, log.prefixes);
    return fitness === null ? { fitness, precision, reason: OUT_OF_TIME } : { fitness, precision };
  }
  if (model.kind === "tree") return modelQuality(model.tree, log.variants, deadline);
  return { fitness: null, precision: null, reason: `The model has more than ${MOST_STATES} states.` };
}

function explored(model: DiscoveredModel, { codeOf, prefixes }: ScoredLog) {
  try {
    const automaton = explore(automatonOf(model, codeOf), MOST_STATES);
    if (automaton === null) return null;
    return prefixes.nodes * (automaton.states + automaton.target.length) > MOST_CELLS ? null : automaton;
  } catch (error) {
    if (error instanceof StateLimitError || error instanceof AmbiguousModelError) return null;
    throw error;
  }
}

const automatonOf = (model: DiscoveredModel, codeOf: ReadonlyMap<string, number>): TreeAutomaton =>
  model.kind === "tree" ? treeAutomaton(model.tree, codeOf) : netAutomaton(model.net, codeOf, MOST_MARKINGS);
