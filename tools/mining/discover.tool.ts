import { z } from "zod";
import {
  type Fact,
  type Message,
  type OpenLog,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { calendar, filters, log, noise, share, threshold } from "../inputs.ts";
import { type BusinessTime, inBusinessTime } from "../logs/core/business-time.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { filterLog } from "../logs/core/filters.ts";
import { type Bottleneck, bottlenecks, DEFAULT_THRESHOLD } from "./core/bottlenecks.ts";
import { timedSteps } from "./core/business-steps.ts";
import { activityCounts, directlyFollows } from "./core/directly-follows.ts";
import type { SoundnessAnswer } from "./core/discovery/algorithms.ts";
import type { DiscoveredModel } from "./core/discovery/discovered-model.ts";
import { modelBpmn } from "./core/discovery/model-bpmn.ts";
import type { ModelScore } from "./core/discovery/score-model.ts";
import { firstVariants, processMap, variantsToCover } from "./core/process-map.ts";
import { printTree } from "./core/process-tree.ts";
import { namesOf, type Variants, variants } from "./core/variants.ts";
import { activityTimes } from "./core/waiting-and-service.ts";
import { type Discovery, discover, MODEL_CHOICES } from "./discover-model.ts";
import { mapInSql, selectLarge, structureInSql } from "./in-sql.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  shown: share.default(1),
  algorithm: z
    .enum(MODEL_CHOICES)
    .default("best")
    .meta({ slot: "algorithm", description: "Which algorithm; `best` compares several by F-score" }),
  noise: noise.optional(),
  threshold: threshold.default(DEFAULT_THRESHOLD),
  /** Of the times on the map; the model has none. */
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly activities: number;
  readonly edges: number;
  readonly variants: number;
  /** Share of cases whose variants the model was made from. */
  readonly shown: number;
  readonly fitness: number | null;
  readonly precision: number | null;
  readonly reason: string | null;
  /** In the literature's notation, where the model is a tree. */
  readonly tree: string | null;
  readonly algorithm: string;
  readonly soundness: SoundnessAnswer;
  /** Why this model was preferred, where several were compared. */
  readonly because: string | null;
}

export default readTool<Input, Data>({
  name: "mining.discover",
  version: 1,
  description:
    "The process as it really runs: a BPMN model with its fitness, precision and soundness, and the directly-follows map " +
    "with counts, times and bottlenecks. The model is the best of several algorithms' unless one is named. `shown` leaves " +
    "out rare paths: the share of cases to keep; `noise` is the algorithm's own filter.",
  examples: {
    en: [
      "show me the process",
      "what does the process look like?",
      "draw the process map",
      "discover the process model",
      "give me the BPMN",
      "how does work really flow?",
      "show only the most common 80% of the process",
      "hide the rare paths",
      "map the process from start to end",
      "visualise the workflow",
      "see how the work actually flows",
      "how good is the model?",
      "what are the steps of this process?",
      "use the heuristics miner",
      "discover the model with the inductive miner and noise 0.2",
      "mine the process with the split miner",
      "show the alpha miner's model",
    ],
  },
  computes: true,
  input: Input,
  execute,
  inSql,
});

const NO_MODEL = "The log is too large for memory: there is the map, and no model.";

