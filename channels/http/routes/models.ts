import { readFile } from "node:fs/promises";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { InvalidRequestError } from "../errors.ts";
import type { Environment, Room } from "../options.ts";
import { ModelSchema } from "../schemas.ts";
import { withUpload } from "../uploads.ts";
import { answer, fileBody, problems } from "./responses.ts";

/** Bytes of a model's document. */
const modelLimit = 16 * 2 ** 20;
const params = z.object({ id: z.string() });

const list = createRoute({
  method: "get",
  path: "/v1/logs/{id}/models",
  tags: ["Logs"],
  summary: "Reference models of a log",
  description: "The newest first: `mining.conformance` takes that one where none is named.",
  request: { params },
  responses: { 200: answer("Models", z.array(ModelSchema)), ...problems },
});

const upload = createRoute({
  method: "post",
  path: "/v1/logs/{id}/models",
  tags: ["Logs"],
  summary: "Upload a reference model",
  description:
    "BPMN 2.0, PNML, PTML or a process tree in the literature's notation. A model of the same name is replaced. Ask then how far the process follows it.",
  request: { params, body: fileBody({ name: "What to call it; the file's name when absent" }) },
  responses: { 201: answer("The stored model", ModelSchema), ...problems },
});

export function modelRoutes(app: OpenAPIHono<Environment>, { service }: Room): void {
  app.openapi(list, async (context) => {
    const log = context.req.valid("param").id;
    return context.json([...(await service.models({ ...context.var.caller, log }))], 200);
  });
  app.openapi(upload, async (context) => {
    const log = context.req.valid("param").id;
    return withUpload(context.req.raw, modelLimit, async ({ path, name, fields }) => {
      const called = fields["name"] || name;
      if (called === "") throw new InvalidRequestError("The model has no name.", "name");
      const document = await readFile(path, "utf8");
      return context.json(
        await service.uploadModel({ ...context.var.caller, log, name: called, document }),
        201,
      );
    });
  });
}
