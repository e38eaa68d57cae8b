/**
 * Claude over the Messages API: streamed, with prompt caching on tools and system, thinking where the model offers it.
 * This module loads the SDK; import it when a key is configured.
 */
import { type Anthropic, APIError } from "@anthropic-ai/sdk";
import { ChatAnthropic } from "@langchain/anthropic";
import {
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  type MessageContent,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { claudeFailure } from "./claude-failures.ts";
import { attempting, countsInput, type LateUsage, readUsage, watchingUsage } from "./claude-usage.ts";
import { streamed } from "./claude-whole.ts";
import { type HostedSettings, hostedProvider } from "./hosted.ts";
import type { DeclaredTool } from "./hosted-tools.ts";
import { patientFetch } from "./patient-fetch.ts";
import type { ModelProvider } from "./provider.ts";
import { readSecret } from "./secret.ts";
import { refusesStrict } from "./strict.ts";
import { estimatedTokens } from "./usage.ts";
import {
  type Attempt,
  type Block,
  DroppedStreamError,
  type Prompt,
  type WireCall,
  type WireReply,
} from "./wire.ts";

export interface ClaudeOptions extends Partial<HostedSettings> {
  /** Where the key is: `env:ANTHROPIC_API_KEY` or `file:/path`. */
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model?: string;
  /** Tokens a reply may have, thinking included. */
  readonly maxTokens?: number;
  /** How long the server may say nothing before an attempt is given up. */
  readonly silenceMilliseconds?: number;
}

/** The model where MILLWRIGHT_MODEL names no other. */
export const defaultModel = "claude-sonnet-5";

/** Models that decide themselves how much to think; older ones think only with a fixed budget, which we leave out. */
const adaptive = /^claude-(?:opus-4-[6-9]|sonnet-4-6|opus-5|sonnet-5|fable-5|mythos)/;

export function claudeProvider(options: ClaudeOptions): ModelProvider {
  const { apiKey, baseUrl, model = defaultModel, maxTokens = 8192, silenceMilliseconds = 45_000 } = options;
  const client = new ChatAnthropic({
    apiKey: readSecret(apiKey),
    ...(baseUrl === undefined ? {} : { anthropicApiUrl: baseUrl }),
    model,
    maxTokens,
    streaming: true,
    maxRetries: 0,
    clientOptions: { fetch: watchingUsage(streamed(patientFetch(silenceMilliseconds))) },
    ...(adaptive.test(model) ? { thinking: { type: "adaptive" as const } } : {}),
  });
  // Once refused, schemas are not asked to be held again.
  let strict = true;
  const attempt = async (one: Attempt): Promise<WireReply> => {
    try {
      return await ask(client, one, strict);
    } catch (error) {
      const refused = error instanceof APIError && error.status === 400 && refusesStrict(error.message);
      if (!strict || !refused || one.prompt.tools.every((tool) => tool.strict === undefined)) throw error;
      strict = false;
      return ask(client, one, strict);
    }
  };
  return hostedProvider("claude", { model, maxTokens, attempt, failureOf: claudeFailure }, options);
}

async function ask(client: ChatAnthropic, attempt: Attempt, strict: boolean): Promise<WireReply> {
  const { prompt, meter } = attempt;
  const late: LateUsage = { usage: null };
  try {
    return await attempting.run(late, () => readStream(client, attempt, strict));
  } finally {
    if (!countsInput(meter.usage) && late.usage !== null) meter.usage = late.usage;
    // A message came, and the server counts nothing of what was sent: by its length.
    if (!countsInput(meter.usage) && meter.usage.output > 0) {
      meter.usage = { ...meter.usage, input: estimatedTokens(JSON.stringify(prompt)) };
      meter.estimated = true;
    }
  }
}

async function readStream(
  client: ChatAnthropic,
  { prompt, signal, meter }: Attempt,
  strict: boolean,
): Promise<WireReply> {
  let whole: AIMessageChunk | undefined;
  const stream = await client.stream(messagesOf(prompt), {
    tools: toolsOf(prompt.tools, strict),
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const chunk of stream) {
    meter.usage = readUsage(meter.usage, chunk, whole === undefined);
    whole = whole === undefined ? chunk : whole.concat(chunk);
  }
  const stopReason = whole?.additional_kwargs["stop_reason"];
  if (whole === undefined || typeof stopReason !== "string") throw new DroppedStreamError();
  return { blocks: blocksOf(whole), calls: callsOf(whole), stop: stops[stopReason] ?? "done", stopReason };
}

const stops: Readonly<Record<string, WireReply["stop"]>> = {
  refusal: "refused",
  max_tokens: "cut-off",
  model_context_window_exceeded: "context-full",
};

/** The part of the system message that never changes is cached together with the tools before it. */
function messagesOf({ instructions, briefing, messages }: Prompt): BaseMessage[] {
  const content = [
    { type: "text", text: instructions, cache_control: { type: "ephemeral" } },
    { type: "text", text: briefing },
  ];
  return [new SystemMessage({ content }), ...together(messages)];
}

/** Results of calls and what a person said right after them are one message: roles alternate on the wire. */
function together(messages: readonly BaseMessage[]): BaseMessage[] {
  const merged: BaseMessage[] = [];
  for (const message of messages) {
    const results: ToolMessage[] = [];
    while (message instanceof HumanMessage && merged.at(-1) instanceof ToolMessage)
      results.unshift(merged.pop() as ToolMessage);
    merged.push(
      results.length === 0 ? message : new HumanMessage({ content: spokenAfter(results, message) }),
    );
  }
  return merged;
}

const spokenAfter = (results: readonly ToolMessage[], message: BaseMessage): MessageContent =>
  [
    ...results.map(({ tool_call_id, content }) => ({
      type: "tool_result",
      tool_use_id: tool_call_id,
      content,
    })),
    { type: "text", text: message.text },
  ] as MessageContent;

/** Cached up to the last one. */
const toolsOf = (tools: readonly DeclaredTool[], held: boolean): Anthropic.Tool[] =>
  tools.map(({ name, description, schema, strict }, index) => ({
    name,
    description,
    input_schema: (held && strict !== undefined ? strict : schema) as Anthropic.Tool.InputSchema,
    ...(held && strict !== undefined ? { strict: true } : {}),
    ...(index === tools.length - 1 ? { cache_control: { type: "ephemeral" as const } } : {}),
  }));

/** Calls with their JSON exactly as sent: LangChain would quietly repair what is not well-formed. */
function callsOf(chunk: AIMessageChunk): WireCall[] {
  const calls = new Map<number, WireCall>();
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

/** Text and thinking as the API wants them back. */
function blocksOf({ content }: AIMessageChunk): Block[] {
  const streamed = (Array.isArray(content) ? content : [{ type: "text", text: content }]) as Block[];
  return streamed.flatMap(({ index: _index, input: _input, ...block }): Block[] => {
    if (block["type"] === "text") return block["text"] === "" ? [] : [{ type: "text", text: block["text"] }];
    const thought = block["type"] === "thinking" || block["type"] === "redacted_thinking";
    return thought ? [block as Block] : [];
  });
}
