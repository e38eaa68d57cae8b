/**
 * A local server of the Anthropic Messages API, as its reference describes the wire: headers, validation, errors,
 * server-sent events, prompt caching's usage. What it says is scripted; how it says it is not.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type Exchange,
  pieces,
  readJson,
  type Script,
  type ScriptedServer,
  serveScript,
  tokens,
} from "../scripted-server.ts";
import { type ApiFault, checkHeaders, checkRequest, type MessagesRequest } from "./validate.ts";

export type ReplyBlock =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly thinking: string }
  /** `json` overrides the input's JSON, to send what is not well-formed. */
  | { readonly type: "tool_use"; readonly name: string; readonly input: unknown; readonly json?: string };

export type StopReason =
  | "end_turn"
  | "tool_use"
  | "max_tokens"
  | "refusal"
  | "stop_sequence"
  | "model_context_window_exceeded";

export type ScriptedReply =
  | {
      readonly kind: "message";
      readonly content: readonly ReplyBlock[];
      readonly stop?: StopReason;
      readonly outputTokens?: number;
    }
  /** An HTTP error. */
  | { readonly kind: "error"; readonly fault: ApiFault; readonly retryAfter?: number }
  /** The connection is cut after so many events. */
  | { readonly kind: "dropped"; readonly content: readonly ReplyBlock[]; readonly events: number }
  /** The stream ends cleanly after so many events, without `message_stop`. */
  | { readonly kind: "ended"; readonly content: readonly ReplyBlock[]; readonly events: number }
  /** Nothing is said, or nothing after so many events, and the connection stays open. */
  | { readonly kind: "silent"; readonly content: readonly ReplyBlock[]; readonly events: number }
  /** An `error` event within the stream. */
  | { readonly kind: "error-event"; readonly type: string; readonly message: string };

/** How a gateway differs from the original. */
export interface MessagesHabits {
  /** Answers in one piece although a stream was asked for. */
  readonly whole?: boolean;
  /** When it tells the input's tokens: as the original does, at the stream's end only, or never. */
  readonly counts?: "early" | "late" | "never";
}

export type Responder = (request: MessagesRequest, index: number) => ScriptedReply;

export type MessagesApi = ScriptedServer<MessagesRequest, ApiFault>;

export const overloaded: ScriptedReply = {
  kind: "error",
  fault: { status: 529, type: "overloaded_error", message: "Overloaded" },
};
export const rateLimited = (retryAfter: number): ScriptedReply => ({
  kind: "error",
  fault: { status: 429, type: "rate_limit_error", message: "This request would exceed your rate limit" },
  retryAfter,
});

const uncounted = { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

/** The event as a gateway sends it that counts late or never. */
function counted(event: WireEvent, counts: MessagesHabits["counts"] & {}): WireEvent {
  if (event.type === "message_start" && counts !== "early") {
    const message = event["message"] as { usage: object };
    return { ...event, message: { ...message, usage: { ...message.usage, ...uncounted } } };
  }
  if (event.type !== "message_delta" || counts !== "never") return event;
  return { ...event, usage: { ...(event["usage"] as object), ...uncounted } };
}

type WireEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Prefixes under this length are not cached. */
const cacheableTokens = 1024;

export async function startMessagesApi(
  script: Script<MessagesRequest>,
  { whole: neverStreams = false, counts = "early" }: MessagesHabits = {},
): Promise<MessagesApi> {
  const secret = randomBytes(32);
  const sign = (text: string): string => createHmac("sha256", secret).update(text).digest("base64");
  const cache = new Set<string>();
  const answer = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { faults, accept }: Exchange<MessagesRequest, ApiFault>,
  ): Promise<void> => {
    const requestId = `req_${randomBytes(9).toString("hex")}`;
    outgoing.setHeader("request-id", requestId);
    const fault =
      incoming.method === "POST" && incoming.url === "/v1/messages"
        ? checkHeaders(incoming.headers)
        : { status: 404, type: "not_found_error", message: "Not found" };
    if (fault !== null) return refuse(outgoing, requestId, fault, faults);
    const checked = checkRequest(await readJson(incoming), (text, signature) => sign(text) === signature);
    if ("fault" in checked) return refuse(outgoing, requestId, checked.fault, faults);
    const { request } = checked;
    const reply = accept(request);
    if (reply.kind === "error") {
      if (reply.retryAfter !== undefined) outgoing.setHeader("retry-after", String(reply.retryAfter));
      return refuse(outgoing, requestId, reply.fault, []);
    }
    if (reply.kind === "silent" && reply.events === 0) return;
    const usage = inputUsage(request, cache);
    const events = eventsOf(request, reply, usage, sign).map((event) => counted(event, counts));
    if (request.stream === true && !neverStreams) return stream(outgoing, reply, events);
    return whole(outgoing, events);
  };

  return serveScript({ name: "messages-api", path: "", script, ended: "api_error", answer });
}

function refuse(outgoing: ServerResponse, requestId: string, fault: ApiFault, faults: ApiFault[]): void {
  faults.push(fault);
  outgoing.writeHead(fault.status, { "content-type": "application/json" });
  const { type, message } = fault;
  outgoing.end(JSON.stringify({ type: "error", error: { type, message }, request_id: requestId }));
}

