/** Alignments of one log spread over the threads of a pool. */
import type { TaskRunner, WorkerTaskOptions } from "../worker-pool.ts";
import type { WorkerHost } from "../worker-pool.worker.ts";
import {
  type Alignment,
  type AlignmentPart,
  type Alignments,
  alignPart,
  alignTracesIn,
  type Run,
} from "./core/conformance/net-alignment.ts";
import type { PetriNet } from "./core/petri-net.ts";

/** Milliseconds since 1970, the same in every thread. */
export const now = (): number => performance.timeOrigin + performance.now();

interface PartRequest {
  readonly part: AlignmentPart;
  /** `now()` when time is up. */
  readonly end: number;
}

/** One part, as a task of a thread. */
export function alignPartTask({ part, end }: PartRequest, host: Pick<WorkerHost, "cancelled">): Alignment[] {
  return alignPart(part, () => host.cancelled() || now() > end);
}

const task = { module: new URL("./align-in-tasks.ts", import.meta.url), name: "alignPartTask" };

export interface AlignmentRequest {
  readonly net: PetriNet;
  readonly traces: readonly (readonly string[])[];
  readonly shortest: Run;
  /** `now()` when time is up: then what is known is a bound. */
  readonly end: number;
}

/** The result is that of one thread, however many there are. Rejects with the signal's reason. */
export function alignInTasks(
  tasks: TaskRunner,
  { net, traces, shortest, end }: AlignmentRequest,
  { onProgress, ...options }: WorkerTaskOptions,
): Promise<Alignments> {
  const run = (part: AlignmentPart) => tasks.run<Alignment[]>({ ...task, input: { part, end } }, options);
  return alignTracesIn(net, traces, shortest, run, {
    deadline: () => now() > end,
    onProgress: (share) => onProgress?.("Aligning cases with the model", share),
  });
}
