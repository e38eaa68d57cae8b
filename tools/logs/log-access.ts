/** Logs of one tenant, opened for tools: typed arrays for the kernel, SQL for facts. */
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import type { LogAccess, OpenLog } from "../define.ts";
import type { TaskRunner } from "../worker-pool.ts";
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
}

export function createLogAccess(options: LogAccessOptions): LogAccess {
  return {
    open: async (idOrName) => openLog(options, await findLog(options, idOrName)),
    list: async () => (await allLogs(options)).map(summaryOf),
  };
}

/** The log as its row records it: what a writer has added since is not seen before that is recorded too. */
async function openLog({ store, tasks }: LogAccessOptions, row: LogRow): Promise<OpenLog> {
  const { id, name, digest } = row;
  const [log, dialect] = await Promise.all([eventLogOf(store, id, digest, tasks), store.dialect(id)]);
  return { id, name, digest, log, dialect, query: (sql) => store.query(id, sql, { digest }) };
}
