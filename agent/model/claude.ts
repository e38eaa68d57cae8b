/**
 * Claude over the Messages API: streamed, with prompt caching on tools and system, thinking where the model offers it,
 * and retries with backoff. This module loads the SDK; import it when a key is configured.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Anthropic } from "@anthropic-ai/sdk";
import { ChatAnthropic } from "@langchain/anthropic";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import {
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  type UsageMetadata,
} from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { briefingPrompt } from "../prompts/briefing.v1.ts";
import { systemPrompt } from "../prompts/system.v1.ts";
import { DroppedStreamError, failureOf } from "./claude-failures.ts";
import { readClaudeMessage } from "./claude-message.ts";
import { sharedSchemas, type WireTools, wireTools } from "./claude-tools.ts";
import { ModelUnavailableError } from "./errors.ts";
import { hideIn, pseudonymsFor, restoreIn } from "./personal.ts";
import type { Briefing, ModelProvider } from "./provider.ts";
import { readSecret } from "./secret.ts";
import { addUsage, noUsage, type WireUsage } from "./usage.ts";

export interface ClaudeOptions {
  /** Where the key is: `env:ANTHROPIC_API_KEY` or `file:/path`. */
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model?: string;
  /** Tokens a reply may have, thinking included. */
  readonly maxTokens?: number;
  /** Tries in all for what may pass. */
  readonly attempts?: number;
  /** The first wait between tries; it doubles, with jitter. */
  readonly backoffMilliseconds?: number;
  /** A server that asks for a longer wait is given up on. */
  readonly longestWaitMilliseconds?: number;
  random?(): number;
  /**
   * Key of the pseudonyms that stand for people on the wire, at least 32 bytes; random for this process when absent, so
   * that they are others after a restart.
   */
  readonly pseudonymKey?: Uint8Array;
}

/** The model where MILLWRIGHT_MODEL names no other. */
export const defaultModel = "claude-sonnet-5";

/** Models that decide themselves how much to think; older ones think only with a fixed budget, which we leave out. */
const adaptive = /^claude-(?:opus-4-[6-9]|sonnet-4-6|opus-5|sonnet-5|fable-5|mythos)/;

/** The same for every turn and tenant, so it caches. */
const instructions = `${systemPrompt}\n\nShared inputs\n${sharedSchemas()}`;

type Settings = Required<Omit<ClaudeOptions, "baseUrl" | "apiKey">>;

export function claudeProvider(options: ClaudeOptions): ModelProvider {
  const settings: Settings = {
    model: options.model ?? defaultModel,
    maxTokens: options.maxTokens ?? 8192,
    attempts: options.attempts ?? 4,
    backoffMilliseconds: options.backoffMilliseconds ?? 500,
    longestWaitMilliseconds: options.longestWaitMilliseconds ?? 30_000,
    random: options.random ?? Math.random,
    pseudonymKey: options.pseudonymKey ?? randomBytes(32),
  };
  const client = new ChatAnthropic({
    apiKey: readSecret(options.apiKey),
    ...(options.baseUrl === undefined ? {} : { anthropicApiUrl: options.baseUrl }),
    model: settings.model,
    maxTokens: settings.maxTokens,
    streaming: true,
    maxRetries: 0,
    ...(adaptive.test(settings.model) ? { thinking: { type: "adaptive" as const } } : {}),
  });
  return { name: "claude", model: (briefing) => new ClaudeModel(client, settings, briefing) };
}

class ClaudeModel extends BaseChatModel {
  readonly #client: ChatAnthropic;
  readonly #settings: Settings;
  readonly #briefing: Briefing;
  readonly #wire: WireTools;

  constructor(client: ChatAnthropic, settings: Settings, briefing: Briefing) {
    super({});
    this.#client = client;
    this.#settings = settings;
    this.#briefing = briefing;
    this.#wire = wireTools(briefing.tools);
  }

  override _llmType(): string {
    return "claude";
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { signal } = options;
    const pseudonyms = pseudonymsFor(
      { key: this.#settings.pseudonymKey, briefing: this.#briefing },
      messages,
    );
    const { chunk, usage } = await this.#stream(hideIn(this.#prompt(messages), pseudonyms), signal);
    const wire = readClaudeMessage(chunk, usage, {
      model: this.#settings.model,
      maxTokens: this.#settings.maxTokens,
      briefing: this.#briefing,
      wire: this.#wire,
    });
    const message = restoreIn(wire, pseudonyms);
    return { generations: [{ text: message.text, message }] };
  }

  /** Our own system message: the part that never changes is cached together with the tools before it. */
  #prompt(messages: readonly BaseMessage[]): BaseMessage[] {
    const system = new SystemMessage({
      content: [
        { type: "text", text: instructions, cache_control: { type: "ephemeral" } },
        { type: "text", text: briefingPrompt(this.#briefing) },
      ],
    });
    return [system, ...mergeTexts(messages.filter((message) => message.getType() !== "system"))];
  }

  /** Tries until a whole message came; what dropped attempts used is counted too. */
  async #stream(
    messages: BaseMessage[],
    signal: AbortSignal | undefined,
  ): Promise<{ chunk: AIMessageChunk; usage: WireUsage }> {
    let usage = noUsage;
    for (let attempt = 1; ; attempt += 1) {
      const meter = { usage: noUsage };
      try {
        const chunk = await this.#attempt(messages, signal, meter);
        return { chunk, usage: addUsage(usage, meter.usage) };
      } catch (error) {
        signal?.throwIfAborted();
        usage = addUsage(usage, meter.usage);
        await this.#pause(error, attempt, signal);
      }
    }
  }

  async #attempt(
    messages: BaseMessage[],
    signal: AbortSignal | undefined,
    meter: { usage: WireUsage },
  ): Promise<AIMessageChunk> {
    let whole: AIMessageChunk | undefined;
    const stream = await this.#client.stream(messages, {
      tools: this.#wire.tools as Anthropic.Tool[],
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const chunk of stream) {
      meter.usage = readUsage(meter.usage, chunk, whole === undefined);
      whole = whole === undefined ? chunk : whole.concat(chunk);
    }
    if (whole?.additional_kwargs["stop_reason"] === undefined) throw new DroppedStreamError();
    return whole;
  }

  /** Waits before the next try, or throws what cannot be helped. */
  async #pause(error: unknown, attempt: number, signal: AbortSignal | undefined): Promise<void> {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const { attempts, backoffMilliseconds, longestWaitMilliseconds, random, model } = this.#settings;
    const backoff = backoffMilliseconds * 2 ** (attempt - 1) * (0.5 + random());
    const wait = Math.max(failure.afterMilliseconds ?? 0, backoff);
    if (!failure.retry || attempt >= attempts || wait > longestWaitMilliseconds) {
      throw new ModelUnavailableError(model, failure.reason, { cause: error });
    }
    await sleep(wait, undefined, { signal });
  }
}

/** The first chunk has the input's tokens; the last one the output's, counted from the beginning. */
function readUsage(usage: WireUsage, chunk: AIMessageChunk, first: boolean): WireUsage {
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

/** Texts of one speaker one after another become one: roles alternate on the wire. */
function mergeTexts(messages: readonly BaseMessage[]): BaseMessage[] {
  const merged: BaseMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    const both = [last, message].every(
      (one) => one?.getType() === "human" && typeof one.content === "string",
    );
    if (both) merged[merged.length - 1] = new HumanMessage(`${last!.text}\n\n${message.text}`);
    else merged.push(message);
  }
  return merged;
}
