/**
 * Structured outputs: the part of JSON Schema that servers can hold a model to while it writes. What they cannot hold
 * (bounds, patterns) is left out and checked afterwards, like every input; what they cannot express makes no strict schema.
 */

type JsonSchema = Record<string, unknown>;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a server says that cannot hold a model to a schema, or not to these. */
export const refusesStrict = (complaint: string): boolean =>
  /\bstrict\b|schema|grammar|too complex|compil|structured output/iu.test(complaint);

/** Said of a value, and not needed to know its shape. */
const dropped: ReadonlySet<string> = new Set([
  "default",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "examples",
  "format",
  "maxItems",
  "maxLength",
  "maximum",
  "minItems",
  "minLength",
  "minimum",
  "multipleOf",
  "pattern",
  "title",
  "uniqueItems",
]);
const kept: ReadonlySet<string> = new Set(["type", "description", "enum", "const"]);

/** The schema in its strict form: objects have exactly their properties. Null where it cannot be said so. */
export function strictSchema(schema: unknown): JsonSchema | null {
  if (!isSchema(schema)) return null;
  const strict: JsonSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key) || ["properties", "required", "additionalProperties"].includes(key)) continue;
    if (kept.has(key)) strict[key] = value;
    else if (key === "items") {
      const items = strictSchema(value);
      if (items === null) return null;
      strict["items"] = items;
    } else if (key === "anyOf" || key === "oneOf") {
      const choices = (value as unknown[]).map(strictSchema);
      if (choices.includes(null)) return null;
      strict["anyOf"] = choices;
    } else return null;
  }
  if (Array.isArray(schema["type"]) && schema["type"].some((type) => type === "object" || type === "array"))
    return null;
  if (schema["type"] === "array" && strict["items"] === undefined) return null;
  return schema["type"] === "object" ? strictObject(schema, strict) : isTyped(strict) ? strict : null;
}

const isTyped = (schema: JsonSchema): boolean =>
  ["type", "anyOf", "enum", "const"].some((key) => schema[key] !== undefined);

function strictObject(schema: JsonSchema, strict: JsonSchema): JsonSchema | null {
  const closed = schema["additionalProperties"] === false || schema["additionalProperties"] === undefined;
  if (!closed || !isSchema(schema["properties"])) return null;
  const properties: JsonSchema = {};
  for (const [name, property] of Object.entries(schema["properties"])) {
    const own = strictSchema(property);
    if (own === null) return null;
    properties[name] = own;
  }
  const required = (schema["required"] ?? []) as string[];
  return { ...strict, properties, required, additionalProperties: false };
}

const allowsNull = (schema: JsonSchema): boolean =>
  schema["type"] === "null" ||
  (Array.isArray(schema["type"]) && schema["type"].includes("null")) ||
  (Array.isArray(schema["enum"]) && schema["enum"].includes(null)) ||
  (Array.isArray(schema["anyOf"]) && (schema["anyOf"] as JsonSchema[]).some(allowsNull));

/** For servers where every property has to be there: what may be absent may be null instead. */
export function everythingRequired(strict: JsonSchema): JsonSchema {
  const { properties, items, anyOf, required, ...rest } = strict;
  const out: JsonSchema = { ...rest };
  if (isSchema(items)) out["items"] = everythingRequired(items);
  if (Array.isArray(anyOf)) out["anyOf"] = (anyOf as JsonSchema[]).map(everythingRequired);
  if (!isSchema(properties)) return out;
  const needed = new Set(required as string[]);
  out["properties"] = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const own = everythingRequired(property as JsonSchema);
      return [name, needed.has(name) || allowsNull(own) ? own : { anyOf: [own, { type: "null" }] }];
    }),
  );
  out["required"] = Object.keys(properties);
  return out;
}

/** An input without the nulls that stand for what is absent. */
export function withoutNulls(input: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(input))
    return isSchema(schema["items"])
      ? input.map((item) => withoutNulls(item, schema["items"] as JsonSchema))
      : input;
  if (!isSchema(input) || !isSchema(schema["properties"])) return input;
  const properties = schema["properties"] as Record<string, JsonSchema>;
  const required = new Set((schema["required"] ?? []) as string[]);
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      const own = properties[name];
      if (own === undefined) return [[name, value]];
      const absent = value === null && !required.has(name) && !allowsNull(own);
      return absent ? [] : [[name, withoutNulls(value, own)]];
    }),
  );
}
