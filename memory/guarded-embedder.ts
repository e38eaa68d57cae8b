/** An embedder that may fail, as the memory uses it: what is kept and found does not wait for it to come back. */
import type { Embedder } from "./embed.ts";

export interface GuardedEmbedder extends Embedder {
  /** Null while the embedder cannot be used; rejects only where the caller gave up. */
  tryToEmbed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[] | null>;
  /** What it failed with last, until it works again. */
  readonly failure: unknown;
}

export interface Guard {
  /** The first failure of each outage. */
  report?(error: unknown): void;
  /** Somebody waits for an answer: longer than this is as good as not at all. Milliseconds. */
  readonly patience?: number;
  /** After a failure it is left alone for so long, for each try may cost the whole patience. Milliseconds. */
  readonly rest?: number;
}

export function guarded(
  embedder: Embedder,
  { report, patience = 8_000, rest = 30_000 }: Guard = {},
): GuardedEmbedder {
  let failure: unknown = null;
  let restsUntil = Number.NEGATIVE_INFINITY;
  const failed = (error: unknown): void => {
    failure = error;
    restsUntil = performance.now() + rest;
  };
  const embed = async (texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> => {
    try {
      const vectors = await embedder.embed(texts, signal);
      check(vectors, texts, embedder);
      failure = null;
      restsUntil = Number.NEGATIVE_INFINITY;
      return vectors;
    } catch (error) {
      signal?.throwIfAborted();
      failed(error);
      throw error;
    }
  };
  return {
    name: embedder.name,
    dimensions: embedder.dimensions,
    embed,
    async tryToEmbed(texts, signal) {
      signal?.throwIfAborted();
      if (performance.now() < restsUntil) return null;
      const isNew = failure === null;
      const limit = AbortSignal.timeout(patience);
      try {
        return await embed(texts, signal === undefined ? limit : AbortSignal.any([signal, limit]));
      } catch (error) {
        signal?.throwIfAborted();
        failed(error);
        if (isNew) report?.(error);
        return null;
      }
    },
    get failure() {
      return failure;
    },
  };
}

/** A vector of another length, or of no numbers, would be refused by the database, and the memory with it. */
function check(vectors: readonly Float32Array[], texts: readonly string[], embedder: Embedder): void {
  const { name, dimensions } = embedder;
  const isVector = (vector: Float32Array): boolean =>
    vector.length === dimensions && vector.every((value) => Number.isFinite(value));
  if (vectors.length !== texts.length || !vectors.every(isVector))
    throw new RangeError(`The embedder ${name} gave something else than ${dimensions} numbers a text`);
}
