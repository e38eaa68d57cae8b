import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { calendar, filters, log } from "../inputs.ts";
import { type ReworkCost, type ReworkReport, reworkCost } from "./core/performance/rework-cost.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { column, where } from "./sql.ts";

const Input = z.object({ log, filters, calendar: calendar.optional() });
type Input = z.infer<typeof Input>;

interface Data {
  /** Steps beyond the first of their activity in a case; seconds. */
  readonly steps: number;
  readonly cases: number;
  readonly service: number | null;
  readonly waiting: number | null;
  readonly money: number | null;
  readonly activities: readonly (Omit<ReworkCost, "activity"> & { readonly activity: string })[];
}

export default readTool<Input, Data>({
  name: "mining.rework",
  version: 1,
  description:
    "What rework costs: steps that are done again in a case, the working time in them, the waiting before them and, where an attribute " +
    "has it, the money; by step.",
  examples: {
    en: [
      "what does rework cost?",
      "what does rework cost us?",
      "how much working time goes into rework?",
      "how many hours go into doing steps again?",
      "cost of rework",
      "how expensive is rework?",
      "effort for repeated work",
      "which step costs most to do again?",
      "money spent on rework",
      "time spent on rework by step",
      "how much work is done twice and what does it cost?",
      "what does rework cost in business hours?",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const report = reworkCost(selection.log, selection.calendar);
  const facts = factsOf(selection, report);
  const given = assumptions(context, selection, input.filters);
  const shown = [facts.steps, facts.service, facts.waiting, facts.money].filter((fact) => fact !== null);
  return {
    data: dataOf(selection, report),
    facts: [...shown, facts.cases, facts.share, ...given.facts],
    views: report.activities.length === 0 ? [] : [table(selection, report)],
    answer: {
      headline: headline(report, facts),
      figures: shown.slice(0, 3),
      assumptions: [
        ...given.lines,
        { text: "done again: a step of an activity that the case has had before, whether planned or not" },
      ],
      notes: notes(selection, report, facts),
      next: {
        label: { text: "What do cases with rework have in common?" },
        ask: "why is there so much rework?",
      },
    },
  };
}

interface ReworkFacts {
  readonly steps: Fact;
  readonly cases: Fact;
  readonly share: Fact;
  readonly service: Fact | null;
  readonly waiting: Fact | null;
  readonly money: Fact | null;
}

const total = (report: ReworkReport, of: "steps" | "service" | "waiting" | "money"): number =>
  report.activities.reduce((sum, each) => sum + (each[of] ?? 0), 0);

function factsOf(selection: Selection, report: ReworkReport): ReworkFacts {
  const all = where(selection.condition);
  const numbered =
    "(select case_id, service_s, waiting_s, row_number() over (partition by case_id, activity " +
    `order by completed nulls last, started nulls last, waiting_s nulls last) as n from steps${all})`;
  const n = total(report, "steps");
  const fact = (value: number, unit: string, label: string, sql: string) =>
    selection.fact({ value, unit, label, sql, rows: n });
  const again = (expression: string) => `select coalesce(${expression}, 0) from ${numbered} where n > 1`;
  const { moneyAttribute: money, allService } = report;
  return {
    steps: fact(n, "steps", "Steps done again", `select count(*) from ${numbered} where n > 1`),
    cases: fact(
      report.cases,
      "cases",
      "Cases in which a step is done again",
      `select count(distinct case_id) from ${numbered} where n > 1`,
    ),
    share: fact(
      n / report.allSteps,
      "share",
      "Share of all steps that are done again",
      `select avg(case when n > 1 then 1.0 else 0.0 end) from ${numbered}`,
    ),
    service:
      allService === null
        ? null
        : fact(total(report, "service"), "s", "Work in steps done again", again("sum(service_s)")),
    waiting:
      allService === null
        ? null
        : fact(total(report, "waiting"), "s", "Waiting before steps done again", again("sum(waiting_s)")),
    money:
      money === null
        ? null
        : fact(
            total(report, "money"),
            money,
            `${money} of events of steps done again`,
            `select coalesce(sum(own), 0) from (select ${column(money)} as own, row_number() over (partition by case_id, activity order by position) as n from events${all}) where n > 1`,
          ),
  };
}

function headline(report: ReworkReport, { steps, cases, share, service }: ReworkFacts): Message {
  if (report.activities.length === 0) return { text: "No case does a step twice: there is no rework." };
  return service === null
    ? { text: "{steps} are done again, {share} of all, in {cases}.", values: { steps, share, cases } }
    : {
        text: "{steps} are done again, {share} of all, in {cases}: {service} of work.",
        values: { steps, share, cases, service },
      };
}

function notes(selection: Selection, report: ReworkReport, { waiting, money }: ReworkFacts): Message[] {
  const most = report.activities[0];
  if (most === undefined) return [];
  const name = selection.log.activities[most.activity]!;
  return [
    ...(waiting === null ? [] : [{ text: "Before them cases wait {waiting}.", values: { waiting } }]),
    ...(money === null ? [] : [{ text: "They come to {money}.", values: { money } }]),
    {
      text: waiting === null ? "Most often it is {activity}." : "Most of the work is {activity}.",
      values: { activity: name },
    },
  ];
}

const dataOf = (selection: Selection, report: ReworkReport): Data => ({
  steps: total(report, "steps"),
  cases: report.cases,
  service: report.allService === null ? null : total(report, "service"),
  waiting: report.allService === null ? null : total(report, "waiting"),
  money: report.moneyAttribute === null ? null : total(report, "money"),
  activities: report.activities.map((each) => ({
    ...each,
    activity: selection.log.activities[each.activity]!,
  })),
});

const table = ({ log: { activities } }: Selection, report: ReworkReport): View => ({
  kind: "table",
  title: "Steps done again",
  columns: [
    { key: "activity", label: "Activity", kind: "text" },
    { key: "steps", label: "Done again", kind: "number" },
    { key: "cases", label: "Cases", kind: "number" },
    { key: "service", label: "Work", unit: "s", kind: "number" },
    { key: "waiting", label: "Waiting before", unit: "s", kind: "number" },
    ...(report.moneyAttribute === null
      ? []
      : [{ key: "money", label: report.moneyAttribute, kind: "number" as const }]),
  ],
  rows: report.activities.map((each) => ({ ...each, activity: activities[each.activity]! })),
});
