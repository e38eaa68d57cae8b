/** Conformance of a file or a log with a model, as tasks of a worker thread and for the command line. */
import { readFile } from "node:fs/promises";
import { MillwrightError } from "../../errors.ts";
import { buildEventLog } from "../logs/core/build-event-log.ts";
import type { ColumnMapping, EventLog } from "../logs/core/event-log.ts";
import { readLogFile } from "../logs/read-log.ts";
import type { WorkerHost } from "../worker-pool.worker.ts";
import { agreement } from "./core/conformance/agreement.ts";
import type { Deviation } from "./core/conformance/deviations.ts";
import { readReferenceModel } from "./core/conformance/reference-model.ts";
import type { DeviationCost } from "./core/conformance/report.ts";
import { type ConformanceReport, conformanceReport } from "./core/conformance/report.ts";
import { ModelFileError } from "./core/models/errors.ts";
import type { PetriNet } from "./core/petri-net.ts";

/** How long alignments may take, milliseconds; then what is known is a bound. */
export const CONFORMANCE_TIME = 60_000;

export interface ConformanceRequest {
  readonly log: EventLog;
  readonly net: PetriNet;
  readonly milliseconds: number;
  readonly money?: string;
}

/** `conformanceReport` within a time, in a thread. */
export function checkConformance(
  { log, net, milliseconds, money }: ConformanceRequest,
  host: WorkerHost,
): ConformanceReport {
  const end = performance.now() + milliseconds;
  return conformanceReport(log, net, {
    deadline: () => host.cancelled() || performance.now() > end,
    onProgress: (message, share) => host.progress(message, share),
    ...(money === undefined ? {} : { money }),
  });
}

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

/** What `conformance --json` prints: seconds, shares from 0 to 1, null for what is not known. */
export interface ConformanceResult {
  readonly cases: number;
  readonly variants: number;
  readonly model: { readonly format: string; readonly notes: readonly string[] };
  readonly fitness: {
    readonly low: number;
    readonly high: number;
    readonly meanTrace: number;
    readonly fittingCases: number;
  };
  readonly tokenReplay: {
    readonly fitness: number;
    readonly meanTrace: number;
    readonly fittingCases: number;
    readonly produced: number;
    readonly consumed: number;
    readonly missing: number;
    readonly remaining: number;
  } | null;
  readonly precision: number | null;
  readonly alignedPrecision: number | null;
  readonly generalisation: number | null;
  readonly simplicity: number;
  readonly fScore: number | null;
  readonly reason: string | null;
  readonly deviations: readonly (Omit<Deviation, "variants"> & DeviationCost & { readonly share: number })[];
  readonly attributes: ConformanceReport["attributes"];
  readonly moneyAttribute: string | null;
  /** With a second model: how far the two say the same. */
  readonly agreement: ReturnType<typeof agreement> | null;
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
  const report = checkConformance(
    { log, net: model.net, milliseconds, ...(money === undefined ? {} : { money }) },
    host,
  );
  const other = request.mined === undefined ? null : await readModelFile(request.mined, log.activities);
  const agreed = other === null ? null : agreement(other.net, model.net);
  return resultOf(report, model, agreed);
}

async function readModelFile(file: string, activities: readonly string[]) {
  try {
    return readReferenceModel(await readFile(file, "utf8"), activities);
  } catch (error) {
    if (error instanceof ModelFileError) throw error.of(file);
    if (error instanceof MillwrightError) throw error;
    throw new ModelFileError(`The model cannot be read: ${(error as Error).message}`, { file });
  }
}

export function resultOf(
  report: ConformanceReport,
  model: { readonly format: string; readonly notes: readonly string[] },
  agreed: ConformanceResult["agreement"],
): ConformanceResult {
  const { quality } = report;
  const { low, high, meanTrace, fittingCases } = quality.fitness;
  return {
    cases: report.cases,
    variants: report.variants,
    model: { format: model.format, notes: model.notes },
    fitness: { low, high, meanTrace, fittingCases },
    tokenReplay: replayOf(quality.replay),
    precision: quality.precision,
    alignedPrecision: quality.alignedPrecision,
    generalisation: quality.generalisation,
    simplicity: quality.simplicity,
    fScore: quality.fScore,
    reason: quality.reason ?? null,
    deviations: report.deviations.map(({ variants: _, ...each }) => ({
      ...each,
      share: each.cases / report.cases,
    })),
    attributes: report.attributes,
    moneyAttribute: report.moneyAttribute,
    agreement: agreed,
  };
}

function replayOf(replay: ConformanceReport["quality"]["replay"]): ConformanceResult["tokenReplay"] {
  if (replay === null) return null;
  const {
    fitness,
    meanTraceFitness: meanTrace,
    fittingCases,
    produced,
    consumed,
    missing,
    remaining,
  } = replay;
  return { fitness, meanTrace, fittingCases, produced, consumed, missing, remaining };
}
