import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { signedIn } from "../authenticate.ts";
import { RouteNotFoundError } from "../errors.ts";
import { optional } from "../optional.ts";
import type { Environment, Room } from "../options.ts";
import { DecisionSchema, ProposalSchema } from "../schemas.ts";
import { answer, body, problems } from "./responses.ts";

const id = z.object({ id: z.string() });

const list = createRoute({
  method: "get",
  path: "/v1/proposals",
  tags: ["Proposals"],
  summary: "Proposals",
  request: { query: z.object({ state: optional(z.string()) }) },
  responses: { 200: answer("Proposals, newest first", z.array(ProposalSchema)), ...problems },
});

const show = createRoute({
  method: "get",
  path: "/v1/proposals/{id}",
  tags: ["Proposals"],
  summary: "One proposal",
  request: { params: id },
  responses: { 200: answer("The proposal", ProposalSchema), ...problems },
});

const decide = createRoute({
  method: "post",
  path: "/v1/proposals/{id}/decision",
  tags: ["Proposals"],
  summary: "Approve or reject exactly this input",
  description:
    "The digest must be the proposal's own. Approving executes before the answer. Deciding again answers `already`.",
  request: {
    params: id,
    body: body(
      z.object({
        digest: z.string().min(1),
        verdict: z.enum(["approve", "reject"]),
        reason: optional(z.string().max(2_000)),
      }),
    ),
  },
  responses: { 200: answer("The decision and the receipt", DecisionSchema), ...problems },
});

const undo = createRoute({
  method: "post",
  path: "/v1/proposals/{id}/undo",
  tags: ["Proposals"],
  summary: "Propose to take back what was executed",
  description:
    "Nothing is taken back yet: the answer is a proposal of its own, with its own dry run and decision.",
  request: { params: id },
  responses: { 200: answer("The proposal that would take it back", ProposalSchema), ...problems },
});

export function proposalRoutes(app: OpenAPIHono<Environment>, { service }: Room): void {
  app.openapi(list, async (context) => {
    const { state } = context.req.valid("query");
    const found = await service.proposals({
      ...context.var.caller,
      ...(state === undefined ? {} : { state }),
    });
    return context.json([...found], 200);
  });
  app.openapi(show, async (context) => {
    const wanted = context.req.valid("param").id;
    const found = (await service.proposals(context.var.caller)).find((proposal) => proposal.id === wanted);
    if (!found) throw new RouteNotFoundError(context.req.path);
    return context.json(found, 200);
  });
  app.openapi(undo, async (context) => {
    const proposal = context.req.valid("param").id;
    return context.json(
      await service.undo({ ...context.var.caller, person: signedIn(context), proposal }),
      200,
    );
  });
  app.openapi(decide, async (context) => {
    const result = await service.decide({
      ...context.var.caller,
      person: signedIn(context),
      proposal: context.req.valid("param").id,
      ...context.req.valid("json"),
      channel: "http",
    });
    return context.json({ ...result, decisions: [...result.decisions] }, 200);
  });
}
