/** Reads a streamed message of Claude's into the message the graph works with. */
import { AIMessage, type AIMessageChunk } from "@langchain/core/messages";
import { answerTool, readAnswer, type WireTools } from "./claude-tools.ts";
import { ModelRefusedError, ModelTruncatedError } from "./errors.ts";
import type { Briefing } from "./provider.ts";
import { toUsageMetadata, type WireUsage } from "./usage.ts";

interface Reading {
  readonly model: string;
  readonly maxTokens: number;
  readonly briefing: Briefing;
  readonly wire: WireTools;
}

interface WireCall {
  readonly id: string;
  readonly name: string;
  /** The input's JSON as it came. */
  readonly json: string;
}

/** Throws for a refusal and for a message that was cut off. */
function checkStop(chunk: AIMessageChunk, reading: Reading): void {
  const reason = chunk.additional_kwargs["stop_reason"];
  if (reason === "refusal") throw new ModelRefusedError(reading.model);
  if (reason === "max_tokens")
    throw new ModelTruncatedError(reading.model, `at most ${reading.maxTokens} tokens`);
  if (reason === "model_context_window_exceeded")
    throw new ModelTruncatedError(reading.model, "a shorter thread");
}

/** Calls with their JSON exactly as sent: LangChain would quietly repair what is not well-formed. */
function wireCalls(chunk: AIMessageChunk): WireCall[] {
  const calls = new Map<number, { id: string; name: string; json: string }>();
  for (const { index = 0, id, name, args } of chunk.tool_call_chunks ?? []) {
    const call = calls.get(index) ?? { id: "", name: "", json: "" };
    calls.set(index, {
      id: call.id || (id ?? ""),
      name: call.name || (name ?? ""),
      json: call.json + (args ?? ""),
    });
  }
  return [...calls.values()];
}

/** The parsed input; `undefined` when it is not JSON. A call without any JSON has no input: `{}`. */
function parseJson(json: string): unknown {
  if (json.trim() === "") return {};
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Block = { type: string } & Record<string, unknown>;

/** Text and thinking as the API wants them back, then the calls. */
function contentOf(chunk: AIMessageChunk, calls: readonly WireCall[]): Block[] {
  const streamed = (
    Array.isArray(chunk.content) ? chunk.content : [{ type: "text", text: chunk.content }]
  ) as Block[];
  const kept = streamed.flatMap(({ index: _index, input: _input, ...block }): Block[] => {
    if (block.type === "text") return block["text"] === "" ? [] : [{ type: "text", text: block["text"] }];
    const thought = block.type === "thinking" || block.type === "redacted_thinking";
    return thought ? [block as Block] : [];
  });
  const used = calls.map(({ id, name, json }) => {
    const input = parseJson(json);
    return { type: "tool_use", id, name, input: typeof input === "object" && input !== null ? input : {} };
  });
  return [...kept, ...used];
}

export function readClaudeMessage(chunk: AIMessageChunk, usage: WireUsage, reading: Reading): AIMessage {
  checkStop(chunk, reading);
  const calls = wireCalls(chunk);
  const answer = calls.find(({ name }) => name === answerTool);
  const others = calls.filter((call) => call !== answer);
  const accounts = {
    usage_metadata: toUsageMetadata(usage) as NonNullable<AIMessage["usage_metadata"]>,
    response_metadata: { model: reading.model, stop_reason: chunk.additional_kwargs["stop_reason"] },
  };
  if (answer === undefined || others.length > 0) return withCalls(chunk, others, reading, accounts);
  const read = readAnswer(parseJson(answer.json), reading.briefing);
  if ("problem" in read) {
    const { id, json } = answer;
    const invalid = {
      type: "invalid_tool_call" as const,
      id,
      name: answerTool,
      args: `${read.problem} in ${json}`,
      error: read.problem,
    };
    return new AIMessage({ content: contentOf(chunk, [answer]), invalid_tool_calls: [invalid], ...accounts });
  }
  return new AIMessage({ content: read.text, additional_kwargs: { millwright: read.parts }, ...accounts });
}

/** A message with calls, or with text only. A reply handed in together with calls waits until they have run. */
function withCalls(
  chunk: AIMessageChunk,
  calls: readonly WireCall[],
  reading: Reading,
  accounts: {
    usage_metadata: NonNullable<AIMessage["usage_metadata"]>;
    response_metadata: Record<string, unknown>;
  },
): AIMessage {
  const content = contentOf(chunk, calls);
  if (calls.length === 0) {
    const text = content.map((block) => (block.type === "text" ? String(block["text"]) : "")).join("");
    if (text.trim() === "") throw new ModelTruncatedError(reading.model, "a reply with text or calls");
    return new AIMessage({ content: text, ...accounts });
  }
  const parsed = calls.map((call) => ({ ...call, input: parseJson(call.json) }));
  return new AIMessage({
    content,
    tool_calls: parsed
      .filter(({ input }) => input !== undefined)
      .map(({ id, name, input }) => {
        const call = reading.wire.unwire(name, input);
        return {
          type: "tool_call" as const,
          id,
          name: call.name,
          args: call.input as Record<string, unknown>,
        };
      }),
    invalid_tool_calls: parsed
      .filter(({ input }) => input === undefined)
      .map(({ id, name, json }) => ({
        type: "invalid_tool_call" as const,
        id,
        name: reading.wire.unwire(name, {}).name,
        args: json,
        error: "not valid JSON",
      })),
    ...accounts,
  });
}
