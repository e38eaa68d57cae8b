/**
 * The log store of this machine in a thread of its own: reading, hashing and loading a log and its queries' rows keep
 * nobody waiting who is not waiting for them.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type ErrorRecord, MillwrightError, revived } from "../../errors.ts";
import type { Dialect } from "./dialect.ts";
import type { LogStore, QueryResult, StoredColumns } from "./log-store.ts";
import { inSharedMemory } from "./shared-memory.ts";
import type { TrinoSettings } from "./trino/settings.ts";

export class LogStoreThreadError extends MillwrightError {
  constructor(why: string, options?: ErrorOptions) {
    super("log-store-thread", 500, `the log store ${why}`, { remedy: "Start Millwright again." }, options);
  }
}

export type StoreMethod = "create" | "append" | "read" | "query" | "dialect" | "digest" | "remove";

export interface StoreRequest {
  readonly id: number;
  readonly method: StoreMethod | "cancel" | "close";
  readonly input: readonly unknown[];
}

export type StoreReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: ErrorRecord };

interface Waiting {
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** What the thread opens its store with. */
export interface StoreData {
  readonly folder: string;
  readonly trino: TrinoSettings | null;
}

/** `folder` is made where it is not there. The thread starts with the first call, and ends with `close`. */
export function openThreadedLogStore(folder: string, trino: TrinoSettings | null = null): LogStore {
  return new ThreadedLogStore({ folder, trino });
}

class ThreadedLogStore implements LogStore {
  readonly #data: StoreData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;
  #failure: LogStoreThreadError | null = null;

  constructor(data: StoreData) {
    this.#data = data;
  }

  create(log: string, columns: StoredColumns): Promise<void> {
    return this.#ask("create", [log, inSharedMemory(columns)]);
  }

  append(log: string, columns: StoredColumns, after?: string): Promise<string> {
    return this.#ask("append", [log, columns, after]);
  }

  read(log: string, digest?: string): Promise<StoredColumns> {
    return this.#ask("read", [log, digest]);
  }

  query(
    log: string,
    sql: string,
    { signal, digest }: { signal?: AbortSignal; digest?: string } = {},
  ): Promise<QueryResult> {
    return this.#ask("query", [log, sql, digest], signal);
  }

  dialect(log: string): Promise<Dialect> {
    return this.#ask("dialect", [log]);
  }

  digest(log: string): Promise<string> {
    return this.#ask("digest", [log]);
  }

  remove(log: string): Promise<void> {
    return this.#ask("remove", [log]);
  }

  async close(): Promise<void> {
    if (this.#worker === null || this.#failure !== null) return;
    const ended = once(this.#worker, "exit");
    const closed = this.#ask("close", []);
    this.#failure ??= new LogStoreThreadError("is closed");
    await Promise.all([closed, ended]);
  }

  #ask<Output>(
    method: StoreMethod | "close",
    input: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<Output> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const worker = this.#started();
    const id = this.#next++;
    return new Promise<Output>((resolve, reject) => {
      const abort = (): void => {
        worker.postMessage({ id, method: "cancel", input: [] } satisfies StoreRequest);
        this.#settle(id)?.reject(signal?.reason);
      };
      const done = (): void => signal?.removeEventListener("abort", abort);
      this.#waiting.set(id, {
        resolve: (output) => {
          done();
          resolve(output as Output);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      signal?.addEventListener("abort", abort, { once: true });
      worker.ref();
      worker.postMessage({ id, method, input } satisfies StoreRequest);
    });
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL("./log-store.worker.ts", import.meta.url), {
      workerData: this.#data,
    });
    worker.on("message", (reply: StoreReply) => {
      const waiting = this.#settle(reply.id);
      if ("error" in reply) waiting?.reject(revived(reply.error));
      else waiting?.resolve(reply.output);
    });
    worker.on("error", (cause) => this.#fail(new LogStoreThreadError("failed", { cause })));
    worker.on("exit", (code) => this.#fail(new LogStoreThreadError(`ended with code ${code}`)));
    this.#worker = worker;
    return worker;
  }

  /** What waits for a reply, which comes once; a process with nothing to wait for may end. */
  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    return waiting;
  }

  #fail(failure: LogStoreThreadError): void {
    this.#failure ??= failure;
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#failure);
  }
}
