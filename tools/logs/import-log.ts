/** A file becomes a stored log: all of it, or nothing. */
import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { logs } from "../../db/schema/index.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import type { ColumnMapping, EventLog, LogColumns } from "./core/event-log.ts";
import { type Finding, mergeFindings } from "./core/findings.ts";
import { spanOf, vocabularyOf } from "./core/profile.ts";
import { findQuality } from "./core/quality.ts";
import { type LogSummary, type Queries, summaryOf } from "./log-summary.ts";
import { readLogFile } from "./read-log.ts";

export interface ImportLogOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  readonly person: string | null;
  /** What the person calls the file or the log. Text: it never becomes a path. */
  readonly name: string;
  /** A file on this machine. */
  readonly path: string;
  readonly mapping?: Partial<ColumnMapping>;
  readonly zone?: string;
  readonly onProgress?: (message: string, share: number | null) => void;
  readonly signal?: AbortSignal;
  readonly newId: () => string;
}

/** Reads, checks and stores a log; a name that is taken gets a number. */
export async function importLog(options: ImportLogOptions): Promise<LogSummary> {
  const { database, store, tenant, name, path, mapping, zone, onProgress, signal } = options;
  const read = await readLogFile(path, {
    name,
    ...(mapping ? { mapping } : {}),
    ...(zone ? { zone } : {}),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  });
  onProgress?.("Checking the log", null);
  const facts = describe(read.columns, read.findings);
  signal?.throwIfAborted();
  onProgress?.("Storing the log", null);
  const id = options.newId();
  await store.create(id, read.columns);
  try {
    const digest = await store.digest(id);
    const row = await database.transaction(async (transaction) => {
      const free = await freeName(transaction, tenant, logName(name));
      const values = {
        id,
        tenant,
        name: free,
        importedBy: options.person,
        mapping: read.mapping,
        digest,
        ...facts,
      };
      const [inserted] = await transaction.insert(logs).values(values).returning();
      return inserted as typeof logs.$inferSelect;
    });
    return summaryOf(row);
  } catch (error) {
    await store.remove(id);
    throw error;
  }
}

/** What the database keeps about a log's content. */
export function describe(
  columns: LogColumns,
  found: readonly Finding[],
  log: EventLog = buildEventLog(columns),
) {
  const { first, last } = spanOf(log);
  return {
    findings: mergeFindings(found, findQuality(log, columns)),
    vocabulary: vocabularyOf(log),
    cases: log.cases,
    events: log.events,
    firstEvent: first === null ? null : new Date(first),
    lastEvent: last === null ? null : new Date(last),
  };
}

/** "C:\\logs\\orders.csv.gz" → "orders": the last part, without the endings of log files and control characters. */
export function logName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  const bare = last.replace(/\.(gz|csv|tsv|txt|xes)$/i, "").replace(/\.(csv|tsv|txt|xes)$/i, "");
  const clean = bare.replace(/\p{C}/gu, " ").trim().slice(0, 120);
  return clean === "" || /^\.+$/.test(clean) ? "log" : clean;
}

async function freeName(database: Queries, tenant: string, wanted: string): Promise<string> {
  const rows = await database.select({ name: logs.name }).from(logs).where(eq(logs.tenant, tenant));
  const taken = new Set(rows.map((row) => row.name));
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted} (${copy})`;
  return name;
}
