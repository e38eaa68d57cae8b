/** The thread of `threaded.ts`: one store, any number of calls at once. */
import { parentPort, workerData } from "node:worker_threads";
import { serialised } from "../../errors.ts";
import type { LogStore, StoredColumns } from "./log-store.ts";
import { openLogStore } from "./open-log-store.ts";
import { inSharedMemory } from "./shared-memory.ts";
import type { StoreData, StoreMethod, StoreReply, StoreRequest } from "./threaded.ts";

const { folder, trino } = workerData as StoreData;
const opening = openLogStore(folder, trino);
// Whoever asks for the store is told; until then nobody is waiting.
opening.catch(() => undefined);
const stops = new Map<number, AbortController>();
const running = new Set<Promise<void>>();

/** Given as `input` in the order of the store's own parameters. */
function run(store: LogStore, method: StoreMethod, input: readonly unknown[], signal: AbortSignal): unknown {
  const [log, second, third] = input as [string, never, never];
  switch (method) {
    case "create":
      return store.create(log, second as StoredColumns);
    case "append":
      return store.append(log, second as StoredColumns, third);
    case "read":
      return store.read(log, second).then(inSharedMemory);
    case "query":
      return store.query(log, second, { signal, ...(third === undefined ? {} : { digest: third }) });
    case "dialect":
      return store.dialect(log);
    case "digest":
      return store.digest(log);
    case "remove":
      return store.remove(log);
  }
}

async function answer(id: number, method: StoreMethod, input: readonly unknown[]): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    const output: unknown = await run(await opening, method, input, stop.signal);
    parentPort?.postMessage({ id, output } satisfies StoreReply);
  } catch (error) {
    parentPort?.postMessage({ id, error: serialised(error) } satisfies StoreReply);
  } finally {
    stops.delete(id);
  }
}

/**
 * Ends when everything has ended: a thread that is ended from outside while the database works for it takes the whole
 * process down.
 */
async function close(id: number): Promise<void> {
  for (const stop of stops.values()) stop.abort();
  await Promise.all(running);
  await opening.then(
    (store) => store.close(),
    () => undefined,
  );
  parentPort?.postMessage({ id, output: null } satisfies StoreReply);
  parentPort?.close();
}

parentPort?.on("message", ({ id, method, input }: StoreRequest) => {
  if (method === "close") void close(id);
  else if (method === "cancel") stops.get(id)?.abort();
  else {
    const done = answer(id, method, input);
    running.add(done);
    void done.then(() => running.delete(done));
  }
});
