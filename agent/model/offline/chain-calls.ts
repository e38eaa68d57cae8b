/** The calls of a chain's steps, once what they lean on is there. Pure. */
import { isWrite } from "../../../tools/define.ts";
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
  const { tool, input } = step.frame;
  const bound = bind(step, input, results, briefing);
  return [{ id: step.id, tool, input: narrowed(tool, bound, plan, briefing) }];
}

/** What the results suggest, as calls of writes: the gate makes proposals of them. */
function proposalsOf({ id }: ChainStep, results: readonly Result[], briefing: Briefing): Call[] {
  return results
    .flatMap(({ result }) => result.suggests ?? [])
    .filter(({ tool }) => briefing.tools.some((known) => known.name === tool && isWrite(known)))
    .slice(0, mostProposals)
    .map(({ tool, input }, at) => ({ id: at === 0 ? id : `${id}.${at + 1}`, tool, input: input as Input }));
}

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
    const drafted = results.flatMap(({ result }) => result.suggests ?? []).at(0)?.input ?? {};
    const known = Object.entries(drafted as Input).filter(([name]) => names.has(name));
    return { ...Object.fromEntries(known), ...input };
  }
  const field = fieldsOf(tool).find(({ slot }) => slot === "activity");
  const worst = results
    .flatMap(({ result }) => thingsIn(result, briefing.log))
    .find(({ kind }) => kind === "activity");
  return field && worst && !(field.name in input) ? { [field.name]: worst.name, ...input } : input;
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
