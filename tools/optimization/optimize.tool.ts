import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, filters, hours, log, money } from "../inputs.ts";
import { assumptionsOf } from "../kpi/core/assumptions.ts";
import { type Selection, selectCases, spanOf } from "../kpi/core/selection.ts";
import { seededRandom } from "../rules/core/statistics.ts";
import {
  type Assignment,
  assign,
  type BindingConstraint,
  objectiveOf,
  type Relaxation,
} from "./core/assignment.ts";
import { meanCycleTime, meanCycleTimeSql, promiseOf } from "./core/cycle-time.ts";
import { type Effect, effectOf, replayError } from "./core/effect.ts";
import { planChange } from "./core/plan-replay.ts";
import { poolCandidates } from "./core/pools.ts";
import { type ReplayModel, replayModel } from "./core/replay-model.ts";
import { replay } from "./core/simulate.ts";
import { actualPlan, costOf, loads, type Plan, type Staffing, staffingOf } from "./core/staffing.ts";
import { proposeWork, type Suggestion, suggestRule } from "./propose-work.ts";
import { solveInWorker } from "./solver.ts";

const input = z.object({
  log,
  filters,
  activity: activity.optional().describe("Share out only this activity anew"),
  hours: hours.optional().describe("Hours a week that nobody may exceed"),
  budget: money.optional().describe("Cost a week that must not be exceeded"),
  rate: money.default(50).describe("Cost of an hour of work"),
  currency: z.string().length(3).default("USD"),
  goal: z.enum(["time", "cost"]).default("time"),
  eligibility: z.enum(["done", "adjacent"]).default("done").describe("Who may do an activity"),
});
type Input = z.infer<typeof input>;

interface Optimized {
  readonly status: Assignment["status"];
  readonly objective: number | null;
  readonly objectiveBefore: number;
  readonly gap: number | null;
  readonly seconds: number;
  readonly binding: readonly BindingConstraint[];
  readonly relaxation: Relaxation | null;
  /** A week. */
  readonly costBefore: number;
  readonly costAfter: number | null;
  readonly cycleTime: Effect | null;
  /** Relative error of the unchanged replay's waiting against the log's. */
  readonly replayError: number;
}

interface Solved {
  readonly own: Input;
  readonly context: ToolContext;
  readonly selection: Selection;
  readonly staffing: Staffing;
  readonly model: ReplayModel;
  readonly assignment: Assignment;
  /** The plan to show: the solver's, or what is done already when nothing found is better. */
  readonly plan: Plan | null;
  readonly effect: Effect | null;
  readonly data: Optimized;
}

const isFeasible = (staffing: Staffing, plan: Plan, budget: number | null): boolean =>
  loads(staffing, plan).every((load, resource) => load <= staffing.resources[resource]!.hours * (1 + 1e-9)) &&
  (budget === null || costOf(staffing, plan) <= budget * (1 + 1e-9));

/** Portions are coarse; what is done already may lie between them and be better. */
function bestPlan(staffing: Staffing, assignment: Assignment, own: Input): Plan | null {
  if (assignment.status === "infeasible") return null;
  const actual = actualPlan(staffing);
  const isAsGood = objectiveOf(staffing, actual, own.goal) <= assignment.objective;
  return isAsGood && isFeasible(staffing, actual, own.budget ?? null) ? actual : assignment.plan;
}

async function solve(own: Input, context: ToolContext): Promise<Solved> {
  const open = await context.logs.open(own.log);
  const selection = selectCases(open, own.filters);
  const staffing = staffingOf(selection.log, {
    hours: own.hours ?? null,
    rate: own.rate,
    activity: own.activity ?? null,
    eligibility: own.eligibility,
  });
  context.progress("Looking for the best assignment", 0.2);
  const portions = staffing.activities.length * staffing.resources.length <= 300 ? 20 : 10;
  const options = { portions, budget: own.budget ?? null, goal: own.goal, seconds: 20, gap: 0.001 };
  const assignment = await assign(staffing, options, (model, limits) =>
    solveInWorker(model, limits, context.signal),
  );
  context.progress("Replaying the real cases", 0.7);
  const model = replayModel(selection.log);
  const before = replay(model, { candidates: poolCandidates(model) });
  const plan = bestPlan(staffing, assignment, own);
  const isChanged = plan !== null && plan === (assignment.status === "infeasible" ? null : assignment.plan);
  const after = isChanged ? replay(model, planChange(model, staffing, plan)) : before;
  const effect = plan === null ? null : effectOf(before, after, seededRandom(1));
  const found = assignment.status === "infeasible" ? null : assignment;
  const data: Optimized = {
    status: assignment.status,
    objective: plan === null ? null : objectiveOf(staffing, plan, own.goal),
    objectiveBefore: objectiveOf(staffing, actualPlan(staffing), own.goal),
    gap: found?.gap ?? null,
    seconds: assignment.seconds,
    binding: found?.binding ?? [],
    relaxation: assignment.status === "infeasible" ? assignment.relaxation : null,
    costBefore: costOf(staffing, actualPlan(staffing)),
    costAfter: plan === null ? null : costOf(staffing, plan),
    cycleTime: effect,
    replayError: replayError(model.table.waiting, before.waiting),
  };
  return { own, context, selection, staffing, model, assignment, plan, effect, data };
}

