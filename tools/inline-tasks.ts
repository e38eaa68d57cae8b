import type { TaskRunner } from "./worker-pool.ts";
import type { WorkerHost } from "./worker-pool.worker.ts";

/** Runs tasks in the thread that sets them: for a command line, which has nothing else to do meanwhile. */
export const inlineTasks: TaskRunner = {
  async run<Output>(task: Parameters<TaskRunner["run"]>[0], options: Parameters<TaskRunner["run"]>[1] = {}) {
    const signal = options.signal ?? new AbortController().signal;
    signal.throwIfAborted();
    const host: WorkerHost = {
      progress: (message, share) => options.onProgress?.(message, share),
      cancelled: () => signal.aborted,
      signal,
      call: async <Answer>(name: string, input: unknown) => {
        const own = options.calls?.[name] as ((input: unknown) => Answer) | undefined;
        if (own === undefined) throw new TypeError(`${task.name} asked for "${name}", which is not there`);
        return own(input);
      },
      transfer: () => undefined,
    };
    const module = (await import(task.module.href)) as Record<
      string,
      (input: unknown, host: WorkerHost) => Output
    >;
    return await module[task.name]!(task.input, host);
  },
};
