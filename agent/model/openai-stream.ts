/**
 * Reads a chat completion, streamed or whole. Servers differ from the original here: calls without an index or an id,
 * arguments as an object, `choices` that is null, content in parts, no usage, a whole message although a stream was
 * asked for. All of that is understood; what is not JSON is not.
 */
import { randomUUID } from "node:crypto";
import type { WireUsage } from "./usage.ts";
import { DroppedStreamError, type WireCall, type WireReply } from "./wire.ts";

/** An `error` object in a body or in the middle of a stream. */
export class ChatApiError extends Error {
  readonly status: number | null;
  readonly code: string;
  readonly headers: Headers | undefined;
  constructor(status: number | null, body: unknown, headers?: Headers) {
    const { message, code, type } = errorIn(body);
    super(message);
    this.name = "ChatApiError";
    this.status = status;
    this.code = `${code} ${type}`.trim();
    this.headers = headers;
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const asText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

function errorIn(body: unknown): { message: string; code: string; type: string } {
  const error = isObject(body) && "error" in body ? body["error"] : body;
  if (!isObject(error)) return { message: asText(error), code: "", type: "" };
  const message = asText(error["message"]) || asText(error["detail"]) || JSON.stringify(error);
  return { message, code: asText(error["code"]), type: asText(error["type"]) };
}

/** The data of each event of a stream; comments, ids and event names are passed over. */
export async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
      else if (line === "" && data.length > 0) {
        yield data.join("\n");
        data = [];
      }
    }
  }
  if (rest.startsWith("data:")) data.push(rest.slice(5).trim());
  if (data.length > 0) yield data.join("\n");
}

interface Parts {
  text: string;
  refusal: string;
  readonly calls: { key: string | null; id: string; name: string; json: string }[];
  finish: string | null;
  usage: WireUsage | null;
}

export interface Completion {
  readonly reply: WireReply;
  /** Null where the server does not count. */
  readonly usage: WireUsage | null;
}

/** Collects chunks; `usage` may be asked for at any time, for a stream that breaks. */
export class CompletionReader {
  readonly #parts: Parts = { text: "", refusal: "", calls: [], finish: null, usage: null };

  get usage(): WireUsage | null {
    return this.#parts.usage;
  }

  /** What came so far, for servers that do not count. */
  get received(): string {
    const { text, refusal, calls } = this.#parts;
    return [text, refusal, ...calls.flatMap(({ name, json }) => [name, json])].join("");
  }

  /** A chunk of a stream, or a whole completion. Throws `ChatApiError` for an error in it. */
  add(chunk: unknown): void {
    if (!isObject(chunk)) return;
    if (chunk["error"] !== undefined && chunk["error"] !== null) throw new ChatApiError(null, chunk);
    this.#parts.usage = usageIn(chunk["usage"]) ?? this.#parts.usage;
    const [choice] = Array.isArray(chunk["choices"]) ? (chunk["choices"] as unknown[]) : [];
    if (!isObject(choice)) return;
    const said = choice["delta"] ?? choice["message"];
    if (isObject(said)) this.#say(said);
    if (typeof choice["finish_reason"] === "string") this.#parts.finish = choice["finish_reason"];
  }

  #say(said: Json): void {
    this.#parts.text += contentIn(said["content"]);
    this.#parts.refusal += asText(said["refusal"]);
    const calls = Array.isArray(said["tool_calls"]) ? (said["tool_calls"] as unknown[]) : [];
    for (const [position, call] of calls.entries()) if (isObject(call)) this.#call(call, position);
  }

  /** By index where there is one; else a new id or name begins a call, and what has neither goes on with the last. */
  #call(call: Json, position: number): void {
    const { calls } = this.#parts;
    const id = asText(call["id"]);
    const own = isObject(call["function"]) ? call["function"] : {};
    const name = asText(own["name"]);
    const index = typeof call["index"] === "number" ? String(call["index"]) : null;
    const last = calls.at(-1);
    const known =
      index !== null
        ? calls.find(({ key }) => key === index)
        : position === 0 && (id === "" || id === last?.id) && name === ""
          ? last
          : undefined;
    const target = known ?? { key: index, id: "", name: "", json: "" };
    if (known === undefined) calls.push(target);
    target.id ||= id;
    target.name ||= name;
    const given = own["arguments"];
    target.json += isObject(given) ? JSON.stringify(given) : asText(given);
  }

  /** The message. Throws `DroppedStreamError` where it has not come to its end. */
  finish(ended: boolean): WireReply {
    const { text, refusal, finish } = this.#parts;
    const began = text !== "" || this.#parts.calls.length > 0;
    if (finish === null && !(ended && began)) throw new DroppedStreamError();
    const stopReason = finish ?? "stop";
    const said = withoutThoughts(text);
    return {
      blocks: said === "" ? [] : [{ type: "text", text: said }],
      calls: withIds(this.#parts.calls),
      stop: refusal !== "" ? "refused" : (stops[stopReason] ?? "done"),
      stopReason,
    };
  }
}

const stops: Readonly<Record<string, WireReply["stop"]>> = { length: "cut-off", content_filter: "refused" };

function contentIn(content: unknown): string {
  if (!Array.isArray(content)) return asText(content);
  return content.map((part) => (isObject(part) ? asText(part["text"]) : "")).join("");
}

/** Some servers leave a model's thinking in its text. */
const withoutThoughts = (text: string): string => text.replace(/^\s*<think>[\s\S]*?<\/think>\s*/u, "");

/** Each call with an id of its own: without one, or with one twice, its result could not be told apart. */
function withIds(calls: Parts["calls"]): WireCall[] {
  const taken = new Set<string>();
  return calls.map(({ id, name, json }) => {
    const own = id === "" || taken.has(id) ? `call_${randomUUID().replaceAll("-", "")}` : id;
    taken.add(own);
    return { id: own, name, json };
  });
}

const count = (value: unknown): number => (typeof value === "number" && value >= 0 ? value : 0);

/** Null where the object says nothing. */
function usageIn(usage: unknown): WireUsage | null {
  if (!isObject(usage) || (usage["prompt_tokens"] == null && usage["completion_tokens"] == null)) return null;
  const details = isObject(usage["prompt_tokens_details"]) ? usage["prompt_tokens_details"] : {};
  const prompt = count(usage["prompt_tokens"]);
  const cacheRead = Math.min(prompt, count(details["cached_tokens"] ?? usage["prompt_cache_hit_tokens"]));
  return { input: prompt - cacheRead, output: count(usage["completion_tokens"]), cacheRead, cacheWrite: 0 };
}
