/**
 * A local server of OpenAI's chat completions, as its reference describes the wire, and with the habits of servers that
 * are only compatible. It takes the same scripts as the local Messages API.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReplyBlock, ScriptedReply } from "../messages-api/server.ts";
import {
  type Exchange,
  pieces,
  readJson,
  type Script,
  type ScriptedServer,
  serveScript,
  tokens,
} from "../scripted-server.ts";
import {
  type ChatFault,
  type ChatRequest,
  checkChatHeaders,
  checkChatRequest,
  invalidRequest,
} from "./validate.ts";

/** How a compatible server differs from the original. */
export interface Habits {
  /** The key it asks for; null for none. */
  readonly key?: string | null;
  /** Takes whatever else a gateway sends along. */
  readonly lenient?: boolean;
  /** Never counts tokens. */
  readonly uncounted?: boolean;
  /** Fields it refuses. */
  readonly refuses?: readonly ("stream_options" | "max_tokens" | "max_completion_tokens")[];
  /** Answers in one piece although a stream was asked for. */
  readonly whole?: boolean;
  /** Calls come without an index, each whole. */
  readonly unindexed?: boolean;
  /** Calls come without ids. */
  readonly nameless?: boolean;
  /** The chunk with the usage has null for choices. */
  readonly nullChoices?: boolean;
  /** The stream closes after the last chunk, without `[DONE]`. */
  readonly undone?: boolean;
  /** Lines end with CR LF, comments stand between events, and pieces are cut anywhere. */
  readonly ragged?: boolean;
  /** Arguments are an object instead of its JSON. */
  readonly objects?: boolean;
}

export type ChatCompletions = ScriptedServer<ChatRequest, ChatFault>;

const finishes: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  tool_use: "tool_calls",
  max_tokens: "length",
  refusal: "stop",
};
const statuses: Readonly<Record<number, number>> = { 529: 503 };

export async function startChatCompletions(
  script: Script<ChatRequest>,
  habits: Habits = {},
): Promise<ChatCompletions> {
  const seen = new Set<string>();
  const answer = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { faults, accept }: Exchange<ChatRequest, ChatFault>,
  ): Promise<void> => {
    const fault =
      incoming.method === "POST" && incoming.url?.split("?")[0] === "/v1/chat/completions"
        ? checkChatHeaders(incoming.headers, habits.key ?? null)
        : { status: 404, type: "invalid_request_error", code: null, message: "Not found" };
    if (fault !== null) return refuse(outgoing, fault, faults);
    const body = await readJson(incoming);
    const refused = habits.refuses?.find((field) => field in (body as object));
    if (refused !== undefined) {
      const message = `Unsupported parameter: '${refused}' is not supported with this model.`;
      return refuse(outgoing, invalidRequest(message, "unsupported_parameter"), []);
    }
    const checked = habits.lenient === true ? { request: body as ChatRequest } : checkChatRequest(body);
    if ("fault" in checked) return refuse(outgoing, checked.fault, faults);
    const reply = accept(checked.request);
    if (reply.kind === "error") {
      if (reply.retryAfter !== undefined) outgoing.setHeader("retry-after", String(reply.retryAfter));
      const { status, type, message } = reply.fault;
      return refuse(outgoing, { status: statuses[status] ?? status, type, code: type, message }, []);
    }
    if (reply.kind === "silent") return silence(outgoing, reply.events > 0);
    const usage = usageOf(checked.request, reply, seen);
    if (habits.whole === true)
      return whole(outgoing, checked.request, reply, habits.uncounted ? null : usage);
    return stream(outgoing, checked.request, reply, usage, habits);
  };

  return serveScript({ name: "chat-completions", path: "/v1", script, ended: "server_error", answer });
}

function refuse(outgoing: ServerResponse, fault: ChatFault, faults: ChatFault[]): void {
  faults.push(fault);
  const { status, ...error } = fault;
  outgoing.writeHead(status, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ error: { ...error, param: null } }));
}

/** Says nothing, or nothing more after its headers. */
function silence(outgoing: ServerResponse, begun: boolean): void {
  if (!begun) return;
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  outgoing.flushHeaders();
}

type Streamed = Exclude<ScriptedReply, { kind: "error" } | { kind: "silent" }>;
const contentOf = (reply: Streamed): readonly ReplyBlock[] =>
  reply.kind === "error-event" ? [] : reply.content.filter(({ type }) => type !== "thinking");

