/** Logs of one tenant, opened for tools: typed arrays for the kernel, SQL for facts. */
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import type { LogAccess, OpenLog } from "../define.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import type { EventLog, LogColumns } from "./core/event-log.ts";
import { allLogs, findLog } from "./find-log.ts";
import { type LogRow, summaryOf } from "./log-summary.ts";

export { type AppendEventsOptions, appendEvents } from "./append-events.ts";
export { LogNotFoundError } from "./find-log.ts";
export { type ImportLogOptions, importLog } from "./import-log.ts";
export type { LogSummary } from "./log-summary.ts";

export interface LogAccessOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  /** The log of the thread, by id or name; null where none is chosen. */
  readonly threadLog: string | null;
}

const OPEN_LOGS = 4;
/** Opened logs of each store by digest, the one used last at the end: a log that did not change is read once. */
const opened = new WeakMap<LogStore, Map<string, Promise<EventLog>>>();

export function createLogAccess(options: LogAccessOptions): LogAccess {
  return {
    open: async (idOrName) => openLog(options.store, await findLog(options, idOrName)),
    list: async () => (await allLogs(options)).map(summaryOf),
  };
}

async function openLog(store: LogStore, row: LogRow): Promise<OpenLog> {
  return {
    id: row.id,
    name: row.name,
    digest: row.digest,
    log: await eventLogOf(store, row.id, row.digest),
    query: (sql) => store.query(row.id, sql),
  };
}

function eventLogOf(store: LogStore, id: string, digest: string): Promise<EventLog> {
  const known = opened.get(store) ?? new Map<string, Promise<EventLog>>();
  opened.set(store, known);
  const key = `${id} ${digest}`;
  const log = known.get(key) ?? readEventLog(store, id);
  known.delete(key);
  known.set(key, log);
  log.catch(() => known.delete(key));
  for (const oldest of known.keys()) if (known.size > OPEN_LOGS) known.delete(oldest);
  return log;
}

async function readEventLog(store: LogStore, id: string): Promise<EventLog> {
  const columns = await store.read(id);
  return buildEventLog(columns as LogColumns);
}
