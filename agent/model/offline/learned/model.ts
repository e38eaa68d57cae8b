/** The trained ranker: how likely each tool, or each ability that no tool has, is meant by what was said. */
import { readFileSync } from "node:fs";
import type { Signals } from "./signals.ts";
import { probabilities } from "./train.ts";

export interface Model {
  /** Tools' names, and `none.<ability>`. */
  readonly classes: readonly string[];
  /** Languages whose own words it has seen. */
  readonly languages: readonly string[];
  readonly columns: ReadonlyMap<string, number>;
  /** A row of `classes` for each column; the last row is the bias. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly step: number;
  /** Digest of the corpus that it was trained on. */
  readonly corpus: string;
  /** How the ranker's evidence is weighed against the rest; see frame/rank.ts. */
  readonly mix: Mix;
}

/** Weights of a conditional logit over candidate tools. */
export interface Mix {
  readonly learned: number;
  readonly words: number;
  readonly slots: number;
  /** Added for an ability that no tool has. */
  readonly lacking: number;
}

type Header = Pick<Model, "classes" | "languages" | "step" | "mix" | "corpus">;

/** Three lines: header, names of the columns, weights as base64. */
export function encode(model: Model): string {
  const { classes, languages, step, mix, corpus } = model;
  const header: Header = { classes, languages, step, mix, corpus };
  const bytes = Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.byteLength);
  return `${JSON.stringify(header)}\n${JSON.stringify([...model.columns.keys()])}\n${bytes.toString("base64")}\n`;
}

export function decode(text: string): Model {
  const [header, names, weights] = text.split("\n") as [string, string, string];
  const bytes = Buffer.from(weights, "base64");
  return {
    ...(JSON.parse(header) as Header),
    columns: new Map((JSON.parse(names) as string[]).map((name, at) => [name, at])),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

export const modelFile = new URL("ranker.model", import.meta.url);

let loaded: Model | null = null;

/** The committed model, read once. */
export function committedModel(): Model {
  loaded ??= decode(readFileSync(modelFile, "utf8"));
  return loaded;
}

/** Class → probability; sums to 1. */
export function predict(model: Model, signals: Signals): Map<string, number> {
  const columns: number[] = [];
  const values: number[] = [];
  for (const [name, value] of signals) {
    const column = model.columns.get(name);
    if (column === undefined) continue;
    columns.push(column);
    values.push(value * model.step);
  }
  const scores = new Float64Array(model.classes.length);
  probabilities(model.weights, { classes: model.classes.length, bias: model.step }, columns, values, scores);
  return new Map(model.classes.map((name, at) => [name, scores[at]!]));
}
