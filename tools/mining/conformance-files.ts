/** Conformance of a log's file with a model's file, for the command line: reading and mining without an agent. */
import { readFile } from "node:fs/promises";
import { MillwrightError } from "../../errors.ts";
import { inlineTasks } from "../inline-tasks.ts";
import { buildEventLog } from "../logs/core/build-event-log.ts";
import type { ColumnMapping, EventLog } from "../logs/core/event-log.ts";
import { readLogFile } from "../logs/read-log.ts";
import { WorkerPool } from "../worker-pool.ts";
import type { WorkerHost } from "../worker-pool.worker.ts";
import { alignInTasks, now } from "./align-in-tasks.ts";
import { CONFORMANCE_TIME, type ConformanceResult, resultOf } from "./conformance-task.ts";
import { agreement } from "./core/conformance/agreement.ts";
import { type Alignments, shortestRun } from "./core/conformance/net-alignment.ts";
import { type ReferenceModel, readReferenceModel } from "./core/conformance/reference-model.ts";
import { conformanceReport, tracesOf } from "./core/conformance/report.ts";
import { ModelFileError } from "./core/models/errors.ts";
import type { PetriNet } from "./core/petri-net.ts";
import { variants } from "./core/variants.ts";

export interface ConformanceFileRequest {
  readonly log: string;
  readonly model: string;
  readonly mapping?: Partial<ColumnMapping>;
  readonly lifecycle?: "all" | "complete";
  readonly zone?: string;
  readonly money?: string;
  /** Of the alignments; `CONFORMANCE_TIME` by default. */
  readonly milliseconds?: number;
  /** A second model, for the agreement of the two. */
  readonly mined?: string;
}

/** Reads a log and a model and holds one against the other. Writes nothing. */
export async function conformanceOfFiles(
  request: ConformanceFileRequest,
  host: WorkerHost,
): Promise<ConformanceResult> {
  const { mapping, zone, lifecycle = "all", money, milliseconds = CONFORMANCE_TIME } = request;
  const onProgress = (message: string, share: number | null) => host.progress(message, share ?? undefined);
  const read = await readLogFile(request.log, {
    name: request.log,
    onProgress,
    signal: host.signal,
    ...(mapping === undefined ? {} : { mapping }),
    ...(zone === undefined ? {} : { zone }),
  });
  const log = buildEventLog(read.columns, { lifecycle });
  const model = await readModelFile(request.model, log.activities);
  const end = now() + milliseconds;
  const alignments = await aligned(log, model.net, end, host);
  const report = conformanceReport(log, model.net, alignments, {
    deadline: () => host.cancelled() || now() > end,
    onProgress: (message, share) => host.progress(message, share),
    ...(money === undefined ? {} : { money }),
  });
  const other = request.mined === undefined ? null : await readModelFile(request.mined, log.activities);
  const agreed = other === null ? null : agreement(other.net, model.net);
  return resultOf(report, model, agreed);
}

/** Up to so many variants are aligned sooner than threads for more start. */
const WORTH_THREADS = 256;

async function aligned(log: EventLog, net: PetriNet, end: number, host: WorkerHost): Promise<Alignments> {
  const request = { net, traces: tracesOf(variants(log)), shortest: shortestRun(net), end };
  const options = {
    signal: host.signal,
    onProgress: (message: string, share?: number) => host.progress(message, share),
  };
  if (request.traces.length <= WORTH_THREADS) return alignInTasks(inlineTasks, request, options);
  const pool = new WorkerPool();
  try {
    return await alignInTasks(pool, request, options);
  } finally {
    await pool.close();
  }
}

async function readModelFile(file: string, activities: readonly string[]): Promise<ReferenceModel> {
  try {
    return readReferenceModel(await readFile(file, "utf8"), activities);
  } catch (error) {
    if (error instanceof ModelFileError) throw error.of(file);
    if (error instanceof MillwrightError) throw error;
    throw new ModelFileError(`The model cannot be read: ${(error as Error).message}`, { file });
  }
}
