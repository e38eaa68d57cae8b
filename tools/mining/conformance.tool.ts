import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { inlineTasks } from "../inline-tasks.ts";
import { filters, log } from "../inputs.ts";
import { alignInTasks, now } from "./align-in-tasks.ts";
import { CONFORMANCE_TIME, type Held, type Prepared, USUAL_SHARE } from "./conformance-task.ts";
import type { DeviationKind } from "./core/conformance/deviations.ts";
import type { ConformanceReport } from "./core/conformance/report.ts";
import type { Sequences } from "./core/variants.ts";
import { findModel, type ModelRow } from "./model-store.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  model: z.string().optional().describe("A reference model of the log by id or name; the newest when absent"),
  money: z
    .string()
    .optional()
    .describe("Numeric case attribute that holds an amount; guessed from its name when absent"),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly model: { readonly id: string; readonly name: string } | null;
  readonly fittingCases: number;
  /** Between these, equal where every alignment is optimal. */
  readonly fitness: readonly [low: number, high: number];
  readonly precision: number | null;
  readonly fScore: number | null;
  readonly generalisation: number | null;
  readonly simplicity: number;
  readonly reason: string | null;
  readonly agreement: Held["agreement"];
  readonly deviations: readonly {
    readonly kind: DeviationKind;
    readonly activity: string;
    readonly cases: number;
    readonly share: number;
    readonly occurrences: number;
    /** Mean seconds. */
    readonly cycleTime: number | null;
    readonly conforming: number | null;
    readonly money: number | null;
  }[];
}

export default readTool<Input, Data>({
  name: "mining.conformance",
  version: 1,
  description:
    "How far cases follow a reference model (an uploaded BPMN, PNML or PTML; without one, the log's own most common paths): " +
    "alignment fitness, precision, agreement, and the deviations by kind (skipped, moved, repeated, inserted, unknown) with " +
    "cases, cycle time, money and the attributes that go with them.",
  examples: {
    en: [
      "is the reference model followed?",
      "check conformance",
      "how well do we conform to the reference BPMN?",
      "where do we deviate from the reference model?",
      "which deviations from the reference model are most common?",
      "hold the log against the uploaded reference model",
      "what share deviates from the reference model?",
      "what is the fitness against the reference model?",
      "which steps of the reference model are skipped?",
      "conformance to the reference model",
      "agreement of the mined model with the reference model",
      "what do deviations from the reference model cost us?",
    ],
  },
  input: Input,
  execute,
});

const module = new URL("./conformance-task.ts", import.meta.url);

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const model = await findModel(context.database, context.tenant, selection.open.id, input.model);
  const held = await hold(context, selection, model, input.money);
  const { report } = held;
  const call = {
    tool: "mining.conformance",
    input: { ...input, log: selection.open.id, ...(model === null ? {} : { model: model.id }) },
  };
  const figures = figuresOf(held, (value, unit, label) =>
    context.fact({ value, unit, label, call, rows: report.cases }),
  );
  const given = assumptions(context, selection, input.filters);
  return {
    data: dataOf(held, model),
    facts: [...figures.all, ...given.facts],
    views: viewsOf(held, model),
    answer: {
      headline: headline(figures, model),
      figures: [figures.fitting, figures.fitness, ...(figures.precision === null ? [] : [figures.precision])],
      assumptions: [...given.lines, against(model)],
      notes: notesOf(held, figures),
      next: { label: { text: "See what slows cases down" }, ask: "why are some cases slow?" },
    },
  };
}

