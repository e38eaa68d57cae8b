/** A file becomes a stored log: all of it, or nothing. */
import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { logs } from "../../db/schema/index.ts";
import { inlineTasks } from "../inline-tasks.ts";
import type { TaskRunner } from "../worker-pool.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import type { describe } from "./describe-log.ts";
import { logName } from "./log-name.ts";
import { type LogSummary, type Queries, summaryOf } from "./log-summary.ts";
import { readInThread } from "./log-tasks.ts";

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
  /** Where files are read; in this thread by default. */
  readonly tasks?: TaskRunner;
}

/** Reads, checks and stores a log; a name that is taken gets a number. */
export async function importLog(options: ImportLogOptions): Promise<LogSummary> {
  const { database, store, tenant, name, path, mapping, zone, onProgress, signal } = options;
  const request = { path, name, ...(mapping ? { mapping } : {}), ...(zone ? { zone } : {}) };
  const { tasks = inlineTasks } = options;
  const group = options.person ?? tenant;
  const { described, ...read } = await readInThread(tasks, request, { signal, group, onProgress });
  signal?.throwIfAborted();
  onProgress?.("Storing the log", null);
  return keepLog(
    { database, store, tenant },
    { ...read, name: logName(name), person: options.person, described, id: options.newId() },
  );
}

interface NewLog {
  readonly id: string;
  readonly name: string;
  readonly person: string | null;
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
  readonly described: ReturnType<typeof describe>;
  /** What "business hours" mean on it (`logs.calendar`); null, and by default, the usual ones. */
  readonly calendar?: string | null;
}

/** Stores columns as a new log: its row and its content, or neither. */
export async function keepLog(
  { database, store, tenant }: { database: Database; store: LogStore; tenant: string },
  { id, name, person, columns, mapping, described, calendar = null }: NewLog,
): Promise<LogSummary> {
  await store.create(id, columns);
  try {
    const digest = await store.digest(id);
    const row = await database.transaction(async (transaction) => {
      const free = await freeName(transaction, tenant, name);
      const values = {
        id,
        tenant,
        name: free,
        importedBy: person,
        mapping,
        digest,
        calendar,
        ...described,
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

async function freeName(database: Queries, tenant: string, wanted: string): Promise<string> {
  const rows = await database.select({ name: logs.name }).from(logs).where(eq(logs.tenant, tenant));
  const taken = new Set(rows.map((row) => row.name));
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted} (${copy})`;
  return name;
}
