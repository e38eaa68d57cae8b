/**
 * The monitor: between the planner and the executor it takes in what people say meanwhile, skips what can no longer be
 * done, holds the limits, and closes the plan's account at the end of the turn.
 */
import { Speaker } from "../model/offline/say.ts";
import {
  countSteps,
  hasEnded,
  isShown,
  type PlanStep,
  type RunPlan,
  rerunSteps,
  skipOrphans,
  stepsAwaitingDecision,
  stopSteps,
} from "../plans/plan.ts";
import { steer } from "../plans/steering.ts";
import {
  closingWords,
  limitReached,
  needsStep,
  notBegun,
  nothingToPropose,
  type PlanLimit,
  skippedAsAsked,
} from "../plans/words.ts";
import type { PlanReport } from "../service.ts";
import { eventsOfTypes } from "../threads/events.ts";
import { type StepAttributes, traced } from "../tracing/step.ts";
import { tellSteps } from "./progress.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { RunStateValue } from "./state.ts";

export interface Watched {
  readonly runPlan: RunPlan | null;
  readonly steered: number;
  readonly limit: PlanLimit | null;
  /** What was said since, in the person's words. */
  readonly words: readonly string[];
}

/** The plan as it is before the planner is asked again. */
export function watchPlan(services: GraphServices, turn: LiveTurn, state: RunStateValue): Promise<Watched> {
  if (state.runPlan === null)
    return Promise.resolve({ runPlan: null, steered: state.steered, limit: overdue(turn, state), words: [] });
  const before = state.runPlan;
  return traced({ kind: "watch" }, async (step) => {
    const { plan, steered, words } = await takeIn(services, turn, state, rerunSteps(before));
    const { language } = plan;
    const orphaned = skipOrphans(plan, (needed) => needsStep(needed, language));
    const limit = overdue(turn, state);
    const after = limit === null ? orphaned : stopped(services, orphaned, limit);
    step.set(countsOf(after, limit));
    if (steered > state.steered) step.set({ "millwright.plan.steered": steered - state.steered });
    await tellSteps(turn, before, after);
    return { runPlan: after, steered, limit, words };
  });
}

const overdue = (turn: LiveTurn, state: RunStateValue): PlanLimit | null =>
  state.limit ?? (turn.pace.signal.aborted ? "time" : null);

/** Everything that has not ended is stopped, with the limit's sentence. */
export const stopped = (services: GraphServices, plan: RunPlan, limit: PlanLimit): RunPlan =>
  stopSteps(plan, limitWords(services, limit, plan.language));

export const limitWords = (
  { limits }: Pick<GraphServices, "limits">,
  limit: PlanLimit,
  language: string,
): string =>
  new Speaker(language).say(
    limitReached(
      limit,
      {
        time: limits.planMilliseconds / 1000,
        calls: limits.calls,
        rounds: limits.steps,
        steps: limits.planSteps,
        budget: 0,
      }[limit],
    ),
  );

/** Words that were said since the plan was last looked at. */
async function takeIn(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  plan: RunPlan,
): Promise<{ plan: RunPlan; steered: number; words: readonly string[] }> {
  const said = await eventsOfTypes(services.options.database, turn.request, ["steered"], turn.request.turn);
  const since = said.slice(state.steered);
  let changed = plan;
  for (const { body } of since)
    if (body.type === "steered")
      changed = steer(changed, body.steering, (words) => skippedAsAsked(words, plan.language));
  const words = since.flatMap(({ body }) => (body.type === "steered" ? [body.words] : []));
  return { plan: changed, steered: said.length, words };
}

function countsOf(plan: RunPlan, limit: PlanLimit | null): StepAttributes {
  const counts = countSteps(plan);
  return {
    "millwright.plan.steps": plan.steps.length,
    "millwright.plan.waiting": counts.waiting,
    "millwright.plan.done": counts.done,
    "millwright.plan.failed": counts.failed,
    "millwright.plan.skipped": counts.skipped,
    "millwright.plan.stopped": counts.stopped,
    ...(limit === null ? {} : { "millwright.plan.limit": limit }),
  };
}

/** The account of a plan at the end of its turn: what is left waits for a decision, or was not begun. */
export async function closePlan(turn: LiveTurn, plan: RunPlan): Promise<RunPlan> {
  const waiting = new Set(stepsAwaitingDecision(plan).map(({ id }) => id));
  const steps = plan.steps.map((step) =>
    hasEnded(step) || waiting.has(step.id)
      ? step
      : { ...step, state: "skipped" as const, note: whyNotBegun(step, plan) },
  );
  const closed = { ...plan, steps };
  await tellSteps(turn, plan, closed);
  return closed;
}

/** The planner saw nothing to do: what it needed was found, and gave nothing for it. */
function whyNotBegun(step: PlanStep, { steps, language }: RunPlan): string {
  if (step.tool === null) return nothingToPropose(language);
  const needed = steps.find(({ id }) => step.dependsOn.includes(id));
  return needed === undefined ? notBegun(language) : needsStep(needed, language);
}

/** Null for a turn of a step or two that were all done: its answer says everything. */
export function reportOf(plan: RunPlan | null): PlanReport | null {
  if (plan === null) return null;
  const told = isShown(plan) || plan.steps.some(({ state }) => state === "skipped" || state === "stopped");
  return told ? { steps: plan.steps, closing: closingWords(plan) } : null;
}