/** The map of a log too large for memory. */
async function inSql(input: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>> {
  const selection = await selectLarge(context, open, input.filters, input.calendar);
  const facts = await structureInSql(selection);
  const [paths, activities, top] = facts;
  const map = await mapInSql(selection, input.threshold);
  return {
    data: {
      activities: activities.value,
      edges: map.edges,
      variants: paths.value,
      shown: 1,
      fitness: null,
      precision: null,
      reason: NO_MODEL,
      tree: null,
      algorithm: "none",
      soundness: { verdict: "not checked", explanation: NO_MODEL },
      because: null,
    },
    facts: [...facts, selection.cases],
    views: [map.view],
    answer: {
      headline: {
        text: "{log} takes {variants} through {activities}; {top} of the cases follow the most common one.",
        values: { log: open.name, variants: paths, activities, top },
      },
      figures: facts,
      assumptions: selection.assumptions,
      notes: [{ text: NO_MODEL }],
      next: { label: { text: "See the most common paths" }, ask: "what are the most common paths?" },
    },
  };
}

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const all = variants(selection.log);
  const kept = variantsToCover(all.counts, input.shown);
  const found = firstVariants(all, kept);
  const shown = shownCases(selection.log, found);
  context.progress("Discovering the model");
  const discovery = discover(input, {
    log: shown,
    variants: found,
    all,
    whole: selection.log,
    signal: context.signal,
  });
  const { model, quality } = discovery;
  context.signal.throwIfAborted();
  const facts = structureFacts(selection, all);
  const qualityFacts = measured(input, context, selection, quality);
  const given = assumptions(context, selection, input.filters);
  const graph = directlyFollows(shown);
  const covered = shown.cases / selection.log.cases;
  return {
    data: {
      activities: activityCounts(selection.log).size,
      edges: graph.edges.length,
      variants: all.counts.length,
      shown: covered,
      fitness: quality.fitness,
      precision: quality.precision,
      reason: quality.reason ?? null,
      tree: model.kind === "tree" ? printTree(model.tree) : null,
      algorithm: discovery.algorithm,
      soundness: discovery.soundness,
      because: discovery.because,
    },
    facts: [...facts, ...qualityFacts, ...given.facts],
    views: [
      ...views({ shown, calendar: selection.calendar, threshold: input.threshold, covered }, model, quality),
      ...candidateTable(discovery),
    ],
    answer: {
      headline: {
        text: "{log} takes {variants} through {activities}; {top} of the cases follow the most common one.",
        values: { log: selection.open.name, variants: facts[0]!, activities: facts[1]!, top: facts[2]! },
      },
      figures: facts,
      assumptions: given.lines,
      notes: [
        ...modelNotes(discovery),
        ...drawingNotes(discovery),
        ...qualityNotes(qualityFacts, quality, input.shown),
      ],
      next: { label: { text: "See where cases wait" }, ask: "where do we wait?" },
    },
  };
}

/** The log of the variants that are shown. */
function shownCases(log: EventLog, found: Variants): EventLog {
  if (found.variantOf.every((v) => v >= 0)) return log;
  return filterLog(log, [{ kind: "variant", variants: found.counts.map((_, v) => namesOf(found, v)) }]);
}

function structureFacts(selection: Selection, all: Variants): Fact[] {
  const { log, condition } = selection;
  const grouped = `(select variant, count(*) as n from cases${where(condition)} group by variant)`;
  return [
    selection.fact({
      value: all.counts.length,
      unit: "variants",
      label: "Different paths",
      sql: `select count(*) from ${grouped}`,
      rows: log.cases,
    }),
    selection.fact({
      value: activityCounts(log).size,
      unit: "activities",
      label: "Different activities",
      sql: `select count(distinct activity) from events${where(condition)}`,
      rows: log.events,
    }),
    selection.fact({
      value: all.counts[0]! / log.cases,
      unit: "share",
      label: "Share of cases on the most common path",
      sql: `select max(n) / sum(n) from ${grouped}`,
      rows: log.cases,
    }),
  ];
}

/** Fitness and precision come from the model, not from a query: they are made again by the same call. */
function measured(input: Input, context: ToolContext, selection: Selection, quality: ModelScore): Fact[] {
  const call = { tool: "mining.discover", input: { ...input, log: selection.open.id } };
  const rows = selection.log.cases;
  const figures = [
    { value: quality.fitness, label: "Fitness of the model (alignments)" },
    { value: quality.precision, label: "Precision of the model (escaping edges)" },
  ];
  return figures.flatMap(({ value, label }) =>
    value === null ? [] : [context.fact({ value, unit: "share", label, call, rows })],
  );
}

