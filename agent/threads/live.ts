/** Follows a thread: wakes at once for what this process records, and looks regularly for what others do. */
import { EventEmitter, once } from "node:events";
import type { Database } from "../../db/client.ts";
import type { ThreadEvent } from "../service.ts";
import { eventsAfter, type ThreadKey } from "./events.ts";

export interface Live {
  /** Something was recorded in the thread by this process. */
  wake(key: ThreadKey): void;
  /** Resolves at the next wake, after the polling interval, or when the signal aborts; never rejects. */
  wait(key: ThreadKey, signal: AbortSignal | undefined): Promise<void>;
  /** A number that grows with every wake of the thread, to see what happened while one was reading. */
  version(key: ThreadKey): number;
}

const name = (key: ThreadKey): string => `${key.tenant}/${key.thread}`;

export function createLive(pollMilliseconds: number): Live {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const versions = new Map<string, number>();
  return {
    wake(key) {
      versions.set(name(key), (versions.get(name(key)) ?? 0) + 1);
      emitter.emit(name(key));
    },
    async wait(key, signal) {
      const timer = AbortSignal.timeout(pollMilliseconds);
      const either = signal === undefined ? timer : AbortSignal.any([timer, signal]);
      await once(emitter, name(key), { signal: either }).catch((error: unknown) => {
        if (!either.aborted) throw error;
      });
    },
    version: (key) => versions.get(name(key)) ?? 0,
  };
}

/** Recorded events after `from`, then live ones until the signal aborts. */
export async function* followThread(
  database: Database,
  live: Live,
  key: ThreadKey,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ThreadEvent> {
  let last = from;
  while (signal?.aborted !== true) {
    const version = live.version(key);
    const found = await eventsAfter(database, key, last);
    for (const event of found) {
      last = event.seq;
      yield event;
    }
    if (found.length === 0 && live.version(key) === version) await live.wait(key, signal);
  }
}
