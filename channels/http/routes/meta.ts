/** Health, the OpenAPI document and the page that shows it. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { docsPage } from "../docs-page.ts";
import { openApiDocument } from "../openapi.ts";
import type { Environment, Room } from "../options.ts";
import { answer } from "./responses.ts";

const health = createRoute({
  method: "get",
  path: "/health",
  tags: ["Server"],
  summary: "Whether the server answers, and whether the agent is loaded",
  responses: {
    200: answer("Alive", z.object({ status: z.literal("ok"), agent: z.enum(["ready", "loading"]) })),
  },
});

export function metaRoutes(app: OpenAPIHono<Environment>, { options }: Room): void {
  app.openapi(health, (context) => {
    const ready = options.ready?.() ?? true;
    return context.json(
      { status: "ok" as const, agent: ready ? ("ready" as const) : ("loading" as const) },
      200,
    );
  });
  app.get("/openapi.json", (context) => context.json(openApiDocument(app)));
  app.get("/docs", (context) => context.html(docsPage(openApiDocument(app))));
}
