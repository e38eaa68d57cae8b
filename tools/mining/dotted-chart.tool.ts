import { z } from "zod";
import { readTool, type ToolContext, type ToolResult, type View } from "../define.ts";
import { filters, log } from "../inputs.ts";
import { dottedChart } from "./core/dotted-chart.ts";
import { throughput } from "./core/throughput.ts";
import { NoTimesError } from "./errors.ts";
import { assumptions, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  x: z
    .enum(["time", "since-start"])
    .default("time")
    .meta({ description: "Events at the time they happened, or by the time since their case began" }),
  order: z.enum(["start", "duration", "first-seen"]).default("start").meta({
    description: "Which cases stand on top: those that began first, the shortest, or as in the file",
  }),
  cases: z.int().min(2).max(2000).default(300).meta({ slot: "limit", description: "Cases to show at most" }),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly cases: number;
  readonly shown: number;
  readonly events: number;
}

export default readTool<Input, Data>({
  name: "mining.dotted-chart",
  version: 1,
  description:
    "The dotted chart: every event as a dot, a case a row, over time or since the case began, so that batches, pauses, " +
    "seasons and cases that stand still are seen at a glance.",
  examples: {
    en: [
      "show the dotted chart",
      "draw a dot chart of all events",
      "plot every event over time",
      "show all cases as dots since their start",
      "dotted chart ordered by duration",
      "picture of events by case and time",
      "plot the events of each case on a time axis",
      "dot plot of the log",
      "show me each event as a point",
      "one dot per event",
      "dotted chart since case start",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const { log: own, open } = selection;
  const chart = dottedChart(own, input);
  if (chart === null) throw new NoTimesError(open.name);
  const given = assumptions(context, selection, input.filters);
  const longest = selection.fact({
    value: throughput(own).seconds!.p95,
    unit: "s",
    label: "95 % of the cases take at most",
    sql: `select quantile_cont(duration_s, 0.95) from cases${selection.condition === null ? "" : ` where ${selection.condition}`}`,
    rows: own.cases,
  });
  const view: View = {
    kind: "dotted-chart",
    title: input.x === "time" ? "Events over time" : "Events since the start of their case",
    x: input.x,
    rows: chart.rows.map((c) => own.caseNames[c]!),
    activities: own.activities,
    dots: chart.dots,
    total: own.cases,
  };
  const shown = { quantity: chart.rows.length, unit: "cases" };
  return {
    data: { cases: own.cases, shown: chart.rows.length, events: chart.dots.length },
    facts: [longest, ...given.facts],
    views: [view],
    answer: {
      headline: {
        text: "Every event of {log} as a dot, a case a row; 95 % of the cases are through within {longest}.",
        values: { log: open.name, longest },
      },
      figures: [longest],
      assumptions: given.lines,
      ...(chart.rows.length < own.cases
        ? { notes: [{ text: "The picture shows {shown}, evenly spread.", values: { shown } }] }
        : {}),
      next: { label: { text: "See where cases wait" }, ask: "where do we wait?" },
    },
  };
}
