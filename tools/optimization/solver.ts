import { Worker } from "node:worker_threads";
import { type LinearModel, type Solution, SolverError, type SolverOptions } from "./core/linear-model.ts";

/** Beyond the solver's own limit: loading it, and a presolve that does not look at the clock. */
const graceSeconds = 15;

/**
 * Solves in a worker thread of its own, so that the process goes on answering. An abort, or a solver that outlives its
 * limit, kills the thread.
 */
export function solveInWorker(
  model: LinearModel,
  options: SolverOptions,
  signal?: AbortSignal,
): Promise<Solution> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./solver.worker.ts", import.meta.url), {
      workerData: { model, options },
    });
    let isSettled = false;
    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      worker.terminate().then(finish, reject);
    };
    const abort = (): void => settle(() => reject(signal?.reason));
    const timer = setTimeout(
      () =>
        settle(() => reject(new SolverError(`it did not stop within ${options.seconds + graceSeconds} s`))),
      (options.seconds + graceSeconds) * 1000,
    );
    signal?.addEventListener("abort", abort);
    worker.once("message", (solution: Solution) => settle(() => resolve(solution)));
    worker.once("error", (error) =>
      settle(() => reject(new SolverError("its thread failed", { cause: error }))),
    );
    worker.once("exit", (code) =>
      settle(() => reject(new SolverError(`its thread ended with code ${code}`))),
    );
  });
}
