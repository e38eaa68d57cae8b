/** A sentence model on this machine as an embedder: in a thread of its own, so that nothing waits for it. */
import { resolve } from "node:path";
import type { Embedder } from "../embed.ts";
import { SentenceModelError } from "./errors.ts";
import { startModelThread } from "./thread.ts";

export interface LocalEmbedder extends Embedder {
  /** Ends its thread; what waits fails. */
  close(): Promise<void>;
}

/**
 * Loads the model of a folder with `model.onnx` and `tokenizer.json` (or `vocab.txt`). The thread keeps no process
 * alive. @throws SentenceModelError where it cannot be used, or its vectors are not of the dimensions that are asked for.
 */
export async function openSentenceModel(
  folder: string,
  { dimensions: wanted }: { readonly dimensions?: number } = {},
): Promise<LocalEmbedder> {
  const path = resolve(folder);
  const thread = startModelThread(path);
  try {
    const { dimensions, hash } = await thread.ready;
    if (wanted !== undefined && wanted !== dimensions) throw wrongDimensions(path, dimensions, wanted);
    return {
      name: `onnx/${hash}`,
      dimensions,
      embed: async (texts, signal) => (texts.length === 0 ? [] : thread.ask(texts, signal)),
      close: thread.close,
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

const wrongDimensions = (path: string, dimensions: number, wanted: number): SentenceModelError =>
  new SentenceModelError(path, `gives vectors of ${dimensions} numbers where ${wanted} are asked for`, {
    expected: `${dimensions}`,
    remedy: "Unset MILLWRIGHT_EMBEDDINGS_DIMENSIONS: a local model says its own.",
  });
