/** From the model's last layer to one vector a text. Pure. */

/** Token ids of a batch, cut to the longest that the model takes and padded to the longest there is. */
export interface TokenBatch {
  readonly texts: number;
  readonly length: number;
  readonly ids: BigInt64Array;
  /** 1 for a token, 0 for padding. */
  readonly mask: BigInt64Array;
}

/** A text that is too long loses its middle's end: the closing special token stays. */
export function batchOf(encoded: readonly (readonly number[])[], most: number, padding: number): TokenBatch {
  const cut = encoded.map((ids) =>
    ids.length <= most ? ids : [...ids.slice(0, most - 1), ids[ids.length - 1]!],
  );
  const length = Math.max(1, ...cut.map((ids) => ids.length));
  const ids = new BigInt64Array(cut.length * length).fill(BigInt(padding));
  const mask = new BigInt64Array(cut.length * length);
  for (const [row, tokens] of cut.entries()) {
    for (const [at, token] of tokens.entries()) {
      ids[row * length + at] = BigInt(token);
      mask[row * length + at] = 1n;
    }
  }
  return { texts: cut.length, length, ids, mask };
}

/**
 * Mean of the tokens' vectors without padding (Reimers and Gurevych 2019), or the first token's; of length 1.
 * `layer` is texts × length × dimensions. Null for a text whose vector has no direction.
 */
export function pooled(
  layer: Float32Array,
  { texts, length, mask }: TokenBatch,
  dimensions: number,
  pooling: "mean" | "first",
): (Float32Array | null)[] {
  return Array.from({ length: texts }, (_, row) => {
    const sum = new Float64Array(dimensions);
    const tokens = pooling === "first" ? 1 : length;
    for (let at = 0; at < tokens; at++) {
      if (mask[row * length + at] === 0n) continue;
      const from = (row * length + at) * dimensions;
      for (let each = 0; each < dimensions; each++) sum[each]! += layer[from + each]!;
    }
    return unit(sum);
  });
}

function unit(vector: Float64Array): Float32Array | null {
  const length = Math.hypot(...vector);
  return length > 0 && Number.isFinite(length) ? Float32Array.from(vector, (value) => value / length) : null;
}
