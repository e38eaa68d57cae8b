/** The contract's short routes: `POST /mine`, `POST /optimize`, `GET /monitor`, `POST /run`, and the service's own. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { MineRequest } from "../../contract.ts";
import { InvalidRequestError, NotOfferedError } from "../errors.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { RunSchema } from "../schemas.ts";
import { type Upload, withUpload } from "../uploads.ts";
import { CallResultSchema, called, MonitorSchema, monitored } from "./agent.ts";
import { defaultUploadLimit, mappingOf } from "./logs.ts";
import { answer, body, clock, clockOf, fileBody, problems } from "./responses.ts";

const mine = createRoute({
  method: "post",
  path: "/mine",
  tags: ["Short"],
  summary: "Mine a log without storing it",
  description: "Counts, edges, times, bottlenecks, quality findings and a model; see docs/cli.md, `mine`.",
  request: {
    body: fileBody({
      mapping: "JSON object: role → column. Guessed when absent.",
      lifecycle: "`all` (default) or `complete`",
      classifier: "`name` (default), `name+lifecycle`, or a classifier of the XES file",
      model: "`false` leaves the model out",
      zone: "IANA zone of times that carry none; UTC by default",
    }),
  },
  responses: { 200: answer("The contract's `mine`", z.unknown()), ...problems },
});

const optimize = createRoute({
  method: "post",
  path: "/optimize",
  tags: ["Short"],
  summary: "Reassign work between resources",
  description:
    "Fields besides these are the input of the tool optimization.optimize: hours, budget, activity …",
  request: {
    body: body(
      z.looseObject({
        log: optional(z.string()).openapi({ description: "Log by id or name" }),
        ...clock,
      }),
    ),
  },
  responses: { 200: answer("The result, or a proposal", CallResultSchema), ...problems },
});

const monitor = createRoute({
  method: "get",
  path: "/monitor",
  tags: ["Short"],
  summary: "KPIs, alerts and promises",
  responses: { 200: answer("Now", MonitorSchema), ...problems },
});

const run = createRoute({
  method: "post",
  path: "/run",
  tags: ["Short"],
  summary: "The whole pipeline in one call",
  request: {
    body: body(
      z.object({
        log: z.string().openapi({ description: "Stored log by id or name" }),
        context: z.unknown().optional(),
        api: optional(z.string()).openapi({ description: "An imported specification's id" }),
        kpis: optional(z.array(z.unknown())),
        ...clock,
      }),
    ),
  },
  responses: { 200: answer("The contract's `run`", RunSchema), ...problems },
});

export function shortRoutes(app: OpenAPIHono<Environment>, room: Room): void {
  const { service } = room;
  app.openapi(mine, async (context) => context.json(await mined(context, room), 200));
  app.openapi(optimize, async (context) => {
    const { now, zone, log, ...input } = context.req.valid("json");
    const clockGiven = clockOf({ now, zone });
    const logGiven = log === undefined ? {} : { log };
    const request = {
      ...context.var.caller,
      tool: "optimization.optimize",
      input,
      ...logGiven,
      ...clockGiven,
    };
    return context.json(await called(service, request), 200);
  });
  app.openapi(monitor, async (context) => context.json(await monitored(context, service), 200));
  app.openapi(run, async (context) => {
    const { now, zone, ...given } = context.req.valid("json");
    const clockGiven = clockOf({ now, zone });
    if (given.api !== undefined && /[\\/]/.test(given.api) && !context.var.sameUser) {
      throw new InvalidRequestError("api is an imported specification's id, not a path.", "api");
    }
    const found = await service.run({ ...context.var.caller, ...given, ...clockGiven });
    return context.json(
      {
        ...found,
        rules: [...found.rules],
        integration: [...found.integration],
        alerts: [...found.alerts],
        visualization: [...found.visualization],
      },
      200,
    );
  });
}

async function mined(context: HttpContext, { options }: Room): Promise<unknown> {
  const { mine: mineFile } = options;
  if (!mineFile) throw new NotOfferedError("mining");
  const limit = options.uploadLimit ?? defaultUploadLimit;
  return withUpload(context.req.raw, limit, (file) => mineFile(mineRequest(file)));
}

function mineRequest({ name, path, fields }: Upload): MineRequest {
  const lifecycle = oneOf(fields, "lifecycle", ["all", "complete"] as const);
  const classifier = fields["classifier"];
  return {
    name,
    path,
    model: oneOf(fields, "model", ["true", "false"] as const) !== "false",
    ...(fields["mapping"] ? { mapping: mappingOf(fields["mapping"]) } : {}),
    ...(lifecycle ? { lifecycle } : {}),
    ...(classifier ? { classifier } : {}),
    ...(fields["zone"] ? { zone: fields["zone"] } : {}),
  };
}

function oneOf<Choice extends string>(
  fields: Readonly<Record<string, string>>,
  field: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = fields[field];
  if (given === undefined || given === "") return undefined;
  const found = choices.find((choice) => choice === given);
  if (!found) throw new InvalidRequestError(`${field} is one of ${choices.join(", ")}.`, field);
  return found;
}
