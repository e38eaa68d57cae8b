/** The OpenAPI 3.1 document of the HTTP channel. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Environment } from "./options.ts";

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const description = `Millwright over HTTP. Errors are RFC 9457 problem details. Streams are server-sent events whose \
\`id\` is the event's \`seq\`; \`Last-Event-ID\` continues where one left off. On the embedded database and loopback \
one may read without a credential; deciding always needs a person, and nothing but \
\`POST /v1/proposals/{id}/decision\` decides.`;

export function openApiDocument(app: OpenAPIHono<Environment>): OpenApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Millwright",
      version: "1",
      description,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }, {}],
  });
  return {
    ...document,
    components: {
      ...document.components,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "`millwright token --as PERSON`" },
        session: { type: "apiKey", in: "cookie", name: "millwright-session" },
      },
    },
  };
}
