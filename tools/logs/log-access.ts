/** Logs of one tenant, opened for tools: typed arrays for the kernel, SQL for facts. */
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { type LogAccess, largeLog, type OpenLog } from "../define.ts";
import type { TaskRunner } from "../worker-pool.ts";
import { calendarsOf } from "./calendar-store.ts";
import type { LogColumns } from "./core/event-log.ts";
import { deriveLog } from "./derive-log.ts";
import { allLogs, findLog } from "./find-log.ts";
import { type LogRow, summaryOf } from "./log-summary.ts";
import { eventLogOf } from "./opened-logs.ts";

export { type AppendEventsOptions, appendEvents } from "./append-events.ts";
export { exportStoredLog } from "./export-stored.ts";
export { LogNotFoundError } from "./find-log.ts";
export { type ImportLogOptions, importLog } from "./import-log.ts";
export type { LogSummary } from "./log-summary.ts";

export interface LogAccessOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
  /** The log of the thread, by id or name; null where none is chosen. */
  readonly threadLog: string | null;
  /** Where logs are built; in this thread by default. */
  readonly tasks?: TaskRunner;
  /** The largest log that is computed on in memory, in events. */
  readonly memoryEvents?: number;
}

export const MEMORY_EVENTS = 20_000_000;

export function createLogAccess(options: LogAccessOptions): LogAccess {
  return {
    open: async (idOrName) => openLog(options, await findLog(options, idOrName)),
    derive: (request) => deriveLog(options, request),
    list: async () => (await allLogs(options)).map(summaryOf),
  };
}

/** The log as its row records it: what a writer has added since is not seen before that is recorded too. */
async function openLog(options: LogAccessOptions, row: LogRow): Promise<OpenLog> {
  const { database, store, tasks, memoryEvents = MEMORY_EVENTS } = options;
  const { id, name, digest } = row;
  if (Number(row.events) > memoryEvents) {
    const { cases, events, first, last } = summaryOf(row);
    const large = { cases, events, first, last, vocabulary: row.vocabulary };
    const query = (sql: string) => store.query(id, sql, { digest });
    const [dialect, calendars] = await Promise.all([store.dialect(id), calendarsOf(database, row)]);
    return largeLog({ id, name, digest, large, calendars, dialect, query });
  }
  const [log, dialect, calendars] = await Promise.all([
    eventLogOf(store, id, digest, tasks),
    store.dialect(id),
    calendarsOf(database, row),
  ]);
  const columns = async () => (await store.read(id, digest)) as LogColumns;
  const query = (sql: string) => store.query(id, sql, { digest });
  return { id, name, digest, log, calendars, dialect, query, columns };
}
