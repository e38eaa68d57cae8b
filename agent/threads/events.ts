/** The record of a thread: events with `seq` 1, 2, 3 … without gaps. Streaming and replay both read it. */
import { and, asc, desc, eq, gt, inArray, lt, notExists, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database } from "../../db/client.ts";
import { events, threads } from "../../db/schema/index.ts";
import { TurnEndedError } from "../errors.ts";
import type { ThreadEvent } from "../service.ts";

export type Body = ThreadEvent["body"];

export interface ThreadKey {
  readonly tenant: string;
  readonly thread: string;
}

export interface NewEvents extends ThreadKey {
  readonly turn: string;
  readonly person: string | null;
  readonly channel: string | null;
  readonly bodies: readonly Body[];
  /** Kept beside the first body and never shown: what a turn needs to begin again after a crash. */
  readonly hidden?: unknown;
}

/** What a turn begins with. */
const opening = ["message", "resumed"];
const terminal = ["reply", "problem", "stopped"];
/** What may still be added to a turn after its end: what happens to its proposals and watches. */
const afterwards = new Set(["proposal", "decision", "receipt", "alert"]);

/** PostgreSQL's jsonb takes neither NUL nor lone surrogates; log texts may hold both. */
export const storable = <Value>(value: Value): Value =>
  JSON.parse(
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === "string" ? item.toWellFormed().replaceAll("\0", "\ufffd") : item,
    ),
  ) as Value;

/**
 * Adds events as one unit. Throws `TurnEndedError` when the turn has ended (so that of two processes that continue one
 * turn only one can end it) and the event belongs to the turn itself. Returns the first event's `seq`.
 */
export async function appendEvents(database: Database, added: NewEvents): Promise<number> {
  return database.transaction(async (transaction) => {
    const last = await claimNumbers(transaction, added, added.bodies.length);
    if (added.bodies.some((body) => !afterwards.has(body.type))) {
      if (await hasEnded(transaction, added)) throw new TurnEndedError(added.turn);
    }
    const first = last - added.bodies.length + 1;
    await insertEvents(transaction, added, first);
    return first;
  });
}

/**
 * Adds one event unless the turn has one of its type and subject already: what two processes may both come to report
 * (a decision, a receipt) is recorded once. True when it was added.
 */
export async function appendOnce(
  database: Database,
  added: Omit<NewEvents, "bodies"> & { readonly body: Body },
  isSame: (body: Body, person: string | null) => boolean,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const last = await claimNumbers(transaction, added, 1);
    const alike = await transaction
      .select({ data: events.data, person: events.person })
      .from(events)
      .where(and(ofThread(added), eq(events.type, added.body.type)));
    if (alike.some((row) => isSame(bodyOf(row.data), row.person))) {
      await claimNumbers(transaction, added, -1);
      return false;
    }
    await insertEvents(transaction, { ...added, bodies: [added.body] }, last);
    return true;
  });
}

/** Locks the thread's row, so that numbers are given out one transaction at a time. */
async function claimNumbers(transaction: Database, key: ThreadKey, count: number): Promise<number> {
  const [row] = await transaction
    .update(threads)
    .set({ lastSeq: sql`${threads.lastSeq} + ${count}` })
    .where(and(eq(threads.tenant, key.tenant), eq(threads.id, key.thread)))
    .returning({ last: threads.lastSeq });
  if (row === undefined) throw new Error(`Thread ${key.thread} vanished`);
  return row.last;
}

async function hasEnded(transaction: Database, added: NewEvents): Promise<boolean> {
  const rows = await transaction
    .select({ seq: events.seq })
    .from(events)
    .where(and(ofThread(added), eq(events.turn, added.turn), inArray(events.type, terminal)))
    .limit(1);
  return rows.length > 0;
}

async function insertEvents(transaction: Database, added: NewEvents, first: number): Promise<void> {
  await transaction.insert(events).values(
    added.bodies.map((body, index) => ({
      tenant: added.tenant,
      thread: added.thread,
      seq: first + index,
      turn: added.turn,
      type: body.type,
      person: added.person,
      channel: added.channel,
      data: storable(index === 0 && added.hidden !== undefined ? { ...body, hidden: added.hidden } : body),
    })),
  );
}

