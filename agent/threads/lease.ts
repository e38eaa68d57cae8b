/**
 * One run at a time in a thread. Within this process turns queue up; between processes the thread's row holds a lease
 * that is renewed while a turn runs and lapses when its process dies.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ne } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { acquireThread, releaseThread, renewThread } from "../../db/queries/threads.ts";
import { threads } from "../../db/schema/index.ts";
import { ThreadBusyError } from "../errors.ts";
import type { ThreadKey } from "./events.ts";

export interface LeaseOptions {
  readonly database: Database;
  /** Names this process. */
  readonly runner: string;
  readonly leaseMilliseconds: number;
  /** How long a message waits for its turn. */
  readonly patienceMilliseconds: number;
  report(error: unknown): void;
}

export interface Leases {
  /** Frees every thread: for a process that has the database to itself, before it begins. */
  clear(): Promise<void>;
  /** Runs `body` when the thread is free. `lost` aborts when the lease could not be renewed. */
  hold<Result>(key: ThreadKey, body: (lost: AbortSignal) => Promise<Result>): Promise<Result>;
}

export function createLeases(options: LeaseOptions): Leases {
  const { database, runner } = options;
  const queues = new Map<string, Promise<void>>();
  const seconds = options.leaseMilliseconds / 1000;

  const takeInTime = async (key: ThreadKey): Promise<void> => {
    const end = Date.now() + options.patienceMilliseconds;
    while (!(await acquireThread(database, key.tenant, key.thread, runner, seconds))) {
      if (Date.now() > end) throw new ThreadBusyError(key.thread);
      await sleep(150);
    }
  };

  const withLease = async <Result>(key: ThreadKey, body: (lost: AbortSignal) => Promise<Result>) => {
    await takeInTime(key);
    const lost = new AbortController();
    const renewal = setInterval(() => {
      renewThread(database, key.tenant, key.thread, runner, seconds).then(
        (kept) => (kept ? undefined : lost.abort(new ThreadBusyError(key.thread))),
        options.report,
      );
    }, options.leaseMilliseconds / 3);
    renewal.unref();
    try {
      return await body(lost.signal);
    } finally {
      clearInterval(renewal);
      await releaseThread(database, key.tenant, key.thread, runner);
    }
  };

  return {
    async clear() {
      await database
        .update(threads)
        .set({ runner: null, runnerUntil: null })
        .where(ne(threads.runner, runner));
    },
    async hold(key, body) {
      const name = `${key.tenant}/${key.thread}`;
      const before = queues.get(name) ?? Promise.resolve();
      const mine = before.then(() => withLease(key, body));
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      queues.set(name, settled);
      try {
        return await mine;
      } finally {
        if (queues.get(name) === settled) queues.delete(name);
      }
    },
  };
}
