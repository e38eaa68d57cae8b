/** An embedder that may fail, as the memory uses it: what is kept and found does not wait for it to come back. */
import type { Embedder } from "./embed.ts";

export interface GuardedEmbedder extends Pick<Embedder, "name" | "dimensions"> {
  /** Null while the embedder cannot be used; rejects only where the caller gave up. */
  tryToEmbed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[] | null>;
  /**
   * Of each text, for one that the embedder refuses keeps no other from it: null for such a one. Rejects where it is not the
   * texts, as the first two by themselves fail, too.
   */
  embedEach(texts: readonly string[], signal?: AbortSignal): Promise<readonly (Float32Array | null)[]>;
  /** What it failed with last, until it works again. */
  readonly failure: unknown;
}

/** Somebody waits for an answer: longer than this is as good as not at all. Milliseconds. */
const patience = 8_000;

/** Aborts with the caller's signal, or when nobody would wait any longer. */
export function patiently(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(patience);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}

export interface Guard {
  /** The first failure of each outage. */
  report?(error: unknown): void;
  /** After a failure it is left alone for so long, for each try may cost the whole patience. Milliseconds. */
  readonly rest?: number;
}

export function guarded(embedder: Embedder, { report, rest = 30_000 }: Guard = {}): GuardedEmbedder {
  let failure: unknown = null;
  let restsUntil = Number.NEGATIVE_INFINITY;
  const failed = (error: unknown): void => {
    failure = error;
    restsUntil = performance.now() + rest;
  };
  const embed = async (texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> => {
    const vectors = await embedder.embed(texts, signal);
    check(vectors, texts, embedder);
    failure = null;
    restsUntil = Number.NEGATIVE_INFINITY;
    return vectors;
  };
  return {
    name: embedder.name,
    dimensions: embedder.dimensions,
    async tryToEmbed(texts, signal) {
      signal?.throwIfAborted();
      if (performance.now() < restsUntil) return null;
      const isNew = failure === null;
      try {
        return await embed(texts, patiently(signal));
      } catch (error) {
        signal?.throwIfAborted();
        failed(error);
        if (isNew) report?.(error);
        return null;
      }
    },
    async embedEach(texts, signal) {
      const whole = await embed(texts, signal).catch(() => null);
      signal?.throwIfAborted();
      if (whole !== null || texts.length === 1) return whole ?? [null];
      const vectors: (Float32Array | null)[] = [];
      for (const text of texts) {
        try {
          vectors.push((await embed([text], signal))[0]!);
        } catch (error) {
          signal?.throwIfAborted();
          vectors.push(null);
          if (vectors.length !== 2 || vectors[0] !== null) continue;
          failed(error);
          throw error;
        }
      }
      return vectors;
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
