/**
 * The web chat: `POST /v1/chat` speaks in a thread and streams the answer in the `ai` package's UI message protocol,
 * `GET /v1/chat/{thread}` opens an old thread as messages, `GET /v1/chat/{thread}/stream` picks up a running answer
 * after a reload. The rest of the web app talks to `/v1/…`.
 */
import { createUIMessageStreamResponse } from "ai";
import { Hono, type HonoRequest } from "hono";
import { z } from "zod";
import type { AgentService, Speaker } from "../../agent/service.ts";
import { MillwrightError, toProblem } from "../../errors.ts";
import type { ThreadEvent } from "../contract.ts";
import { staticSite } from "./static.ts";
import { type ChatChunk, closesTurn, messagesOf, openTurn, turnToChunks } from "./stream.ts";

export interface WebChannelOptions {
  /** Who speaks, from the request's session cookie or token; throws when that is needed and missing. */
  readonly speaker: (request: Request) => Promise<{ readonly tenant: string; readonly person: Speaker }>;
  /** Folder with the built web app (web/dist). */
  readonly site: string;
  /** Gets what broke after the answer had begun, where no status can tell it any more. */
  readonly onError?: (error: unknown) => void;
}

export class ChatRequestError extends MillwrightError {
  constructor(message: string, expected: string) {
    super("chat-request", 400, message, { expected });
  }
}

export class ForeignOriginError extends MillwrightError {
  constructor(origin: string) {
    super("foreign-origin", 403, `A page of ${origin} may not speak here.`, {
      value: origin,
      remedy: "Open Millwright's own address.",
    });
  }
}

const MessageSchema = z.object({
  parts: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});
const BodySchema = z.object({
  id: z.string().min(1).max(200),
  message: MessageSchema.optional(),
  messages: z.array(MessageSchema).optional(),
  log: z.string().optional(),
  zone: z.string().optional(),
  private: z.boolean().optional(),
});

/** The routes of the web chat and the built app itself, which answers every other GET with its page. */
export function createWebChannel(service: AgentService, options: WebChannelOptions): Hono {
  const app = new Hono();
  app.onError((error) => problemResponse(error, options));
  app.post("/v1/chat", async (context) => {
    refuseForeignOrigin(context.req.raw);
    const speaker = await options.speaker(context.req.raw);
    const { id, log, zone, private: onlyMine, text } = await readBody(context.req);
    const request = {
      ...speaker,
      channel: "web" as const,
      thread: id,
      text,
      ...(log === undefined ? {} : { log }),
      ...(zone === undefined ? {} : { zone }),
      ...(onlyMine === undefined ? {} : { private: onlyMine }),
    };
    return stream(service.send(request), options);
  });
  app.get("/v1/chat/:thread", async (context) => {
    const speaker = await options.speaker(context.req.raw);
    const events = await recorded(service.replay({ ...speaker, thread: context.req.param("thread") }));
    const running = openTurn(events);
    const shown = running
      ? events.filter((event) => event.turn !== running || event.body.type === "message")
      : events;
    return context.json({
      messages: messagesOf(shown),
      running: running !== null,
      lastSeq: events.at(-1)?.seq ?? 0,
    });
  });
  app.get("/v1/chat/:thread/stream", async (context) => {
    const speaker = await options.speaker(context.req.raw);
    const thread = context.req.param("thread");
    const events = await recorded(service.replay({ ...speaker, thread }));
    const running = openTurn(events);
    if (running === null) return context.body(null, 204);
    const { signal } = context.req.raw;
    return stream(turnFrom(service.replay({ ...speaker, thread, follow: true, signal }), running), options);
  });
  app.route("/", staticSite(options.site));
  return app;
}

async function readBody(request: HonoRequest) {
  if (!request.header("content-type")?.startsWith("application/json")) {
    throw new ChatRequestError("The chat takes JSON only.", "content-type: application/json");
  }
  const raw: unknown = await request.json().catch(() => {
    throw new ChatRequestError("The body is not JSON.", "a JSON object with id and message");
  });
  const parsed = BodySchema.safeParse(raw);
  if (!parsed.success) throw new ChatRequestError(z.prettifyError(parsed.error), "{id, message, log?}");
  const message = parsed.data.message ?? parsed.data.messages?.at(-1);
  const text = message?.parts.flatMap((part) => (part.type === "text" ? [part.text ?? ""] : [])).join("\n");
  if (!text?.trim()) throw new ChatRequestError("The message has no text.", "a text part that is not empty");
  return { ...parsed.data, text };
}

/** A cookie is sent with same-site requests only, but a browser's Origin says more: another port is another page. */
function refuseForeignOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (origin === null || host === null) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new ForeignOriginError(origin);
}

async function recorded(replay: AsyncIterable<ThreadEvent>): Promise<ThreadEvent[]> {
  const events: ThreadEvent[] = [];
  for await (const event of replay) events.push(event);
  return events;
}

async function* turnFrom(events: AsyncIterable<ThreadEvent>, turn: string): AsyncIterable<ThreadEvent> {
  for await (const event of events) {
    if (event.turn !== turn) continue;
    yield event;
    if (closesTurn(event)) return;
  }
}

/**
 * Streams a turn. A reader that goes away does not end the turn: it is recorded, and a reload picks it up again. Only
 * `stop` ends it. An error before the first event is an ordinary HTTP problem; a later one becomes a `data-problem` part.
 */
async function stream(events: AsyncIterable<ThreadEvent>, options: WebChannelOptions): Promise<Response> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  const map = turnToChunks();
  let reading = true;
  const body = new ReadableStream<ChatChunk>({
    async start(controller) {
      const emit = (chunks: readonly ChatChunk[]) => {
        if (reading) for (const chunk of chunks) controller.enqueue(chunk);
      };
      try {
        for (let next = first; !next.done; next = await iterator.next()) emit(map(next.value));
      } catch (error) {
        options.onError?.(error);
        emit([{ type: "data-problem", id: "problem", data: toProblem(error) }, { type: "finish" }]);
      }
      if (reading) controller.close();
    },
    cancel() {
      reading = false;
    },
  });
  return createUIMessageStreamResponse({ stream: body, keepAliveMs: 15_000 });
}

function problemResponse(error: unknown, options: WebChannelOptions): Response {
  const problem = toProblem(error);
  if (problem.status >= 500) options.onError?.(error);
  return Response.json(problem, {
    status: problem.status,
    headers: { "content-type": "application/problem+json" },
  });
}
