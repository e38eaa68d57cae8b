/**
 * Worker threads shared by everything that computes for long, so that the process goes on answering. Tasks wait in a
 * queue that is fair to groups (a person, a thread, a request): groups take turns, however much one of them asks for.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { MillwrightError, revived, serialised } from "../errors.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** A function exported under `name` by `module`: `(input, host: WorkerHost) => output`. */
export interface WorkerTask {
  readonly module: URL;
  readonly name: string;
  /** Cloned into the thread; arrays over a SharedArrayBuffer are not copied. */
  readonly input: unknown;
  /** Buffers of `input` that are handed over: they cannot be used here afterwards. */
  readonly transfer?: readonly ArrayBuffer[];
}

export interface WorkerTaskOptions {
  /** An abort ends the wait at once; a task that does not notice loses its thread. */
  readonly signal?: AbortSignal;
  /** How long the task may take to notice an abort before its thread is ended, milliseconds; the pool's by default. */
  readonly grace?: number;
  /** Tasks of one group wait for each other; groups take turns. */
  readonly group?: string;
  readonly onProgress?: (message: string, share?: number) => void;
  /** What the task may ask of this thread, by name. */
  readonly calls?: Readonly<Record<string, (input: never) => unknown>>;
}

/** Where tasks run: in a pool's threads, or in the one that sets them (inline-tasks.ts). */
export interface TaskRunner {
  run<Output>(task: WorkerTask, options?: WorkerTaskOptions): Promise<Output>;
}

export class WorkerLostError extends MillwrightError {
  constructor(task: string, why: string, options?: ErrorOptions) {
    super("worker-lost", 500, `the thread that computed ${task} ${why}`, { remedy: "Try again." }, options);
  }
}

export interface WorkerPoolOptions {
  /** Threads at most; as many as there are processors, at least two, by default. */
  readonly size?: number;
  /** How long a task that was aborted may take to notice, milliseconds. */
  readonly grace?: number;
}

interface Job {
  readonly id: number;
  readonly task: WorkerTask;
  readonly options: WorkerTaskOptions;
  /** 1 once the task should end. */
  readonly flag: Int32Array;
  settle(finish: () => void): void;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

const GRACE = 250;

export class WorkerPool implements TaskRunner {
  readonly size: number;
  readonly #grace: number;
  readonly #threads = new Set<Thread>();
  /** Waiting jobs by group; the group whose turn is next stands first. */
  readonly #waiting = new Map<string, Job[]>();
  #next = 1;
  #closed = false;

  constructor({ size = Math.max(2, availableParallelism()), grace = GRACE }: WorkerPoolOptions = {}) {
    this.size = size;
    this.#grace = grace;
  }

  /** Runs a task when its turn comes. Rejects with the task's own error, the signal's reason or `WorkerLostError`. */
  run<Output>(task: WorkerTask, options: WorkerTaskOptions = {}): Promise<Output> {
    if (this.#closed) return Promise.reject(new WorkerLostError(task.name, "was closed"));
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise<Output>((resolve, reject) => {
      const job = this.#job(task, options, resolve as (output: unknown) => void, reject);
      this.#enqueue(job);
      this.#dispatch();
    });
  }

  /** Ends all threads; what was running or waiting rejects with `WorkerLostError`. */
  async close(): Promise<void> {
    this.#closed = true;
    const waiting = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    for (const job of waiting) job.reject(new WorkerLostError(job.task.name, "was closed"));
    await Promise.all([...this.#threads].map((thread) => this.#lose(thread, "was closed")));
  }

  #job(
    task: WorkerTask,
    options: WorkerTaskOptions,
    resolve: (output: unknown) => void,
    reject: (error: unknown) => void,
  ): Job {
    let isSettled = false;
    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      options.signal?.removeEventListener("abort", abort);
      finish();
    };
    const job: Job = {
      id: this.#next++,
      task,
      options,
      flag: new Int32Array(new SharedArrayBuffer(4)),
      settle,
      resolve: (output) => settle(() => resolve(output)),
      reject: (error) => settle(() => reject(error)),
    };
    const abort = (): void => this.#abort(job);
    options.signal?.addEventListener("abort", abort, { once: true });
    return job;
  }

  #enqueue(job: Job): void {
    const group = job.options.group ?? "";
    const queue = this.#waiting.get(group);
    if (queue) queue.push(job);
    else this.#waiting.set(group, [job]);
  }

