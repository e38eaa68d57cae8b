/** Logs in memory: those used last, each as of its digest, so that a log that did not change is read once. */
import type { LogStore } from "../../db/logs/log-store.ts";
import { inlineTasks } from "../inline-tasks.ts";
import type { TaskRunner } from "../worker-pool.ts";
import type { EventLog, LogColumns } from "./core/event-log.ts";
import { buildInThread } from "./log-tasks.ts";

const OPEN_LOGS = 4;
/** Of each store, the one used last at the end. */
const opened = new WeakMap<LogStore, Map<string, Promise<EventLog>>>();

/** The log `id` as it was at `digest`; built by `tasks` where it is not open. */
export function eventLogOf(
  store: LogStore,
  id: string,
  digest: string,
  tasks: TaskRunner = inlineTasks,
): Promise<EventLog> {
  return keep(store, id, digest, async () => {
    const columns = await store.read(id, digest);
    return buildInThread(tasks, columns as LogColumns);
  });
}

/** Remembers a log that was built elsewhere. */
export function keepEventLog(store: LogStore, id: string, digest: string, log: EventLog): void {
  keep(store, id, digest, () => Promise.resolve(log));
}

function keep(store: LogStore, id: string, digest: string, read: () => Promise<EventLog>): Promise<EventLog> {
  const known = opened.get(store) ?? new Map<string, Promise<EventLog>>();
  opened.set(store, known);
  const key = `${id} ${digest}`;
  const log = known.get(key) ?? read();
  known.delete(key);
  known.set(key, log);
  log.catch(() => known.delete(key));
  for (const oldest of known.keys()) if (known.size > OPEN_LOGS) known.delete(oldest);
  return log;
}
