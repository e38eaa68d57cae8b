import { buildEventLog } from "../logs/core/build-event-log.ts";
import type { ColumnMapping, EventLog } from "../logs/core/event-log.ts";
import { type Finding, mergeFindings } from "../logs/core/findings.ts";
import type { Flattening } from "../logs/core/flattening.ts";
import { findQuality } from "../logs/core/quality/find-quality.ts";
import { readLogFile } from "../logs/read-log.ts";
import { bottlenecks } from "./core/bottlenecks.ts";
import { activityCounts, directlyFollows } from "./core/directly-follows.ts";
import { isoInstant } from "./core/instants.ts";
import type { Summary } from "./core/quantiles.ts";
import { type Steps, steps } from "./core/steps.ts";
import { throughput } from "./core/throughput.ts";
import { countVariants, variants } from "./core/variants.ts";
import { activityTimes, type StepTimes, stepTimes } from "./core/waiting-and-service.ts";

export interface MineOptions {
  /** What to call the file in errors. */
  readonly name?: string;
  /** Roles that are not to be guessed. */
  readonly mapping?: Partial<ColumnMapping>;
  readonly lifecycle?: "all" | "complete";
  /** `name`, `name+lifecycle`, or a classifier that the XES file declares. */
  readonly classifier?: string;
  /** A business calendar as JSON (tools/logs/core/calendar-definition.ts): every duration counts by it. */
  readonly calendar?: unknown;
  /** IANA zone of times without one; UTC by default. */
  readonly zone?: string;
  /** `false` leaves the model out. */
  readonly model?: boolean;
  readonly onProgress?: (message: string, share: number | null) => void;
  readonly signal?: AbortSignal;
}

