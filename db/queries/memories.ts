/** Memories and their vectors. Every read and every deletion says who asks; nobody reaches beyond their tenant. */
import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Database } from "../client.ts";
import { type Executor, rowsOf } from "../rows.ts";
import { memories, memoryVectors, teamMembers, threads } from "../schema/index.ts";

export type MemoryRow = Omit<typeof memories.$inferSelect, "search" | "words" | "configuration">;
export type NewMemory = typeof memories.$inferInsert & { readonly term: string | null };

/** Who asks, in which thread. */
export interface MemoryPlace {
  readonly tenant: string;
  readonly person: string | null;
  readonly thread: string | null;
}

interface VectorSpace {
  readonly name: string;
  readonly dimensions: number;
}

const columns = {
  tenant: memories.tenant,
  id: memories.id,
  scope: memories.scope,
  owner: memories.owner,
  kind: memories.kind,
  term: memories.term,
  text: memories.text,
  meaning: memories.meaning,
  log: memories.log,
  thread: memories.thread,
  turn: memories.turn,
  createdBy: memories.createdBy,
  createdAt: memories.createdAt,
  updatedAt: memories.updatedAt,
  expiresAt: memories.expiresAt,
};

/** Threads' answers and decisions may be found again from other threads, by those who may read the thread. */
const ofThreads = ["answer", "decision"] as const;

/** The memory's owner is a thread of the tenant of which this holds. */
const ownerIs = (database: Executor, tenant: string, holds: SQL | undefined): SQL =>
  exists(
    database
      .select({ one: sql`1` })
      .from(threads)
      .where(and(eq(threads.tenant, tenant), eq(threads.id, memories.owner), holds)),
  );

const visibleThread = (database: Executor, { tenant, person }: MemoryPlace): SQL =>
  ownerIs(
    database,
    tenant,
    person === null
      ? isNull(threads.privateTo)
      : or(isNull(threads.privateTo), eq(threads.privateTo, person)),
  );

/** Somebody else's private thread tells nothing, whatever thread is said to be at hand. */
const othersThread = (database: Executor, { tenant, person }: MemoryPlace): SQL =>
  ownerIs(database, tenant, person === null ? isNotNull(threads.privateTo) : ne(threads.privateTo, person));

const inTeam = (database: Executor, { tenant, person }: MemoryPlace): SQL =>
  exists(
    database
      .select({ one: sql`1` })
      .from(teamMembers)
      .where(
        and(
          eq(teamMembers.tenant, tenant),
          eq(teamMembers.team, memories.owner),
          eq(teamMembers.person, person ?? ""),
        ),
      ),
  );

const alive = or(isNull(memories.expiresAt), gt(memories.expiresAt, sql`clock_timestamp()`));

/** What holds for who asks, where it is asked. */
function visible(database: Executor, place: MemoryPlace): SQL {
  const { tenant, person, thread } = place;
  const own = [
    eq(memories.scope, "tenant"),
    person === null ? undefined : and(eq(memories.scope, "person"), eq(memories.owner, person)),
    person === null ? undefined : and(eq(memories.scope, "team"), inTeam(database, place)),
    thread === null
      ? undefined
      : and(eq(memories.scope, "thread"), eq(memories.owner, thread), not(othersThread(database, place))),
    and(eq(memories.scope, "thread"), inArray(memories.kind, [...ofThreads]), visibleThread(database, place)),
  ];
  return and(eq(memories.tenant, tenant), alive, or(...own))!;
}

const ofKinds = (kinds: readonly MemoryRow["kind"][] | undefined): SQL | undefined =>
  kinds === undefined ? undefined : inArray(memories.kind, [...kinds]);

const nearestOwner = sql`array_position(array['thread', 'person', 'team', 'tenant'], ${memories.scope})`;

/** At most 500, the nearest owner first. Without kinds, answers and decisions of threads stay out. */
export function findMemories(
  database: Database,
  place: MemoryPlace,
  kinds?: readonly MemoryRow["kind"][],
): Promise<MemoryRow[]> {
  const chosen = ofKinds(kinds ?? ["definition", "preference", "pinned-kpi", "note"]);
  return database
    .select(columns)
    .from(memories)
    .where(and(visible(database, place), chosen))
    .orderBy(asc(nearestOwner), desc(memories.updatedAt), asc(memories.id))
    .limit(500);
}

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

const literal = (vector: Float32Array): string => `[${vector.join(",")}]`;

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

export async function teamsOf(database: Database, { tenant, person }: MemoryPlace): Promise<string[]> {
  if (person === null) return [];
  const rows = await database
    .select({ team: teamMembers.team })
    .from(teamMembers)
    .where(and(eq(teamMembers.tenant, tenant), eq(teamMembers.person, person)))
    .orderBy(asc(teamMembers.team));
  return rows.map(({ team }) => team);
}
