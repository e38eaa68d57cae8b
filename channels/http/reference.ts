/**
 * docs/http.md, made from the OpenAPI document. `node channels/http/reference.ts` writes it; a test holds that it is
 * up to date.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AgentService } from "../../agent/service.ts";
import { createHttpChannel } from "./channel.ts";
import { openApiDocument } from "./openapi.ts";
import { type Operation, operationsByTag } from "./operations.ts";

export const referencePath = fileURLToPath(new URL("../../docs/http.md", import.meta.url));

const introduction = `# Millwright over HTTP

Made from the routes by \`node channels/http/reference.ts\`; do not edit. A running server shows the same at \`/docs\`
and as OpenAPI 3.1 at \`/openapi.json\`.

- **Who calls.** \`Authorization: Bearer <token>\`; make one with \`millwright token --as PERSON\`. On the embedded
  database behind a loopback address, a browser may sign in by choosing a person (\`POST /v1/session\`), and without any
  credential one reads as a viewer. A wrong credential is refused (401), an unknown person may do nothing (403).
- **Errors** are RFC 9457 problem details, \`application/problem+json\`, whose \`type\` is \`urn:millwright:<code>\`.
- **Streams** are server-sent events: \`id\` is the event's \`seq\`, and \`Last-Event-ID\` goes on after it.
- **Decisions** happen through \`POST /v1/proposals/{id}/decision\` with the proposal's digest, and in no other way. A
  GET never changes anything.
- The server answers for loopback's names and for those in \`MILLWRIGHT_HOSTS\`; changes from another origin are refused.
`;

/** The reference as Markdown. */
export function httpReference(): string {
  // No request is made: the document depends on the routes only.
  const app = createHttpChannel({} as AgentService, { tenant: "local", local: true });
  const document = openApiDocument(app);
  const groups = operationsByTag(document).map(
    ([tag, operations]) => `## ${tag}\n\n${operations.map(operationText).join("\n")}`,
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `### ${name}\n\n${code(schema)}`,
  );
  return `${[introduction, ...groups, `## Schemas\n\n${schemas.join("\n\n")}`].join("\n").trimEnd()}\n`;
}

function operationText(operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, where, required, description }) =>
      `- \`${name}\` (${where}${required ? ", required" : ""})${description ? `: ${description}` : ""}`,
  );
  const bodies = operation.bodies.map(({ type, schema }) => `Body, \`${type}\`:\n\n${code(schema)}`);
  const answers = operation.answers.map(
    ({ status, description, types }) =>
      `- ${status}: ${description}${types.length > 0 ? ` (${types.map((type) => `\`${type}\``).join(", ")})` : ""}`,
  );
  const heading = `### ${operation.method} ${operation.path}\n\n${operation.summary}.`;
  const parts = [
    `${heading} ${operation.description}`.trim(),
    parameters.join("\n"),
    ...bodies,
    answers.join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const code = (value: unknown): string => `\`\`\`\n${JSON.stringify(value, null, 2)}\n\`\`\``;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(referencePath, httpReference());
