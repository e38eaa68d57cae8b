/** Finds, among imported operations, the one that creates a work item, and fills its body. */
import type { JsonSchema, Operation } from "./operation.ts";

const things = /(ticket|issue|task|incident|case|workitem|work_item|request)s?/i;
const titles = ["title", "summary", "subject", "name", "short_description", "shortDescription"];
const texts = ["description", "body", "text", "content", "details", "comment"];
const priorities = ["priority", "urgency", "severity"];

interface Fields {
  readonly title: string;
  readonly text: string | null;
  readonly priority: string | null;
}

type Properties = Readonly<Record<string, JsonSchema>>;

const propertiesOf = (schema: JsonSchema): Properties => (schema["properties"] ?? {}) as Properties;
const requiredOf = (schema: JsonSchema): readonly string[] => (schema["required"] ?? []) as string[];

/** The body field for each part of a work item, when the operation can take one with nothing else required. */
export function workItemFields(operation: Operation): Fields | null {
  if (
    operation.method !== "post" ||
    operation.effect !== "write" ||
    !things.test(operation.path.split("/").at(-1) ?? "")
  )
    return null;
  const body = operation.parameters.find(({ place }) => place === "body");
  const others = operation.parameters.filter(({ place, required }) => place !== "body" && required);
  if (!body || others.length > 0) return null;
  const properties = propertiesOf(body.schema);
  const has = (names: readonly string[]): string | null => names.find((name) => name in properties) ?? null;
  const title = has(titles);
  if (title === null) return null;
  const fields = { title, text: has(texts), priority: has(priorities) };
  const filled: readonly (string | null)[] = Object.values(fields);
  return requiredOf(body.schema).every((name) => filled.includes(name)) ? fields : null;
}

/** The arguments that create it; a priority is given only in words the schema knows. */
export function workItemArguments(
  operation: Operation,
  fields: Fields,
  item: { title: string; description: string; priority: string },
): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = { [fields.title]: item.title };
  if (fields.text) body[fields.text] = item.description;
  const schema = propertiesOf(operation.parameters.find(({ place }) => place === "body")?.schema ?? {});
  const known = fields.priority ? schema[fields.priority]?.["enum"] : undefined;
  const match = Array.isArray(known)
    ? known.find((word) => String(word).toLowerCase() === item.priority)
    : undefined;
  if (fields.priority && match !== undefined) body[fields.priority] = match;
  return { body };
}
