import { MillwrightError } from "../../errors.ts";

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

/** What somebody's own server or contract charges, in US dollars per million tokens. */
export interface OwnPrice {
  readonly input: number;
  readonly output: number;
  /** Input that the server had in its cache; as other input where it is absent. */
  readonly cached?: number;
}

/** Cost in millionths of a US dollar, rounded up. */
export const ownCostMicros = ({ input, output, cached = input }: OwnPrice, usage: Usage): number =>
  Math.ceil((usage.input + usage.cacheWrite) * input + usage.output * output + usage.cacheRead * cached);

/** What a provider says of its prices where they are not of the table; null for one whose price is not known. */
export const ownPrice = (
  price: OwnPrice | null,
): { pricesAsOf: string; cost(model: string, usage: Usage): number | null } => ({
  pricesAsOf: "MILLWRIGHT_MODEL_PRICE",
  cost: (_model, usage) => (price === null ? null : ownCostMicros(price, usage)),
});

export class PriceFormatError extends MillwrightError {
  constructor(value: string) {
    super("price-format", 500, `This is not a price: ${value}`, {
      value,
      expected: "US dollars per million tokens: input 0.5, output 1.5, cached 0.1 (cached may be left out)",
      remedy: "Correct MILLWRIGHT_MODEL_PRICE, or unset it: the cost is then not known.",
    });
  }
}

/** Reads `input 0.5, output 1.5, cached 0.1`. Throws `PriceFormatError`. */
export function parsePrice(text: string): OwnPrice {
  const parts = text.split(",").map((part) => /^(input|output|cached)\s+(\d+(?:\.\d+)?)$/u.exec(part.trim()));
  const price = new Map(parts.map((part) => [part?.[1], Number(part?.[2])]));
  const [input, output, cached] = ["input", "output", "cached"].map((name) => price.get(name));
  if (parts.includes(null) || price.size !== parts.length || input === undefined || output === undefined)
    throw new PriceFormatError(text);
  return { input, output, ...(cached === undefined ? {} : { cached }) };
}
