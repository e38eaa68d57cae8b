import type { UsageMetadata } from "@langchain/core/messages";
import type { Usage } from "./prices.ts";

export type WireUsage = Usage;

/** Bytes that make a token, on the dear side, for servers that do not count. */
const bytesPerToken = 3;
export const estimatedTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken);

export const noUsage: WireUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export const addUsage = (a: WireUsage, b: WireUsage): WireUsage => ({
  input: a.input + b.input,
  output: a.output + b.output,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
});

/** As LangChain has it: `input_tokens` includes what the cache gave and took. */
export function toUsageMetadata({ input, output, cacheRead, cacheWrite }: WireUsage): UsageMetadata {
  const all = input + cacheRead + cacheWrite;
  return {
    input_tokens: all,
    output_tokens: output,
    total_tokens: all + output,
    input_token_details: { cache_read: cacheRead, cache_creation: cacheWrite },
  };
}
