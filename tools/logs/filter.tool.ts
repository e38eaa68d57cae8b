import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { type Filter, filters, log } from "../inputs.ts";
import { filterText } from "./core/filter-words.ts";
import { filterLog, filterSql } from "./core/filters.ts";

const Input = z.object({ log, filters });
type Input = z.infer<typeof Input>;

interface Step {
  readonly filter: string;
  /** Cases that pass this filter and all before it. */
  readonly left: number;
  /** Cases of the whole log that pass this one. */
  readonly alone: number;
}

interface Data {
  readonly cases: number;
  readonly left: number;
  readonly steps: readonly Step[];
}

export default readTool<Input, Data>({
  name: "logs.filter",
  version: 1,
  description:
    "Which filters are on and how many cases each leaves: whole cases by window, attribute, activity, first or last step, " +
    "what follows what, duration, waiting, frequency of the path or a random sample. Filters are joined with 'and'.",
  examples: {
    en: [
      "what filters are on?",
      "which filters apply?",
      "show the active filters",
      "list the active filters of this thread",
      "how many cases are left after the filter?",
      "filter to Germany",
      "filter the log to last month",
      "put a filter on the channel",
      "apply a filter to the log",
      "filter to a random sample of 100 cases",
      "filter out the rest of the log",
      "filter to cases that start with this step",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const open = await context.logs.open(input.log);
  const steps = input.filters.map(
    (filter, at): Step => ({
      filter: spoken(filter),
      left: filterLog(open.log, input.filters.slice(0, at + 1)).cases,
      alone: filterLog(open.log, [filter]).cases,
    }),
  );
  const left = steps.at(-1)?.left ?? open.log.cases;
  const fact = (value: number, label: string, sql: string, unit = "cases"): Fact =>
    context.fact({ value, unit, label, sql, rows: open.log.cases, log: open.id });
  const all = fact(open.log.cases, "cases of the log", "select count(*) from cases");
  const condition = filterSql(input.filters);
  const kept = fact(left, "cases that pass all filters", `select count(*) from cases where ${condition}`);
  const share = fact(
    open.log.cases === 0 ? 0 : left / open.log.cases,
    "share of cases that pass all filters",
    `select count(*) filter (where ${condition}) * 1.0 / count(*) from cases`,
    "share",
  );
  return {
    data: { cases: open.log.cases, left, steps },
    facts: [kept, share, all],
    views: steps.length === 0 ? [] : [funnel(open.log.cases, steps)],
    answer: {
      headline: headlineOf(open.name, steps, { kept, share, all }),
      figures: [kept, share],
      assumptions: steps.map(({ filter }) => ({ text: "{filter}", values: { filter } })),
      ...(left === 0
        ? { notes: [{ text: "No case passes all of them; the table shows which filter leaves none." }] }
        : {}),
      next:
        steps.length === 0
          ? {
              label: {
                text: 'To set one, say for example: "{example}"',
                values: { example: "only last month" },
              },
              ask: "only last month",
            }
          : { label: { text: "Take the last one back" }, ask: "undo the last filter" },
    },
  };
}

function headlineOf(
  log: string,
  steps: readonly Step[],
  facts: { kept: Fact; share: Fact; all: Fact },
): Message {
  return steps.length === 0
    ? { text: "No filter is on: all {all} of {log} are looked at.", values: { log, all: facts.all } }
    : {
        text: "{kept} of {log} pass the filters, {share} of all.",
        values: { log, kept: facts.kept, share: facts.share },
      };
}

const printed = (quantity: number, unit: string): string => {
  if (unit === "share") return `${Math.round(quantity * 1000) / 10} %`;
  if (unit !== "s") return `${quantity} ${unit}`.trim();
  return quantity >= 172_800
    ? `${Math.round(quantity / 8640) / 10} days`
    : `${Math.round(quantity / 360) / 10} h`;
};

const spoken = (filter: Filter): string => filterText(filter, printed);

const funnel = (cases: number, steps: readonly Step[]): View => ({
  kind: "table",
  title: "Filters, in order",
  columns: [
    { key: "filter", label: "Filter", kind: "text" },
    { key: "left", label: "Cases left", kind: "number" },
    { key: "share", label: "Of all", unit: "share", kind: "number" },
    { key: "alone", label: "By this one alone", kind: "number" },
  ],
  rows: steps.map((step) => ({ ...step, share: cases === 0 ? 0 : step.left / cases })),
});
