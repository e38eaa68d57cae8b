/** Vectors of memories. */

import { and, asc, desc, eq, notExists, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Executor } from "../../rows.ts";
import { memories, memoryVectors } from "../../schema/index.ts";
import { alive } from "./visible.ts";

export interface VectorSpace {
  readonly name: string;
  readonly dimensions: number;
}

export async function writeVector(
  database: Executor,
  of: { tenant: string; memory: string; embedder: VectorSpace; vector: Float32Array },
): Promise<void> {
  const row = {
    tenant: of.tenant,
    memory: of.memory,
    embedder: of.embedder.name,
    dimensions: of.embedder.dimensions,
    embedding: literal(of.vector),
  };
  await database
    .insert(memoryVectors)
    .values(row)
    .onConflictDoUpdate({
      target: [memoryVectors.tenant, memoryVectors.memory, memoryVectors.embedder],
      set: { embedding: row.embedding, dimensions: row.dimensions },
    });
}

export const literal = (vector: Float32Array): string => `[${vector.join(",")}]`;

/** A memory that an embedder has not seen. */
export interface Unseen {
  readonly tenant: string;
  readonly id: string;
  readonly term: string | null;
  readonly text: string;
}

/** What an embedder has not seen, of one tenant or of all; the newest first. */
export function withoutVector(
  database: Database,
  embedder: string,
  { tenant, most }: { readonly tenant?: string; readonly most: number },
): Promise<Unseen[]> {
  const seen = database
    .select({ one: sql`1` })
    .from(memoryVectors)
    .where(
      and(
        eq(memoryVectors.tenant, memories.tenant),
        eq(memoryVectors.memory, memories.id),
        eq(memoryVectors.embedder, embedder),
      ),
    );
  return database
    .select({ tenant: memories.tenant, id: memories.id, term: memories.term, text: memories.text })
    .from(memories)
    .where(and(tenant === undefined ? undefined : eq(memories.tenant, tenant), alive, notExists(seen)))
    .orderBy(desc(memories.updatedAt), asc(memories.id))
    .limit(most);
}

/** The vector of a memory that had none; nothing where it is gone, says something else by now, or has one. */
export async function addVector(
  database: Database,
  { tenant, id, text }: Unseen,
  embedder: VectorSpace,
  vector: Float32Array,
): Promise<void> {
  await database.execute(sql`
    insert into ${memoryVectors} (tenant, memory, embedder, dimensions, embedding)
    select tenant, id, ${embedder.name}, ${embedder.dimensions}::integer, ${literal(vector)}::vector
    from ${memories} where tenant = ${tenant} and id = ${id} and text = ${text} for key share
    on conflict do nothing`);
}