interface Figures {
  readonly before: Fact;
  readonly after: Fact | null;
  /** How much shorter the mean cycle time would be, and the ends of its interval. */
  readonly gain: Fact | null;
  readonly low: Fact | null;
  readonly high: Fact | null;
  readonly costBefore: Fact;
  readonly costAfter: Fact | null;
}

function figuresOf(solved: Solved): Figures {
  const { own, context, selection, effect, data } = solved;
  const mean = meanCycleTime(selection.log);
  const call = { tool: "optimization.optimize", input: own };
  const computed = (value: number | null, unit: string, label: string): Fact | null =>
    value === null ? null : context.fact({ value, unit, label, rows: mean.n, call });
  const moved = (seconds: number | undefined): number | null =>
    seconds === undefined ? null : mean.value + seconds;
  const shorter = (seconds: number | undefined): number | null => (seconds === undefined ? null : -seconds);
  return {
    before: context.fact({
      value: mean.value,
      unit: "s",
      label: "mean cycle time, as it was",
      rows: mean.n,
      log: selection.id,
      sql: meanCycleTimeSql(selection.casesSql),
    }),
    after: computed(moved(effect?.difference), "s", "mean cycle time of the same cases, work reassigned"),
    gain: computed(shorter(effect?.difference), "s", "shorter mean cycle time, work reassigned"),
    low: computed(shorter(effect?.interval.high), "s", "its 95 % interval: at least"),
    high: computed(shorter(effect?.interval.low), "s", "its 95 % interval: at most"),
    costBefore: context.fact({
      value: data.costBefore,
      unit: own.currency,
      label: "cost of the work a week, as it was",
      rows: mean.n,
      call,
    }),
    costAfter: computed(data.costAfter, own.currency, "cost of the work a week, reassigned"),
  };
}

/** Shares of each activity's work by resource, before and after, and the planned hours a week. */
function assignments({ staffing, plan }: Solved) {
  const actual = actualPlan(staffing);
  const planned = plan ?? actual;
  const share = (row: Float64Array, column: number): number =>
    row[column]! / row.reduce((sum, own) => sum + own, 0);
  return staffing.activities.flatMap(({ name }, activityRow) =>
    staffing.resources.flatMap((resource, column) => {
      const [before, after] = [share(actual[activityRow]!, column), share(planned[activityRow]!, column)];
      if (before === 0 && after === 0) return [];
      const hours = planned[activityRow]![column]! * staffing.service[activityRow]![column]!;
      return [{ activity: name, resource: resource.name, before, after, hours }];
    }),
  );
}

/** Resources by name appear only here and in the work item that carries the plan out. */
function assignmentTable(solved: Solved): View {
  return {
    kind: "table",
    title: "Who does how much of what",
    columns: [
      { key: "activity", label: "activity", kind: "text" },
      { key: "resource", label: "resource", kind: "text" },
      { key: "before", label: "share now", unit: "share", kind: "number" },
      { key: "after", label: "share planned", unit: "share", kind: "number" },
      { key: "hours", label: "hours a week", unit: "h", kind: "number" },
    ],
    rows: assignments(solved),
  };
}

function solverTable({ data, own }: Solved): View {
  const binding = data.binding.map(({ kind, resource, bound }) =>
    kind === "budget" ? `budget ${bound}` : `${resource}: ${bound.toFixed(1)} h`,
  );
  const relax =
    data.relaxation === null
      ? []
      : [
          ...data.relaxation.hours.map(({ resource, more }) => `${resource}: ${more.toFixed(1)} h more`),
          ...(data.relaxation.budget > 0
            ? [`budget: ${data.relaxation.budget.toFixed(0)} ${own.currency} more`]
            : []),
        ];
  const rows: { what: string; value: string | number | null }[] = [
    { what: "status", value: data.status },
    {
      what: `objective (${own.goal === "time" ? "hours worked and waited a week" : "cost a week"})`,
      value: data.objective,
    },
    { what: "objective, as it was", value: data.objectiveBefore },
    { what: "gap", value: data.gap },
    { what: "binding", value: binding.join("; ") || "none" },
    { what: "relax", value: relax.join("; ") || null },
    { what: "replay error of mean waiting", value: data.replayError },
  ];
  return {
    kind: "table",
    title: "Solution",
    columns: [
      { key: "what", label: "what", kind: "text" },
      { key: "value", label: "value", kind: "text" },
    ],
    rows: rows.filter(({ value }) => value !== null),
  };
}

const isGain = (effect: Effect | null): boolean => effect !== null && effect.interval.high < 0;

