/** The trained ranker: how likely each tool, or each ability that no tool has, is meant by what was said. */
import { closeSync, openSync, readSync } from "node:fs";
import type { Block } from "./block.ts";
import { readModel } from "./file.ts";
import { languageOfSignal, type Signals } from "./signals.ts";
import { softmax } from "./train.ts";

export interface Model {
  /** Tools' names, and `none.<ability>`. */
  readonly classes: readonly string[];
  /** Languages whose own words it has seen. */
  readonly languages: readonly string[];
  /** What each class scores before anything is said. */
  readonly bias: Int8Array;
  /** By language; `""` for what is the same in every language. Read when its language is first spoken. */
  block(language: string): Block | null;
  /** What one step of a weight is worth. */
  readonly step: number;
  /** Digest of the corpus that it was trained on. */
  readonly corpus: string;
  /** How the ranker's evidence is weighed against the rest; see frame/rank.ts. */
  readonly mix: Mix;
  /** By language: how likely a reading must be for its answer to be given without a word of doubt; see confidence.ts. */
  readonly sure: Readonly<Record<string, number>>;
}

/** Weights of a conditional logit over candidate tools. */
export interface Mix {
  readonly learned: number;
  readonly words: number;
  readonly slots: number;
  /** Added for an ability that no tool has. */
  readonly lacking: number;
}

export const modelFile = new URL("ranker.model", import.meta.url);

/** Some bytes of the committed model, in memory of their own. */
function readFrom(from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(modelFile, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  } finally {
    closeSync(file);
  }
}

let loaded: Model | null = null;

/** The committed model, read once. */
export function committedModel(): Model {
  loaded ??= readModel(readFrom);
  return loaded;
}

/** Class → probability; sums to 1. */
export function predict(model: Model, signals: Signals): Map<string, number> {
  const { classes, step } = model;
  const scores = Float64Array.from(model.bias, (weight) => weight * step);
  for (const [name, value] of signals) {
    const block = model.block(languageOfSignal(name));
    const number = block?.numberOf(name) ?? -1;
    if (!block || number < 0) continue;
    const from = number * classes.length;
    for (let each = 0; each < scores.length; each++)
      scores[each]! += value * step * block.weights[from + each]!;
  }
  softmax(scores);
  return new Map(classes.map((name, at) => [name, scores[at]!]));
}