function qualityNotes(facts: readonly Fact[], quality: ModelScore, shown: number) {
  const [fitness, precision] = facts;
  const notes =
    fitness !== undefined && precision !== undefined && quality.reason === undefined
      ? [
          {
            text: "The model explains {fitness} of what happened (fitness), and {precision} of what it allows did happen (precision).",
            values: { fitness, precision },
          },
        ]
      : [{ text: "The model was not scored in full: {reason}", values: { reason: quality.reason ?? "" } }];
  if (shown >= 1) return notes;
  const values = { shown: { quantity: shown, unit: "share" } };
  return [...notes, { text: "Map and model show the most common paths, {shown} of the cases.", values }];
}

interface Shown {
  readonly shown: EventLog;
  readonly calendar: BusinessTime | null;
  /** Waiting that makes a bottleneck, seconds. */
  readonly threshold: number;
  /** Share of cases that are shown. */
  readonly covered: number;
}

function views(
  { shown, calendar: counted, threshold: least, covered }: Shown,
  model: DiscoveredModel,
  quality: ModelScore,
): View[] {
  const timed = shown.completed === null ? null : timedSteps(shown, counted);
  const times = timed?.steps.hasStarts
    ? activityTimes(timed.steps, timed.times, shown.activities.length)
    : null;
  const worst = times === null ? [] : bottlenecks(shown.activities, times, least);
  const map = processMap(counted === null ? shown : inBusinessTime(shown, counted), times, worst);
  const percent = `${Math.floor(covered * 1000) / 10} % of cases`;
  return [
    { kind: "process-map", title: `Process map (${percent})`, ...map },
    ...bpmnView(model, quality, worst),
    {
      kind: "table",
      title: "Activities",
      columns: [
        { key: "label", label: "Activity", kind: "text" },
        { key: "count", label: "Events", kind: "number" },
        { key: "waiting", label: "Mean waiting", unit: "s", kind: "number" },
        { key: "service", label: "Mean working", unit: "s", kind: "number" },
      ],
      rows: map.nodes.map(({ label, count, waiting, service }) => ({ label, count, waiting, service })),
    },
  ];
}

function bpmnView(model: DiscoveredModel, quality: ModelScore, worst: readonly Bottleneck[]): View[] {
  const document = modelBpmn(model);
  if (document === null) return [];
  const marks = worst.flatMap(({ activity, waiting }) =>
    (document.tasks.get(activity) ?? []).map((element) => ({
      element,
      kind: "bottleneck" as const,
      label: `waits ${hours(waiting.mean)} on average`,
    })),
  );
  const { fitness, precision } = quality;
  return [{ kind: "bpmn", title: "Process model", xml: document.xml, marks, fitness, precision }];
}

/** What was compared, where the model was chosen. */
function candidateTable({ candidates }: Discovery): View[] {
  if (candidates.length < 2) return [];
  return [
    {
      kind: "table",
      title: "Models compared",
      columns: [
        { key: "name", label: "Model", kind: "text" },
        { key: "fitness", label: "Fitness", unit: "share", kind: "number" },
        { key: "precision", label: "Precision", unit: "share", kind: "number" },
        { key: "f", label: "F-score", unit: "share", kind: "number" },
        { key: "size", label: "Elements", kind: "number" },
      ],
      rows: candidates.map(({ name, fitness, precision, f, size }) => ({
        name,
        fitness,
        precision,
        f,
        size,
      })),
    },
  ];
}

function drawingNotes({ model }: Discovery): Message[] {
  if (modelBpmn(model) !== null) return [];
  return [{ text: "BPMN cannot say exactly what this net does, so only the map is drawn." }];
}

function modelNotes({ algorithm, because, soundness }: Discovery): Message[] {
  const values = { algorithm, because: because ?? "", soundness: soundness.explanation };
  return [
    because === null
      ? { text: "Model: {algorithm}. {soundness}", values }
      : { text: "Model: {algorithm}. {because} {soundness}", values },
  ];
}

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;
