import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { UploadRequest } from "../../../agent/service.ts";
import type { LogSummary } from "../../contract.ts";
import { download } from "../downloads.ts";
import { InvalidRequestError } from "../errors.ts";
import { eventStream, type ServerEvent, wantsEvents } from "../event-stream.ts";
import { jsonBody } from "../json-body.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { LogSchema } from "../schemas.ts";
import { type Upload, withUpload } from "../uploads.ts";
import { answer, body, fileBody, problems } from "./responses.ts";

const list = createRoute({
  method: "get",
  path: "/v1/logs",
  tags: ["Logs"],
  summary: "Stored logs",
  responses: { 200: answer("Logs", z.array(LogSchema)), ...problems },
});

const upload = createRoute({
  method: "post",
  path: "/v1/logs",
  tags: ["Logs"],
  summary: "Import a log",
  description:
    "CSV, XES, JSON lines (these also gzipped), Parquet, or OCEL 2.0 as JSON, XML or SQLite, by content; all of it or nothing. With `Accept: text/event-stream` it reports progress, then the log.",
  request: {
    body: fileBody({
      mapping: "JSON object: role → column. Guessed when absent.",
      zone: "IANA zone of times that carry none; UTC by default",
      thread: "Thread that is to be about this log",
    }),
  },
  responses: {
    201: {
      description: "The stored log",
      content: {
        "application/json": { schema: LogSchema },
        "text/event-stream": {
          schema: { type: "string" as const, description: "`progress` {message, share}, then `log`" },
        },
      },
    },
    ...problems,
  },
});

const formats = ["xes", "csv", "spreadsheet", "jsonl", "parquet", "ocel", "ocel-xml", "ocel-sqlite"] as const;

const exported = createRoute({
  method: "get",
  path: "/v1/logs/{id}/export",
  tags: ["Logs"],
  summary: "A log as a file",
  description:
    "What the format can hold of what the log's own file said comes back: types, nested attributes, header.",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ format: z.enum(formats).default("xes") }),
  },
  responses: {
    200: {
      description: "The file",
      content: { "application/octet-stream": { schema: { type: "string" as const, format: "binary" } } },
    },
    ...problems,
  },
});

const append = createRoute({
  method: "post",
  path: "/v1/logs/{id}/events",
  tags: ["Logs"],
  summary: "Append events",
  description: "One unit. Watches are evaluated before the answer; a breach raises an alert.",
  request: {
    params: z.object({ id: z.string() }),
    body: body(z.object({ events: z.array(z.record(z.string(), z.unknown())).min(1).max(100_000) })),
  },
  responses: {
    200: answer("What was added", z.object({ added: z.int(), alerts: z.int(), log: LogSchema })),
    ...problems,
  },
});

const model = createRoute({
  method: "get",
  path: "/v1/logs/{id}/model",
  tags: ["Logs"],
  summary: "Download the model of a log",
  description: "What the tool mining.export-model makes, as a file; see docs/models.md.",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      format: z.enum(["bpmn", "pnml", "ptml", "tree", "dot", "svg"]).default("bpmn"),
      picture: optional(z.enum(["map", "bpmn", "net"])),
    }),
  },
  responses: {
    200: {
      description: "The file",
      content: { "application/octet-stream": { schema: { type: "string" as const, format: "binary" } } },
    },
    ...problems,
  },
});

const ModelFile = z.object({ file: z.string(), type: z.string(), text: z.string() });

export function logRoutes(app: OpenAPIHono<Environment>, room: Room): void {
  const { service } = room;
  app.openapi(list, async (context) => context.json([...(await service.logs(context.var.caller))], 200));
  app.openapi(exported, (context) => {
    const { id: log } = context.req.valid("param");
    const { format } = context.req.valid("query");
    const { signal } = context.req.raw;
    return download((path) => service.exportLog({ ...context.var.caller, log, format, path, signal }));
  });
  app.openapi(append, async (context) => {
    const { events } = context.req.valid("json");
    const log = context.req.valid("param").id;
    return context.json(await service.append({ ...context.var.caller, log, events }), 200);
  });
  app.openapi(model, async (context) => {
    const log = context.req.valid("param").id;
    const input = { ...context.req.valid("query"), log };
    const result = await service.call({ ...context.var.caller, tool: "mining.export-model", input });
    const { file, type, text } = ModelFile.parse("data" in result ? result.data : null);
    context.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file)}`);
    return context.body(text, 200, { "content-type": type });
  });
  app.openapi(upload, async (context) => {
    const limit = room.options.uploadLimit ?? defaultUploadLimit;
    if (wantsEvents(context.req.header("accept"), false)) {
      const onError = room.options.onError;
      return eventStream(context, withProgress(context, room, limit), {
        drain: true,
        ...(onError && { onError }),
      });
    }
    return withUpload(context.req.raw, limit, async (file) =>
      context.json(
        await importer(context, room)({ ...importOf(context, file), signal: context.req.raw.signal }),
        201,
      ),
    );
  });
}

export const defaultUploadLimit = 4 * 1024 ** 3;

/** Progress as it comes, then the log. */
async function* withProgress(context: HttpContext, room: Room, limit: number): AsyncGenerator<ServerEvent> {
  const waiting: ServerEvent[] = [];
  let wake: () => void = () => undefined;
  const done = withUpload(context.req.raw, limit, (file) => {
    const onProgress = (message: string, share: number | null) => {
      waiting.push({ event: "progress", data: { message, share } });
      wake();
    };
    onProgress("Received", null);
    return importer(
      context,
      room,
    )({ ...importOf(context, file), onProgress, signal: context.req.raw.signal });
  });
  let finished = false;
  const settled = done.then(
    () => undefined,
    () => undefined,
  );
  void settled.then(() => {
    finished = true;
    wake();
  });
  while (!finished || waiting.length > 0) {
    const next = waiting.shift();
    if (next) yield next;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (finished || waiting.length > 0) resolve();
      });
  }
  yield { event: "log", data: await done };
}

/** The command line of the server's own OS user stores the same file once; everybody else's upload is a new log. */
function importer(
  context: HttpContext,
  { service, options }: Room,
): (request: UploadRequest) => Promise<LogSummary> {
  const { importLog } = options;
  return context.var.sameUser && importLog ? importLog : (request) => service.upload(request);
}

function importOf(context: HttpContext, file: Upload) {
  const { mapping, zone, thread } = file.fields;
  return {
    ...context.var.caller,
    name: file.name,
    path: file.path,
    ...(mapping ? { mapping: mappingOf(mapping) } : {}),
    ...(zone ? { zone } : {}),
    ...(thread ? { thread } : {}),
  };
}

/** A mapping in a form's field: a JSON object of texts. */
export function mappingOf(field: string): Record<string, string> {
  const parsed = z.record(z.string(), z.string()).safeParse(jsonBody(field, "mapping"));
  if (!parsed.success) throw new InvalidRequestError("mapping is not a JSON object of texts.", "mapping");
  return parsed.data;
}
