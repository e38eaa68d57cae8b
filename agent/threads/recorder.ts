/** Writes one turn's events in the order they were given, waking those who follow the thread. */
import type { Database } from "../../db/client.ts";
import { appendEvents, type Body, type ThreadKey } from "./events.ts";
import type { Live } from "./live.ts";

export interface TurnKey extends ThreadKey {
  readonly turn: string;
}

export interface Recorder {
  /** Resolves when the events are recorded. Throws `TurnEndedError` when the turn was ended elsewhere. */
  record(...bodies: Body[]): Promise<void>;
  /** Records soon; several at once are written together. A failure goes to `onFailure`. */
  note(body: Body): void;
}

export function createRecorder(
  database: Database,
  live: Live,
  key: TurnKey,
  person: string | null,
  onFailure: (error: unknown) => void,
): Recorder {
  let waiting: Body[] = [];
  let tail: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const bodies = waiting;
    waiting = [];
    if (bodies.length === 0) return;
    await appendEvents(database, { ...key, person, channel: null, bodies });
    live.wake(key);
  };
  const flush = (): Promise<void> => {
    const next = tail.then(write);
    tail = next.catch(onFailure);
    return next;
  };
  return {
    async record(...bodies) {
      waiting.push(...bodies);
      await flush();
    },
    note(body) {
      waiting.push(body);
      if (waiting.length === 1) flush().catch(onFailure);
    },
  };
}
