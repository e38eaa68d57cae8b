/** Checks a request as the chat completions API does, and says what is wrong in its words. */
import { z } from "zod";

const Call = z.strictObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), arguments: z.string() }),
});
const Message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string().min(1) }),
  z.strictObject({ role: z.literal("user"), content: z.string().min(1) }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.string().nullable(),
    tool_calls: z.array(Call).min(1).optional(),
  }),
  z.strictObject({ role: z.literal("tool"), tool_call_id: z.string().min(1), content: z.string() }),
]);
const Tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal("object") }),
    strict: z.boolean().optional(),
  }),
});

export const ChatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(Message).min(1),
  tools: z.array(Tool).min(1).optional(),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

export interface ChatFault {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
}

export const invalidRequest = (message: string, code: string | null = null): ChatFault => ({
  status: 400,
  type: "invalid_request_error",
  code,
  message,
});

export function checkChatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  key: string | null,
): ChatFault | null {
  const type = headers["content-type"];
  if (typeof type !== "string" || !type.startsWith("application/json"))
    return invalidRequest("content-type must be application/json");
  if (key === null || headers["authorization"] === `Bearer ${key}`) return null;
  const message = "Incorrect API key provided.";
  return { status: 401, type: "invalid_request_error", code: "invalid_api_key", message };
}

/** Every call of an assistant's message is answered right after it, and nothing else is. */
function pairing(messages: ChatRequest["messages"]): ChatFault | null {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      if (!open.delete(message.tool_call_id))
        return invalidRequest(
          `messages[${index}]: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.`,
        );
      continue;
    }
    if (open.size > 0)
      return invalidRequest(
        `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Missing: ${[...open].join(", ")}`,
      );
    if (message.role !== "assistant") continue;
    const ids = (message.tool_calls ?? []).map(({ id }) => id);
    if (message.content === null && ids.length === 0)
      return invalidRequest(`messages[${index}]: content is required without tool_calls`);
    if (new Set(ids).size < ids.length) return invalidRequest(`messages[${index}]: duplicate tool call ids`);
    open = new Set(ids);
  }
  return open.size > 0 ? invalidRequest("The last message leaves tool_calls without answers") : null;
}

/** The parsed request, or what is wrong with it. */
export function checkChatRequest(
  body: unknown,
): { readonly request: ChatRequest } | { readonly fault: ChatFault } {
  const parsed = ChatRequest.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join(".") ?? "";
    return { fault: invalidRequest(`Invalid '${path}': ${issue?.message}`) };
  }
  const request = parsed.data;
  const names = (request.tools ?? []).map((tool) => tool.function.name);
  if (new Set(names).size < names.length) return { fault: invalidRequest("Tool names must be unique.") };
  for (const { function: tool } of request.tools ?? []) {
    const wrong = tool.strict === true ? looseObject(tool.parameters) : null;
    if (wrong !== null)
      return { fault: invalidRequest(`Invalid schema for function '${tool.name}': ${wrong}`) };
  }
  if (request.stream_options !== undefined && request.stream !== true)
    return {
      fault: invalidRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled."),
    };
  for (const message of request.messages)
    if (message.role === "assistant")
      for (const call of message.tool_calls ?? [])
        if (!isJson(call.function.arguments)) return { fault: invalidRequest("arguments are not JSON") };
  const fault = pairing(request.messages);
  return fault === null ? { request } : { fault };
}

/** In strict mode every object is closed and needs all that it names. */
function looseObject(schema: unknown): string | null {
  if (typeof schema !== "object" || schema === null) return null;
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
  if (type === "object") {
    if (additionalProperties !== false)
      return "'additionalProperties' is required to be supplied and to be false.";
    const missing = Object.keys(properties ?? {}).find(
      (name) => !((required ?? []) as string[]).includes(name),
    );
    if (missing !== undefined) return `'required' is required to be supplied and to include '${missing}'.`;
  }
  for (const value of Object.values(schema)) {
    const found = looseObject(value);
    if (found !== null) return found;
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
