/** A stored log as a file. */
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { inlineTasks } from "../inline-tasks.ts";
import type { TaskRunner } from "../worker-pool.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import { exportFormat } from "./export-file.ts";
import { FILES } from "./export-log.ts";
import { findLog } from "./find-log.ts";
import { writeInThread } from "./log-tasks.ts";

export interface ExportStoredOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  /** By id or name. */
  readonly log: string;
  readonly format: string;
  /** A file that is not there yet. */
  readonly path: string;
  readonly signal?: AbortSignal;
  /** Where the file is written; in this thread by default. */
  readonly tasks?: TaskRunner;
}

/** What the file is to be called, and what it is over HTTP. */
export interface ExportedLog {
  readonly name: string;
  readonly mediaType: string;
}

export async function exportStoredLog(options: ExportStoredOptions): Promise<ExportedLog> {
  const { database, store, tenant, log, path, signal, tasks = inlineTasks } = options;
  const format = exportFormat(options.format);
  const row = await findLog({ database, tenant, threadLog: null }, log);
  const columns = (await store.read(row.id, row.digest)) as LogColumns;
  const mapping = row.mapping as ColumnMapping;
  const written = { name: row.name, columns, mapping };
  await writeInThread(tasks, { log: written, format, path }, { signal, group: tenant });
  const { ending, mediaType } = FILES[format];
  return { name: `${row.name}${ending}`, mediaType };
}
