/**
 * What Anthropic charges, in US dollars per million tokens, as of `pricesAsOf`. Costs are stored with the call, so a
 * later price changes nothing about the past. A model that is not listed is charged at the dearest rate, so that a
 * budget holds.
 */
export interface Price {
  readonly prefix: string;
  readonly input: number;
  readonly output: number;
}

export const pricesAsOf = "2026-10-10";

/** The first prefix that fits counts. A five-minute cache entry costs 1.25 × input to write and 0.1 × to read. */
export const prices: readonly Price[] = [
  { prefix: "claude-opus-4-1", input: 15, output: 75 },
  { prefix: "claude-opus-4-2025", input: 15, output: 75 },
  { prefix: "claude-opus-4-0", input: 15, output: 75 },
  { prefix: "claude-opus-4", input: 5, output: 25 },
  { prefix: "claude-opus-5", input: 5, output: 25 },
  { prefix: "claude-sonnet-5", input: 2, output: 10 },
  { prefix: "claude-sonnet", input: 3, output: 15 },
  { prefix: "claude-haiku", input: 1, output: 5 },
  { prefix: "claude-fable-5", input: 10, output: 50 },
  { prefix: "claude-mythos-5", input: 10, output: 50 },
];

export interface Usage {
  /** Tokens that were neither read from nor written to the cache. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Cost in millionths of a US dollar, rounded up. */
export function costMicros(model: string, usage: Usage): number {
  const dearest = prices.reduce((a, b) => (b.output > a.output ? b : a));
  const rate = prices.find(({ prefix }) => model.startsWith(prefix)) ?? dearest;
  return Math.ceil(
    usage.input * rate.input +
      usage.output * rate.output +
      usage.cacheRead * rate.input * 0.1 +
      usage.cacheWrite * rate.input * 1.25,
  );
}
