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
import type { Variants } from "./core/variants.ts";

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
  /** Those that it is measured on. */
  readonly all: Variants;
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
  { log, variants, all }: Population,
  deadline: () => boolean,
): Discovery {
  const model = discoverWith(algorithm, variants, {
    deadline,
    ...(noise === undefined ? {} : { noise }),
    ...(algorithm === "inductive-lifecycle" ? { steps: steps(log) } : {}),
  });
  return {
    model,
    algorithm: `${ALGORITHM_NAMES[algorithm]}${noise === undefined ? "" : `, noise ${noise}`}`,
    quality: scoreModel(model, scoredLog(all), deadline),
    soundness: soundnessOf(model),
    because: null,
    candidates: [],
  };
}

const scoredLog = (variants: Variants) => ({
  variants,
  prefixes: prefixTree(variants),
  codeOf: new Map(variants.activities.map((name, code) => [name, code])),
});
