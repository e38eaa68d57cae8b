import { inductiveMiner } from "../inductive-miner.ts";
import type { Deadline } from "../precision.ts";
import type { ProcessTree } from "../process-tree.ts";
import { MOST_ACTIVITIES } from "../trace-multiset.ts";
import type { Variants } from "../variants.ts";
import { soundnessOf } from "./algorithms.ts";
import { directlyFollowsModel } from "./directly-follows-model.ts";
import type { DiscoveredModel } from "./discovered-model.ts";
import { heuristicsMiner } from "./heuristics-miner.ts";
import { inductiveGraphMiner } from "./inductive-graph-miner.ts";
import { graphSize, treeSize } from "./model-size.ts";
import { prefixTree, sampleVariants } from "./prefix-tree.ts";
import { fScore, refineTree } from "./refine-tree.ts";
import { type ModelScore, type ScoredLog, scoreModel } from "./score-model.ts";
import { splitMiner } from "./split-miner.ts";

export interface Candidate extends ModelScore {
  /** "Inductive miner, noise 0.2" */
  readonly name: string;
  readonly model: DiscoveredModel;
  /** The harmonic mean of fitness and precision; null where one of them is missing. */
  readonly f: number | null;
  /** Tasks, gateways, events and flows of its BPMN. */
  readonly size: number;
}

export interface ModelChoice {
  readonly chosen: Candidate;
  /** All that were looked at, the best first. All of them are sound. */
  readonly candidates: readonly Candidate[];
  /** Why the chosen one: a sentence. */
  readonly because: string;
  readonly leastFitness: number;
  readonly mostElements: number;
}

export interface ChoiceOptions {
  /** A model that explains less of the log is chosen only if none explains more; default 0.95. */
  readonly leastFitness?: number;
  /** Elements that a model may have; default 60 and 6 for each activity. */
  readonly mostElements?: number;
  /** Once it says that time is up, no further candidate is looked at. */
  readonly deadline?: Deadline;
}

/** Cases of the sample on which trees are refined. */
const SAMPLED_CASES = 200;
/** Work for each refinement, in cells of its dynamic programs: about a tenth of a second. */
const REFINEMENT_BUDGET = 12_000_000;
/** A sample's fitness may be above the log's by about as much. */
const SAMPLE_MARGIN = 0.004;
/** More activities than this are too many for the candidates that look at all pairs and their orders. */
const MOST_COMPARED_ACTIVITIES = 300;

/**
 * The default model: of several algorithms' models the one with the best F-score (fitness by optimal alignments, precision
 * by escaping edges; of several that tie, the fitter and then the smaller) among those that explain at least `leastFitness` of the log and are small enough to be read. The
 * candidates are the inductive miner at several noises, those trees refined, the inductive miner on the directly-follows
 * graph, the directly-follows graph itself at several shares, split miner's models, and the heuristics miner's if it is
 * sound. Deterministic but for the deadline.
 */
export function chooseModel(variants: Variants, options: ChoiceOptions = {}): ModelChoice {
  const { leastFitness = 0.95, mostElements = 60 + 6 * variants.activities.length } = options;
  const deadline = options.deadline ?? (() => false);
  const log: ScoredLog = {
    variants,
    prefixes: prefixTree(variants),
    codeOf: new Map(variants.activities.map((name, code) => [name, code])),
  };
  const candidates: Candidate[] = [];
  for (const { name, models } of proposals(log, leastFitness, deadline)) {
    candidates.push(bestOf(name, models, log, leastFitness, deadline));
    if (deadline()) break;
  }
  const ranked = rank(candidates, leastFitness, mostElements);
  const chosen = ranked[0]!;
  return {
    chosen,
    candidates: ranked,
    because: reasonFor(chosen, leastFitness, mostElements),
    leastFitness,
    mostElements,
  };
}

interface Proposal {
  readonly name: string;
  /** The one to take if it explains enough of the whole log, then what to fall back to. */
  readonly models: readonly DiscoveredModel[];
}

function* proposals(log: ScoredLog, leastFitness: number, deadline: Deadline): Generator<Proposal> {
  const { variants } = log;
  const tree = (own: ProcessTree): DiscoveredModel[] => [{ kind: "tree", tree: own }];
  const exact = inductiveMiner(variants, { deadline });
  yield { name: "Inductive miner", models: tree(exact) };
  if (variants.activities.length > MOST_ACTIVITIES) return;
  const trees: [string, ProcessTree][] = [["Inductive miner", exact]];
  for (const noise of [0.05, 0.1, 0.2, 0.4]) {
    const own = inductiveMiner(variants, { noise, deadline });
    trees.push([`Inductive miner, noise ${noise}`, own]);
    yield { name: `Inductive miner, noise ${noise}`, models: tree(own) };
  }
  for (const noise of [0.1, 0.2]) {
    const name = `Inductive miner on the directly-follows graph, noise ${noise}`;
    yield { name, models: tree(inductiveGraphMiner(variants, noise)) };
  }
  if (variants.activities.length > MOST_COMPARED_ACTIVITIES) return;
  yield* graphProposals(variants);
  yield* refinements(trees, log, leastFitness);
}

