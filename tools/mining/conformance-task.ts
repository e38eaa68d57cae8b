/** Conformance of a log with a model, as a task of a worker thread. */
import type { EventLog } from "../logs/core/event-log.ts";
import type { TaskRunner } from "../worker-pool.ts";
import type { WorkerHost } from "../worker-pool.worker.ts";
import { now } from "./align-in-tasks.ts";
import { type BpmnDocument, bpmnOf, bpmnOfGraph } from "./core/bpmn.ts";
import { type Agreement, agreement } from "./core/conformance/agreement.ts";
import type { Deviation } from "./core/conformance/deviations.ts";
import { StateLimitError } from "./core/conformance/errors.ts";
import { type Alignments, type Run, shortestRun } from "./core/conformance/net-alignment.ts";
import { type ReferenceModel, readReferenceModel } from "./core/conformance/reference-model.ts";
import type { DeviationCost } from "./core/conformance/report.ts";
import { type ConformanceReport, conformanceReport, tracesOf } from "./core/conformance/report.ts";
import { inductiveMiner } from "./core/inductive-miner.ts";
import { NotConvertibleError } from "./core/models/errors.ts";
import { netToBpmn } from "./core/models/net-to-bpmn.ts";
import { type PetriNet, toPetriNet } from "./core/petri-net.ts";
import { firstVariants, variantsToCover } from "./core/process-map.ts";
import { type Sequences, type Variants, variants } from "./core/variants.ts";

declare module "../define.ts" {
  interface ToolServices {
    /** Threads for what computes long; without them it runs where it is asked for. */
    readonly tasks?: TaskRunner;
  }
}

/** How long alignments may take, milliseconds; then what is known is a bound. */
export const CONFORMANCE_TIME = 60_000;

export interface PreparationRequest {
  readonly log: Sequences;
  /** A model's document; null for the log's own usual way. */
  readonly document: string | null;
}

/** A model and what of a log is aligned with it. */
export interface Prepared {
  readonly model: ReferenceModel;
  /** The model's document. */
  readonly source: string;
  readonly traces: readonly (readonly string[])[];
  readonly shortest: Run;
}

/** Reads a document's model, or finds what the log's own most common paths show. */
export function prepareConformance({ log, document }: PreparationRequest): Prepared {
  const found = variants(log);
  const source = document ?? usualWay(found);
  const model = readReferenceModel(source, log.activities);
  return { model, source, traces: tracesOf(found), shortest: shortestRun(model.net) };
}

export interface HoldAgainstRequest extends PreparationRequest {
  readonly log: EventLog;
  readonly prepared: Omit<Prepared, "traces" | "shortest">;
  readonly alignments: Alignments;
  /** `now()` when time is up. */
  readonly end: number;
  readonly money?: string;
}

/** A log held against a model. */
export interface Held {
  readonly report: ConformanceReport;
  readonly format: string;
  readonly notes: readonly string[];
  /** The model as BPMN, where it is or becomes one. */
  readonly bpmn: string | null;
  /** Its tasks by activity, where it was drawn here; else the report's deviations name its elements. */
  readonly tasks: BpmnDocument["tasks"] | null;
  /** Of the model that the inductive miner finds in the log with the document's; null without one, or for too large models. */
  readonly agreement: Agreement | null;
}

/** Cases whose variants make the usual way. */
export const USUAL_SHARE = 0.8;

/** Holds a log against a model that its variants are aligned with. */
export function holdAgainst(
  { log, document, prepared: { model, source }, alignments, end, money }: HoldAgainstRequest,
  host: WorkerHost,
): Held {
  const { net, format, notes } = model;
  const report = conformanceReport(log, net, alignments, {
    deadline: () => host.cancelled() || now() > end,
    onProgress: (message, share) => host.progress(message, share),
    ...(money === undefined ? {} : { money }),
  });
  host.signal.throwIfAborted();
  const drawn = format === "bpmn" ? null : drawnAsBpmn(net);
  return {
    report,
    format,
    notes,
    bpmn: format === "bpmn" ? source : (drawn?.xml ?? null),
    tasks: drawn?.tasks ?? null,
    agreement: document === null ? null : agreementWith(net, variants(log)),
  };
}

/** Null for nets that have no counterpart in BPMN. */
function drawnAsBpmn(net: PetriNet): BpmnDocument | null {
  try {
    return bpmnOfGraph(netToBpmn(net).model);
  } catch (error) {
    if (error instanceof NotConvertibleError) return null;
    throw error;
  }
}

function usualWay(found: Variants): string {
  const kept = firstVariants(found, variantsToCover(found.counts, USUAL_SHARE));
  return bpmnOf(inductiveMiner(kept)).xml;
}

function agreementWith(net: PetriNet, found: Variants): Agreement | null {
  try {
    return agreement(toPetriNet(inductiveMiner(found)), net);
  } catch (error) {
    if (error instanceof StateLimitError) return null;
    throw error;
  }
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
  readonly agreement: Agreement | null;
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
