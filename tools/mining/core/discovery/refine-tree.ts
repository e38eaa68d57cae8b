import { type ProcessTree, sizeOf } from "../process-tree.ts";
import { AmbiguousModelError, treeAutomaton } from "../tree-automaton.ts";
import { automatonFitness, automatonPrecision, explore } from "./automaton-quality.ts";
import type { PrefixTree } from "./prefix-tree.ts";
import { treeMoves } from "./tree-moves.ts";

export interface Score {
  readonly fitness: number;
  readonly precision: number;
}

export interface ScoredTree {
  readonly tree: ProcessTree;
  readonly score: Score;
}

export interface RefinementOptions {
  readonly codeOf: ReadonlyMap<string, number>;
  /** Models that explain less are no improvement. */
  readonly leastFitness: number;
  /**
   * Which of the better neighbours comes next: the `best` F-score, the most precision for the fitness that it costs
   * (`thrifty`), or the `first` one found, which is quickest.
   */
  readonly strategy: "best" | "thrifty" | "first";
  /** Cells of the dynamic programs: the work that may be done. Not a time, so that equal input gives equal output. */
  readonly budget: number;
}

/** More states than this are more than what a person would read as one model; the search does not go there. */
const MOST_STATES = 600;

/** Gains smaller than this are not worth another step. */
const LEAST_GAIN = 1e-4;

/** The harmonic mean of fitness and precision. */
export const fScore = ({ fitness, precision }: Score): number =>
  fitness + precision === 0 ? 0 : (2 * fitness * precision) / (fitness + precision);

/**
 * Climbs from a tree to better ones, one change at a time, while that raises the F-score and keeps `leastFitness`, until
 * nothing is better or the budget is spent. Returns the way, from the given tree to the best; empty where the given tree has
 * too many states to be scored. Deterministic.
 */
export function refineTree(start: ProcessTree, log: PrefixTree, options: RefinementOptions): ScoredTree[] {
  const search = new Search(log, options);
  const score = search.score(start, null);
  if (score === null) return [];
  const steps = [{ tree: start, score }];
  for (;;) {
    const better = search.betterNeighbour(steps.at(-1)!);
    if (better === null) return steps;
    steps.push(better);
  }
}

class Search {
  readonly #log: PrefixTree;
  readonly #options: RefinementOptions;
  #budget: number;
  /** Where the next look for the first better neighbour begins: after the change that was made last. */
  #next = 0;

  constructor(log: PrefixTree, options: RefinementOptions) {
    this.#log = log;
    this.#options = options;
    this.#budget = options.budget;
  }

  betterNeighbour(current: ScoredTree): ScoredTree | null {
    const moves = treeMoves(current.tree);
    const offset = this.#options.strategy === "first" ? this.#next % Math.max(1, moves.length) : 0;
    let best: ScoredTree | null = null;
    for (let i = 0; i < moves.length; i++) {
      if (this.#budget <= 0) return null;
      const at = (offset + i) % moves.length;
      const tree = moves[at]!;
      const score = this.score(tree, current.score);
      if (score === null || this.#gain(score, current.score) <= LEAST_GAIN) continue;
      const found = { tree, score };
      this.#next = at;
      if (this.#options.strategy === "first") return found;
      if (best === null || this.#merit(score, current.score) > this.#merit(best.score, current.score))
        best = found;
    }
    return best;
  }

  #gain(score: Score, before: Score): number {
    const { leastFitness } = this.#options;
    if (before.fitness < leastFitness) return score.fitness - before.fitness;
    return score.fitness < leastFitness ? 0 : fScore(score) - fScore(before);
  }

  #merit(score: Score, before: Score): number {
    const gain = this.#gain(score, before);
    if (this.#options.strategy !== "thrifty" || before.fitness < this.#options.leastFitness) return gain;
    return gain / (Math.max(0, before.fitness - score.fitness) + 0.002);
  }

  /** Null where the tree cannot be better than `before`, or has too many states. */
  score(tree: ProcessTree, before: Score | null): Score | null {
    this.#budget -= this.#log.nodes + 100 * sizeOf(tree);
    const automaton = exploredTree(tree, this.#options.codeOf);
    if (automaton === null) return null;
    const precision = automatonPrecision(automaton, this.#log);
    const least = before === null ? 0 : Math.min(before.fitness, this.#options.leastFitness);
    if (before !== null && before.fitness >= least && least === this.#options.leastFitness) {
      if (fScore({ fitness: 1, precision }) <= fScore(before)) return null;
    }
    this.#budget -= this.#log.nodes * (automaton.states + automaton.target.length);
    const fitness = automatonFitness(automaton, this.#log, { least });
    return fitness === null ? null : { fitness, precision };
  }
}

function exploredTree(tree: ProcessTree, codeOf: ReadonlyMap<string, number>) {
  try {
    return explore(treeAutomaton(tree, codeOf), MOST_STATES);
  } catch (error) {
    if (error instanceof AmbiguousModelError) return null;
    throw error;
  }
}