/** In three steps, each in threads: what is to be aligned, its alignments in parts, and what they say. */
async function hold(context: ToolContext, { log }: Selection, given: ModelRow | null, money?: string) {
  const tasks = context.services.tasks ?? inlineTasks;
  const options = {
    signal: context.signal,
    group: context.person?.id ?? context.thread ?? context.tenant,
    onProgress: (message: string, share?: number) => context.progress(message, share),
  };
  const document = given?.document ?? null;
  const end = now() + CONFORMANCE_TIME;
  const { cases, caseStart, activity, activities } = log;
  const sequences: Sequences = { cases, caseStart, activity, activities };
  const { traces, shortest, ...prepared } = await tasks.run<Prepared>(
    { module, name: "prepareConformance", input: { log: sequences, document } },
    options,
  );
  const { net } = prepared.model;
  const alignments = await alignInTasks(tasks, { net, traces, shortest, end }, options);
  const input = { log, document, prepared, alignments, end, ...(money === undefined ? {} : { money }) };
  return tasks.run<Held>({ module, name: "holdAgainst", input }, options);
}

interface Figures {
  readonly fitting: Fact;
  readonly fitness: Fact;
  /** The other end of the interval, where there is one. */
  readonly fitnessAtMost: Fact | null;
  readonly precision: Fact | null;
  readonly agreement: Fact | null;
  /** Cases of the most common deviations, with their share. */
  readonly deviations: readonly Fact[];
  readonly all: readonly Fact[];
}

const MOST_TOLD = 3;

function figuresOf(
  { report, agreement }: Held,
  fact: (value: number, unit: string, label: string) => Fact,
): Figures {
  const { quality, cases } = report;
  const { low, high, fittingCases } = quality.fitness;
  const whether = (value: number | null | undefined, label: string) =>
    value === null || value === undefined ? null : fact(value, "share", label);
  const figures = {
    fitting: fact(fittingCases / cases, "share", "Cases that follow the model from start to end"),
    fitness: fact(low, "share", low === high ? "Fitness (alignments)" : "Fitness (alignments), at least"),
    fitnessAtMost: low === high ? null : fact(high, "share", "Fitness (alignments), at most"),
    precision: whether(quality.alignedPrecision, "Precision (aligned escaping edges)"),
    agreement: whether(agreement?.score, "Agreement of the mined model with the reference"),
    deviations: report.deviations
      .slice(0, MOST_TOLD)
      .map((each) => fact(each.cases, "cases", `Cases in which ${each.activity} is ${WORDS[each.kind]}`)),
  };
  const { deviations, ...single } = figures;
  return { ...figures, all: [...Object.values(single).filter((each) => each !== null), ...deviations] };
}

const WORDS: Readonly<Record<DeviationKind, string>> = {
  skipped: "skipped",
  moved: "out of order",
  repeated: "repeated beyond the model",
  inserted: "done where the model has none",
  unknown: "not in the model",
};

const headline = ({ fitting, fitness }: Figures, model: ModelRow | null): Message =>
  model === null
    ? {
        text: "{fitting} of the cases stay within the usual way; fitness is {fitness}.",
        values: { fitting, fitness },
      }
    : {
        text: "{fitting} of the cases follow {model} from start to end; fitness is {fitness}.",
        values: { fitting, fitness, model: model.name },
      };

const against = (model: ModelRow | null): Message =>
  model === null
    ? {
        text: "no reference model is uploaded: held against the most common paths, {share} of the cases",
        values: { share: { quantity: USUAL_SHARE, unit: "share" } },
      }
    : { text: "reference model {model}", values: { model: model.name } };

function notesOf({ report, notes, agreement }: Held, figures: Figures): Message[] {
  const found = report.deviations.slice(0, MOST_TOLD).map(({ kind, activity }, i) => ({
    text: "{activity} is {what} in {cases}.",
    values: { activity, what: WORDS[kind], cases: figures.deviations[i]! },
  }));
  const { reason } = report.quality;
  return [
    ...found,
    ...(agreement === null || figures.agreement === null
      ? []
      : [
          {
            text: "The model mined from these cases agrees with the reference by {agreement} (F1 of their ordering relations).",
            values: { agreement: figures.agreement },
          },
        ]),
    ...(reason === undefined ? [] : [{ text: "Not in full: {reason}", values: { reason } }]),
    ...notes.map((note) => ({ text: "Of the model: {note}", values: { note } })),
    ...(report.attributes.length === 0
      ? []
      : [{ text: "Attributes that go with deviating are associations, not causes." }]),
  ];
}

