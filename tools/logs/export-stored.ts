/** A stored log as a file. */
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import { exportFormat } from "./export-file.ts";
import { FILES, writeLogFile } from "./export-log.ts";
import { findLog } from "./find-log.ts";

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
}

/** What the file is to be called, and what it is over HTTP. */
export interface ExportedLog {
  readonly name: string;
  readonly mediaType: string;
}

export async function exportStoredLog(options: ExportStoredOptions): Promise<ExportedLog> {
  const { database, store, tenant, log, path, signal } = options;
  const format = exportFormat(options.format);
  const row = await findLog({ database, tenant, threadLog: null }, log);
  const columns = (await store.read(row.id, row.digest)) as LogColumns;
  const mapping = row.mapping as ColumnMapping;
  await writeLogFile({ name: row.name, columns, mapping }, format, path, signal ? { signal } : {});
  const { ending, mediaType } = FILES[format];
  return { name: `${row.name}${ending}`, mediaType };
}
