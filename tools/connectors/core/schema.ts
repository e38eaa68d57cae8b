import type { JsonSchema } from "./operation.ts";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** OpenAPI keywords that JSON Schema does not know. */
const foreign = new Set([
  "discriminator",
  "xml",
  "externalDocs",
  "example",
  "examples",
  "nullable",
  "deprecated",
]);
/** Below this depth a schema is kept as "anything": specifications may nest or recur without end. */
const deepest = 8;

/**
 * Turns a dereferenced OpenAPI 3.0 or Swagger 2 schema into plain JSON Schema: `nullable` becomes a `null` type, boolean
 * `exclusiveMinimum` a number, read-only properties of a request are dropped, cycles end as "anything".
 */
export function toJsonSchema(schema: unknown, depth = 0): JsonSchema {
  if (!isObject(schema) || depth > deepest || "$ref" in schema) return {};
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (foreign.has(key) || key.startsWith("x-")) continue;
    converted[key] = convertKeyword(key, value, depth);
  }
  exclusiveBounds(converted);
  return schema["nullable"] === true ? orNull(converted) : converted;
}

function convertKeyword(key: string, value: unknown, depth: number): unknown {
  if (key === "properties" && isObject(value)) {
    const writable = Object.entries(value).filter(
      ([, property]) => !(isObject(property) && property["readOnly"] === true),
    );
    return Object.fromEntries(writable.map(([name, property]) => [name, toJsonSchema(property, depth + 1)]));
  }
  if (["items", "additionalProperties", "not"].includes(key) && isObject(value))
    return toJsonSchema(value, depth + 1);
  if (["allOf", "anyOf", "oneOf"].includes(key) && Array.isArray(value)) {
    return value.map((part) => toJsonSchema(part, depth + 1));
  }
  return value;
}

function exclusiveBounds(schema: Record<string, unknown>): void {
  for (const [flag, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (schema[flag] === true) {
      schema[flag] = schema[bound];
      delete schema[bound];
    } else if (schema[flag] === false) {
      delete schema[flag];
    }
  }
}

function orNull(schema: Record<string, unknown>): JsonSchema {
  if (typeof schema["type"] !== "string") return { anyOf: [schema, { type: "null" }] };
  const values = schema["enum"];
  return {
    ...schema,
    type: [schema["type"], "null"],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

/** One schema for all arguments of an operation: `properties` by parameter name, `body` for the body. */
export function argumentsSchema(
  parameters: readonly { name: string; required: boolean; schema: JsonSchema; description: string }[],
): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(
      parameters.map(({ name, schema, description }) => [
        name,
        description ? { description, ...schema } : schema,
      ]),
    ),
    required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: false,
  };
}
