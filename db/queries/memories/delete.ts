/** Memories are forgotten. */

import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { memories } from "../../schema/index.ts";
import { columns, type MemoryPlace, type MemoryRow } from "./visible.ts";

/** Deletes by id: a person's `own` (with what threads hold of theirs), or what is `shared`. Vectors go along. */
export function deleteMemories(
  database: Database,
  { tenant, person }: MemoryPlace,
  ids: readonly string[],
  which: "own" | "shared",
): Promise<MemoryRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const theirs = which === "own" ? belongsTo(person ?? "") : inArray(memories.scope, ["team", "tenant"]);
  return database
    .delete(memories)
    .where(and(eq(memories.tenant, tenant), inArray(memories.id, [...ids]), theirs))
    .returning(columns);
}

const belongsTo = (person: string): SQL =>
  and(
    ne(memories.createdBy, ""),
    or(
      and(eq(memories.scope, "person"), eq(memories.owner, person)),
      and(eq(memories.scope, "thread"), eq(memories.createdBy, person)),
    ),
  )!;

/** Everything of a person; what they shared stays with the team or tenant, and no longer says whose it was. */
export function eraseMemories(database: Database, tenant: string, person: string): Promise<number> {
  return database.transaction(async (transaction) => {
    const gone = await transaction
      .delete(memories)
      .where(and(eq(memories.tenant, tenant), belongsTo(person)))
      .returning({ id: memories.id });
    await transaction
      .update(memories)
      .set({ createdBy: "" })
      .where(and(eq(memories.tenant, tenant), eq(memories.createdBy, person)));
    return gone.length;
  });
}

/** Takes away what has expired, everywhere. Returns how many. */
export async function deleteExpired(database: Database): Promise<number> {
  const gone = await database
    .delete(memories)
    .where(sql`${memories.expiresAt} <= clock_timestamp()`)
    .returning({ id: memories.id });
  return gone.length;
}
