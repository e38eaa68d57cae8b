/** What is done to whole logs, as tasks of worker threads: the functions of this room in shared memory. */
import { inSharedMemory } from "../../db/logs/shared-memory.ts";
import type { TaskRunner } from "../worker-pool.ts";
import type { WorkerHost } from "../worker-pool.worker.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import type { EventLog, LogColumns } from "./core/event-log.ts";
import type { WrittenLog } from "./core/log-fields.ts";
import { describe } from "./describe-log.ts";
import { type ExportFormat, writeLogFile } from "./export-log.ts";
import { type ReadLog, type ReadLogOptions, readLogFile } from "./read-log.ts";

const module = new URL(import.meta.url);
/** A file may be read or written by a database, which must come to its end before its thread does. */
const FILE_GRACE = 10_000;

export type ReadRequest = Omit<ReadLogOptions, "signal" | "onProgress"> & { readonly path: string };
export type DescribedFile = ReadLog & { readonly described: ReturnType<typeof describe> };

export async function readAndDescribe(
  { path, ...options }: ReadRequest,
  host: WorkerHost,
): Promise<DescribedFile> {
  const onProgress = (message: string, share: number | null) => host.progress(message, share ?? undefined);
  const read = await readLogFile(path, { ...options, signal: host.signal, onProgress });
  host.signal.throwIfAborted();
  host.progress("Checking the log");
  const described = describe(read.columns, read.findings);
  return { ...read, columns: inSharedMemory(read.columns), described };
}

export const buildInSharedMemory = (columns: LogColumns): EventLog => inSharedMemory(buildEventLog(columns));

export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly group: string;
  readonly onProgress?: ((message: string, share: number | null) => void) | undefined;
}

/** Reads a file in a thread. */
export function readInThread(
  tasks: TaskRunner,
  request: ReadRequest,
  { signal, group, onProgress }: ReadingOptions,
): Promise<DescribedFile> {
  return tasks.run(
    { module, name: "readAndDescribe", input: request },
    {
      group,
      grace: FILE_GRACE,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress: (message, share) => onProgress(message, share ?? null) } : {}),
    },
  );
}

/** Builds a log in a thread. */
export const buildInThread = (tasks: TaskRunner, columns: LogColumns): Promise<EventLog> =>
  tasks.run({ module, name: "buildInSharedMemory", input: columns }, { group: "logs" });

export interface WritingRequest {
  readonly log: WrittenLog;
  readonly format: ExportFormat;
  /** A file that is not there yet. */
  readonly path: string;
}

export const writeInTask = ({ log, format, path }: WritingRequest, { signal }: WorkerHost): Promise<void> =>
  writeLogFile(log, format, path, { signal });

/** Writes a log as a file in a thread. After an abort, what the thread has written stays there for the caller to remove. */
export const writeInThread = (
  tasks: TaskRunner,
  request: WritingRequest,
  { signal, group }: Pick<ReadingOptions, "signal" | "group">,
): Promise<void> =>
  tasks.run(
    { module, name: "writeInTask", input: request },
    { group, grace: FILE_GRACE, ...(signal ? { signal } : {}) },
  );