/** Everything up to the last cache breakpoint in tools and system is written to the cache once, then read from it. */
function inputUsage(request: MessagesRequest, cache: Set<string>) {
  const { tools = [], system = [], messages } = request;
  const blocks = [...tools, ...(typeof system === "string" ? [{ text: system }] : system)];
  const last = blocks.findLastIndex((block) => "cache_control" in block && block.cache_control != null);
  const prefix = JSON.stringify(blocks.slice(0, last + 1));
  const rest = tokens(JSON.stringify(blocks.slice(last + 1))) + tokens(JSON.stringify(messages));
  const size = tokens(prefix);
  const none = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  if (last === -1 || size < cacheableTokens) return { input_tokens: size + rest, ...none };
  const known = cache.has(prefix);
  cache.add(prefix);
  return {
    input_tokens: rest,
    cache_creation_input_tokens: known ? 0 : size,
    cache_read_input_tokens: known ? size : 0,
  };
}

type InputUsage = ReturnType<typeof inputUsage>;

function blockEvents(block: ReplyBlock, index: number, sign: (text: string) => string): WireEvent[] {
  const delta = (change: object): WireEvent => ({ type: "content_block_delta", index, delta: change });
  const around = (start: object, deltas: WireEvent[]): WireEvent[] => [
    { type: "content_block_start", index, content_block: start },
    ...deltas,
    { type: "content_block_stop", index },
  ];
  switch (block.type) {
    case "text":
      return around(
        { type: "text", text: "" },
        pieces(block.text, 9).map((text) => delta({ type: "text_delta", text })),
      );
    case "thinking":
      return around({ type: "thinking", thinking: "", signature: "" }, [
        ...pieces(block.thinking, 11).map((thinking) => delta({ type: "thinking_delta", thinking })),
        delta({ type: "signature_delta", signature: sign(block.thinking) }),
      ]);
    case "tool_use": {
      const json = block.json ?? JSON.stringify(block.input);
      const id = `toolu_${randomBytes(12).toString("hex")}`;
      return around({ type: "tool_use", id, name: block.name, input: {} }, [
        delta({ type: "input_json_delta", partial_json: "" }),
        ...(json === "{}"
          ? []
          : pieces(json, 7).map((part) => delta({ type: "input_json_delta", partial_json: part }))),
      ]);
    }
  }
}

type StreamedReply = Exclude<ScriptedReply, { kind: "error" }>;

function eventsOf(
  request: MessagesRequest,
  reply: StreamedReply,
  usage: InputUsage,
  sign: (text: string) => string,
): WireEvent[] {
  const content = reply.kind === "error-event" ? [] : reply.content;
  const used = content.some(({ type }) => type === "tool_use");
  const stop = (reply.kind === "message" ? reply.stop : undefined) ?? (used ? "tool_use" : "end_turn");
  const output =
    (reply.kind === "message" ? reply.outputTokens : undefined) ?? tokens(JSON.stringify(content));
  const message = {
    id: `msg_${randomBytes(12).toString("hex")}`,
    type: "message",
    role: "assistant",
    model: request.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1, service_tier: "standard" },
  };
  return [
    { type: "message_start", message },
    { type: "ping" },
    ...content.flatMap((block, index) => blockEvents(block, index, sign)),
    {
      type: "message_delta",
      delta: { stop_reason: stop, stop_sequence: null },
      usage: { ...usage, output_tokens: output },
    },
    { type: "message_stop" },
  ];
}

async function stream(
  outgoing: ServerResponse,
  reply: StreamedReply,
  events: readonly WireEvent[],
): Promise<void> {
  outgoing.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  const partial = reply.kind === "dropped" || reply.kind === "ended" || reply.kind === "silent";
  const sent = partial ? events.slice(0, reply.events) : events;
  const all =
    reply.kind === "error-event"
      ? [...events.slice(0, 2), { type: "error", error: { type: reply.type, message: reply.message } }]
      : sent;
  for (const event of all) {
    outgoing.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    await new Promise(setImmediate);
  }
  if (reply.kind === "silent") return;
  if (reply.kind === "dropped") outgoing.destroy();
  else outgoing.end();
}

type Piece = { type: string } & Record<string, unknown>;

/** The same message in one piece. */
function whole(outgoing: ServerResponse, events: readonly WireEvent[]): void {
  const [{ message }] = events as unknown as [{ message: Record<string, unknown> }];
  const content: Piece[] = [];
  const json = new Map<number, string>();
  for (const event of events) {
    const index = event["index"] as number;
    if (event.type === "content_block_start") content[index] = { ...(event["content_block"] as Piece) };
    if (event.type !== "content_block_delta") continue;
    const change = event["delta"] as Record<string, string>;
    const block = content[index]!;
    for (const key of ["text", "thinking", "signature"]) {
      if (change[key] !== undefined) block[key] = String(block[key]) + change[key];
    }
    if (change["partial_json"] !== undefined)
      json.set(index, (json.get(index) ?? "") + change["partial_json"]);
  }
  for (const [index, text] of json) content[index]!["input"] = text === "" ? {} : JSON.parse(text);
  const end = events.find(({ type }) => type === "message_delta")!;
  outgoing.writeHead(200, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ ...message, content, ...(end["delta"] as object), usage: end["usage"] }));
}