/** System message and tools are found again in the cache from the second time on. */
function usageOf(request: ChatRequest, reply: Streamed, seen: Set<string>) {
  const [system] = request.messages;
  const instructions = String(system?.content).split("What follows is data about this turn")[0];
  const prefix = JSON.stringify([instructions, request.tools]);
  const cached = seen.has(prefix) && tokens(prefix) >= 1024 ? tokens(prefix) : 0;
  seen.add(prefix);
  const prompt = tokens(prefix) + tokens(JSON.stringify(request.messages.slice(1)));
  const output =
    (reply.kind === "message" ? reply.outputTokens : undefined) ?? tokens(JSON.stringify(contentOf(reply)));
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
type Usage = ReturnType<typeof usageOf>;

const jsonOf = (block: Extract<ReplyBlock, { type: "tool_use" }>): string =>
  block.json ?? JSON.stringify(block.input);
const newId = (): string => `call_${randomBytes(9).toString("hex")}`;

function finishOf(reply: Streamed): string {
  const used = contentOf(reply).some(({ type }) => type === "tool_use");
  return finishes[(reply.kind === "message" ? reply.stop : undefined) ?? (used ? "tool_use" : "end_turn")]!;
}
const isRefusal = (reply: Streamed): boolean => reply.kind === "message" && reply.stop === "refusal";

type Delta = Readonly<Record<string, unknown>>;

function deltasOf(reply: Streamed, habits: Habits): Delta[] {
  let calls = -1;
  const refusal = isRefusal(reply)
    ? pieces("I cannot help with that.", 9).map((refusal) => ({ refusal }))
    : [];
  return [
    { role: "assistant", content: "", refusal: null },
    ...refusal,
    ...contentOf(reply).flatMap((block): Delta[] => {
      if (block.type === "text") return pieces(block.text, 9).map((content) => ({ content }));
      if (block.type !== "tool_use") return [];
      calls += 1;
      return callDeltas(block, calls, habits);
    }),
  ];
}

function callDeltas(
  block: Extract<ReplyBlock, { type: "tool_use" }>,
  index: number,
  habits: Habits,
): Delta[] {
  const id = habits.nameless ? {} : { id: newId() };
  const { name } = block;
  const json = jsonOf(block);
  const whole = { ...id, type: "function", function: { name, arguments: json } };
  if (habits.objects)
    return [{ tool_calls: [{ index, ...whole, function: { name, arguments: block.input } }] }];
  if (habits.unindexed) return [{ tool_calls: [whole] }];
  return [
    { tool_calls: [{ index, ...id, type: "function", function: { name, arguments: "" } }] },
    ...pieces(json, 7).map((part) => ({ tool_calls: [{ index, function: { arguments: part } }] })),
  ];
}

async function stream(
  outgoing: ServerResponse,
  request: ChatRequest,
  reply: Streamed,
  usage: Usage,
  habits: Habits,
): Promise<void> {
  outgoing.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const common = {
    id: `chatcmpl-${newId()}`,
    object: "chat.completion.chunk",
    created: 1,
    model: request.model,
  };
  const deltas = deltasOf(reply, habits);
  const asked = request.stream_options?.include_usage === true && habits.uncounted !== true;
  const chunks: object[] = [
    ...deltas.map((delta) => ({ ...common, choices: [{ index: 0, delta, finish_reason: null }] })),
    { ...common, choices: [{ index: 0, delta: {}, finish_reason: finishOf(reply) }] },
    ...(asked ? [{ ...common, choices: habits.nullChoices ? null : [], usage }] : []),
  ];
  const partial = reply.kind === "dropped" || reply.kind === "ended";
  const sent = partial ? chunks.slice(0, Math.min(reply.events, deltas.length)) : chunks;
  if (reply.kind === "error-event")
    sent.splice(1, sent.length, { error: { message: reply.message, type: reply.type, code: reply.type } });
  const lines = sent.map((chunk) => `data: ${JSON.stringify(chunk)}`);
  if (reply.kind === "message" && !habits.undone) lines.push("data: [DONE]");
  for (const text of habits.ragged ? ragged(lines) : lines.map((line) => `${line}\n\n`)) {
    outgoing.write(text);
    await new Promise(setImmediate);
  }
  if (reply.kind === "dropped") outgoing.destroy();
  else outgoing.end();
}

const ragged = (lines: readonly string[]): string[] =>
  pieces(lines.map((line) => `: keep-alive\r\n\r\nevent: message\r\n${line}\r\n\r\n`).join(""), 5);

function whole(outgoing: ServerResponse, request: ChatRequest, reply: Streamed, usage: Usage | null): void {
  const blocks = contentOf(reply);
  const text = blocks.map((block) => (block.type === "text" ? block.text : "")).join("");
  const calls = blocks.flatMap((block) =>
    block.type === "tool_use"
      ? [{ id: newId(), type: "function", function: { name: block.name, arguments: jsonOf(block) } }]
      : [],
  );
  const message = {
    role: "assistant",
    content: text === "" ? null : text,
    refusal: isRefusal(reply) ? "I cannot help with that." : null,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  outgoing.writeHead(200, { "content-type": "application/json" });
  outgoing.end(
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: request.model,
      choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
      ...(usage === null ? {} : { usage }),
    }),
  );
}
