/** A sentence model's folder, as sentence-transformers lays it out: what is read of it, and what is missing. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SentenceModelError } from "./errors.ts";
import { fromVocabulary } from "./vocabulary.ts";

export interface SentenceModelFiles {
  readonly folder: string;
  readonly model: Uint8Array;
  /** `tokenizer.json` and `tokenizer_config.json`, parsed. */
  readonly tokenizer: object;
  readonly tokenizerSettings: object;
  /** Longer texts are cut. */
  readonly mostTokens: number;
  /** The vector of the first token, or the mean of all. */
  readonly pooling: "mean" | "first";
  /** Of the model, its tokenizer and its pooling: another one is another space. */
  readonly hash: string;
}

/** Either place is usual. */
const modelPaths = ["model.onnx", "onnx/model.onnx"];
const fallbackTokens = 256;
const mostTokens = 512;

/** @throws SentenceModelError where the folder, the model or the tokenizer is missing or not what it should be. */
export async function readSentenceModel(folder: string): Promise<SentenceModelFiles> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true)
    throw new SentenceModelError(folder, "is not there", {
      expected: "a folder with model.onnx and tokenizer.json (or vocab.txt)",
    });
  const model = await firstOf(folder, modelPaths);
  if (model === null) throw new SentenceModelError(folder, "lacks model.onnx", { expected: "model.onnx" });
  const [{ text, tokenizer }, tokenizerSettings, config, sentences, pooled] = await Promise.all([
    readTokenizer(folder),
    readJson(folder, "tokenizer_config.json", z.looseObject({})),
    readJson(folder, "config.json", z.object({ max_position_embeddings: z.number().optional() })),
    readJson(folder, "sentence_bert_config.json", z.object({ max_seq_length: z.number().nullish() })),
    readJson(folder, "1_Pooling/config.json", z.object({ pooling_mode_cls_token: z.boolean().optional() })),
  ]);
  const longest = sentences?.max_seq_length ?? config?.max_position_embeddings ?? fallbackTokens;
  const pooling = pooled?.pooling_mode_cls_token === true ? "first" : "mean";
  return {
    folder,
    model,
    tokenizer,
    tokenizerSettings: tokenizerSettings ?? {},
    mostTokens: Math.min(longest, config?.max_position_embeddings ?? mostTokens, mostTokens),
    pooling,
    hash: createHash("sha256").update(model).update(text).update(pooling).digest("hex").slice(0, 12),
  };
}

async function firstOf(folder: string, paths: readonly string[]): Promise<Uint8Array | null> {
  for (const path of paths) {
    const bytes = await readIfThere(join(folder, path));
    if (bytes !== null) return bytes;
  }
  return null;
}

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new SentenceModelError(path, "cannot be read", {}, { cause: error });
  });
}

async function readTokenizer(folder: string): Promise<{ text: string; tokenizer: object }> {
  const told = await readJson(folder, "tokenizer.json", z.looseObject({ model: z.looseObject({}) }));
  if (told !== null) return { text: JSON.stringify(told), tokenizer: told };
  const vocabulary = (await readIfThere(join(folder, "vocab.txt")))?.toString("utf8");
  if (vocabulary === undefined)
    throw new SentenceModelError(folder, "lacks its tokenizer", { expected: "tokenizer.json, or vocab.txt" });
  return { text: vocabulary, tokenizer: fromVocabulary(vocabulary, join(folder, "vocab.txt")) };
}

/** Null where there is no such file. @throws SentenceModelError where it is not the JSON that it should be. */
async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const path = join(folder, name);
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (error) {
    throw new SentenceModelError(path, "is not the JSON it should be", {}, { cause: error });
  }
}
