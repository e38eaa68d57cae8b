import { eq } from "drizzle-orm";
import { z } from "zod";
import { logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import {
  draftTool,
  type Fact,
  type FactDraft,
  type OpenLog,
  type ToolContext,
  type ToolResult,
} from "../define.ts";
import { log, metrics, statistics } from "../inputs.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import type { Finding } from "./core/findings.ts";
import { holdOut } from "./core/hold-out.ts";
import { imputeMethods } from "./core/impute.ts";
import { lacksStarts, mergedNames, qualityReport } from "./core/quality-report.ts";
import { type Repair, RepairSchema, type RepairStep, repairLog } from "./core/repair.ts";
import { repairWords } from "./core/repair-words.ts";
import { type Effect, effectOf } from "./repair-effect.ts";
import { type Accuracy, accuracyTable, effectTable, stepsTable } from "./repair-views.ts";

const fixes = [
  "fill-resources",
  "fill-activities",
  "fill-times",
  "fill-starts",
  "drop-duplicates",
  "merge-names",
  "swap-dates",
  "clear-na",
  "proposed",
] as const;

const Input = z.object({
  log,
  fix: z
    .enum(fixes)
    .default("proposed")
    .describe(
      "What to repair; `proposed`: all that logs.quality proposes, but never an exchange of day and month",
    ),
  method: z
    .enum(imputeMethods)
    .default("neighbours")
    .describe("Fill from the neighbouring steps, or with the most frequent value"),
  repairs: z
    .array(RepairSchema)
    .min(1)
    .optional()
    .describe("Exactly these repairs, in this order, instead of `fix`"),
  figure: z
    .object({
      metric: z.enum(metrics).default("cycle_time"),
      statistic: z.enum(statistics).optional(),
      activity: z.string().optional(),
    })
    .default({ metric: "cycle_time" })
    .describe("The figure to show before and after"),
  keep: z
    .enum(["preview", "save"])
    .default("preview")
    .describe("`save` keeps the repaired copy as a log of its own; the original stays as it is"),
  name: z.string().max(120).optional().describe("What to call the repaired copy"),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly steps: readonly RepairStep[];
  readonly accuracy: Accuracy;
  readonly before: number | null;
  readonly after: number | null;
  /** The copy's id and name, where it was kept. */
  readonly saved: { readonly id: string; readonly name: string } | null;
}

/** There is nothing to repair, or nobody who may keep the result. */
class NothingToRepairError extends MillwrightError {
  constructor(log: string, fix: string) {
    super("nothing-to-repair", 404, `There is nothing to repair in ${log} (${fix}).`, {
      remedy: "Ask for the data quality to see what is odd about it.",
    });
  }
}

class NobodyToKeepItError extends MillwrightError {
  constructor() {
    super("not-allowed", 403, "A repaired copy is kept for a person who is known.", {
      expected: "a person",
      remedy: "Say who you are (--as), or look at the preview.",
    });
  }
}

export default draftTool<Input, Data>({
  name: "logs.impute",
  version: 1,
  description:
    "Repairs a log: fills missing activities, resources, times and starts (from the neighbouring steps or by the most frequent " +
    "value) and marks each filled cell, drops duplicate rows, merges near-duplicate names, exchanges day and month. Shows " +
    "the effect on a figure and how often the filling is right; keeps the result as a copy when asked to. The original " +
    "log is never changed.",
  examples: {
    en: [
      "fill in the missing resources",
      "impute the missing activities",
      "impute missing values from the neighbours",
      "fill the gaps in the timestamps by imputation",
      "fill in the missing start times",
      "repair the log",
      "repair the data and show me the effect",
      "remove the duplicate rows and repair the log",
      "merge the misspelled activity names",
      "swap day and month in the dates",
      "impute the missing resources by the most frequent value",
      "repair the data and save it as a new log",
      "impute the empty cells",
    ],
  },
  input: Input,
  execute,
});

interface Source {
  readonly open: OpenLog;
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping | null;
  readonly findings: readonly Finding[];
}

async function sourceOf(input: Input, context: ToolContext): Promise<Source> {
  const open = await context.logs.open(input.log);
  const [row] = await context.database.select().from(logs).where(eq(logs.id, open.id));
  if (open.columns === undefined) throw new NothingToRepairError(open.name, "its rows are out of reach");
  return {
    open,
    columns: await open.columns(),
    mapping: (row?.mapping as ColumnMapping | undefined) ?? null,
    findings: (row?.findings ?? []) as Finding[],
  };
}

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const source = await sourceOf(input, context);
  const repairs = input.repairs ?? repairsFor(input, source);
  if (repairs.length === 0) throw new NothingToRepairError(source.open.name, input.fix);
  if (input.keep === "save" && context.person === null) throw new NobodyToKeepItError();
  context.progress("Repairing");
  const repaired = repairLog(source.columns, repairs, contextOf(source));
  context.signal.throwIfAborted();
  context.progress("Measuring the accuracy");
  const accuracy = accuracyOf(source.columns, repairs);
  const saved = input.keep === "save" ? await save(input, context, source, repaired.columns, repairs) : null;
  const figures = await effectOf(
    input.figure,
    context,
    source.open,
    buildEventLog(repaired.columns),
    saved,
    callOf(input, source.open),
  );
  return resultOf(input, context, source, repaired.steps, accuracy, figures, saved);
}

/** The times of the file carried no zone, if there is a finding for each of them. */
function contextOf({ columns, mapping, findings }: Source) {
  const known = (values: Float64Array | null) =>
    values?.reduce((count, time) => count + (Number.isNaN(time) ? 0 : 1), 0) ?? 0;
  const times = known(columns.completed) + known(columns.started);
  const zoneless = findings.find(({ kind }) => kind === "zone")?.count ?? 0;
  return { zone: mapping?.zone ?? "UTC", isZoneless: times > 0 && zoneless >= times };
}

function repairsFor({ fix, method }: Input, { open, findings }: Source): readonly Repair[] {
  switch (fix) {
    case "fill-resources":
      return [{ kind: "impute", column: "resource", method }];
    case "fill-activities":
      return [{ kind: "impute", column: "activity", method }];
    case "fill-times":
      return [{ kind: "impute", column: "timestamp", method }, ...fillStarts(open, method)];
    case "fill-starts":
      return fillStarts(open, method);
    case "merge-names": {
      const names = mergedNames(open.log);
      return Object.keys(names).length === 0 ? [] : [{ kind: fix, names }];
    }
    case "drop-duplicates":
    case "clear-na":
      return [{ kind: fix }];
    case "swap-dates":
      return [{ kind: "swap-day-month" }];
    case "proposed":
      return qualityReport(open.log, findings)
        .flatMap((problem) => problem.repairs)
        .filter(({ kind }) => kind !== "swap-day-month")
        .map((repair) => (repair.kind === "impute" ? { ...repair, method } : repair))
        .toSorted((a, b) => Number(a.kind === "impute") - Number(b.kind === "impute"));
  }
}

/** After the completions, from which they are counted back. */
const fillStarts = ({ log }: OpenLog, method: Input["method"]): Repair[] =>
  lacksStarts(log) ? [{ kind: "impute", column: "start", method }] : [];

function accuracyOf(columns: LogColumns, repairs: readonly Repair[]): Data["accuracy"] {
  const filled = repairs.flatMap((repair) => (repair.kind === "impute" ? [repair.column] : []));
  return Object.fromEntries([...new Set(filled)].map((column) => [column, holdOut(columns, column, 1)]));
}

async function save(
  { name }: Input,
  context: ToolContext,
  { open }: Source,
  columns: LogColumns,
  repairs: readonly Repair[],
): Promise<Data["saved"]> {
  if (context.logs.derive === undefined || context.person === null) throw new NobodyToKeepItError();
  const zone = repairs.findLast((repair) => repair.kind === "set-zone")?.zone;
  const { id, name: kept } = await context.logs.derive({
    from: open,
    name: name ?? `${open.name} (repaired)`,
    columns,
    person: context.person.id,
    recipe: { from: open.id, name: open.name, digest: open.digest, repairs },
    ...(zone === undefined ? {} : { zone }),
  });
  return { id, name: kept };
}

/** The call that shows the same again. */
const callOf = (input: Input, open: OpenLog): NonNullable<FactDraft["call"]> => ({
  tool: "logs.impute",
  input: { ...input, log: open.id, keep: "preview" },
});

function resultOf(
  input: Input,
  context: ToolContext,
  { open }: Source,
  steps: readonly RepairStep[],
  accuracy: Data["accuracy"],
  effect: Effect,
  saved: Data["saved"],
): ToolResult<Data> {
  const call = callOf(input, open);
  const total = steps.reduce((sum, { changed }) => sum + changed, 0);
  const changed = context.fact({
    value: total,
    unit: "changes",
    label: `changes to ${open.name}`,
    call,
    rows: open.log.events,
  });
  const measuredFacts = accuracyFacts(context, call, accuracy, input.method);
  const { before, after, name } = effect;
  const text = headlineOf(total, before !== null && after !== null);
  return {
    data: { steps, accuracy, before: before?.value ?? null, after: after?.value ?? null, saved },
    facts: [
      changed,
      ...(before ? [before] : []),
      ...(after ? [after] : []),
      ...measuredFacts,
      ...effect.others,
    ],
    views: [stepsTable(steps), effectTable(effect), ...accuracyTable(accuracy)],
    answer: {
      headline: {
        text,
        values: { log: open.name, changed, name, ...(before && after ? { before, after } : {}) },
      },
      figures: total === 0 ? [] : [changed, ...measuredFacts].slice(0, 3),
      assumptions: steps.map(({ repair }) => repairWords(repair)),
      notes: [
        saved === null
          ? { text: "Nothing was kept: {log} is as it was.", values: { log: open.name } }
          : {
              text: "Kept as {copy}; {log} is as it was. Filled and changed cells are marked in columns of their own.",
              values: { copy: saved.name, log: open.name },
            },
      ],
      next: nextStep(total, saved),
    },
  };
}

function nextStep(changes: number, saved: Data["saved"]): NonNullable<ToolResult<Data>["answer"]["next"]> {
  if (saved !== null) return { label: { text: "Look at the copy" }, ask: `what is in ${saved.name}?` };
  return changes === 0
    ? { label: { text: "See what is odd about the data" }, ask: "check the data quality" }
    : { label: { text: "Keep it as a log of its own" }, ask: "repair the data and save it as a new log" };
}

function headlineOf(changes: number, hasEffect: boolean): string {
  if (changes === 0) return "In {log} there is nothing that this repair would change.";
  return hasEffect
    ? "The repair of {log} makes {changed}; the {name} goes from {before} to {after}."
    : "The repair of {log} makes {changed}.";
}

function accuracyFacts(
  context: ToolContext,
  call: NonNullable<FactDraft["call"]>,
  accuracy: Data["accuracy"],
  method: Input["method"],
): Fact[] {
  return Object.entries(accuracy).flatMap(([column, found]) => {
    if (found === null || found === undefined || Number.isNaN(found.by[method])) return [];
    const isShare = found.measure === "share";
    return [
      context.fact({
        value: found.by[method],
        unit: isShare ? "share" : "s",
        label: isShare
          ? `hidden ${column} cells that came back right`
          : `how far the middle one of the hidden ${column}s was off`,
        call,
        rows: found.cells,
      }),
    ];
  });
}