function* graphProposals(variants: Variants): Generator<Proposal> {
  for (const share of [0.8, 0.9, 0.95, 0.98]) {
    const model = directlyFollowsModel(variants, share);
    yield {
      name: `Directly-follows model, ${share * 100} % of the steps`,
      models: [{ kind: "graph", ...model }],
    };
  }
  for (const percentile of [0, 0.2, 0.4]) {
    const model = splitMiner(variants, { percentile });
    yield { name: `Split miner, percentile ${percentile}`, models: [{ kind: "graph", ...model }] };
  }
  const model = { kind: "graph" as const, ...heuristicsMiner(variants) };
  if (soundnessOf(model).verdict === "sound") yield { name: "Heuristics miner", models: [model] };
}

function* refinements(
  trees: readonly [string, ProcessTree][],
  log: ScoredLog,
  leastFitness: number,
): Generator<Proposal> {
  const sample = sampleVariants(log.variants, SAMPLED_CASES);
  const prefixes = prefixTree(sample);
  const margin = sample === log.variants ? 0 : SAMPLE_MARGIN;
  for (const [name, tree] of trees) {
    for (const strategy of ["best", "first"] as const) {
      const steps = refineTree(tree, prefixes, {
        codeOf: log.codeOf,
        leastFitness: leastFitness + margin,
        strategy,
        budget: REFINEMENT_BUDGET,
      });
      if (steps.length < 2) continue;
      const models = steps
        .slice(-4)
        .reverse()
        .map((step) => ({ kind: "tree" as const, tree: step.tree }));
      yield { name: `${name}, refined (${strategy} gain)`, models };
    }
  }
}

/** The first of a proposal's models that explains enough, or the last. */
function bestOf(
  name: string,
  models: readonly DiscoveredModel[],
  log: ScoredLog,
  leastFitness: number,
  deadline: Deadline,
): Candidate {
  let found: Candidate | null = null;
  for (const model of models) {
    found = candidate(name, model, scoreModel(model, log, deadline));
    if ((found.fitness ?? 1) >= leastFitness) break;
  }
  return found!;
}

function candidate(name: string, model: DiscoveredModel, score: ModelScore): Candidate {
  const { fitness, precision, reason } = score;
  return {
    name,
    model,
    fitness,
    precision,
    f: fitness === null || precision === null ? null : fScore({ fitness, precision }),
    size: sizeOfModel(model),
    ...(reason === undefined ? {} : { reason }),
  };
}

export function sizeOfModel(model: DiscoveredModel): number {
  switch (model.kind) {
    case "tree":
      return treeSize(model.tree);
    case "graph":
      return graphSize(model.graph);
    case "net":
      return model.net.places + model.net.transitions.length;
  }
}

/** F-scores that differ by less say nothing: a log of other cases of the same process would swap them. */
export const F_TIE = 0.001;

/**
 * Those that keep both limits first, then those that fit, then the rest; within each by F-score. Where several tie with the
 * best, the one that explains more of the log in whole percents comes first, then the smaller one.
 */
function rank(candidates: readonly Candidate[], leastFitness: number, mostElements: number): Candidate[] {
  const group = ({ fitness, f, size }: Candidate) => {
    if (f === null || fitness === null) return 3;
    if (fitness < leastFitness) return 2;
    return size > mostElements ? 1 : 0;
  };
  const byScore = (a: Candidate, b: Candidate) => (b.f ?? 0) - (a.f ?? 0) || a.size - b.size;
  const ranked = [...candidates].sort((a, b) => group(a) - group(b) || byScore(a, b));
  const best = ranked[0];
  if (best === undefined || best.f === null) return ranked;
  const ties = ranked.filter((own) => group(own) === group(best) && best.f! - own.f! <= F_TIE);
  const percents = ({ fitness }: Candidate) => Math.floor((fitness ?? 0) * 100);
  ties.sort((a, b) => percents(b) - percents(a) || a.size - b.size || byScore(a, b));
  return [...ties, ...ranked.slice(ties.length)];
}

function reasonFor({ fitness, f, size }: Candidate, leastFitness: number, mostElements: number): string {
  if (fitness === null || f === null) return "No candidate could be scored in the time allowed.";
  const percent = `${Math.round(leastFitness * 100)} %`;
  if (fitness < leastFitness)
    return `No candidate explains ${percent} of the log; of all it has the best F-score.`;
  if (size > mostElements)
    return `The best F-score of those that explain ${percent} of the log; all are larger than ${mostElements} elements.`;
  return `The best F-score of the models that explain at least ${percent} of the log with at most ${mostElements} elements.`;
}
