/** A prompt as a request of the chat completions API. */
import type { AIMessage, BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { DeclaredTool } from "./hosted-tools.ts";
import { everythingRequired, refusesStrict } from "./strict.ts";
import type { Block, Prompt } from "./wire.ts";

interface ChatCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

export type ChatMessage =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string | null; readonly tool_calls?: readonly ChatCall[] }
  | { readonly role: "tool"; readonly tool_call_id: string; readonly content: string };

/** Fields that servers do not agree on; what one refuses is left out or written otherwise from then on. */
export interface Dialect {
  readonly limit: "max_tokens" | "max_completion_tokens" | null;
  /** Asks for the usage at the stream's end. */
  readonly streamOptions: boolean;
  /** Holds the model to the schemas of rules and workflows. */
  readonly strict: boolean;
}
export const usualDialect: Dialect = { limit: "max_tokens", streamOptions: true, strict: true };

/** The dialect without what a server complained of; null where the complaint is about something else. */
export function adapted(dialect: Dialect, complaint: string): Dialect | null {
  if (dialect.streamOptions && /stream_options|include_usage/u.test(complaint))
    return { ...dialect, streamOptions: false };
  if (dialect.limit === "max_tokens" && /max_tokens|max_completion_tokens/u.test(complaint))
    return { ...dialect, limit: "max_completion_tokens" };
  if (dialect.limit === "max_completion_tokens" && /max_completion_tokens/u.test(complaint))
    return { ...dialect, limit: null };
  return dialect.strict && refusesStrict(complaint) ? { ...dialect, strict: false } : null;
}

export function chatRequest(
  { instructions, briefing, messages, tools }: Prompt,
  { model, maxTokens, dialect }: { model: string; maxTokens: number; dialect: Dialect },
): object {
  return {
    model,
    stream: true,
    ...(dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
    ...(dialect.limit === null ? {} : { [dialect.limit]: maxTokens }),
    // What never changes stands first, so that servers that keep prefixes find it again.
    messages: [
      { role: "system", content: `${instructions}\n\n${briefing}` },
      ...messages.map(chatMessage),
    ] satisfies ChatMessage[],
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => chatTool(tool, dialect.strict)) }),
  };
}

const chatTool = ({ name, description, schema, strict }: DeclaredTool, held: boolean): object => ({
  type: "function",
  function:
    held && strict !== undefined
      ? { name, description, parameters: everythingRequired(strict), strict: true }
      : { name, description, parameters: schema },
});

function textOf(content: BaseMessage["content"]): string {
  if (typeof content === "string") return content;
  return content.map((block) => (block.type === "text" ? String(block["text"]) : "")).join("");
}

function chatMessage(message: BaseMessage): ChatMessage {
  const text = textOf(message.content);
  switch (message.getType()) {
    case "human":
      return { role: "user", content: text };
    case "tool":
      return { role: "tool", tool_call_id: (message as ToolMessage).tool_call_id, content: text };
    case "ai":
      return assistant(message as AIMessage, text);
    default:
      throw new TypeError(`A ${message.getType()} message is not sent to a model`);
  }
}

/** Calls stand in the content's blocks under the names that they have on the wire. */
function assistant({ content }: AIMessage, text: string): ChatMessage {
  const blocks = (typeof content === "string" ? [] : content) as Block[];
  const calls = blocks.flatMap((block): ChatCall[] =>
    block.type !== "tool_use"
      ? []
      : [
          {
            id: String(block["id"]),
            type: "function",
            function: { name: String(block["name"]), arguments: JSON.stringify(block["input"]) },
          },
        ],
  );
  if (calls.length === 0) return { role: "assistant", content: text };
  return { role: "assistant", content: text === "" ? null : text, tool_calls: calls };
}
