/** Facts, tools, monitoring and the ledger. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AgentService } from "../../../agent/service.ts";
import { signedIn } from "../authenticate.ts";
import { NotOfferedError } from "../errors.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { FactSchema, ProposalSchema, ViewSchema } from "../schemas.ts";
import { answer, body, clock, clockOf, problems } from "./responses.ts";

const json = z.unknown();

const fact = createRoute({
  method: "get",
  path: "/v1/facts/{id}",
  tags: ["Evidence"],
  summary: "A figure, and what its query gives now",
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: answer(
      "The fact, run again",
      z.object({
        fact: FactSchema,
        rerun: z.object({
          value: z.number().nullable(),
          agrees: z.boolean(),
          columns: z.array(z.string()),
          rows: z.array(z.array(json)),
        }),
      }),
    ),
    ...problems,
  },
});

const tools = createRoute({
  method: "get",
  path: "/v1/tools",
  tags: ["Tools"],
  summary: "What the agent can do",
  responses: {
    200: answer(
      "Tools",
      z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          risk: z.enum(["read", "draft", "write", "irreversible"]),
          examples: z.array(z.string()),
          input: json.openapi({ description: "JSON Schema" }),
        }),
      ),
    ),
    ...problems,
  },
});

export const CallResultSchema = z.union([
  z.object({
    kind: z.literal("result"),
    data: json,
    facts: z.array(FactSchema),
    views: z.array(ViewSchema),
    answer: json,
  }),
  z.object({ kind: z.literal("proposal"), proposal: ProposalSchema }),
]);

const call = createRoute({
  method: "post",
  path: "/v1/tools/{name}",
  tags: ["Tools"],
  summary: "Call one tool",
  description: "Reads and drafts run at once. A write becomes a proposal; nothing is changed.",
  request: {
    params: z.object({ name: z.string() }),
    body: body(
      z.object({
        input: json.openapi({ description: "What the tool takes" }),
        log: optional(z.string()),
        thread: optional(z.string()),
        ...clock,
      }),
    ),
  },
  responses: { 200: answer("The result, or the proposal", CallResultSchema), ...problems },
});

export const MonitorSchema = z
  .object({ kpis: z.array(json), alerts: z.array(json), promises: z.array(json) })
  .openapi("Monitor");

const monitor = createRoute({
  method: "get",
  path: "/v1/monitor",
  tags: ["Monitoring"],
  summary: "KPIs, alerts and promises",
  responses: { 200: answer("Now", MonitorSchema), ...problems },
});

const kpis = createRoute({
  method: "put",
  path: "/v1/kpis",
  tags: ["Monitoring"],
  summary: "Add or replace KPIs by name",
  request: { body: body(z.array(z.looseObject({ name: z.string(), metric: z.string() }))) },
  responses: { 200: answer("How many there are", z.object({ set: z.int() })), ...problems },
});

const ledger = createRoute({
  method: "get",
  path: "/v1/ledger",
  tags: ["Ledger"],
  summary: "What was done, in a chain of hashes",
  request: {
    query: z.object({
      verify: z.enum(["0", "1"]).default("0"),
      after: optional(z.coerce.number().int().nonnegative()),
      limit: optional(z.coerce.number().int().positive().max(1_000)),
    }),
  },
  responses: {
    200: answer(
      "Entries, and with `verify=1` whether the chain holds",
      z.object({
        entries: z.array(json),
        verified: z.object({ ok: z.boolean(), entries: z.int(), problem: z.string().nullable() }).nullable(),
      }),
    ),
    ...problems,
  },
});

export function agentRoutes(app: OpenAPIHono<Environment>, { service, options }: Room): void {
  app.openapi(fact, async (context) => {
    const found = await service.fact({ ...context.var.caller, id: context.req.valid("param").id });
    const rows = found.rerun.rows.map((row) => [...row]);
    return context.json(
      { fact: found.fact, rerun: { ...found.rerun, columns: [...found.rerun.columns], rows } },
      200,
    );
  });
  app.openapi(tools, (context) =>
    context.json(
      service.tools().map((tool) => ({ ...tool, examples: [...tool.examples] })),
      200,
    ),
  );
  app.openapi(call, async (context) => {
    const { now, zone, ...given } = context.req.valid("json");
    const clockGiven = clockOf({ now, zone });
    const tool = context.req.valid("param").name;
    return context.json(await called(service, { ...context.var.caller, tool, ...given, ...clockGiven }), 200);
  });
  app.openapi(monitor, async (context) => context.json(await monitored(context, service), 200));
  app.openapi(kpis, async (context) => {
    if (!options.setKpis) throw new NotOfferedError("KPIs");
    if (!context.var.sameUser) signedIn(context);
    const set = await options.setKpis(context.req.valid("json"));
    return context.json({ set }, 200);
  });
  app.openapi(ledger, async (context) => {
    const { verify, ...window } = context.req.valid("query");
    const found = await service.ledger({ ...context.var.caller, ...window, verify: verify === "1" });
    return context.json({ ...found, entries: [...found.entries] }, 200);
  });
}

/** A call's result with the arrays that JSON has. */
export async function called(
  service: AgentService,
  request: Parameters<AgentService["call"]>[0],
): Promise<z.infer<typeof CallResultSchema>> {
  const result = await service.call(request);
  if (result.kind === "proposal") return result;
  return { ...result, facts: [...result.facts], views: [...result.views] };
}

export async function monitored(
  context: HttpContext,
  service: AgentService,
): Promise<z.infer<typeof MonitorSchema>> {
  const { kpis, alerts, promises } = await service.monitor(context.var.caller);
  return { kpis: [...kpis], alerts: [...alerts], promises: [...promises] };
}
