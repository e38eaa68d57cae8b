/** The thread that a sentence model runs in: texts in, vectors out, one message after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorRecord, serialised } from "../../errors.ts";
import { readSentenceModel } from "./folder.ts";
import { loadSentenceModel } from "./model.ts";

export interface Asked {
  readonly id: number;
  readonly texts: readonly string[];
}
export type Told =
  | { readonly kind: "ready"; readonly dimensions: number; readonly hash: string }
  | { readonly kind: "vectors"; readonly id: number; readonly vectors: readonly Float32Array[] }
  /** Without an id: of loading. */
  | { readonly kind: "failed"; readonly id: number | null; readonly error: ErrorRecord };

const port = parentPort!;
const tell = (told: Told): void => port.postMessage(told);

try {
  const files = await readSentenceModel((workerData as { folder: string }).folder);
  const model = await loadSentenceModel(files);
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, texts }: Asked): Promise<void> => {
    try {
      tell({ kind: "vectors", id, vectors: await model.vectors(texts) });
    } catch (error) {
      tell({ kind: "failed", id, error: serialised(error) });
    }
  };
  port.on("message", (asked: Asked) => {
    last = last.then(() => answer(asked));
  });
  tell({ kind: "ready", dimensions: model.dimensions, hash: files.hash });
} catch (error) {
  tell({ kind: "failed", id: null, error: serialised(error) });
}
