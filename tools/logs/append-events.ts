/** Adds events to a stored log: all of them, or none. */
import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { logs } from "../../db/schema/index.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import { columnsOfEvents } from "./core/event-rows.ts";
import type { Finding } from "./core/findings.ts";
import { localToInstant } from "./core/zones.ts";
import { findLog } from "./find-log.ts";
import { describe } from "./import-log.ts";
import { type LogSummary, summaryOf } from "./log-summary.ts";

export interface AppendEventsOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  /** By id or name. */
  readonly log: string;
  /** Cells by the log's own column names, or by role: case, activity, timestamp, start, resource, lifecycle, instance. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** Kinds of findings that only the file itself could show; they stay as they were found. */
const OF_THE_FILE = new Set(["zone"]);

export async function appendEvents(
  options: AppendEventsOptions,
): Promise<{ added: number; log: LogSummary }> {
  const { database, store, tenant, events } = options;
  const row = await findLog({ database, tenant, threadLog: null }, options.log);
  if (events.length === 0) return { added: 0, log: summaryOf(row) };
  const mapping = row.mapping as ColumnMapping;
  const before = (await store.read(row.id)) as LogColumns;
  await store.append(row.id, columnsOfEvents(events, mapping, before, localToInstant(mapping.zone ?? "UTC")));
  const columns = (await store.read(row.id)) as LogColumns;
  const ofTheFile = (row.findings as Finding[]).filter((finding) => OF_THE_FILE.has(finding.kind));
  const [updated] = await database
    .update(logs)
    .set({ ...describe(columns, ofTheFile), digest: await store.digest(row.id), updatedAt: new Date() })
    .where(eq(logs.id, row.id))
    .returning();
  return { added: events.length, log: summaryOf(updated ?? row) };
}
