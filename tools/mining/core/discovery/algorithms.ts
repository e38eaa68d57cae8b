import { inductiveMiner } from "../inductive-miner.ts";
import { soundness } from "../models/soundness.ts";
import type { Deadline } from "../precision.ts";
import type { Steps } from "../steps.ts";
import type { Variants } from "../variants.ts";
import { alphaMiner } from "./alpha-miner.ts";
import { directlyFollowsModel } from "./directly-follows-model.ts";
import type { DiscoveredModel } from "./discovered-model.ts";
import { heuristicsMiner } from "./heuristics-miner.ts";
import { inductiveGraphMiner } from "./inductive-graph-miner.ts";
import { lifecycleMiner } from "./lifecycle-miner.ts";
import { splitMiner } from "./split-miner.ts";

export const ALGORITHMS = [
  "inductive",
  "inductive-graph",
  "inductive-lifecycle",
  "directly-follows",
  "split",
  "heuristics",
  "alpha",
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const ALGORITHM_NAMES: Readonly<Record<Algorithm, string>> = {
  inductive: "Inductive miner",
  "inductive-graph": "Inductive miner on the directly-follows graph",
  "inductive-lifecycle": "Inductive miner with starts and completions",
  "directly-follows": "Directly-follows model",
  split: "Split miner",
  heuristics: "Heuristics miner",
  alpha: "Alpha miner",
};

export interface DiscoveryOptions {
  /** How much rare behaviour may be left out, 0 to 1. Each algorithm has its own meaning of it; alpha has none. */
  readonly noise?: number;
  /** Needed by `inductive-lifecycle`. */
  readonly steps?: Steps;
  readonly deadline?: Deadline;
}

/** Discovers with one algorithm. `inductive-lifecycle` falls back to `inductive-graph` where there are no starts. */
export function discoverWith(
  algorithm: Algorithm,
  variants: Variants,
  options: DiscoveryOptions = {},
): DiscoveredModel {
  const { noise, steps, deadline } = options;
  switch (algorithm) {
    case "inductive":
      return {
        kind: "tree",
        tree: inductiveMiner(variants, { noise: noise ?? 0, ...(deadline ? { deadline } : {}) }),
      };
    case "inductive-graph":
      return { kind: "tree", tree: inductiveGraphMiner(variants, noise ?? 0) };
    case "inductive-lifecycle": {
      const settings = { noise: noise ?? 0, ...(deadline ? { deadline } : {}) };
      const tree = steps === undefined ? null : lifecycleMiner(steps, variants.activities, settings);
      return { kind: "tree", tree: tree ?? inductiveGraphMiner(variants, noise ?? 0) };
    }
    case "directly-follows":
      return { kind: "graph", ...directlyFollowsModel(variants, 1 - (noise ?? 0.05)) };
    case "split":
      return { kind: "graph", ...splitMiner(variants, noise === undefined ? {} : { percentile: noise }) };
    case "heuristics":
      return {
        kind: "graph",
        ...heuristicsMiner(variants, noise === undefined ? {} : { dependency: 1 - noise }),
      };
    case "alpha":
      return { kind: "net", net: alphaMiner(variants) };
  }
}

/** Markings explored before soundness is given up as "not checked". */
const MOST_MARKINGS = 20_000;

export interface SoundnessAnswer {
  readonly verdict: "sound" | "unsound" | "not checked";
  /** A sentence: why it is sound, what goes wrong, or how far was looked. */
  readonly explanation: string;
}

/** Whether every case of the model can end properly: by construction for trees, else by exploring the markings. */
export function soundnessOf(model: DiscoveredModel): SoundnessAnswer {
  if (model.kind === "tree")
    return { verdict: "sound", explanation: "Sound by construction: it is made of blocks." };
  const found = soundness(model.net, MOST_MARKINGS);
  switch (found.verdict) {
    case "sound":
      return { verdict: "sound", explanation: `Sound: all ${found.states} markings were checked.` };
    case "unsound":
      return { verdict: "unsound", explanation: found.explanation };
    case "undecided":
      return { verdict: "not checked", explanation: `Not checked beyond ${found.states} markings.` };
  }
}
