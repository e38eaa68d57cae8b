/** Embeddings from a server of OpenAI's embeddings API: hosted, or one with a sentence model on this machine. */
import { MillwrightError } from "../errors.ts";
import type { Embedder } from "./embed.ts";

export interface HostedEmbedderOptions {
  /** The whole address: `https://host/v1/embeddings`. */
  readonly url: string;
  readonly model: string;
  /** Numbers of a vector; those that have an index (migration 0005) are searched fastest. */
  readonly dimensions: number;
  /** Looked up for each request; null for a server that asks for none. */
  key(): string | null;
  /** Takes personal data out of texts before they leave: of whoever is known by then. */
  hide(texts: readonly string[]): Promise<readonly string[]>;
}

export class EmbedderError extends MillwrightError {
  constructor(url: string, what: string, cause?: unknown) {
    super(
      "embedder",
      502,
      `The embedder at ${url} ${what}`,
      {
        value: url,
        remedy: "Check MILLWRIGHT_EMBEDDINGS and its server, or unset it for the built-in embedder.",
      },
      cause === undefined ? undefined : { cause },
    );
  }
}

const patience = 20_000;

export function hostedEmbedder(options: HostedEmbedderOptions): Embedder {
  const { url, model, dimensions, hide } = options;
  return {
    name: `${new URL(url).host}/${model}`,
    dimensions,
    async embed(texts, signal) {
      const found = await ask(options, await hide(texts), signal);
      if (found.length !== texts.length)
        throw new EmbedderError(url, `gave ${found.length} vectors for ${texts.length} texts`);
      return found.map((vector) => unit(vector, options));
    },
  };
}

async function ask(
  { url, model, dimensions, key }: HostedEmbedderOptions,
  input: readonly string[],
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const secret = key();
  const limit = AbortSignal.timeout(patience);
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify({ model, input, dimensions }),
    redirect: "error",
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new EmbedderError(url, "could not be reached", error);
  });
  if (!response.ok) throw new EmbedderError(url, `answered ${response.status}`);
  const body = (await response.json()) as { data?: { index: number; embedding: number[] }[] };
  const sorted = [...(body.data ?? [])].sort((left, right) => left.index - right.index);
  return sorted.map(({ embedding }) => embedding);
}

function unit(vector: readonly number[], { url, dimensions }: HostedEmbedderOptions): Float32Array {
  const length = Math.hypot(...vector);
  if (vector.length !== dimensions || !Number.isFinite(length) || length === 0)
    throw new EmbedderError(
      url,
      `gave a vector of ${vector.length} numbers where ${dimensions} were asked for`,
    );
  return Float32Array.from(vector, (value) => value / length);
}
