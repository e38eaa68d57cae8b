/** What a planner is told of the systems that are connected: their operations without all that only a call needs. */
import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { connectors } from "../db/schema/index.ts";
import type { ConnectedOperation, ConnectedParameter, ConnectedSystem } from "./model/provider.ts";

/** A JSON Schema, as far as it is looked at. */
interface Schema {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: unknown;
  readonly allOf?: readonly Schema[];
}

/** Of an operation, as tools/connectors keeps it. */
export interface StoredOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly effect: ConnectedOperation["effect"];
  readonly idempotencyHeader: string | null;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
}

/** By tenant, system, and the digest of what was imported: operations of a large one are read once. */
const kept = new Map<string, ConnectedSystem>();
const mostKept = 200;

/** The tenant's systems, by id. */
export async function connectedSystems(
  database: Database,
  tenant: string,
): Promise<readonly ConnectedSystem[]> {
  const here = and(eq(connectors.tenant, tenant), eq(connectors.enabled, true));
  const rows = await database
    .select({ id: connectors.id, title: connectors.title, specification: connectors.specification })
    .from(connectors)
    .where(here)
    .orderBy(connectors.id);
  const keyOf = ({ id, title, specification }: (typeof rows)[number]): string =>
    JSON.stringify([tenant, id, title, specification]);
  const unread = rows.filter((row) => !kept.has(keyOf(row))).map(({ id }) => id);
  const read =
    unread.length === 0
      ? []
      : await database
          .select({ id: connectors.id, operations: connectors.operations })
          .from(connectors)
          .where(and(here, inArray(connectors.id, unread)));
  return rows.map((row) => {
    const key = keyOf(row);
    const operations = read.find(({ id }) => id === row.id)?.operations as readonly StoredOperation[];
    const system = kept.get(key) ?? { id: row.id, title: row.title, operations: operations.map(compact) };
    kept.delete(key);
    kept.set(key, system);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return system;
  });
}

export function compact(operation: StoredOperation): ConnectedOperation {
  const { id, method, path, summary, effect, parameters, idempotencyHeader } = operation;
  const given = parameters.filter(
    ({ name, place, required }) =>
      name !== idempotencyHeader && (place === "path" || place === "query" || place === "body" || required),
  );
  return {
    id,
    method,
    path,
    summary: summary.slice(0, 200),
    effect,
    takesBody: given.some(({ place }) => place === "body"),
    parameters: given.flatMap((parameter) =>
      parameter.place === "body" ? fieldsOf(parameter.schema) : [asParameter(parameter, parameter.required)],
    ),
  };
}

const fieldsOf = (schema: Schema): ConnectedParameter[] =>
  [schema, ...(schema.allOf ?? [])].flatMap(({ properties = {}, required }) =>
    Object.entries(properties).map(([name, field]) => ({
      ...asParameter({ name, schema: field }, Array.isArray(required) && required.includes(name)),
      inBody: true,
    })),
  );

const asParameter = (
  { name, schema }: { readonly name: string; readonly schema: Schema },
  required: boolean,
): ConnectedParameter => ({
  name,
  inBody: false,
  required,
  kind: kindOf(schema),
  values: Array.isArray(schema.enum)
    ? schema.enum.filter((value): value is string => typeof value === "string").slice(0, 50)
    : [],
});

function kindOf({ type, properties }: Schema): ConnectedParameter["kind"] {
  const first = Array.isArray(type) ? type.find((one) => one !== "null") : type;
  if (first === "integer" || first === "number" || first === "boolean") return first;
  if (first === "string") return "text";
  return first === undefined && properties === undefined ? "text" : "other";
}