function headline({ effect, data, context, own }: Solved, figures: Figures): Message {
  if (data.relaxation !== null) {
    const call = { tool: "optimization.optimize", input: own };
    const more = data.relaxation.hours.reduce((sum, part) => sum + part.more, 0);
    const extra = context.fact({
      value: more * 3_600,
      unit: "s",
      label: "more working time a week than allowed",
      rows: data.relaxation.hours.length,
      call,
    });
    const money = context.fact({
      value: data.relaxation.budget,
      unit: own.currency,
      label: "more budget a week than allowed",
      rows: 1,
      call,
    });
    return {
      text: "No plan keeps within these limits. The least that would do: {extra} more working time a week and {money} more budget.",
      values: { extra, money },
    };
  }
  if (!isGain(effect) || figures.gain === null) {
    return {
      text: "Reassigning work would not shorten the mean cycle time of {before} for certain.",
      values: { before: figures.before },
    };
  }
  return {
    text: "Sharing the work out anew would shorten the mean cycle time of {before} by {gain}.",
    values: { before: figures.before, gain: figures.gain },
  };
}

function notesOf({ data, effect }: Solved, figures: Figures): readonly Message[] {
  const notes: Message[] = [];
  if (figures.low !== null && figures.high !== null) {
    notes.push({
      text: "With 95 % confidence by {low} to {high}.",
      values: { low: figures.low, high: figures.high },
    });
  }
  if (effect !== null && effect.slower > 0) {
    notes.push({
      text: "Some cases would take longer: {slower}.",
      values: { slower: { quantity: effect.slower, unit: "cases" } },
    });
  }
  notes.push({ text: "Solver: {status}.", values: { status: data.status } });
  return notes;
}

async function suggestionsOf(solved: Solved): Promise<readonly Suggestion[]> {
  const { context, selection, effect, model } = solved;
  if (effect === null || !isGain(effect)) return [];
  const promise = promiseOf(selection.id, meanCycleTime(selection.log), effect, selection.casesSql);
  const title = `Share out the work of ${selection.name} anew`;
  const description = ["Share of each step's work, now and planned:", ...movesOf(solved)].join("\n");
  const work = await proposeWork(context, title, description, promise);
  return [work ?? suggestRule(selection.id, worstActivity(model), 7_200, promise)];
}

/** Whose share of which step changes by at least five points, the largest first; at most twenty. */
function movesOf(solved: Solved): string[] {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return assignments(solved)
    .map((row) => ({ ...row, change: Math.abs(row.after - row.before) }))
    .filter(({ change }) => change >= 0.05)
    .sort((a, b) => b.change - a.change)
    .slice(0, 20)
    .map(
      ({ activity: step, resource, before, after }) =>
        `- ${step}, ${resource}: ${percent(before)} → ${percent(after)}`,
    );
}

/** The activity with the most waiting in all. */
function worstActivity({ table, log }: ReplayModel): string {
  const total = new Float64Array(log.activities.length);
  table.waiting.forEach((waiting, step) => {
    if (!Number.isNaN(waiting)) total[table.activity[step]!]! += waiting;
  });
  const worst = total.reduce((best, value, code) => (value > total[best]! ? code : best), 0);
  return log.activities[worst]!;
}

export default readTool<Input, Optimized>({
  name: "optimization.optimize",
  version: 1,
  description:
    "Reassigns work between the people or systems that can do it, within hours and budget (HiGHS): status, objective, gap, binding constraints, cost and cycle time before and after on the real cases; when it cannot be done, what to relax.",
  examples: {
    en: [
      "optimise staffing",
      "optimise staffing with max 48 h and budget 10k",
      "how should we assign the work?",
      "reassign work to balance the load",
      "improve resource allocation",
      "make a staffing plan",
      "reassign the credit checks",
      "make every step faster with the people we have",
      "fix it",
      "what should we do about it?",
      "who should do what to cut the cycle time?",
      "reduce the cost of handling",
    ],
  },
  input,
  async execute(own, context): Promise<ToolResult<Optimized>> {
    const solved = await solve(own, context);
    const figures = figuresOf(solved);
    const { selection, data, effect } = solved;
    const top = headline(solved, figures);
    const inHeadline = Object.values(top.values ?? {}).filter(
      (value): value is Fact => typeof value === "object" && "hash" in value,
    );
    const all = [...inHeadline, ...Object.values(figures)].filter((fact) => fact !== null);
    return {
      data,
      facts: [...new Map(all.map((fact) => [fact.id, fact])).values()],
      views: [solverTable(solved), assignmentTable(solved)],
      answer: {
        headline: top,
        figures: inHeadline.length >= 2 ? inHeadline.slice(0, 3) : [figures.before],
        assumptions: [
          ...assumptionsOf({
            name: selection.name,
            zone: context.zone,
            filters: own.filters,
            ...spanOf(selection.whole),
          }),
          {
            text: "An hour of work costs {rate} {currency}; who has done an activity can do it, and whoever regularly does is free first takes the next case; cases arrive as they did.",
            values: { rate: { quantity: own.rate, unit: "" }, currency: own.currency },
          },
        ],
        notes: notesOf(solved, figures),
        ...(isGain(effect) ? { next: { label: { text: "Propose it" }, ask: "do it" } } : {}),
      },
      suggests: data.relaxation === null ? await suggestionsOf(solved) : [],
    };
  },
});
