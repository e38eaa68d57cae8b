/** The calls of a chain's steps, once what they lean on is there. Pure. */
import { isWrite, type Tool } from "../../../tools/define.ts";
import type { Filter } from "../../../tools/inputs.ts";
import { declaredPlan, type PlannedStep, type RunPlan, readySteps } from "../../plans/plan.ts";
import { narrowedTo } from "../../plans/steering.ts";
import type { Briefing, ToolOutcome } from "../provider.ts";
import type { ChainStep } from "./chain.ts";
import type { Call } from "./conclude.ts";
import { fieldsOf } from "./frame/fields.ts";
import { thingsIn } from "./results.ts";

type Input = Call["input"];
type Result = Extract<ToolOutcome, { kind: "result" }>;

/** At most this many changes are proposed by one step. */
const mostProposals = 5;

/** The steps as the thread and the monitor know them. */
export const plannedOf = (chain: readonly ChainStep[]): readonly PlannedStep[] =>
  chain.map(({ frame: _frame, binds: _binds, ...step }) => step);

export function callsOfChain(
  chain: readonly ChainStep[],
  language: string,
  outcomes: readonly ToolOutcome[],
  briefing: Briefing,
): Call[] {
  const plan = briefing.progress?.plan ?? declaredPlan(plannedOf(chain), language);
  const results = outcomes.filter((outcome): outcome is Result => outcome.kind === "result");
  return readySteps(plan).flatMap(({ id }) => {
    const step = chain.find((candidate) => candidate.id === id);
    return step ? callsOfStep(step, plan, results, briefing) : [];
  });
}

function callsOfStep(step: ChainStep, plan: RunPlan, results: readonly Result[], briefing: Briefing): Call[] {
  if (step.frame === null) return proposalsOf(step, results, briefing);
  if (step.binds === "suggestion" && suggestedBy(results).length === 0) return [];
  const { tool, input } = step.frame;
  const inputs = [bind(step, input, results, briefing), ...ruleAgainst(step, results, briefing)];
  return inputs.map((given, at) => ({
    id: at === 0 ? step.id : `${step.id}.${at + 1}`,
    tool,
    input: narrowed(tool, given, plan, briefing),
  }));
}

const suggestedBy = (results: readonly Result[]) => results.flatMap(({ result }) => result.suggests ?? []);

/**
 * Beside the rules that foresee a long wait, of which there may be none, the one that reports it: for a tool that takes a
 * rule's own words, in the grammar of rules.
 */
function ruleAgainst({ frame, binds }: ChainStep, results: readonly Result[], briefing: Briefing): Input[] {
  const tool = briefing.tools.find(({ name }) => name === frame?.tool);
  const words = tool && fieldsOf(tool).find(({ slot }) => slot === "rule-words");
  if (!tool || !words || !frame || binds !== "activity") return [];
  const worst = worstIn(results, briefing);
  if (worst?.seconds === undefined || worst.activity.includes('"')) return [];
  const condition = `waiting("${worst.activity}") > ${worst.seconds / 3600}h`;
  return [{ ...frame.input, [words.name]: `if ${condition}, notify manager` }];
}

/** What the results suggest, as calls of writes: the gate makes proposals of them. */
function proposalsOf({ id }: ChainStep, results: readonly Result[], briefing: Briefing): Call[] {
  return firstOfEachTool(suggestedBy(results))
    .filter(({ tool }) => briefing.tools.some((known) => known.name === tool && isWrite(known)))
    .slice(0, mostProposals)
    .map(({ tool, input }, at) => ({ id: at === 0 ? id : `${id}.${at + 1}`, tool, input: input as Input }));
}

/** Of the drafts for one and the same, the first that there is. */
const firstOfEachTool = <Suggestion extends { readonly tool: string }>(
  all: readonly Suggestion[],
): Suggestion[] => [...new Map(all.toReversed().map((suggestion) => [suggestion.tool, suggestion])).values()];

/** The input with what earlier results give: only into fields that the tool has and the words did not fill. */
function bind(
  { binds, frame }: ChainStep,
  input: Input,
  results: readonly Result[],
  briefing: Briefing,
): Input {
  const tool = briefing.tools.find(({ name }) => name === frame?.tool);
  if (!tool || binds === null) return input;
  const names = new Set(fieldsOf(tool).map(({ name }) => name));
  if (binds === "suggestion") {
    const drafted = suggestedBy(results).at(0)?.input ?? {};
    const known = Object.entries(drafted as Input).filter(([name]) => names.has(name));
    return { ...Object.fromEntries(known), ...input };
  }
  return { ...worstOf(tool, results, briefing), ...input };
}

/** The step that waits longest, and how long it does on average: a wait is long that is longer than that. */
function worstOf(tool: Tool, results: readonly Result[], briefing: Briefing): Input {
  const slots = new Map(fieldsOf(tool).map(({ name, slot }) => [slot, name]));
  const activity = slots.get("activity");
  const threshold = slots.get("threshold");
  const worst = worstIn(results, briefing);
  if (activity === undefined || worst === null) return {};
  return {
    [activity]: worst.activity,
    ...(threshold === undefined || worst.seconds === undefined ? {} : { [threshold]: worst.seconds }),
  };
}

interface Worst {
  readonly activity: string;
  /** Its mean wait in whole hours; absent below one. */
  readonly seconds?: number;
}

function worstIn(results: readonly Result[], briefing: Briefing): Worst | null {
  const found = results.find(({ result }) => thingsIn(result, briefing.log).length > 0)?.result;
  const activity = found && thingsIn(found, briefing.log).find(({ kind }) => kind === "activity")?.name;
  if (found === undefined || activity === undefined) return null;
  const mean = found.answer.figures.find(({ unit }) => unit === "s")?.value ?? 0;
  return mean < 3600 ? { activity } : { activity, seconds: Math.floor(mean / 3600) * 3600 };
}

/** The input for the cases that the person narrowed the plan to while it ran. */
function narrowed(name: string, input: Input, plan: RunPlan, briefing: Briefing): Input {
  const filters = narrowedTo(plan) as readonly Filter[];
  const tool = briefing.tools.find((known) => known.name === name);
  const field = tool && fieldsOf(tool).find(({ slot, name: own }) => slot === "filters" || own === "filters");
  if (filters.length === 0 || !field) return input;
  const own = input[field.name];
  return { ...input, [field.name]: [...(Array.isArray(own) ? own : []), ...filters] };
}
