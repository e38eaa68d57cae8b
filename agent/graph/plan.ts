/** Asks the model what to do next, and checks all of its calls before any of them runs. */
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  type UsageMetadata,
} from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { toProblem } from "../../errors.ts";
import {
  ModelError,
  ModelRefusedError,
  ModelTruncatedError,
  ModelUnavailableError,
} from "../model/errors.ts";
import type { ModelProvider, ToolOutcome } from "../model/provider.ts";
import { systemPrompt } from "../prompts/system.v1.ts";
import { identifier, type StepAttributes, traced } from "../tracing/step.ts";
import { account, accountForFailure, budgetReached, modelOf, spentMore } from "./account.ts";
import { type BadCall, type CheckedPlan, checkPlan } from "./check-plan.ts";
import { afterBudget, afterUnavailable, codeOf } from "./fall-back.ts";
import { type GraphServices, type LiveTurn, recordCall } from "./run.ts";
import type { Remark, RunStateUpdate, RunStateValue } from "./state.ts";
import { handedBack, toolMessage } from "./tool-message.ts";

type Update = RunStateUpdate;

const giveUp = (remark: Remark): Update => ({ remark, next: "answer" });

export const providerOf = (services: GraphServices, state: RunStateValue): ModelProvider =>
  state.fellBack === null
    ? services.options.provider
    : (services.options.fallback ?? services.options.provider);

export function planNode(services: GraphServices) {
  return async (state: RunStateValue, config: LangGraphRunnableConfig): Promise<Update> => {
    const turn = services.turnOf(config);
    turn.signal.throwIfAborted();
    if (state.steps >= services.limits.steps) return giveUp("limit");
    const messages = state.messages.length === 0 ? opening(turn) : state.messages;
    const provider = providerOf(services, state);
    const reached = await budgetReached(services, turn, provider, state);
    if (reached !== null) return afterBudget(services, state, reached, opening(turn));
    try {
      const { said, cost } = await traced({ kind: "plan", provider: provider.name }, async (step) => {
        if (state.fellBack !== null) step.set({ "millwright.fallback": codeOf(state.fellBack) });
        const message = await ask(provider, turn, messages);
        const spent = await account(services, turn, provider, message);
        step.set({ ...told(message), "millwright.cost_micros": spent.micros });
        return { said: message, cost: spent };
      });
      const counted = { steps: state.steps + 1, spent: spentMore(state, cost) };
      return { ...counted, ...(await next(services, turn, { ...state, messages }, said)) };
    } catch (error) {
      return afterFailure(services, turn, { ...state, messages }, error);
    }
  };
}

/** [system, history…, human] */
function opening(turn: LiveTurn): BaseMessage[] {
  const history = turn.history.map(({ from, text }) =>
    from === "person" ? new HumanMessage(text) : new AIMessage(text),
  );
  return [new SystemMessage(systemPrompt), ...history, new HumanMessage(turn.request.text)];
}

async function ask(
  provider: ModelProvider,
  turn: LiveTurn,
  messages: readonly BaseMessage[],
): Promise<AIMessage> {
  const said = await provider.model(turn.briefing).invoke([...messages], { signal: turn.signal });
  return said as AIMessage;
}

/** What a step tells of a model's message. */
function told(said: AIMessage): StepAttributes {
  const usage = said.usage_metadata as UsageMetadata | undefined;
  return {
    "millwright.calls": (said.tool_calls ?? []).length,
    ...(usage === undefined
      ? {}
      : {
          "gen_ai.response.model": identifier(modelOf(said)),
          "gen_ai.usage.input_tokens": usage.input_tokens,
          "gen_ai.usage.output_tokens": usage.output_tokens,
        }),
  };
}

async function next(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  said: AIMessage,
): Promise<Update> {
  const messages = [...state.messages, said];
  if (noCalls(said)) return { messages, calls: [], next: "answer" };
  const calendar = turn.request.calendar ?? turn.briefing.remembered?.preferences.calendar;
  const plan = checkPlan(said, services.options.registry, turn.person, turn.request.text, calendar);
  if (state.outcomes.length + plan.good.length + plan.bad.length > services.limits.calls) {
    return { messages: state.messages, ...giveUp("limit") };
  }
  if (plan.bad.length > 0) return correct(turn, state, messages, plan);
  await announce(turn, said, plan);
  return { messages, calls: plan.good, next: "read" };
}

const noCalls = (said: AIMessage): boolean =>
  (said.tool_calls ?? []).length === 0 && (said.invalid_tool_calls ?? []).length === 0;

/** A wrong plan goes back to the model once; the second time the good calls run and the bad ones are reported. */
async function correct(
  turn: LiveTurn,
  state: RunStateValue,
  messages: BaseMessage[],
  plan: CheckedPlan,
): Promise<Update> {
  if (state.repairs === 0) {
    const answers = [
      ...plan.bad.map(({ id, tool, error }) => handedBack(id, tool, error.message)),
      ...plan.good.map(({ id, tool }) => handedBack(id, tool, null)),
    ];
    return { messages: [...messages, ...answers], repairs: 1, next: "plan" };
  }
  const problems = plan.bad.map((call) => ({ call, outcome: problemOf(call) }));
  const told = problems.map(({ call, outcome }) => toolMessage(call.id, outcome));
  const outcomes = [...state.outcomes, ...problems.map(({ outcome }) => outcome)];
  if (state.repairs >= 3) return { messages: state.messages, outcomes, ...giveUp("bad-plan") };
  await announce(turn, messages.at(-1) as AIMessage, plan);
  const repairs = state.repairs + 1;
  return { messages: [...messages, ...told], outcomes, repairs, calls: plan.good, next: "read" };
}

function problemOf({ tool, input, error }: BadCall): ToolOutcome {
  const { title, detail, remedy } = toProblem(error);
  return { kind: "problem", tool, input, title, detail, ...(remedy === undefined ? {} : { remedy }) };
}

async function announce(turn: LiveTurn, said: AIMessage, plan: CheckedPlan): Promise<void> {
  const first = plan.good[0];
  if (first === undefined) return;
  const parts = said.additional_kwargs["millwright"] as { understood?: unknown } | undefined;
  const understood = typeof parts?.understood === "string" ? { understood: parts.understood } : {};
  await recordCall(turn, first.id, { type: "plan", calls: plan.good, ...understood });
}

/** What a failing model means for the turn; anything unforeseen is thrown on. */
async function afterFailure(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  error: unknown,
): Promise<Update> {
  if (turn.signal.aborted) throw turn.signal.reason;
  if (!(error instanceof ModelError)) throw error;
  const cost = await accountForFailure(services, turn, providerOf(services, state), error);
  const counted = { messages: state.messages, steps: state.steps + 1, spent: spentMore(state, cost) };
  if (error instanceof ModelRefusedError) return { ...counted, ...giveUp("refused") };
  if (error instanceof ModelTruncatedError) return { ...counted, ...giveUp("truncated") };
  if (!(error instanceof ModelUnavailableError)) throw error;
  return { ...counted, ...afterUnavailable(services, state, error, opening(turn)) };
}
