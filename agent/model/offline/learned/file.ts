/**
 * The ranker's file: a line of JSON that says what is in it, and behind it a block for each language (block.ts), read when the
 * language is first spoken.
 */
import { createHash } from "node:crypto";
import { Block, bytesOf, type Shape } from "./block.ts";
import type { Model } from "./model.ts";

interface Header extends Pick<Model, "classes" | "step" | "mix" | "sure" | "corpus"> {
  readonly bias: readonly number[];
  /** In the order in which they lie. */
  readonly blocks: readonly BlockHeader[];
}

interface BlockHeader extends Omit<Shape, "classes"> {
  readonly language: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly digest: string;
}

/** Up to `length` bytes from a place on, in memory of their own; fewer at the end. */
export type ReadBytes = (from: number, length: number) => Uint8Array;

export class UnreadableRankerError extends Error {
  override readonly name = "UnreadableRankerError";
  constructor(what: string) {
    super(`learned/ranker.model ${what}. It is written by: npm run ranker`);
  }
}

/** What the file begins with, then the header's length in ten digits and a line break. */
const mark = "millwright ranker 2 ";
const digits = 10;
const prefix = mark.length + digits + 1;

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export function encode(model: Model): Buffer {
  const { classes, step, mix, sure, corpus, bias } = model;
  const blocks = ["", ...model.languages].map((language) => ({ language, block: model.block(language)! }));
  const header: Header = {
    ...{ classes, step, mix, sure, corpus, bias: [...bias] },
    blocks: blocks.map(({ language, block: { shape, bytes } }) => ({
      language,
      size: shape.size,
      letters: shape.letters,
      digest: digestOf(bytes),
    })),
  };
  const text = Buffer.from(`${JSON.stringify(header)}\n`);
  const length = String(text.length).padStart(digits, "0");
  return Buffer.concat([Buffer.from(`${mark}${length}\n`), text, ...blocks.map(({ block }) => block.bytes)]);
}

/** @throws UnreadableRankerError where it is none, or is not whole */
export function readModel(read: ReadBytes): Model {
  const start = Buffer.from(read(0, prefix)).toString("latin1");
  if (!start.startsWith(mark)) throw new UnreadableRankerError("has another form than this version reads");
  const length = Number(start.slice(mark.length));
  const { blocks, bias, ...header } = JSON.parse(Buffer.from(read(prefix, length)).toString()) as Header;
  const parts = new Map<string, () => Block>();
  let at = prefix + length;
  for (const { language, digest, ...own } of blocks) {
    const shape = { ...own, classes: header.classes.length };
    const from = at;
    parts.set(language, () => new Block(shape, whole(read(from, bytesOf(shape)), digest, language)));
    at += bytesOf(shape);
  }
  const known = new Map<string, Block>();
  return {
    ...header,
    languages: blocks.flatMap(({ language }) => (language === "" ? [] : [language])),
    bias: Int8Array.from(bias),
    block: (language) => {
      const block = known.get(language) ?? parts.get(language)?.() ?? null;
      if (block !== null) known.set(language, block);
      return block;
    },
  };
}

function whole(bytes: Uint8Array, digest: string, language: string): Uint8Array {
  if (digestOf(bytes) !== digest)
    throw new UnreadableRankerError(
      `is damaged where "${language}" stands (another SHA-256 than its header says)`,
    );
  return bytes;
}
