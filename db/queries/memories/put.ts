/** A memory is written, in the place of one that defines the same term. */

import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../../rows.ts";
import { memories, memoryVectors } from "../../schema/index.ts";
import { alive, columns, type MemoryRow } from "./visible.ts";

export type NewMemory = typeof memories.$inferInsert & { readonly term: string | null };

/** Writes a memory, or over the one of the same term, log and owner; says what stood there. */
export async function putMemory(
  database: Executor,
  row: NewMemory,
): Promise<{ row: MemoryRow; replaced: string | null }> {
  const same = row.term === null ? null : await sameTerm(database, row);
  if (same !== null) return writeOver(database, same, row);
  const insert = database.insert(memories).values(row);
  const [made] = await (row.term === null ? insert : insert.onConflictDoNothing()).returning(columns);
  if (made !== undefined) return { row: made, replaced: null };
  const meanwhile = await sameTerm(database, row);
  if (meanwhile !== null) return writeOver(database, meanwhile, row);
  const [after] = await database.insert(memories).values(row).returning(columns);
  return { row: after!, replaced: null };
}

async function writeOver(
  database: Executor,
  same: SameTerm,
  { id: _id, tenant, ...changed }: NewMemory,
): Promise<{ row: MemoryRow; replaced: string | null }> {
  await database
    .delete(memoryVectors)
    .where(and(eq(memoryVectors.tenant, tenant), eq(memoryVectors.memory, same.id)));
  const [kept] = await database
    .update(memories)
    .set({ ...changed, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(memories.tenant, tenant), eq(memories.id, same.id)))
    .returning(columns);
  return { row: kept!, replaced: same.text };
}

interface SameTerm {
  readonly id: string;
  /** Null where it has expired: nobody is told of it any more. */
  readonly text: string | null;
}

async function sameTerm(database: Executor, row: NewMemory): Promise<SameTerm | null> {
  const [found] = await database
    .select({ id: memories.id, text: sql<string | null>`case when ${alive} then ${memories.text} end` })
    .from(memories)
    .where(
      and(
        eq(memories.tenant, row.tenant),
        eq(memories.scope, row.scope),
        eq(memories.owner, row.owner),
        eq(memories.kind, row.kind),
        eq(memories.term, row.term ?? ""),
        sql`coalesce(${memories.log}, '') = ${row.log ?? ""}`,
      ),
    )
    .for("update");
  return found ?? null;
}
