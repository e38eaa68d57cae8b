/**
 * Adds events to a stored log: all of them, or none. The log's row is what counts: it names the state of the store that
 * readers see, and it is locked while events are added. A crash before its change is committed leaves the log as it was;
 * the next append drops what the store was left with.
 */
import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { logs } from "../../db/schema/index.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import { columnsOfEvents } from "./core/event-rows.ts";
import type { Finding } from "./core/findings.ts";
import { localToInstant } from "./core/zones.ts";
import { describe } from "./describe-log.ts";
import { findLog } from "./find-log.ts";
import { type LogRow, type LogSummary, summaryOf } from "./log-summary.ts";
import { keepEventLog } from "./opened-logs.ts";

type EventRecords = readonly Readonly<Record<string, unknown>>[];

export interface AppendEventsOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  /** By id or name. */
  readonly log: string;
  /** Cells by the log's own column names, or by role: case, activity, timestamp, start, resource, lifecycle, instance. */
  readonly events: EventRecords;
}

/** Kinds of findings that only the file itself could show; they stay as they were found. */
const OF_THE_FILE = new Set(["zone"]);

export async function appendEvents(
  options: AppendEventsOptions,
): Promise<{ added: number; log: LogSummary }> {
  const { database, store, tenant, events } = options;
  const found = await findLog({ database, tenant, threadLog: null }, options.log);
  if (events.length === 0) return { added: 0, log: summaryOf(found) };
  const updated = await database.transaction(async (transaction) => {
    const [row] = await transaction.select().from(logs).where(eq(logs.id, found.id)).for("update");
    const change = await addToStore(store, row ?? found, events);
    return transaction
      .update(logs)
      .set({ ...change, updatedAt: new Date() })
      .where(eq(logs.id, found.id))
      .returning();
  });
  return { added: events.length, log: summaryOf(updated[0] ?? found) };
}

/** What the row says once the events are in the store. */
async function addToStore(store: LogStore, row: LogRow, events: EventRecords) {
  const mapping = row.mapping as ColumnMapping;
  const before = await columnsOf(store, row.id, row.digest);
  const added = columnsOfEvents(events, mapping, before, localToInstant(mapping.zone ?? "UTC"));
  const digest = await store.append(row.id, added, row.digest);
  const columns = await columnsOf(store, row.id, digest);
  const ofTheFile = (row.findings as Finding[]).filter((finding) => OF_THE_FILE.has(finding.kind));
  const log = buildEventLog(columns);
  keepEventLog(store, row.id, digest, log);
  return { ...describe(columns, ofTheFile, log), digest };
}

/** Of each store the columns that were appended to last, as the next append to the same log reads them. */
const lastRead = new WeakMap<LogStore, { readonly key: string; readonly columns: LogColumns }>();

async function columnsOf(store: LogStore, id: string, digest: string): Promise<LogColumns> {
  const key = `${id} ${digest}`;
  const known = lastRead.get(store);
  if (known?.key === key) return known.columns;
  const columns = (await store.read(id, digest)) as LogColumns;
  lastRead.set(store, { key, columns });
  return columns;
}
