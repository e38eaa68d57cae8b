import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, calendar, log, metric, selectionA, selectionB, statistic } from "../inputs.ts";
import { known } from "./core/case-measures.ts";
import { differingPaths, type PathDifference, type PathPart } from "./core/causes/differing-paths.ts";
import { bootstrapDifference, type Difference, differenceOfMeans, sampleOf, Z95 } from "./core/effects.ts";
import { quantile } from "./core/quantiles.ts";
import { type ShiftOf, type StepShift, stepShifts } from "./core/step-shifts.ts";
import { NoValuesError } from "./errors.ts";
import { type CaseMeasure, caseMeasure } from "./measures.ts";
import { calendarLine, narrow, type Selection, timeOf } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({
  log,
  metric: metric.default("cycle_time"),
  statistic: statistic.default("mean"),
  activity: activity.optional(),
  a: selectionA,
  b: selectionB,
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Side {
  readonly label: string;
  readonly n: number;
  readonly value: number;
}

interface Data {
  readonly a: Side;
  readonly b: Side;
  /** a less b, with its 95 % interval. */
  readonly difference: Difference;
  /** Seconds a case by step, largest change first. */
  readonly steps: readonly StepShift[];
  /** Steps, edges and whole paths that one side has more often, beyond chance; largest difference first. */
  readonly paths: readonly PathDifference[];
}

export default readTool<Input, Data>({
  name: "mining.compare",
  version: 1,
  description:
    "Compares two groups of cases or two periods: the difference in cycle time, waiting, time to a step or rework, with " +
    "a 95 % interval, and the step whose time changed most.",
  examples: {
    en: [
      "compare Germany with France",
      "compare this month with last month",
      "is the web channel faster than the phone?",
      "how does cycle time differ between regions?",
      "what changed since last week?",
      "did lead time go up last week?",
      "compare the cycle time of gold and standard customers",
      "which step changed most between January and February?",
      "are orders over 500 slower than the rest?",
      "compare cases with rework to those without",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

interface Group {
  readonly label: string;
  readonly selection: Selection;
  readonly values: Float64Array;
}

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const open = await context.logs.open(input.log);
  const time = timeOf(context, open, input.calendar);
  const measure = caseMeasure(input.metric, open.log, input.activity, time);
  const [a, b] = [input.a, input.b].map(({ label, filters }) => {
    const selection = narrow(context, open, filters, input.calendar);
    const values = known(measure.values(selection.log));
    if (values.length === 0) throw new NoValuesError(measure.name, label);
    return { label, selection, values };
  }) as [Group, Group];
  const summary = summaryOf(input.statistic);
  const difference = summary.difference(a.values, b.values);
  const of = input.metric === "waiting_time" ? "waiting" : "elapsed";
  const shifts = stepShifts(a.selection.log, b.selection.log, of, time);
  const shift = isApart(difference)
    ? shifts.find((step) => step.difference * difference.difference > 0)
    : undefined;
  const paths = differingPaths(a.selection.log, b.selection.log);
  const pathFacts = paths[0] === undefined ? [] : sharesOf(a, b, paths[0]);
  const facts = differenceFacts(input, measure, summary, a, b, difference, context);
  const stepFact = shift === undefined ? undefined : shiftFact(a, b, shift, of);
  return {
    data: {
      a: { label: a.label, n: a.values.length, value: summary.of(a.values) },
      b: { label: b.label, n: b.values.length, value: summary.of(b.values) },
      difference,
      steps: shifts,
      paths,
    },
    facts: [...facts.all, ...(stepFact === undefined ? [] : [stepFact]), ...pathFacts],
    views: [sidesTable(a, b, measure), shiftTable(a, b, shifts, of), ...pathTable(a, b, paths)],
    answer: {
      headline: headline(measure, summary, a, b, difference, facts),
      figures: [facts.a, facts.b, facts.difference],
      assumptions: [
        ...calendarLine(time),
        {
          text: "{na} of {a}, {nb} of {b}",
          values: { na: facts.na, a: a.label, nb: facts.nb, b: b.label },
        },
        { text: "95 % interval from {low} to {high}", values: { low: facts.low, high: facts.high } },
      ],
      notes: [...pathNote(a, b, paths[0], pathFacts), ...notes(shift, stepFact)],
      next: {
        label: { text: "See what separates slow from fast cases" },
        ask: "why are some cases slow?",
      },
    },
  };
}

const isApart = ({ low, high }: Difference): boolean => low > 0 || high < 0;

/** Share of cases of each side that have it. */
function sharesOf(a: Group, b: Group, found: PathDifference): Fact[] {
  return [a, b].map(({ label, selection }, side) =>
    selection.fact({
      value: side === 0 ? found.a : found.b,
      unit: "share",
      label: `Share of cases in which ${nameOf(found.what)}, ${label}`,
      sql: `select avg(case when ${partSql(found.what)} then 1.0 else 0.0 end) from cases${where(selection.condition)}`,
      rows: selection.log.cases,
    }),
  );
}

/** As the store writes it: db/logs/views.ts. */
const variantOf = (activities: readonly string[]): string =>
  activities.map((name) => name.replaceAll("\\", "\\\\").replaceAll("→", "\\→")).join(" → ");

function partSql(part: PathPart): string {
  switch (part.kind) {
    case "happens":
      return `case_id in (select case_id from events where activity = ${text(part.activity)})`;
    case "follows":
      return `case_id in (select case_id from edges where from_activity = ${text(part.from)} and to_activity = ${text(part.to)})`;
    case "path":
      return `variant = ${text(variantOf(part.activities))}`;
  }
}

function nameOf(part: PathPart): string {
  switch (part.kind) {
    case "happens":
      return `${part.activity} happens`;
    case "follows":
      return `${part.to} comes right after ${part.from}`;
    case "path":
      return `the whole path is ${part.activities.join(" → ")}`;
  }
}

function pathNote(
  a: Group,
  b: Group,
  found: PathDifference | undefined,
  [inA, inB]: readonly Fact[],
): Message[] {
  if (found === undefined || inA === undefined || inB === undefined) return [];
  return [
    {
      text: "Their paths differ most in this: {part} in {inA} of {a} and {inB} of {b}.",
      values: { part: nameOf(found.what), inA, a: a.label, inB, b: b.label },
    },
  ];
}

function pathTable(a: Group, b: Group, paths: readonly PathDifference[]): View[] {
  if (paths.length === 0) return [];
  const share = (key: string, label: string) => ({ key, label, unit: "share", kind: "number" as const });
  return [
    {
      kind: "table",
      title: "Where paths differ",
      columns: [
        { key: "part", label: "Cases in which", kind: "text" },
        share("a", a.label),
        share("b", b.label),
        share("low", "Difference, 95 % from"),
        share("high", "to"),
      ],
      rows: paths.slice(0, 50).map(({ what, difference, ...shares }) => ({
        part: nameOf(what),
        a: shares.a,
        b: shares.b,
        low: difference.low,
        high: difference.high,
      })),
      total: paths.length,
    },
  ];
}

interface SummaryKind {
  readonly name: string;
  of(values: Float64Array): number;
  sql: string;
  difference(a: Float64Array, b: Float64Array): Difference;
}

/** Means get Welch's interval, quantiles a bootstrap's. Sums, counts and extremes are no property of a typical case: mean. */
function summaryOf(asked: Input["statistic"]): SummaryKind {
  const share = { median: 0.5, p90: 0.9, p95: 0.95 }[asked as string];
  if (share === undefined) {
    return {
      name: "mean",
      of: (values) => sampleOf(values).mean,
      sql: "avg(value)",
      difference: (a, b) => differenceOfMeans(sampleOf(a), sampleOf(b)),
    };
  }
  const of = (values: Float64Array) => quantile(values.slice(), share);
  return {
    name: asked,
    of,
    sql: `quantile_cont(value, ${share})`,
    difference: (a, b) => bootstrapDifference(a, b, of),
  };
}

interface DifferenceFacts {
  readonly a: Fact;
  readonly b: Fact;
  readonly difference: Fact;
  readonly low: Fact;
  readonly high: Fact;
  readonly na: Fact;
  readonly nb: Fact;
  readonly all: readonly Fact[];
}

function differenceFacts(
  input: Input,
  measure: CaseMeasure,
  summary: SummaryKind,
  a: Group,
  b: Group,
  difference: Difference,
  context: ToolContext,
): DifferenceFacts {
  const { unit } = measure;
  const rows = a.values.length + b.values.length;
  const relation = (group: Group) => measure.sql(group.selection.condition);
  const of = (group: Group, expression: string) => `(select ${expression} from ${relation(group)})`;
  const each = (group: Group) =>
    group.selection.fact({
      value: summary.of(group.values),
      unit,
      label: `${summary.name} ${measure.name}, ${group.label}`,
      sql: `select ${summary.sql} from ${relation(group)}`,
      rows: group.values.length,
    });
  const count = (group: Group) =>
    group.selection.fact({
      value: group.values.length,
      unit: "cases",
      label: `Cases, ${group.label}`,
      sql: `select count(*) from ${relation(group)}`,
      rows: group.values.length,
    });
  const apart = `${of(a, summary.sql)} - ${of(b, summary.sql)}`;
  const label = `Difference in ${summary.name} ${measure.name}, ${a.label} less ${b.label}`;
  const error = (group: Group) => of(group, "var_samp(value) / count(*)");
  const bound = (value: number, sign: "-" | "+") => {
    const own = {
      value,
      unit,
      label: `${label}, ${sign === "-" ? "lower" : "upper"} end of the 95 % interval`,
      rows,
    };
    return summary.name === "mean"
      ? a.selection.fact({ ...own, sql: `select ${apart} ${sign} ${Z95} * sqrt(${error(a)} + ${error(b)})` })
      : context.fact({
          ...own,
          call: { tool: "mining.compare", input: { ...input, log: a.selection.open.id } },
        });
  };
  const facts = {
    a: each(a),
    b: each(b),
    difference: a.selection.fact({ value: difference.difference, unit, label, sql: `select ${apart}`, rows }),
    low: bound(difference.low, "-"),
    high: bound(difference.high, "+"),
    na: count(a),
    nb: count(b),
  };
  return { ...facts, all: Object.values(facts) };
}

function headline(
  measure: CaseMeasure,
  summary: SummaryKind,
  a: Group,
  b: Group,
  apart: Difference,
  facts: DifferenceFacts,
): Message {
  const values = {
    summary: summary.name,
    measure: measure.name,
    a: a.label,
    b: b.label,
    va: facts.a,
    vb: facts.b,
    difference: facts.difference,
  };
  if (!isApart(apart)) {
    return { text: "{a} and {b} do not differ beyond chance in {summary} {measure}: {va} and {vb}.", values };
  }
  const text =
    apart.difference > 0
      ? "The {summary} {measure} of {a} is {va}, higher than the {vb} of {b}: a difference of {difference}."
      : "The {summary} {measure} of {a} is {va}, lower than the {vb} of {b}: a difference of {difference}.";
  return { text, values };
}

function notes(shift: StepShift | undefined, fact: Fact | undefined): Message[] {
  const association: Message = { text: "A difference between groups is an association, not a cause." };
  if (shift === undefined || fact === undefined) return [association];
  return [
    {
      text: "The step with the largest part in it is {activity}: {shift} a case.",
      values: { activity: shift.activity, shift: fact },
    },
    association,
  ];
}

/** Seconds that the step adds, summed over the group and divided by its cases. */
function shiftFact(a: Group, b: Group, { activity, difference }: StepShift, of: ShiftOf): Fact {
  const total = (condition: string | null) =>
    of === "elapsed"
      ? `select sum(seconds) from edges${where(`to_activity = ${text(activity)}`, condition)}`
      : `select sum(waiting_s) from steps${where(`activity = ${text(activity)}`, condition)}`;
  const perCase = ({ selection: { condition } }: Group) =>
    `coalesce((${total(condition)}), 0) / (select count(*) from cases${where(condition)})`;
  const what = of === "elapsed" ? "Time up to" : "Waiting before";
  return a.selection.fact({
    value: difference,
    unit: "s",
    label: `${what} ${activity} a case, ${a.label} less ${b.label}`,
    sql: `select ${perCase(a)} - ${perCase(b)}`,
    rows: a.selection.log.cases + b.selection.log.cases,
  });
}

function sidesTable(a: Group, b: Group, measure: CaseMeasure) {
  const row = ({ label, values }: Group) => ({
    group: label,
    n: values.length,
    mean: sampleOf(values).mean,
    median: quantile(values.slice(), 0.5),
    p95: quantile(values.slice(), 0.95),
  });
  const number = (key: string, label: string) => ({
    key,
    label,
    unit: measure.unit,
    kind: "number" as const,
  });
  return {
    kind: "table" as const,
    title: `${measure.name}, ${a.label} and ${b.label}`,
    columns: [
      { key: "group", label: "Group", kind: "text" as const },
      { key: "n", label: "Cases", kind: "number" as const },
      number("mean", "Mean"),
      number("median", "Median"),
      number("p95", "95 % at most"),
    ],
    rows: [row(a), row(b)],
  };
}

function shiftTable(a: Group, b: Group, shifts: readonly StepShift[], of: ShiftOf) {
  const number = (key: string, label: string) => ({ key, label, unit: "s", kind: "number" as const });
  return {
    kind: "table" as const,
    title: of === "elapsed" ? "Time up to each step, a case" : "Waiting before each step, a case",
    columns: [
      { key: "activity", label: "Step", kind: "text" as const },
      number("a", a.label),
      number("b", b.label),
      number("difference", "Difference"),
    ],
    rows: shifts.map((shift) => ({ ...shift })),
  };
}