const ofThread = (key: ThreadKey) => and(eq(events.tenant, key.tenant), eq(events.thread, key.thread));

function bodyOf(data: unknown): Body {
  const { hidden: _hidden, ...body } = data as Body & { hidden?: unknown };
  return body as Body;
}

const toEvent = (row: typeof events.$inferSelect): ThreadEvent => ({
  thread: row.thread,
  seq: row.seq,
  turn: row.turn,
  at: row.createdAt.toISOString(),
  person: row.person,
  body: bodyOf(row.data),
});

/** Events after `from`, in order. */
export async function eventsAfter(
  database: Database,
  key: ThreadKey,
  from: number,
  limit = 1000,
): Promise<ThreadEvent[]> {
  const rows = await database
    .select()
    .from(events)
    .where(and(ofThread(key), gt(events.seq, from)))
    .orderBy(asc(events.seq))
    .limit(limit);
  return rows.map(toEvent);
}

/** Events of some types of a thread, or of one turn of it, in order. */
export async function eventsOfTypes(
  database: Database,
  key: ThreadKey,
  types: readonly Body["type"][],
  turn?: string,
): Promise<ThreadEvent[]> {
  const ofTurn = turn === undefined ? undefined : eq(events.turn, turn);
  const rows = await database
    .select()
    .from(events)
    .where(and(ofThread(key), ofTurn, inArray(events.type, [...types])))
    .orderBy(asc(events.seq));
  return rows.map(toEvent);
}

/** The newest so many events of these types, oldest first. */
export async function newestEventsOfTypes(
  database: Database,
  key: ThreadKey,
  types: readonly Body["type"][],
  most: number,
): Promise<ThreadEvent[]> {
  const rows = await database
    .select()
    .from(events)
    .where(and(ofThread(key), inArray(events.type, [...types])))
    .orderBy(desc(events.seq))
    .limit(most);
  return rows.reverse().map(toEvent);
}

/** How many messages stand before an event. */
export async function turnsBefore(database: Database, key: ThreadKey, seq: number): Promise<number> {
  const [row] = await database
    .select({ turns: sql<number>`count(*)::int` })
    .from(events)
    .where(and(ofThread(key), eq(events.type, "message"), lt(events.seq, seq)));
  return row!.turns;
}

export interface UnfinishedTurn extends ThreadKey {
  readonly turn: string;
  readonly hidden: unknown;
}

/** Turns that were begun and have no end, oldest first, of one thread or of all. */
export async function unfinishedTurns(database: Database, key?: ThreadKey): Promise<UnfinishedTurn[]> {
  return unfinished(database, key === undefined ? undefined : ofThread(key));
}

/** A message is taken up at once by the process that recorded it; older ones whose thread nobody holds are left over. */
const takenUpSeconds = 2;

/** Unfinished turns that nobody works on. */
export async function abandonedTurns(database: Database): Promise<UnfinishedTurn[]> {
  const held = database
    .select({ one: sql`1` })
    .from(threads)
    .where(
      and(
        eq(threads.tenant, events.tenant),
        eq(threads.id, events.thread),
        sql`${threads.runnerUntil} >= now()`,
      ),
    );
  const age = sql`${events.createdAt} < now() - ${takenUpSeconds} * interval '1 second'`;
  return unfinished(database, and(age, notExists(held)));
}

async function unfinished(database: Database, where: SQL | undefined): Promise<UnfinishedTurn[]> {
  const end = alias(events, "ending");
  const ended = database
    .select({ one: sql`1` })
    .from(end)
    .where(
      and(
        eq(end.tenant, events.tenant),
        eq(end.thread, events.thread),
        eq(end.turn, events.turn),
        inArray(end.type, terminal),
      ),
    );
  const rows = await database
    .select()
    .from(events)
    .where(and(inArray(events.type, opening), where, notExists(ended)))
    .orderBy(asc(events.createdAt), asc(events.seq));
  return rows.map((row) => ({
    tenant: row.tenant,
    thread: row.thread,
    turn: row.turn,
    hidden: (row.data as { hidden?: unknown }).hidden,
  }));
}
