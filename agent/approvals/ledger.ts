/**
 * The ledger: append-only, one hash chain a tenant. An entry's hash is SHA-256 over the hash before it and the entry's
 * RFC 8785 JSON, so a changed, dropped or moved entry no longer fits; the end is held against a head outside the table.
 */
import { createHash } from "node:crypto";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { type Executor, rowsOf } from "../../db/rows.ts";
import { ledger, ledgerHeads } from "../../db/schema/index.ts";
import { canonicalJson } from "../evidence/canonical.ts";
import { storedForm } from "./digest.ts";
import type { Gate } from "./gate.ts";
import type { Head, LedgerHead } from "./ledger-head.ts";

export type LedgerRow = typeof ledger.$inferSelect;

export interface LedgerEntry {
  readonly tenant: string;
  /** What happened, noun-action: "proposal-created", "decision-approve". */
  readonly kind: string;
  /** The person's id, or who acted for nobody: "system", "executor". */
  readonly actor: string;
  /** What it happened to: a proposal's id. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Stands before the first entry. */
export const genesis: Head = { seq: 0, hash: "0".repeat(64) };

type Hashed = Omit<LedgerRow, "hash">;

/** Hex SHA-256(previous ‖ canonical JSON of the entry). */
export function entryHash({ tenant, seq, kind, actor, subject, data, at, previous }: Hashed): string {
  const entry = canonicalJson({ tenant, seq, kind, actor, subject, data, at });
  return createHash("sha256").update(previous).update(entry).digest("hex");
}

/**
 * Adds an entry as a part of the caller's transaction. From here to its end no other transaction appends to the
 * tenant's chain: append last, and after the transaction call `publishHead`.
 */
export async function appendLedger(transaction: Executor, entry: LedgerEntry): Promise<Head> {
  const { tenant } = entry;
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ledger:${tenant}`}, 0))`);
  const last = await lastOf(transaction, tenant);
  const [clock] = await rowsOf<{ at: string }>(
    transaction,
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  const data = storedForm(entry.data) as LedgerEntry["data"];
  const unhashed = { ...entry, data, seq: last.seq + 1, at: clock!.at, previous: last.hash };
  const hash = entryHash(unhashed);
  await transaction.insert(ledger).values({ ...unhashed, hash });
  return { seq: unhashed.seq, hash };
}

async function lastOf(database: Executor, tenant: string): Promise<Head> {
  const [last] = await rowsOf<{ seq: string; hash: string }>(
    database,
    sql`select seq, hash from ledger where tenant = ${tenant} order by seq desc limit 1`,
  );
  return last === undefined ? genesis : { seq: Number(last.seq), hash: last.hash };
}

/** Copies the end of the chain to where it is kept outside the table. Call after a transaction that appended. */
export async function publishHead({ database, head }: Gate, tenant: string): Promise<void> {
  await head.advance(tenant, await lastOf(database, tenant));
}

/**
 * At start: begins the outside head of a ledger that is still empty, and lets one that a crash left behind catch up,
 * provided that the chain from it on is sound. Anything else is left for `verifyLedger` to report.
 */
export async function anchorLedger({ database, head }: Gate, tenant: string): Promise<void> {
  const [outside, last] = [await head.read(tenant), await lastOf(database, tenant)];
  if (outside === null && last.seq === 0) return head.advance(tenant, genesis);
  if (outside === null || outside.seq >= last.seq) return;
  if ((await verifyLedger(database, tenant, head)).ok) await head.advance(tenant, last);
}

export interface Verification {
  readonly ok: boolean;
  /** Entries read before the end or the first fault. */
  readonly entries: number;
  readonly problem: string | null;
  /** The number of the entry where the chain is broken. */
  readonly at: number | null;
}

const pageSize = 1_000;

/** Reads the whole chain, and holds its end against both heads. */
export async function verifyLedger(
  database: Database,
  tenant: string,
  head: LedgerHead,
): Promise<Verification> {
  const outside = await head.read(tenant);
  const [inside] = await database.select().from(ledgerHeads).where(eq(ledgerHeads.tenant, tenant));
  let last = genesis;
  for await (const entry of chain(database, tenant)) {
    const problem = faultOf(entry, last) ?? contradiction(entry, outside) ?? contradiction(entry, inside);
    if (problem !== null) return { ok: false, entries: last.seq, problem, at: last.seq + 1 };
    last = { seq: entry.seq, hash: entry.hash };
  }
  const problem = endOf(last, outside, inside ?? null);
  return { ok: problem === null, entries: last.seq, problem, at: problem === null ? null : last.seq + 1 };
}

async function* chain(database: Database, tenant: string): AsyncGenerator<LedgerRow> {
  for (let after = -1; ; ) {
    const page = await database
      .select()
      .from(ledger)
      .where(and(eq(ledger.tenant, tenant), gt(ledger.seq, after)))
      .orderBy(asc(ledger.seq))
      .limit(pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)!.seq;
  }
}

function faultOf(entry: LedgerRow, last: Head): string | null {
  if (entry.seq !== last.seq + 1) return `Entry ${last.seq + 1} is missing: entry ${entry.seq} comes next.`;
  if (entryHash(entry) !== entry.hash) return `Entry ${entry.seq} was changed: its hash does not fit it.`;
  if (entry.previous !== last.hash) return `Entry ${entry.seq} does not follow entry ${last.seq}.`;
  return null;
}

function contradiction(entry: LedgerRow, head: Head | null | undefined): string | null {
  if (head === null || head === undefined || head.seq !== entry.seq || head.hash === entry.hash) return null;
  return `Entry ${entry.seq} is not the one that the head was taken from: the chain was rewritten.`;
}

function endOf(last: Head, outside: Head | null, inside: Head | null): string | null {
  if (outside === null) return last.seq === 0 ? null : "The head that is kept outside the table is missing.";
  const furthest = Math.max(outside.seq, inside?.seq ?? 0);
  if (furthest <= last.seq) return null;
  return `The ledger ends at entry ${last.seq}, but its head is entry ${furthest}: the end was cut off.`;
}
