/** Which memories a person may see, and in what order of nearness. */

import {
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  ne,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Executor } from "../../rows.ts";
import { memories, teamMembers, threads } from "../../schema/index.ts";

export type MemoryRow = Omit<typeof memories.$inferSelect, "search" | "words" | "configuration">;

/** Who asks, in which thread. */
export interface MemoryPlace {
  readonly tenant: string;
  readonly person: string | null;
  readonly thread: string | null;
}

export const columns = {
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

export const alive = or(isNull(memories.expiresAt), gt(memories.expiresAt, sql`clock_timestamp()`));

/** What holds for who asks, where it is asked. */
export function visible(database: Executor, place: MemoryPlace): SQL {
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

export const ofKinds = (kinds: readonly MemoryRow["kind"][] | undefined): SQL | undefined =>
  kinds === undefined ? undefined : inArray(memories.kind, [...kinds]);

export const nearestOwner = sql`array_position(array['thread', 'person', 'team', 'tenant'], ${memories.scope})`;

export async function teamsOf(database: Database, { tenant, person }: MemoryPlace): Promise<string[]> {
  if (person === null) return [];
  const rows = await database
    .select({ team: teamMembers.team })
    .from(teamMembers)
    .where(and(eq(teamMembers.tenant, tenant), eq(teamMembers.person, person)))
    .orderBy(asc(teamMembers.team));
  return rows.map(({ team }) => team);
}
