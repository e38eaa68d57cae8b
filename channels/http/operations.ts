/** The OpenAPI document as a flat list: what the docs page and docs/http.md show. */
import type { OpenApiDocument } from "./openapi.ts";

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly where: string;
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly bodies: readonly { readonly type: string; readonly schema: unknown }[];
  readonly answers: readonly {
    readonly status: string;
    readonly description: string;
    readonly types: readonly string[];
    readonly schema: unknown;
  }[];
}

type Paths = NonNullable<OpenApiDocument["paths"]>;
type RawOperation = NonNullable<Paths[string]["get"]>;

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** Operations grouped by their tag, both in the order of their definition. */
export function operationsByTag(
  document: OpenApiDocument,
): readonly (readonly [string, readonly Operation[]])[] {
  const groups = new Map<string, Operation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? "Other";
      groups.set(tag, [...(groups.get(tag) ?? []), describe(method, path, operation)]);
    }
  }
  return [...groups];
}

function describe(method: string, path: string, operation: RawOperation): Operation {
  const body = operation.requestBody;
  return {
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? "",
    description: operation.description ?? "",
    parameters: (operation.parameters ?? []).flatMap((parameter) =>
      "name" in parameter
        ? [
            {
              name: parameter.name,
              where: parameter.in,
              required: parameter.required === true,
              description: parameter.description ?? descriptionOf(parameter.schema),
            },
          ]
        : [],
    ),
    bodies:
      body && "content" in body
        ? Object.entries(body.content).map(([type, media]) => ({ type, schema: media.schema }))
        : [],
    answers: Object.entries(operation.responses ?? {}).map(([status, response]) => ({
      status,
      description: response.description ?? "",
      types: Object.keys(response.content ?? {}),
      schema: Object.values<{ schema?: unknown }>(response.content ?? {})[0]?.schema,
    })),
  };
}

function descriptionOf(schema: unknown): string {
  const found = schema as { description?: unknown } | undefined;
  return typeof found?.description === "string" ? found.description : "";
}
