/** The trained ranker: how likely each tool, or each ability that no tool has, is meant by what was said. */
import { readFileSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";
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
  /** By language: how likely a reading must be for its answer to be given without a word of doubt. */
  readonly sure: Readonly<Record<string, number>>;
}

/** Signals of one language. */
export interface Block {
  readonly columns: ReadonlyMap<string, number>;
  /** A row of `classes` for each column. */
  readonly weights: Int8Array;
}

/** Weights of a conditional logit over candidate tools. */
export interface Mix {
  readonly learned: number;
  readonly words: number;
  readonly slots: number;
  /** Added for an ability that no tool has. */
  readonly lacking: number;
}

interface Header extends Pick<Model, "classes" | "step" | "mix" | "sure" | "corpus"> {
  readonly bias: readonly number[];
  /** Of the blocks, in the order of the lines. */
  readonly blocks: readonly string[];
}

/** A line for the header, and one for each language: names of the columns and their weights, deflated, as base64. */
export function encode(model: Model): string {
  const { classes, step, mix, sure, corpus, bias } = model;
  const blocks = ["", ...model.languages];
  const header: Header = { classes, step, mix, sure, corpus, bias: [...bias], blocks };
  return [JSON.stringify(header), ...blocks.map((code) => packed(model.block(code)!)), ""].join("\n");
}

function packed({ columns, weights }: Block): string {
  const names = Buffer.from(`${[...columns.keys()].join("\n")}\n\n`);
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  return deflateRawSync(Buffer.concat([names, bytes]), { level: 9 }).toString("base64");
}

function unpacked(line: string): Block {
  const bytes = inflateRawSync(Buffer.from(line, "base64"));
  const end = bytes.indexOf("\n\n");
  const names = bytes.toString("utf8", 0, end).split("\n");
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + end + 2, bytes.length - end - 2);
  return { columns: new Map(names.map((name, at) => [name, at])), weights };
}

export function decode(text: string): Model {
  const [first, ...lines] = text.split("\n");
  const { blocks, bias, ...header } = JSON.parse(first!) as Header;
  const read = new Map<string, Block>();
  return {
    ...header,
    languages: blocks.filter((code) => code !== ""),
    bias: Int8Array.from(bias),
    block: (language) => {
      const line = lines[blocks.indexOf(language)];
      if (line === undefined) return null;
      const block = read.get(language) ?? unpacked(line);
      read.set(language, block);
      return block;
    },
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
  const { classes, step } = model;
  const scores = Float64Array.from(model.bias, (weight) => weight * step);
  for (const [name, value] of signals) {
    const block = model.block(languageOfSignal(name));
    const column = block?.columns.get(name);
    if (!block || column === undefined) continue;
    const from = column * classes.length;
    for (let each = 0; each < scores.length; each++)
      scores[each]! += value * step * block.weights[from + each]!;
  }
  softmax(scores);
  return new Map(classes.map((name, at) => [name, scores[at]!]));
}
