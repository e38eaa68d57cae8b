/** Checks a request as the Messages API does, and says what is wrong in its words. */
import { z } from "zod";

const CacheControl = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() });
const cached = { cache_control: CacheControl.nullish() };
const TextBlock = z.strictObject({ type: z.literal("text"), text: z.string().min(1), ...cached });
const ThinkingBlock = z.strictObject({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string(),
});
const RedactedThinking = z.strictObject({ type: z.literal("redacted_thinking"), data: z.string() });
const ToolUse = z.strictObject({
  type: z.literal("tool_use"),
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,200}$/),
  input: z.record(z.string(), z.unknown()),
  ...cached,
});
const ToolResult = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(TextBlock)]).optional(),
  is_error: z.boolean().optional(),
  ...cached,
});
const Block = z.discriminatedUnion("type", [TextBlock, ThinkingBlock, RedactedThinking, ToolUse, ToolResult]);
const Message = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.union([z.string().min(1), z.array(Block).min(1)]),
});
const Tool = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal("object") }),
  strict: z.boolean().optional(),
  type: z.literal("custom").optional(),
  ...cached,
});
const Thinking = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("adaptive"), display: z.enum(["summarized", "omitted"]).optional() }),
  z.strictObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1024) }),
  z.strictObject({ type: z.literal("disabled") }),
]);

export const MessagesRequest = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().positive(),
  messages: z.array(Message).min(1),
  system: z.union([z.string(), z.array(TextBlock)]).optional(),
  tools: z.array(Tool).optional(),
  tool_choice: z.looseObject({ type: z.enum(["auto", "any", "tool", "none"]) }).optional(),
  thinking: Thinking.optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().nonnegative().optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.boolean().optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  output_config: z.looseObject({}).optional(),
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;
type MessageBlock = z.infer<typeof Block>;

