/**
 * What a message used. Anthropic tells the input's tokens at a stream's beginning; gateways that ask another server tell them
 * at its end, where LangChain does not look: the stream is watched for it on its way.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { AIMessageChunk, UsageMetadata } from "@langchain/core/messages";
import type { WireUsage } from "./usage.ts";

/** What an attempt's stream says at its end. */
export interface LateUsage {
  usage: WireUsage | null;
}

/** The attempt that a request is made for. */
export const attempting = new AsyncLocalStorage<LateUsage>();

/** `fetch` that notes the usage at a stream's end for the attempt that it belongs to. */
export function watchingUsage(base: typeof fetch): typeof fetch {
  return async (input, init) => {
    const late = attempting.getStore();
    const response = await base(input, init);
    const { body, status, statusText, headers } = response;
    const stream = headers.get("content-type")?.includes("text/event-stream") === true;
    if (late === undefined || body === null || !stream) return response;
    return new Response(body.pipeThrough(watcher(late)), { status, statusText, headers });
  };
}

function watcher(late: LateUsage): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = "";
  return new TransformStream({
    transform(piece, controller) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines)
        if (line.startsWith("data:") && line.includes("message_delta")) note(line.slice(5), late);
      controller.enqueue(piece);
    },
  });
}

function note(json: string, late: LateUsage): void {
  try {
    const { type, usage } = JSON.parse(json) as { type?: string; usage?: Record<string, unknown> };
    if (type !== "message_delta" || usage === undefined) return;
    late.usage = {
      input: tokens(usage["input_tokens"]),
      output: tokens(usage["output_tokens"]),
      cacheRead: tokens(usage["cache_read_input_tokens"]),
      cacheWrite: tokens(usage["cache_creation_input_tokens"]),
    };
  } catch (error) {
    // The SDK reads the same line, and says what is wrong with it.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

const tokens = (value: unknown): number => (typeof value === "number" && value >= 0 ? value : 0);

/** The first chunk has the input's tokens; the last one the output's, counted from the beginning. */
export function readUsage(usage: WireUsage, chunk: AIMessageChunk, first: boolean): WireUsage {
  const told = chunk.usage_metadata as UsageMetadata | undefined;
  if (told === undefined) return usage;
  if (!first) return { ...usage, output: Math.max(usage.output, told.output_tokens) };
  const cacheRead = told.input_token_details?.cache_read ?? 0;
  const cacheWrite = told.input_token_details?.cache_creation ?? 0;
  return {
    input: told.input_tokens - cacheRead - cacheWrite,
    output: told.output_tokens,
    cacheRead,
    cacheWrite,
  };
}

export const countsInput = ({ input, cacheRead, cacheWrite }: WireUsage): boolean =>
  input + cacheRead + cacheWrite > 0;
