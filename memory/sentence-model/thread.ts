/** The thread of a sentence model, seen from outside: who waits for what. */
import { Worker } from "node:worker_threads";
import { revived } from "../../errors.ts";
import { SentenceModelError } from "./errors.ts";
import type { Asked, Told } from "./model.worker.ts";

type Ready = Extract<Told, { kind: "ready" }>;
type Vectors = readonly Float32Array[];

export interface ModelThread {
  readonly ready: Promise<Ready>;
  ask(texts: readonly string[], signal?: AbortSignal): Promise<Vectors>;
  close(): Promise<void>;
}

interface Waiting {
  readonly answered: PromiseWithResolvers<Vectors>;
  settle(): void;
}

/** It keeps the process alive only while somebody waits for it. */
export function startModelThread(folder: string): ModelThread {
  const worker = new Worker(new URL("./model.worker.ts", import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  const ready = Promise.withResolvers<Ready>();
  let gone: unknown = null;
  let next = 0;

  const done = (id: number): Waiting | undefined => {
    const asked = waiting.get(id);
    waiting.delete(id);
    asked?.settle();
    if (waiting.size === 0) worker.unref();
    return asked;
  };
  const fail = (error: unknown): void => {
    gone ??= error;
    ready.reject(gone);
    for (const id of [...waiting.keys()]) done(id)?.answered.reject(gone);
  };
  worker.on("message", (told: Told) => {
    if (told.kind === "vectors") return done(told.id)?.answered.resolve(told.vectors);
    if (told.kind === "failed")
      return told.id === null
        ? fail(revived(told.error))
        : done(told.id)?.answered.reject(revived(told.error));
    worker.unref();
    ready.resolve(told);
  });
  worker.once("error", (error) =>
    fail(new SentenceModelError(folder, "failed in its thread", {}, { cause: error })),
  );
  worker.once("exit", () => fail(new SentenceModelError(folder, "is closed")));
  return {
    ready: ready.promise,
    async ask(texts, signal) {
      signal?.throwIfAborted();
      if (gone !== null) throw gone;
      const [id, answered] = [next++, Promise.withResolvers<Vectors>()];
      const abort = (): void => done(id)?.answered.reject(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(id, { answered, settle: () => signal?.removeEventListener("abort", abort) });
      worker.ref();
      worker.postMessage({ id, texts } satisfies Asked);
      return answered.promise;
    },
    async close() {
      await worker.terminate();
    },
  };
}