function dataOf({ report, agreement }: Held, model: ModelRow | null): Data {
  const { quality } = report;
  return {
    model: model === null ? null : { id: model.id, name: model.name },
    fittingCases: quality.fitness.fittingCases,
    fitness: [quality.fitness.low, quality.fitness.high],
    precision: quality.alignedPrecision,
    fScore: quality.fScore,
    generalisation: quality.generalisation,
    simplicity: quality.simplicity,
    reason: quality.reason ?? null,
    agreement,
    deviations: report.deviations.map((each) => ({
      kind: each.kind,
      activity: each.activity,
      cases: each.cases,
      share: each.cases / report.cases,
      occurrences: each.occurrences,
      cycleTime: each.cycleTime?.mean ?? null,
      conforming: each.cycleTime?.conforming ?? null,
      money: each.money,
    })),
  };
}

function viewsOf({ report, bpmn, tasks }: Held, model: ModelRow | null): View[] {
  const attributes = attributeTable(report);
  return [
    ...(bpmn === null ? [] : [bpmnView(report, bpmn, tasks, model?.name ?? "The usual way")]),
    deviationTable(report),
    ...(attributes === null ? [] : [attributes]),
  ];
}

function bpmnView(report: ConformanceReport, xml: string, tasks: Held["tasks"], title: string): View {
  const marks = report.deviations.flatMap(({ kind, activity, elements, cases }) =>
    (tasks === null ? elements : (tasks.get(activity) ?? [])).map((element) => ({
      element,
      kind: "deviation" as const,
      label: `${WORDS[kind]} in ${percent(cases / report.cases)} of cases`,
    })),
  );
  const { fitness, alignedPrecision } = report.quality;
  return { kind: "bpmn", title, xml, marks, fitness: fitness.low, precision: alignedPrecision };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function deviationTable({ deviations, cases, moneyAttribute }: ConformanceReport): View {
  return {
    kind: "table",
    title: "Deviations from the model",
    columns: [
      { key: "kind", label: "Deviation", kind: "text" },
      { key: "activity", label: "Activity", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      { key: "share", label: "Share", unit: "share", kind: "number" },
      { key: "mean", label: "Mean cycle time", unit: "s", kind: "number" },
      { key: "conforming", label: "Of conforming cases", unit: "s", kind: "number" },
      ...(moneyAttribute === null
        ? []
        : [{ key: "money", label: `${moneyAttribute} in all`, kind: "number" as const }]),
    ],
    rows: deviations.slice(0, 50).map((each) => ({
      kind: WORDS[each.kind],
      activity: each.activity,
      cases: each.cases,
      share: each.cases / cases,
      mean: each.cycleTime?.mean ?? null,
      conforming: each.cycleTime?.conforming ?? null,
      ...(moneyAttribute === null ? {} : { money: each.money }),
    })),
    total: deviations.length,
  };
}

function attributeTable({ attributes }: ConformanceReport): View | null {
  if (attributes.length === 0) return null;
  return {
    kind: "table",
    title: "Attributes that go with deviating (association)",
    columns: [
      { key: "attribute", label: "Cases where", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      { key: "share", label: "Deviate", unit: "share", kind: "number" },
      { key: "others", label: "Of the others", unit: "share", kind: "number" },
    ],
    rows: attributes.slice(0, 10).map(({ feature, cases, mean, otherMean }) => ({
      attribute:
        feature.kind === "value"
          ? `${feature.attribute} is ${feature.value}`
          : feature.kind === "above"
            ? `${feature.attribute} > ${feature.value}`
            : "",
      cases,
      share: mean,
      others: otherMean,
    })),
    total: attributes.length,
  };
}
