/** Runs tasks in several processes, each of which takes the next one when it is free. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MillwrightError } from "../../errors.ts";
import type { CaseResult } from "../run.ts";
import type { CaseTask, FromProcess } from "./messages.ts";

export class EvalProcessError extends MillwrightError {
  constructor(message: string) {
    super("eval-process", 500, `A process of the evals ended before its cases did: ${message}`, {
      remedy: "Run the suite again with --jobs 1; the last case shown before is the one to look at.",
    });
  }
}

export interface PoolOptions {
  readonly processes: number;
  readonly environment: NodeJS.ProcessEnv;
  /** Further arguments of Node for each process. */
  readonly nodeArguments?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onResult: (result: CaseResult) => Promise<void>;
}

/** @throws EvalProcessError when a process breaks; the others are ended */
export async function runInProcesses(
  tasks: readonly CaseTask[],
  options: PoolOptions,
): Promise<CaseResult[]> {
  const waiting = [...tasks];
  const results: CaseResult[] = [];
  const children: ChildProcess[] = [];
  const work = (): Promise<void> => {
    const child = start(options);
    children.push(child);
    return serve(child, waiting, async (result) => {
      results.push(result);
      await options.onResult(result);
    });
  };
  const stop = (): void => {
    for (const child of children) child.kill();
  };
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    await Promise.all(Array.from({ length: Math.min(options.processes, tasks.length) }, work));
    return results;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    stop();
  }
}

function start({ environment, nodeArguments = [] }: PoolOptions): ChildProcess {
  return fork(fileURLToPath(new URL("./process.ts", import.meta.url)), {
    execArgv: [...nodeArguments],
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** Gives the process one task after another until none is left. */
function serve(
  child: ChildProcess,
  waiting: CaseTask[],
  onResult: (result: CaseResult) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = Promise.resolve();
    const next = (): void => {
      child.send(waiting.shift() ?? "end");
    };
    child.on("message", (message: FromProcess) => {
      if (message.kind === "broken") return reject(new EvalProcessError(message.message));
      if (message.kind === "result") told = told.then(() => onResult(message.result));
      next();
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) told.then(resolve, reject);
      else reject(new EvalProcessError(signal ?? `exit ${code}`));
    });
  });
}
