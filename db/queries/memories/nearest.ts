/** The memories nearest to a text, by words and by vectors. */

import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { rowsOf } from "../../rows.ts";
import { memories, memoryVectors } from "../../schema/index.ts";
import { literal, type VectorSpace } from "./vectors.ts";
import { columns, type MemoryPlace, type MemoryRow, ofKinds, visible } from "./visible.ts";

export interface Nearness {
  /** Folded words; any of them may match. */
  readonly terms: readonly string[];
  /** All text search configurations that memories have. */
  readonly configurations: readonly string[];
  readonly embedder: VectorSpace;
  /** Null: there is none, so words alone count. */
  readonly vector: Float32Array | null;
  readonly limit: number;
  readonly kinds?: readonly MemoryRow["kind"][] | undefined;
  /** One of the two ways alone, to measure what it is worth. */
  readonly by?: "words" | "vectors" | undefined;
}

/** Candidates of each of the two ways. */
const candidates = 40;

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): each list gives 1 / (60 + place). */
const fusion = 60;

/** Full text and nearest vectors, fused by rank. Best first. */
export async function nearestMemories(
  database: Database,
  place: MemoryPlace,
  near: Nearness,
): Promise<MemoryRow[]> {
  const where = and(visible(database, place), ofKinds(near.kinds))!;
  return database.transaction(async (transaction) => {
    // Filters come after the index: it goes on until it has found enough (pgvector 0.8).
    await transaction.execute(sql`set local hnsw.iterative_scan = 'strict_order'`);
    const ranked = await rowsOf<{ id: string }>(
      transaction,
      sql`select id, sum(1.0 / (${sql.raw(String(fusion))} + place)) as score
        from (${ranksOf(place, near, where)}) as lists
        group by id order by score desc, id limit ${near.limit}`,
    );
    const ids = ranked.map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await transaction
      .select(columns)
      .from(memories)
      .where(and(eq(memories.tenant, place.tenant), inArray(memories.id, ids)));
    return rows.sort((left, right) => ids.indexOf(left.id) - ids.indexOf(right.id));
  });
}

/** Of each way that counts, ids with their places. */
function ranksOf(place: MemoryPlace, near: Nearness, where: SQL): SQL {
  const words = near.by === "vectors" ? [] : [lexicalRanks(where, near)];
  const { vector } = near;
  const vectors = near.by === "words" || vector === null ? [] : [denseRanks(where, place, near, vector)];
  return sql.join(
    [...words, ...vectors].map((ranks) => sql`(select id, place from (${ranks}) as ranks)`),
    sql` union all `,
  );
}

/**
 * By `ts_rank_cd`, of those with at least one of the words, whole or by its stem. What a row has to match depends on its own
 * language, which no index can be asked; so it is asked for the stems of all languages first.
 */
function lexicalRanks(where: SQL, { terms, configurations }: Nearness): SQL {
  const query = terms.map((term) => `'${term.replaceAll(/['\\]/g, "")}'`).join(" | ");
  const stems = configurations.map((name) => sql`to_tsquery(${name}::regconfig, ${query})`);
  const anyhow = sql`(${sql.join([sql`${query}::tsquery`, ...stems], sql` || `)})`;
  const asked = sql`(${query}::tsquery || to_tsquery(${memories.configuration}, ${query}))`;
  return sql`select ${memories.id} as id,
      row_number() over (order by ts_rank_cd(${memories.search}, ${asked}) desc, ${memories.id}) as place
    from ${memories} where ${where} and ${query} <> ''
      and ${memories.search} @@ ${anyhow} and ${memories.search} @@ ${asked}
    order by place limit ${sql.raw(String(candidates))}`;
}

/** By cosine distance; what shares nothing (distance 1 and more) is no candidate. */
function denseRanks(where: SQL, { tenant }: MemoryPlace, { embedder }: Nearness, vector: Float32Array): SQL {
  const dimensions = sql.raw(String(embedder.dimensions));
  const distance = sql`(${memoryVectors.embedding}::vector(${dimensions}) <=> ${literal(vector)}::vector(${dimensions}))`;
  return sql`select id, row_number() over (order by distance, id) as place from (
      select ${memories.id} as id, ${distance} as distance
      from ${memoryVectors} join ${memories}
        on ${memories.tenant} = ${memoryVectors.tenant} and ${memories.id} = ${memoryVectors.memory}
      where ${memoryVectors.tenant} = ${tenant} and ${memoryVectors.embedder} = ${embedder.name}
        and ${memoryVectors.dimensions} = ${dimensions} and ${where}
      order by ${distance} limit ${sql.raw(String(candidates))}
    ) as near where distance < 1`;
}