/** What `mine --json` prints (contract.md, "JSON"): seconds throughout, instants in UTC. */
export interface MineResult {
  readonly log: {
    readonly cases: number;
    readonly events: number;
    readonly activities: number;
    readonly variants: number;
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly mapping: ColumnMapping;
  readonly activities: readonly {
    readonly name: string;
    readonly count: number;
    readonly service: Summary | null;
    readonly waiting: Summary | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly mean: number | null;
    readonly median: number | null;
    readonly p95: number | null;
  }[];
  readonly starts: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly throughput: Summary | null;
  readonly bottlenecks: readonly {
    readonly activity: string;
    readonly waiting: { readonly mean: number; readonly median: number };
    readonly share: number;
  }[];
  readonly quality: readonly Finding[];
  /** Of an object-centric log only: what reading it by one type of objects lost. */
  readonly flattening?: Flattening;
  readonly model: {
    readonly fitness: number | null;
    readonly precision: number | null;
    /** BPMN 2.0 XML. */
    readonly bpmn: string;
    readonly reason?: string;
    /** What found the model, and why it was preferred. */
    readonly algorithm: string;
    readonly because: string;
    /** All models that were compared, the best first; `size` in elements of BPMN. All are sound. */
    readonly candidates: readonly {
      readonly algorithm: string;
      readonly fitness: number | null;
      readonly precision: number | null;
      readonly f: number | null;
      readonly size: number;
    }[];
  } | null;
}

/** How long fitness and precision may take, milliseconds (contract.md). */
const MODEL_TIME = 30_000;

/** Reads a log file and computes everything that `mine` prints. Writes nothing, and loads no agent and no database. */
export async function mineFile(
  path: string,
  options: MineOptions = {},
): Promise<{ result: MineResult; bpmn: string | null }> {
  const { name, mapping, zone, onProgress, signal } = options;
  const read = await readLogFile(path, {
    ...(name === undefined ? {} : { name }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(zone === undefined ? {} : { zone }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { lifecycle = "all", classifier = "name" } = options;
  const log = buildEventLog(read.columns, { lifecycle, classifier });
  signal?.throwIfAborted();
  const clock = options.calendar === undefined ? null : await businessClock(options.calendar, log, zone);
  const figures = describeLog(log, { waiting: lifecycle === "all", ...clock });
  signal?.throwIfAborted();
  if (options.model !== false) onProgress?.("Discovering the model", null);
  const model = options.model === false ? null : await discoverModel(log);
  const findings = mergeFindings(read.findings, findQuality(log, read.columns));
  const quality = withNoStart(findings, log, figures.hasStarts);
  const { log: summary, ...rest } = figures.result;
  return {
    result: {
      log: summary,
      mapping: read.mapping,
      ...rest,
      quality,
      ...(log.flattening ? { flattening: log.flattening } : {}),
      model,
    },
    bpmn: model?.bpmn ?? null,
  };
}

type Figures = Omit<MineResult, "mapping" | "quality" | "flattening" | "model">;

interface DescribedLog {
  readonly result: Figures;
  readonly hasStarts: boolean;
}

/** How a log's durations count; loaded only where a calendar was given. */
interface BusinessClock {
  readonly timed: EventLog;
  stepTimes(found: Steps, times: StepTimes): StepTimes;
}

async function businessClock(given: unknown, log: EventLog, zone = "UTC"): Promise<BusinessClock | null> {
  const [{ parseCalendar }, { businessTimeOf, inBusinessTime }, { inBusinessSteps }] = await Promise.all([
    import("../logs/core/calendar-definition.ts"),
    import("../logs/core/business-time.ts"),
    import("./core/business-steps.ts"),
  ]);
  const calendar = parseCalendar(given);
  const time = businessTimeOf(log, { ...calendar, zone: calendar.zone ?? zone });
  if (time === null) return null;
  return {
    timed: inBusinessTime(log, time),
    stepTimes: (found, times) => inBusinessSteps(found, times, time),
  };
}

/** Every figure of a log. `waiting: false` where rows with starts were dropped, so that none can be known. */
export function describeLog(
  log: EventLog,
  options: { readonly waiting: boolean } & Partial<BusinessClock>,
): DescribedLog {
  const { timed = log } = options;
  const graph = directlyFollows(timed);
  const span = throughput(log);
  const instances = options.waiting ? steps(log) : null;
  const counted = (own: StepTimes, found: Steps) => options.stepTimes?.(found, own) ?? own;
  const times =
    instances?.hasStarts === true
      ? activityTimes(instances, counted(stepTimes(instances), instances), log.activities.length)
      : null;
  const codeOf = new Map(log.activities.map((activity, code) => [activity, code]));
  const timesOf = (activity: string) => times?.[codeOf.get(activity)!];
  const result = {
    log: {
      cases: log.cases,
      events: log.events,
      activities: log.activities.length,
      variants: countVariants(log),
      first: span.first === null ? null : isoInstant(span.first),
      last: span.last === null ? null : isoInstant(span.last),
    },
    activities: Array.from(activityCounts(log), ([name, count]) => ({
      name,
      count,
      service: timesOf(name)?.service ?? null,
      waiting: timesOf(name)?.waiting ?? null,
    })),
    edges: graph.edges.map(({ from, to, count, seconds }) => ({ from, to, count, ...(seconds ?? UNTIMED) })),
    starts: Object.fromEntries(graph.starts),
    ends: Object.fromEntries(graph.ends),
    throughput: timed === log ? span.seconds : throughput(timed).seconds,
    bottlenecks: bottlenecks(log.activities, times ?? []).map(({ activity, waiting, share }) => ({
      activity,
      waiting: { mean: waiting.mean, median: waiting.median },
      share,
    })),
  };
  return { result, hasStarts: times !== null };
}

const UNTIMED = { mean: null, median: null, p95: null };

async function discoverModel(log: EventLog): Promise<NonNullable<MineResult["model"]>> {
  const [{ chooseModel }, { MOST_ACTIVITIES }, { modelBpmn }] = await Promise.all([
    import("./core/discovery/choose-model.ts"),
    import("./core/trace-multiset.ts"),
    import("./core/discovery/model-bpmn.ts"),
  ]);
  const found = variants(log);
  const end = performance.now() + MODEL_TIME;
  const { chosen, candidates, because } = chooseModel(found, { deadline: () => performance.now() > end });
  const tooMany = `More than ${MOST_ACTIVITIES} distinct activities: the model allows any order.`;
  const reason = found.activities.length > MOST_ACTIVITIES ? tooMany : chosen.reason;
  return {
    fitness: chosen.fitness,
    precision: chosen.precision,
    bpmn: modelBpmn(chosen.model)!.xml,
    ...(reason === undefined ? {} : { reason }),
    algorithm: chosen.name,
    because,
    candidates: candidates.map(({ name, fitness, precision, f, size }) => ({
      algorithm: name,
      fitness,
      precision,
      f,
      size,
    })),
  };
}

/** Without starts, waiting and service are unknown: the reader should know. */
function withNoStart(findings: readonly Finding[], log: EventLog, hasStarts: boolean): readonly Finding[] {
  if (hasStarts || findings.some(({ kind }) => kind === "no-start")) return findings;
  return [
    ...findings,
    {
      kind: "no-start",
      count: log.events,
      example: { note: "no start times, so waiting and service are unknown" },
    },
  ];
}
