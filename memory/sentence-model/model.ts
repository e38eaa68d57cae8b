/** A sentence model in this thread: tokens, the ONNX graph in WebAssembly, pooling. Nothing is fetched. */
import { Tokenizer } from "@huggingface/tokenizers";
import type { InferenceSession, Tensor } from "onnxruntime-web";
import { SentenceModelError } from "./errors.ts";
import type { SentenceModelFiles } from "./folder.ts";
import { batchOf, pooled, type TokenBatch } from "./pooling.ts";

type Runtime = typeof import("onnxruntime-web");

export interface SentenceModel {
  readonly dimensions: number;
  /** Vectors of length 1, in the order of the texts. */
  vectors(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Texts in one run of the graph. */
const batchSize = 16;
const known = ["input_ids", "attention_mask", "token_type_ids"] as const;
/** Names of the last layer, in the order of preference. */
const layers = ["last_hidden_state", "token_embeddings"];

/** @throws SentenceModelError where the runtime is missing, or the graph takes or gives something else. */
export async function loadSentenceModel(files: SentenceModelFiles): Promise<SentenceModel> {
  const runtime = await loadRuntime(files.folder);
  const session = await openSession(runtime, files);
  const output = checkGraph(session, files.folder);
  const tokenizer = openTokenizer(files);
  const padding = tokenizer.token_to_id("[PAD]") ?? tokenizer.token_to_id("<pad>") ?? 0;
  const run = async (texts: readonly string[]): Promise<{ dimensions: number; vectors: Float32Array[] }> => {
    const encoded = texts.map((text) => tokenizer.encode(text).ids);
    const batch = batchOf(encoded, files.mostTokens, padding);
    const layer = await lastLayer(runtime, session, batch, output, files.folder);
    const dimensions = layer.dims[2]!;
    const found = pooled(layer.data as Float32Array, batch, dimensions, files.pooling);
    layer.dispose();
    return { dimensions, vectors: found.map((vector) => vector ?? without(files.folder)) };
  };
  const { dimensions } = await run(["a"]);
  return {
    dimensions,
    async vectors(texts) {
      const found: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += batchSize)
        found.push(...(await run(texts.slice(at, at + batchSize))).vectors);
      return found;
    },
  };
}

function without(folder: string): never {
  throw new SentenceModelError(folder, "gave a vector without a direction", {
    expected: "finite numbers that are not all 0",
  });
}

async function loadRuntime(folder: string): Promise<Runtime> {
  const runtime = await import("onnxruntime-web").catch((error: unknown) => {
    throw new SentenceModelError(
      folder,
      "needs the package onnxruntime-web, which is not installed",
      { expected: "onnxruntime-web 1.30.0", remedy: "npm install --no-save onnxruntime-web@1.30.0" },
      { cause: error },
    );
  });
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = "error";
  return runtime;
}

async function openSession(
  runtime: Runtime,
  { model, folder }: SentenceModelFiles,
): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(model, { executionProviders: ["wasm"] });
  } catch (error) {
    throw new SentenceModelError(
      folder,
      `cannot be loaded: ${reasonOf(error)}`,
      { expected: "an ONNX file with its weights inside, below 2 GB" },
      { cause: error },
    );
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** The name of the output that is the last layer. */
function checkGraph({ inputNames, outputNames }: InferenceSession, folder: string): string {
  const expected = `inputs ${known.join(", ")}, and an output texts × tokens × dimensions`;
  const unknown = inputNames.filter((name) => !known.some((each) => each === name));
  if (unknown.length > 0 || !inputNames.includes("input_ids"))
    throw new SentenceModelError(folder, `takes the inputs ${inputNames.join(", ")}`, { expected });
  const output = layers.find((name) => outputNames.includes(name)) ?? outputNames[0];
  if (output === undefined) throw new SentenceModelError(folder, "gives no output", { expected });
  return output;
}

function openTokenizer({ tokenizer, tokenizerSettings, folder }: SentenceModelFiles): Tokenizer {
  try {
    return new Tokenizer(tokenizer, tokenizerSettings);
  } catch (error) {
    throw new SentenceModelError(
      folder,
      "has a tokenizer of a kind that is not known here",
      {},
      { cause: error },
    );
  }
}

async function lastLayer(
  { Tensor }: Runtime,
  session: InferenceSession,
  batch: TokenBatch,
  output: string,
  folder: string,
): Promise<Tensor> {
  const shape = [batch.texts, batch.length];
  const given: Record<string, Tensor> = {
    input_ids: new Tensor("int64", batch.ids, shape),
    attention_mask: new Tensor("int64", batch.mask, shape),
    token_type_ids: new Tensor("int64", new BigInt64Array(batch.ids.length), shape),
  };
  const feeds = Object.fromEntries(session.inputNames.map((name) => [name, given[name]!]));
  const results = await session.run(feeds, [output]).catch((error: unknown) => {
    throw new SentenceModelError(
      folder,
      "failed on its inputs",
      { expected: `${session.inputNames.join(", ")} as int64, texts × tokens` },
      { cause: error },
    );
  });
  const layer = results[output]!;
  const fits = layer.dims.length === 3 && layer.dims[0] === batch.texts && layer.dims[1] === batch.length;
  if (!fits || layer.type !== "float32")
    throw new SentenceModelError(folder, `gives ${output} as ${layer.type} of ${layer.dims.join(" × ")}`, {
      expected: "float32 of texts × tokens × dimensions",
    });
  return layer;
}
