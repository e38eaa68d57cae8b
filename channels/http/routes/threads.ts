import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ThreadEvent } from "../../contract.ts";
import { InvalidRequestError } from "../errors.ts";
import { eventStream, type ServerEvent, wantsEvents } from "../event-stream.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { ReplySchema, ThreadEventSchema } from "../schemas.ts";
import { answer, body, clock, clockOf, problems } from "./responses.ts";

const id = z.object({ id: z.string().min(1).max(500).openapi({ description: "Thread; any text" }) });
const stream = {
  "text/event-stream": {
    schema: {
      type: "string" as const,
      description: "Each `data` is a ThreadEvent, `id` its seq, `event` its body's type",
    },
  },
};

const list = createRoute({
  method: "get",
  path: "/v1/threads",
  tags: ["Threads"],
  summary: "Threads the person may see",
  responses: {
    200: answer(
      "Threads, newest first",
      z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          log: z.string().nullable(),
          lastSeq: z.int(),
          createdAt: z.string(),
        }),
      ),
    ),
    ...problems,
  },
});

const events = createRoute({
  method: "get",
  path: "/v1/threads/{id}/events",
  tags: ["Threads"],
  summary: "Everything that happened in a thread",
  description:
    "Recorded events after `from` (or after Last-Event-ID). With `Accept: text/event-stream` the stream goes on with what happens next.",
  request: { params: id, query: z.object({ from: z.coerce.number().int().nonnegative().default(0) }) },
  responses: {
    200: {
      description: "Events in order of seq",
      content: { "application/json": { schema: z.array(ThreadEventSchema) }, ...stream },
    },
    ...problems,
  },
});

const message = createRoute({
  method: "post",
  path: "/v1/threads/{id}/messages",
  tags: ["Threads"],
  summary: "Say something in a thread",
  description:
    "Streams the turn's events; with `Accept: application/json` waits for the reply. A thread that is not known begins.",
  request: {
    params: id,
    body: body(
      z.object({
        text: z.string().min(1).max(20_000),
        log: optional(z.string()).openapi({ description: "Log by id or name" }),
        private: optional(z.boolean()).openapi({ description: "Begins a thread only this person sees" }),
        calendar: optional(z.union([z.string(), z.looseObject({})])).openapi({
          description:
            "Durations are counted by it: a calendar as `PUT /v1/calendars/{name}` takes it, or a name",
        }),
        ...clock,
      }),
    ),
  },
  responses: {
    200: {
      description: "The turn",
      content: { "application/json": { schema: ReplySchema }, ...stream },
    },
    ...problems,
  },
});

const stop = createRoute({
  method: "post",
  path: "/v1/threads/{id}/stop",
  tags: ["Threads"],
  summary: "Cancel what runs in a thread",
  request: { params: id },
  responses: { 204: { description: "Stopped, or nothing was running" }, ...problems },
});

export function threadRoutes(app: OpenAPIHono<Environment>, room: Room): void {
  const { service } = room;
  app.openapi(list, async (context) => context.json([...(await service.threads(context.var.caller))], 200));
  app.openapi(events, async (context) => {
    const thread = context.req.valid("param").id;
    const from = lastEventId(context) ?? context.req.valid("query").from;
    const signal = context.req.raw.signal;
    const request = { ...context.var.caller, thread, from, signal };
    if (!wantsEvents(context.req.header("accept"), false)) {
      return context.json(await collected(service.replay(request)), 200);
    }
    return eventStream(
      context,
      serverEvents(service.replay({ ...request, follow: true })),
      streaming(room, false),
    );
  });
  app.openapi(message, async (context) => {
    const { now, zone, ...said } = context.req.valid("json");
    const thread = context.req.valid("param").id;
    const clockGiven = clockOf({ now, zone });
    const request = { ...context.var.caller, ...said, ...clockGiven, thread, channel: "http" as const };
    if (!wantsEvents(context.req.header("accept"), true))
      return context.json(await service.ask(request), 200);
    return eventStream(context, serverEvents(service.send(request)), streaming(room, true));
  });
  app.openapi(stop, async (context) => {
    await service.stop({ ...context.var.caller, thread: context.req.valid("param").id });
    return context.body(null, 204);
  });
}

/** A turn that was begun is finished though nobody listens; a replay is not. */
const streaming = (room: Room, drain: boolean) => ({
  drain,
  ...(room.options.onError === undefined ? {} : { onError: room.options.onError }),
});

async function collected(source: AsyncIterable<ThreadEvent>): Promise<ThreadEvent[]> {
  const all: ThreadEvent[] = [];
  for await (const event of source) all.push(event);
  return all;
}

async function* serverEvents(source: AsyncIterable<ThreadEvent>): AsyncGenerator<ServerEvent> {
  for await (const event of source) yield { id: String(event.seq), event: event.body.type, data: event };
}

/** Where a reconnecting client left off. */
function lastEventId(context: HttpContext): number | undefined {
  const given = context.req.header("last-event-id");
  if (given === undefined || given === "") return undefined;
  const seq = Number(given);
  if (!Number.isInteger(seq) || seq < 0) throw new InvalidRequestError("Last-Event-ID is not a seq.");
  return seq;
}
