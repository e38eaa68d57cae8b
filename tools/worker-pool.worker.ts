/** A thread of the pool: runs one task after another. A module stays loaded, and so does what it keeps. */
import { parentPort } from "node:worker_threads";
import { revived, serialised } from "../errors.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** What a task's function receives beside its input. */
export interface WorkerHost {
  /** Says how far it is, `share` between 0 and 1. */
  progress(message: string, share?: number): void;
  /** Whether the task should end: cheap enough for an inner loop, and seen without waiting. */
  cancelled(): boolean;
  /** Aborted when the task should end, as soon as it waits for something. */
  readonly signal: AbortSignal;
  /** Asks the thread that set the task; rejects with its error. */
  call<Output>(name: string, input: unknown): Promise<Output>;
  /** Buffers of the output that are handed over instead of copied. */
  transfer(buffers: readonly ArrayBuffer[]): void;
}

type Run = Extract<ToWorker, { kind: "run" }>;

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

const post = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, [...transfer]);

const waiting = new Map<number, Waiting>();
let calls = 0;
let running = { job: 0, abort: new AbortController() };

function hostOf({ job, flag }: Run, abort: AbortController, handedOver: ArrayBuffer[]): WorkerHost {
  return {
    progress: (message, share) =>
      post({ kind: "progress", job, message, ...(share === undefined ? {} : { share }) }),
    cancelled: () => Atomics.load(flag, 0) === 1,
    signal: abort.signal,
    call: <Output>(name: string, input: unknown) =>
      new Promise<Output>((resolve, reject) => {
        const call = ++calls;
        waiting.set(call, { resolve: resolve as (output: unknown) => void, reject });
        post({ kind: "call", job, call, name, input });
      }),
    transfer: (buffers) => void handedOver.push(...buffers),
  };
}

async function run(message: Run): Promise<void> {
  const abort = new AbortController();
  running = { job: message.job, abort };
  const handedOver: ArrayBuffer[] = [];
  try {
    const module = (await import(message.module)) as Record<string, unknown>;
    const own = module[message.name];
    if (typeof own !== "function")
      throw new TypeError(`${message.module} exports no function ${message.name}`);
    const output: unknown = await own(message.input, hostOf(message, abort, handedOver));
    post({ kind: "done", job: message.job, output }, handedOver);
  } catch (error) {
    post({ kind: "failed", job: message.job, error: serialised(error) });
  } finally {
    waiting.clear();
  }
}

function receive(message: ToWorker): void {
  if (message.kind === "run") void run(message);
  else if (message.job !== running.job) return;
  else if (message.kind === "cancel") running.abort.abort();
  else {
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.kind === "answer") call?.resolve(message.output);
    else call?.reject(revived(message.error));
  }
}

parentPort?.on("message", receive);