  /** The first job of the group whose turn it is; that group then waits for the others. */
  #take(): Job | null {
    const first = this.#waiting.entries().next();
    if (first.done) return null;
    const [group, queue] = first.value;
    const job = queue.shift() ?? null;
    this.#waiting.delete(group);
    if (queue.length > 0) this.#waiting.set(group, queue);
    return job;
  }

  #dispatch(): void {
    while (this.#waiting.size > 0) {
      const thread = this.#idle();
      if (thread === null) return;
      const job = this.#take();
      if (job === null) return;
      this.#begin(thread, job);
    }
  }

  #idle(): Thread | null {
    for (const thread of this.#threads) if (thread.job === null) return thread;
    return this.#threads.size < this.size ? this.#start() : null;
  }

  #start(): Thread {
    const worker = new Worker(new URL("./worker-pool.worker.ts", import.meta.url));
    const thread: Thread = { worker, job: null };
    worker.on("message", (message: FromWorker) => this.#receive(thread, message));
    worker.on("error", (error) => void this.#lose(thread, "failed", error));
    worker.on("exit", (code) => void this.#lose(thread, `ended with code ${code}`));
    this.#threads.add(thread);
    return thread;
  }

  #begin(thread: Thread, job: Job): void {
    thread.job = job;
    thread.worker.ref();
    const { module, name, input, transfer = [] } = job.task;
    const message: ToWorker = { kind: "run", job: job.id, module: module.href, name, input, flag: job.flag };
    try {
      thread.worker.postMessage(message, [...transfer]);
    } catch (error) {
      this.#release(thread);
      job.reject(error);
    }
  }

  #release(thread: Thread): void {
    thread.job = null;
    thread.worker.unref();
    this.#dispatch();
  }

  #receive(thread: Thread, message: FromWorker): void {
    const { job } = thread;
    if (job === null || message.job !== job.id) return;
    if (message.kind === "progress") {
      if (!job.options.signal?.aborted) job.options.onProgress?.(message.message, message.share);
    } else if (message.kind === "call") void this.#answer(thread, job, message);
    else {
      this.#release(thread);
      if (message.kind === "done") job.resolve(message.output);
      else job.reject(revived(message.error));
    }
  }

  async #answer(
    thread: Thread,
    job: Job,
    { call, name, input }: Extract<FromWorker, { kind: "call" }>,
  ): Promise<void> {
    const send = (message: ToWorker): void => {
      if (thread.job === job) thread.worker.postMessage(message);
    };
    try {
      const own = job.options.calls?.[name] as ((input: unknown) => unknown) | undefined;
      if (own === undefined)
        throw new WorkerLostError(job.task.name, `asked for "${name}", which is not there`);
      send({ kind: "answer", job: job.id, call, output: await own(input) });
    } catch (error) {
      send({ kind: "refusal", job: job.id, call, error: serialised(error) });
    }
  }

  /** The caller hears at once; the thread has a moment to notice and is ended if it does not. */
  #abort(job: Job): void {
    job.reject(job.options.signal?.reason);
    Atomics.store(job.flag, 0, 1);
    const thread = [...this.#threads].find((candidate) => candidate.job === job);
    if (thread === undefined) {
      this.#forget(job);
      return;
    }
    thread.worker.postMessage({ kind: "cancel", job: job.id } satisfies ToWorker);
    const timer = setTimeout(() => {
      if (thread.job === job) void this.#lose(thread, "did not stop when it was told to");
    }, job.options.grace ?? this.#grace);
    timer.unref();
  }

  #forget(job: Job): void {
    const group = job.options.group ?? "";
    const left = (this.#waiting.get(group) ?? []).filter((candidate) => candidate !== job);
    if (left.length > 0) this.#waiting.set(group, left);
    else this.#waiting.delete(group);
  }

  async #lose(thread: Thread, why: string, cause?: unknown): Promise<void> {
    if (!this.#threads.delete(thread)) return;
    const { job } = thread;
    job?.reject(new WorkerLostError(job.task.name, why, cause === undefined ? {} : { cause }));
    await thread.worker.terminate();
    this.#dispatch();
  }
}
