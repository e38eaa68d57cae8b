/**
 * What becomes of a turn whose language model cannot go on: the built-in planner answers it from the beginning, and the
 * reply says so. What was found by then is kept for it, so that no call is made twice. Where something was proposed
 * already, code puts the reply together instead: planned anew, it might be proposed a second time in other words.
 */
import type { BaseMessage } from "@langchain/core/messages";
import type { ReachedBudget } from "../model/budget.ts";
import { BudgetExceededError, type ModelUnavailableError } from "../model/errors.ts";
import type { Absence } from "../model/offline/stand-in.ts";
import type { GraphServices } from "./run.ts";
import type { Remark, RunStateUpdate, RunStateValue } from "./state.ts";

/** Null where nothing can take over: there is no fallback, or it has taken over already. */
function handOver(
  services: GraphServices,
  state: RunStateValue,
  absence: Absence,
  opening: readonly BaseMessage[],
): RunStateUpdate | null {
  if (services.options.fallback === undefined || state.fellBack !== null) return null;
  return {
    fellBack: absence,
    earlier: state.outcomes,
    outcomes: [],
    runPlan: null,
    messages: opening,
    calls: [],
    steps: 0,
    repairs: 0,
    blocked: 0,
    next: "plan",
  };
}

const compose = (state: RunStateValue, remark: Remark): RunStateUpdate => ({
  messages: state.messages,
  remark,
  next: "answer",
});

const hasProposed = ({ outcomes }: RunStateValue): boolean =>
  outcomes.some(({ kind }) => kind === "proposal");

export function afterBudget(
  services: GraphServices,
  state: RunStateValue,
  { scope, limit }: ReachedBudget,
  opening: readonly BaseMessage[],
): RunStateUpdate {
  // One that was used up before the turn began is told by the reply and by health, not by the log of every turn.
  if (state.steps > 0) services.report(new BudgetExceededError(scope, limit), "plan");
  const remark = scope === "turn" ? "budget" : "day-budget";
  if (hasProposed(state)) return compose(state, remark);
  return handOver(services, state, { kind: "budget", scope, limit }, opening) ?? compose(state, remark);
}

/** Throws the error where nothing can take over. */
export function afterUnavailable(
  services: GraphServices,
  state: RunStateValue,
  error: ModelUnavailableError,
  opening: readonly BaseMessage[],
): RunStateUpdate {
  services.report(error, "plan");
  if (hasProposed(state)) return compose(state, "unavailable");
  const { model, reason } = error;
  const update = handOver(services, state, { kind: "unavailable", model, reason }, opening);
  if (update === null) throw error;
  return update;
}

/** For the trace: why the fallback answers. */
export const codeOf = (absence: Absence): string =>
  absence.kind === "budget" ? `budget-${absence.scope}` : `unavailable-${absence.reason}`;
