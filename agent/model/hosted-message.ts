/** Reads a hosted model's message into the message the graph works with. */
import { AIMessage } from "@langchain/core/messages";
import { ModelRefusedError, ModelTruncatedError } from "./errors.ts";
import { planTool, readPlan, type SaidPlan } from "./hosted-plan.ts";
import { answerTool, type HostedTools, readAnswer } from "./hosted-tools.ts";
import type { Briefing } from "./provider.ts";
import { readResultTool } from "./result-data.ts";
import { toUsageMetadata } from "./usage.ts";
import type { Block, Meter, WireCall, WireReply } from "./wire.ts";

interface Reading {
  readonly model: string;
  readonly maxTokens: number;
  readonly briefing: Briefing;
  readonly tools: HostedTools;
  /** The plan that was said with it, or before it. */
  readonly plan: SaidPlan | null;
}

/** Throws for a refusal and for a message that was cut off. */
function checkStop({ stop }: WireReply, { usage }: Meter, { model, maxTokens }: Reading): void {
  if (stop === "refused") throw new ModelRefusedError(model, { usage });
  if (stop === "cut-off") throw new ModelTruncatedError(model, `at most ${maxTokens} tokens`, { usage });
  if (stop === "context-full") throw new ModelTruncatedError(model, "a shorter thread", { usage });
}

/** The parsed input; `undefined` when it is not JSON. A call without any JSON has no input: `{}`. */
export function parseJson(json: string): unknown {
  if (json.trim() === "") return {};
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Text and thinking, then the calls. */
export function contentOf({ blocks }: WireReply, calls: readonly WireCall[]): Block[] {
  const used = calls.map(({ id, name, json }) => {
    const input = parseJson(json);
    const object = typeof input === "object" && input !== null && !Array.isArray(input);
    return { type: "tool_use", id, name, input: object ? input : {} };
  });
  return [...blocks, ...used];
}

interface Accounts {
  readonly usage_metadata: NonNullable<AIMessage["usage_metadata"]>;
  readonly response_metadata: Record<string, unknown>;
}

/** Tools of the model's port: none of them is called in the product. */
const own: ReadonlySet<string> = new Set([answerTool, readResultTool, planTool]);

/** The plan that a message says; null where it says none. */
export function planIn(
  { calls }: WireReply,
  { briefing, tools }: Pick<Reading, "briefing" | "tools">,
): SaidPlan | { readonly problem: string } | null {
  const call = calls.find(({ name }) => name === planTool);
  if (call === undefined) return null;
  return readPlan(parseJson(call.json), briefing, (name) => tools.unwire(name, {}).name);
}

export function readHostedMessage(reply: WireReply, meter: Meter, reading: Reading): AIMessage {
  checkStop(reply, meter, reading);
  const { calls, stopReason } = reply;
  const answer = calls.find(({ name }) => name === answerTool);
  const others = calls.filter(({ name }) => !own.has(name));
  const accounts: Accounts = {
    usage_metadata: toUsageMetadata(meter.usage) as Accounts["usage_metadata"],
    response_metadata: {
      model: reading.model,
      stop_reason: stopReason,
      ...(meter.estimated ? { usage_estimated: true } : {}),
    },
  };
  if (answer === undefined || others.length > 0)
    return withCalls(reply, others, { reading, meter, accounts });
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
    return new AIMessage({
      content: [...contentOf(reply, [answer])],
      invalid_tool_calls: [invalid],
      ...accounts,
    });
  }
  return new AIMessage({ content: read.text, additional_kwargs: { millwright: read.parts }, ...accounts });
}

/** A message with calls, or with text only. A reply handed in together with calls waits until they have run. */
function withCalls(
  reply: WireReply,
  calls: readonly WireCall[],
  { reading, meter, accounts }: { reading: Reading; meter: Meter; accounts: Accounts },
): AIMessage {
  const content = contentOf(reply, calls);
  if (calls.length === 0) {
    const text = content.map((block) => (block.type === "text" ? String(block["text"]) : "")).join("");
    if (text.trim() === "")
      throw new ModelTruncatedError(reading.model, "a reply with text or calls", { usage: meter.usage });
    return new AIMessage({ content: text, ...accounts });
  }
  const parsed = calls.map((call) => ({ ...call, input: parseJson(call.json) }));
  return new AIMessage({
    content,
    additional_kwargs: reading.plan === null ? {} : { millwright: reading.plan },
    tool_calls: parsed
      .filter(({ input }) => input !== undefined)
      .map(({ id, name, input }) => {
        const call = reading.tools.unwire(name, input);
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
        name: reading.tools.unwire(name, {}).name,
        args: json,
        error: "not valid JSON",
      })),
    ...accounts,
  });
}