export interface ApiFault {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const invalid = (message: string): ApiFault => ({ status: 400, type: "invalid_request_error", message });

export function checkHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ApiFault | null {
  const key = headers["x-api-key"];
  if (typeof key !== "string" || key === "") {
    return { status: 401, type: "authentication_error", message: "x-api-key header is required" };
  }
  if (!key.startsWith("sk-ant-")) {
    return { status: 401, type: "authentication_error", message: "invalid x-api-key" };
  }
  if (headers["anthropic-version"] !== "2023-06-01") return invalid("anthropic-version: header is required");
  const type = headers["content-type"];
  return typeof type === "string" && type.startsWith("application/json")
    ? null
    : invalid("content-type must be application/json");
}

const blocksOf = (message: MessagesRequest["messages"][number]): readonly MessageBlock[] =>
  typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;

function pairing(messages: MessagesRequest["messages"]): ApiFault | null {
  for (const [index, message] of messages.entries()) {
    const blocks = blocksOf(message);
    const results = blocks.filter((block) => block.type === "tool_result");
    const before = index === 0 ? [] : blocksOf(messages[index - 1]!);
    const asked = new Set(before.flatMap((block) => (block.type === "tool_use" ? [block.id] : [])));
    for (const { tool_use_id } of results) {
      if (!asked.has(tool_use_id)) {
        return invalid(
          `messages.${index}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
        );
      }
    }
    if (results.length > 0 && blocks.slice(0, results.length).some(({ type }) => type !== "tool_result")) {
      return invalid(`messages.${index}: \`tool_result\` blocks must come first`);
    }
    const answered = new Set(results.map(({ tool_use_id }) => tool_use_id));
    const open = [...asked].filter((id) => !answered.has(id));
    if (open.length > 0) {
      return invalid(
        `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}.`,
      );
    }
  }
  const last = blocksOf(messages.at(-1)!);
  return last.some(({ type }) => type === "tool_use")
    ? invalid("messages: the last message leaves `tool_use` without `tool_result`")
    : null;
}

function roles(messages: MessagesRequest["messages"]): ApiFault | null {
  for (const [index, { role }] of messages.entries()) {
    const expected = index % 2 === 0 ? "user" : "assistant";
    if (role !== expected) return invalid(`messages.${index}: roles must alternate; expected "${expected}"`);
    const blocks = blocksOf(messages[index]!);
    const wrong = blocks.find(({ type }) =>
      role === "user" ? type !== "text" && type !== "tool_result" : type === "tool_result",
    );
    if (wrong !== undefined)
      return invalid(`messages.${index}: \`${wrong.type}\` is not for the role ${role}`);
  }
  return null;
}

function tools(request: MessagesRequest): ApiFault | null {
  const names = (request.tools ?? []).map(({ name }) => name);
  if (new Set(names).size !== names.length) return invalid("tools: Tool names must be unique.");
  for (const [index, tool] of (request.tools ?? []).entries()) {
    for (const key of ["oneOf", "anyOf", "allOf"]) {
      if (key in tool.input_schema) {
        return invalid(
          `tools.${index}.custom.input_schema: input_schema does not support ${key} at the top level`,
        );
      }
    }
  }
  return null;
}

/** Schemas that the model is held to: closed objects, without what the grammar cannot hold; only so many of them. */
function strictTools(request: MessagesRequest): ApiFault | null {
  const strict = (request.tools ?? []).filter((tool) => tool.strict === true);
  if (strict.length > 20) return invalid("tools: at most 20 strict tools may be given");
  let optional = 0;
  for (const { name, input_schema } of strict) {
    const found = JSON.stringify(input_schema, (key, value: unknown) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const schema = value as Record<string, unknown>;
      if (schema["type"] === "object") {
        if (schema["additionalProperties"] !== false)
          throw new StrictFault(`${name}: additionalProperties must be false`);
        optional +=
          Object.keys(schema["properties"] ?? {}).length - ((schema["required"] ?? []) as []).length;
      }
      const wrong = [
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "maxItems",
        "oneOf",
        "$ref",
      ].find((word) => (key === "properties" ? false : word in schema));
      if (wrong !== undefined) throw new StrictFault(`${name}: ${wrong} is not supported in strict schemas`);
      return value;
    });
    if (found === undefined) return invalid(`${name}: no schema`);
  }
  return optional > 24 ? invalid("tools: strict schemas have too many optional parameters") : null;
}

class StrictFault extends Error {}

/** As `strictTools`, its findings as faults. */
function strictness(request: MessagesRequest): ApiFault | null {
  try {
    return strictTools(request);
  } catch (error) {
    if (error instanceof StrictFault) return invalid(`tools: ${error.message}`);
    throw error;
  }
}

function thinking(
  request: MessagesRequest,
  isSigned: (text: string, signature: string) => boolean,
): ApiFault | null {
  const on = request.thinking !== undefined && request.thinking.type !== "disabled";
  if (on && request.temperature !== undefined && request.temperature !== 1) {
    return invalid("`temperature` may only be set to 1 when thinking is enabled.");
  }
  if (request.thinking?.type === "enabled" && request.thinking.budget_tokens >= request.max_tokens) {
    return invalid("`max_tokens` must be greater than `thinking.budget_tokens`.");
  }
  for (const [index, message] of request.messages.entries()) {
    for (const block of blocksOf(message)) {
      if (block.type === "thinking" && !isSigned(block.thinking, block.signature)) {
        return invalid(`messages.${index}.content: Invalid \`signature\` in \`thinking\` block`);
      }
    }
  }
  return null;
}

/** The number of places that ask for caching; four are allowed. */
function breakpoints(request: MessagesRequest): number {
  const text = JSON.stringify(request);
  return text.split('"cache_control":{').length - 1;
}

/** The parsed request, or what is wrong with it. */
export function checkRequest(
  body: unknown,
  isSigned: (text: string, signature: string) => boolean,
): { readonly request: MessagesRequest } | { readonly fault: ApiFault } {
  const parsed = MessagesRequest.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join(".") ?? "";
    const extra =
      issue?.code === "unrecognized_keys" ? `${issue.keys[0]}: Extra inputs are not permitted` : null;
    return { fault: invalid([path, extra ?? issue?.message].filter((part) => part !== "").join(": ")) };
  }
  const request = parsed.data;
  const fault =
    roles(request.messages) ??
    pairing(request.messages) ??
    tools(request) ??
    strictness(request) ??
    thinking(request, isSigned);
  if (fault !== null) return { fault };
  if (breakpoints(request) > 4)
    return { fault: invalid("A maximum of 4 blocks with cache_control may be provided.") };
  return { request };
}
