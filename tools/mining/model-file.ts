import { open } from "node:fs/promises";
import { buildEventLog } from "../logs/core/build-event-log.ts";
import { readLogFile } from "../logs/read-log.ts";
import { ModelFileError } from "./core/models/errors.ts";
import {
  asNet,
  type ModelFormat,
  type Picture,
  type ProcessModel,
  readModel,
  writeModel,
} from "./core/models/process-model.ts";
import type { ReadModel } from "./core/models/read-model.ts";
import { type Soundness, soundness, workflowNetProblems } from "./core/models/soundness.ts";
import { XML_LIMITS } from "./core/models/xml.ts";
import { firstVariants, mostCommonCases, processMap, variantsToCover } from "./core/process-map.ts";
import { variants } from "./core/variants.ts";
import type { MODEL_CHOICES } from "./discover-model.ts";
import { minedModel, namedModel } from "./mined-model.ts";

export interface ModelFileOptions {
  readonly format: ModelFormat;
  readonly picture?: Picture;
  /** Of a log: the share of cases whose paths are kept. */
  readonly shown?: number;
  /** Of a log: which miner, and its filter; the best of several without both. */
  readonly algorithm?: (typeof MODEL_CHOICES)[number];
  readonly noise?: number;
  /** Of a BPMN file with several: the process or pool to read. */
  readonly process?: string;
  readonly lifecycle?: "all" | "complete";
  readonly zone?: string;
  readonly signal?: AbortSignal;
}

export interface ModelFile {
  readonly text: string;
  readonly notes: readonly string[];
  /** What it was made from: a log, or a model of this kind. */
  readonly source: "log" | "tree" | "net" | "bpmn";
  /** Null for a process map, which is no model. */
  readonly soundness: Soundness | null;
}

/** How long the discovery may take, milliseconds. */
const MODEL_TIME = 30_000;

/** Markings that are looked at to decide soundness. */
const MOST_STATES = 50_000;

/** Endings of model files; everything else is a log. */
const isModelFile = (path: string): boolean =>
  /\.(bpmn|bpmn20\.xml|pnml|ptml|tree|tree\.txt|xml)$/i.test(path);

/** The model of a log that is mined, or of a model file that is read, as the text of a file of the format. */
export async function modelFile(path: string, options: ModelFileOptions): Promise<ModelFile> {
  const read = isModelFile(path)
    ? readModel(
        await contentOf(path),
        path,
        options.process === undefined ? {} : { process: options.process },
      )
    : await mined(path, options);
  const name = path.replace(/^.*[\\/]/, "").replace(/(\.(tree|bpmn20))?\.[^.]+(\.gz)?$/i, "");
  const { text, notes } = writeModel(read.model, options.format, name, options.picture);
  const { kind } = read.model;
  return {
    text,
    notes: [...read.notes, ...notes],
    source: kind === "map" || !isModelFile(path) ? "log" : kind,
    soundness: kind === "map" ? null : decided(read.model),
  };
}

function decided(model: ProcessModel): Soundness {
  const net = asNet(model).model;
  const [problem] = workflowNetProblems(net);
  const found = soundness(net, MOST_STATES);
  if (problem === undefined || found.verdict === "unsound") return found;
  return { verdict: "undecided", states: found.states };
}

async function mined(path: string, options: ModelFileOptions): Promise<ReadModel<ProcessModel>> {
  const { zone, signal, lifecycle = "all" } = options;
  const read = await readLogFile(path, {
    ...(zone === undefined ? {} : { zone }),
    ...(signal === undefined ? {} : { signal }),
  });
  const log = buildEventLog(read.columns, { lifecycle, classifier: "name" });
  signal?.throwIfAborted();
  const isPicture = options.format === "svg" || options.format === "dot";
  if (options.picture === "map" && isPicture)
    return {
      model: { kind: "map", map: processMap(mostCommonCases(log, options.shown ?? 1), null, []) },
      notes: [],
    };
  const all = variants(log);
  const found = firstVariants(all, variantsToCover(all.counts, options.shown ?? 1));
  const end = performance.now() + MODEL_TIME;
  const deadline = () => signal?.aborted === true || performance.now() > end;
  const { algorithm = "best", noise } = options;
  const model =
    algorithm === "best" && noise === undefined
      ? minedModel(found, options.format, deadline)
      : namedModel(algorithm === "best" ? "inductive" : algorithm, noise, { log, found, deadline });
  signal?.throwIfAborted();
  return model;
}

/** A model is small: what is larger than its limit is not even read. */
async function contentOf(path: string): Promise<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const { size } = await file.stat();
    if (size > XML_LIMITS.bytes) {
      throw new ModelFileError(`The file is larger than ${XML_LIMITS.bytes / 2 ** 20} MiB.`, { file: path });
    }
    return await file.readFile();
  } catch (error) {
    throw error instanceof ModelFileError ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
}

const unreadable = (path: string, cause: unknown): ModelFileError =>
  new ModelFileError(`The file cannot be read: ${(cause as Error).message}.`, { file: path });
