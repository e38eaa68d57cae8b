/**
 * A large plain file is read by two threads. This one reads from the beginning, as if it were alone; the other reads from
 * a boundary near the middle to the end and hands over what it found as columns. Where they do not fit together, or the
 * other came upon anything that needs what stands before, this thread reads on by itself: the result, and any error with
 * its line, is always that of one thread.
 */
import { once } from "node:events";
import { open } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { isMainThread, Worker } from "node:worker_threads";
import type { ByteSink, ByteSource } from "./byte-source.ts";
import type { PartRequest } from "./read-part.ts";

/** A reader that can take its second half from another. */
export interface TwoPartReader<Part> extends ByteSink {
  /** A part can follow what was read so far. */
  readonly between: boolean;
  /** False where the part does not fit; then nothing was done. */
  append(part: Part): boolean;
}

export interface InTwoOptions {
  /** One thread or two; by default what is faster. */
  readonly threads?: 1 | 2;
  /** Where the second thread begins, 0 to 1 of the file. */
  readonly split?: number;
  /** Who reads the second half; a thread by default. */
  readonly startHelper?: (request: PartRequest) => Helper;
}

interface Helper {
  /** The part, or null where it is of no use. */
  readonly part: Promise<unknown>;
  stop(): Promise<unknown>;
}

type WithoutRange<Request> = Request extends unknown ? Omit<Request, "path" | "from" | "to"> : never;

/** Below that many bytes starting a thread costs more than it gains (docs/performance.md). */
const WORTH_TWO = 48 << 20;
/** What this thread reads while the other starts. */
const HEAD_START = 12 << 20;
const WINDOW = 1 << 20;

/** Where the other thread can begin: a text of which a trace or a record begins `skip` bytes on. */
export interface Boundary {
  readonly text: string;
  readonly skip: number;
}

export async function feedInTwo<Part>(
  source: ByteSource,
  reader: TwoPartReader<Part>,
  boundary: Boundary,
  request: WithoutRange<PartRequest>,
  options: InTwoOptions,
): Promise<void> {
  const split = await splitOf(source, boundary, options);
  if (split === null || source.plain === null) return source.feed(reader);
  const { path, size } = source.plain;
  const helper = (options.startHelper ?? startThread)({
    ...request,
    path,
    from: split,
    to: size,
  } as PartRequest);
  try {
    await source.feed(reader, { to: split });
    const part = reader.between ? ((await helper.part) as Part | null) : null;
    if (part !== null && reader.append(part)) return;
    await source.feed(reader, { from: split });
  } finally {
    await helper.stop();
  }
}

/** Null where one thread reads all. */
async function splitOf(
  source: ByteSource,
  boundary: Boundary,
  options: InTwoOptions,
): Promise<number | null> {
  if (source.plain === null || options.threads === 1) return null;
  const { path, size } = source.plain;
  const isWorth = size >= WORTH_TWO && isMainThread && availableParallelism() > 1;
  if (options.threads !== 2 && !isWorth) return null;
  const from = options.split === undefined ? size / 2 + Math.min(HEAD_START, size / 8) : size * options.split;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(WINDOW), 0, WINDOW, Math.floor(from));
    const found = buffer.subarray(0, bytesRead).indexOf(boundary.text, 0, "latin1");
    const split = Math.floor(from) + found + boundary.skip;
    return found < 0 || split >= size ? null : split;
  } finally {
    await file.close();
  }
}

/** The thread's code is compiled already where this one's is kept. */
const START = `
const { enableCompileCache } = require("node:module");
const { workerData } = require("node:worker_threads");
if (workerData.cache) enableCompileCache(workerData.cache);
import(workerData.module);
`;

function startThread(request: PartRequest): Helper {
  const cache = getCompileCacheDir();
  const module = new URL("./read-part.worker.ts", import.meta.url).href;
  const worker = new Worker(START, {
    eval: true,
    workerData: { request, module, ...(cache === undefined ? {} : { cache: dirname(cache) }) },
  });
  const part = once(worker, "message").then(([answer]) => answer);
  // An error is met where the part is awaited.
  part.catch(() => undefined);
  return { part, stop: () => worker.terminate() };
}
