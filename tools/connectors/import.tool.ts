import { z } from "zod";
import { draftTool } from "../define.ts";
import { importSpecification } from "./import-specification.ts";
import { settingsOf } from "./settings-of.ts";

const Credential = z.object({
  id: z.string(),
  scheme: z.enum(["bearer", "api-key", "basic", "oauth2-client-credentials"]),
  references: z.record(
    z.string(),
    z.string().regex(/^(env|file):/, "a reference (env:NAME or file:/path), never the secret itself"),
  ),
  settings: z.record(z.string(), z.string()).default({}),
});

export default draftTool({
  name: "connectors.import",
  version: 1,
  description:
    "Imports an OpenAPI 3.x or Swagger 2.0 specification (its text): every operation becomes a typed call with a guessed effect and the reason. Calls nothing.",
  examples: {
    en: [
      "import this OpenAPI file",
      "connect the system described by this spec",
      "add a connector from a Swagger file",
      "import the ticket system's API",
      "register this API",
      "load an API specification",
      "set up a new connector",
      "connect our CRM by its OpenAPI spec",
    ],
  },
  roles: ["admin"],
  // Else a text in a log could have a model connect a system of an attacker's and hand it a secret.
  notFromModels: ["credential"],
  fromTheMessage: ["specification", "baseUrl"],
  input: z.object({
    specification: z
      .string()
      .min(1)
      .meta({ slot: "document", description: "The text of the file, JSON or YAML" }),
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .optional(),
    baseUrl: z.url().optional(),
    credential: Credential.optional(),
  }),
  async execute(input, context) {
    const imported = await importSpecification({
      database: context.database,
      tenant: context.tenant,
      text: input.specification,
      allowedHosts: settingsOf(context).allowedHosts,
      ...(input.id ? { id: input.id } : {}),
      ...(input.baseUrl ? { baseUrl: input.baseUrl } : {}),
      ...(input.credential ? { credential: input.credential } : {}),
    });
    const { operations } = imported;
    const gated = operations.filter(({ effect }) => effect !== "read").length;
    const fact = (value: number, label: string) =>
      context.fact({
        value,
        unit: "operations",
        label,
        rows: operations.length,
        call: { tool: "connectors.list", input: { connector: imported.id } },
      });
    const all = fact(operations.length, `operations of ${imported.title}`);
    const writes = fact(gated, `operations of ${imported.title} that ask for approval`);
    return {
      data: { id: imported.id, title: imported.title, baseUrl: imported.baseUrl },
      facts: [all, writes],
      views: [
        {
          kind: "table",
          title: imported.title,
          columns: ["operation", "call", "effect", "reason"].map((key) => ({
            key,
            label: key,
            kind: "text" as const,
          })),
          rows: operations.slice(0, 200).map(({ id, method, path, effect, effectReason }) => ({
            operation: id,
            call: `${method.toUpperCase()} ${path}`,
            effect,
            reason: effectReason,
          })),
          total: operations.length,
        },
      ],
      answer: {
        headline: {
          text: "{title} is connected: {all}, of which {writes} ask for approval.",
          values: { title: imported.title, all, writes },
        },
        figures: [all, writes],
        assumptions: [{ text: "Effects are guessed from method and name; unclear means gated." }],
      },
    };
  },
});
