/** Threads, their events in order, and the lease of the run that holds one. */
import { and, asc, desc, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { MillwrightError } from "../../errors.ts";
import type { Database } from "../client.ts";
import type { Executor } from "../rows.ts";
import { events, threads } from "../schema/index.ts";

export type ThreadRow = typeof threads.$inferSelect;
export type EventRow = typeof events.$inferSelect;

/** The same whether it is not there or somebody else's: who may not see a thread does not learn of it. */
export class ThreadNotFoundError extends MillwrightError {
  constructor(thread: string) {
    super("thread-not-found", 404, `There is no thread ${thread}.`, { value: thread });
  }
}

export class ThreadPrivateError extends MillwrightError {
  constructor(thread: string) {
    super("thread-private", 403, `The thread ${thread} belongs to somebody else.`, {
      value: thread,
      remedy: "Begin a thread of your own under another name.",
    });
  }
}

/** Who asks: a private thread is its owner's only. Null is a viewer without a name. */
export interface Asking {
  readonly tenant: string;
  readonly person: string | null;
}

const visible = (asking: Asking): SQL | undefined =>
  and(
    eq(threads.tenant, asking.tenant),
    asking.person === null
      ? isNull(threads.privateTo)
      : or(isNull(threads.privateTo), eq(threads.privateTo, asking.person)),
  );

const keyed = (tenant: string, thread: string): SQL | undefined =>
  and(eq(threads.tenant, tenant), eq(threads.id, thread));

export async function findThread(
  database: Database,
  asking: Asking,
  thread: string,
): Promise<ThreadRow | null> {
  const [row] = await database
    .select()
    .from(threads)
    .where(and(visible(asking), eq(threads.id, thread)));
  return row ?? null;
}

/**
 * The thread of that name, begun if it is not there. `privately` counts only when it begins, and needs a person.
 * @throws ThreadPrivateError when the name is somebody else's private thread.
 */
export async function openThread(
  database: Database,
  asking: Asking,
  thread: string,
  privately = false,
): Promise<ThreadRow> {
  await database
    .insert(threads)
    .values({ tenant: asking.tenant, id: thread, privateTo: privately ? asking.person : null })
    .onConflictDoNothing();
  const row = await findThread(database, asking, thread);
  if (row === null) throw new ThreadPrivateError(thread);
  return row;
}

/** The newest first. */
export function listThreads(database: Database, asking: Asking): Promise<ThreadRow[]> {
  return database.select().from(threads).where(visible(asking)).orderBy(desc(threads.createdAt), threads.id);
}

export type ThreadChange = Partial<Pick<ThreadRow, "title" | "log" | "language" | "state">>;

/** @throws ThreadNotFoundError */
export async function updateThread(
  database: Executor,
  tenant: string,
  thread: string,
  change: ThreadChange,
): Promise<void> {
  const changed = await database
    .update(threads)
    .set(change)
    .where(keyed(tenant, thread))
    .returning({ id: threads.id });
  if (changed.length === 0) throw new ThreadNotFoundError(thread);
}

export interface NewEvent {
  readonly tenant: string;
  readonly thread: string;
  readonly turn: string;
  readonly type: string;
  readonly person?: string | null;
  readonly channel?: string | null;
  readonly data: unknown;
}

/**
 * Adds an event under the thread's next number. The thread's row is locked until the transaction ends, so numbers have
 * no gaps and readers see them in order.
 * @throws ThreadNotFoundError
 */
export function appendEvent(database: Database, event: NewEvent): Promise<EventRow> {
  return database.transaction(async (transaction) => {
    const [numbered] = await transaction
      .update(threads)
      .set({ lastSeq: sql`${threads.lastSeq} + 1` })
      .where(keyed(event.tenant, event.thread))
      .returning({ seq: threads.lastSeq });
    if (numbered === undefined) throw new ThreadNotFoundError(event.thread);
    const [row] = await transaction
      .insert(events)
      .values({ ...event, seq: numbered.seq, createdAt: sql`clock_timestamp()` })
      .returning();
    return row!;
  });
}

/** Events after `seq`, in order. Check first (`findThread`) that who asks may see the thread. */
export function eventsAfter(
  database: Database,
  tenant: string,
  thread: string,
  seq: number,
  limit = 1_000,
): Promise<EventRow[]> {
  return database
    .select()
    .from(events)
    .where(and(eq(events.tenant, tenant), eq(events.thread, thread), gt(events.seq, seq)))
    .orderBy(asc(events.seq))
    .limit(limit);
}

const until = (seconds: number): SQL => sql`now() + ${seconds} * interval '1 second'`;

/** Takes the thread for a run unless another run holds it; true when it is (or was already) ours. */
export async function acquireThread(
  database: Executor,
  tenant: string,
  thread: string,
  runner: string,
  seconds: number,
): Promise<boolean> {
  const taken = await database
    .update(threads)
    .set({ runner, runnerUntil: until(seconds) })
    .where(
      and(
        keyed(tenant, thread),
        or(isNull(threads.runner), eq(threads.runner, runner), lt(threads.runnerUntil, sql`now()`)),
      ),
    )
    .returning({ id: threads.id });
  return taken.length > 0;
}

/** Prolongs a lease; false when it was lost meanwhile, and the run must stop. */
export async function renewThread(
  database: Executor,
  tenant: string,
  thread: string,
  runner: string,
  seconds: number,
): Promise<boolean> {
  const renewed = await database
    .update(threads)
    .set({ runnerUntil: until(seconds) })
    .where(and(keyed(tenant, thread), eq(threads.runner, runner)))
    .returning({ id: threads.id });
  return renewed.length > 0;
}

export async function releaseThread(
  database: Executor,
  tenant: string,
  thread: string,
  runner: string,
): Promise<void> {
  await database
    .update(threads)
    .set({ runner: null, runnerUntil: null })
    .where(and(keyed(tenant, thread), eq(threads.runner, runner)));
}
