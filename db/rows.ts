import type { SQL } from "drizzle-orm";
import type { Database } from "./client.ts";

/** A database or a transaction of it. */
export type Executor = Pick<Database, "execute" | "select" | "insert" | "update" | "delete">;

/**
 * The rows of a raw statement. postgres-js answers with an array, node-postgres (PGlite) with `{rows}`; instants are
 * raw text on both, `bigint` is text.
 */
export async function rowsOf<Row extends Record<string, unknown>>(
  database: Executor,
  statement: SQL,
): Promise<Row[]> {
  const result: unknown = await database.execute(statement);
  if (Array.isArray(result)) return result as Row[];
  return (result as { rows: Row[] }).rows;
}
