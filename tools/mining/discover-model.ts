import type { EventLog } from "../logs/core/event-log.ts";
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  type Algorithm,
  discoverWith,
  type SoundnessAnswer,
  soundnessOf,
} from "./core/discovery/algorithms.ts";
import { type Candidate, chooseModel } from "./core/discovery/choose-model.ts";
import type { DiscoveredModel } from "./core/discovery/discovered-model.ts";
import { prefixTree } from "./core/discovery/prefix-tree.ts";
import { type ModelScore, scoreModel } from "./core/discovery/score-model.ts";
import { steps } from "./core/steps.ts";
import { type Variants, variants } from "./core/variants.ts";

/** What a person may ask for: an algorithm, or the best of several. */
export const MODEL_CHOICES = ["best", ...ALGORITHMS] as const;

/** How long fitness and precision may take, milliseconds. */
const MODEL_TIME = 30_000;

export interface Discovery {
  readonly model: DiscoveredModel;
  readonly algorithm: string;
  /** Of the model on all cases that were asked about. */
  readonly quality: ModelScore;
  readonly soundness: SoundnessAnswer;
  readonly because: string | null;
  /** What the model was chosen from; empty where the algorithm was named. */
  readonly candidates: readonly Candidate[];
}

interface Request {
  readonly algorithm: (typeof MODEL_CHOICES)[number];
  readonly noise?: number | undefined;
}

interface Population {
  /** The cases that the model is made from. */
  readonly log: EventLog;
  readonly variants: Variants;
  /** Those that it is measured on, and the log that they are of. */
  readonly all: Variants;
  readonly whole: EventLog;
  readonly signal: AbortSignal;
}

/** The model that was asked for, scored; the best of several where no algorithm (or noise, the inductive miner's) is named. */
export function discover({ algorithm, noise }: Request, population: Population): Discovery {
  const end = performance.now() + MODEL_TIME;
  const deadline = () => population.signal.aborted || performance.now() > end;
  if (algorithm === "best" && noise === undefined) return best(population, deadline);
  return named(algorithm === "best" ? "inductive" : algorithm, noise, population, deadline);
}

function best({ variants, all }: Population, deadline: () => boolean): Discovery {
  const { chosen, candidates, because } = chooseModel(variants, { deadline });
  const quality =
    variants.sequences.length === all.sequences.length
      ? chosen
      : scoreModel(chosen.model, scoredLog(all), deadline);
  const { model, name } = chosen;
  return { model, algorithm: name, quality, soundness: soundnessOf(model), because, candidates };
}

function named(
  algorithm: Algorithm,
  noise: number | undefined,
  population: Population,
  deadline: () => boolean,
): Discovery {
  const { log, all } = population;
  const executions = algorithm === "inductive-lifecycle" ? steps(log) : null;
  const model = discoverWith(algorithm, population.variants, {
    deadline,
    ...(noise === undefined ? {} : { noise }),
    ...(executions === null ? {} : { steps: executions }),
  });
  const measured = executions?.hasStarts ? stepVariants(population.whole) : all;
  return {
    model,
    algorithm: `${ALGORITHM_NAMES[algorithm]}${noise === undefined ? "" : `, noise ${noise}`}`,
    quality: scoreModel(model, scoredLog(measured), deadline),
    soundness: soundnessOf(model),
    because: null,
    candidates: [],
  };
}

/** The variants of executions: a start and a completion that are rows of their own are one step of such a model. */
function stepVariants(log: EventLog): Variants {
  const { activity, case: caseOf, count } = steps(log);
  const caseStart = new Uint32Array(log.cases + 1);
  for (let i = 0; i < count; i++) caseStart[caseOf[i]! + 1]!++;
  for (let c = 0; c < log.cases; c++) caseStart[c + 1]! += caseStart[c]!;
  return variants({ cases: log.cases, caseStart, activity, activities: log.activities });
}

const scoredLog = (variants: Variants) => ({
  variants,
  prefixes: prefixTree(variants),
  codeOf: new Map(variants.activities.map((name, code) => [name, code])),
});
