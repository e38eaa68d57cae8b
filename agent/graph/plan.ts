/** Asks the model what to do next, and checks all of its calls before any of them runs. */
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  type UsageMetadata,
} from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { modelCalls } from "../../db/schema/index.ts";
import { toProblem } from "../../errors.ts";
import {
  BudgetExceededError,
  ModelRefusedError,
  ModelTruncatedError,
  ModelUnavailableError,
} from "../model/errors.ts";
import { costMicros } from "../model/prices.ts";
import type { ModelProvider, ToolOutcome } from "../model/provider.ts";
import { systemPrompt } from "../prompts/system.v1.ts";
import { identifier, type StepAttributes, traced } from "../tracing/step.ts";
import { type BadCall, type CheckedPlan, checkPlan } from "./check-plan.ts";
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
    if (state.spent >= services.limits.turnBudgetMicros) {
      services.report(new BudgetExceededError(state.spent, services.limits.turnBudgetMicros), "plan");
      return giveUp("budget");
    }
    const messages = state.messages.length === 0 ? opening(turn) : state.messages;
    const provider = providerOf(services, state);
    try {
      const { said, cost } = await traced({ kind: "plan", provider: provider.name }, async (step) => {
        const message = await ask(provider, turn, messages);
        const spent = await account(services, turn, message);
        step.set({ ...told(message), "millwright.cost_micros": spent });
        return { said: message, cost: spent };
      });
      const spent = state.spent + cost;
      const counted = { steps: state.steps + 1, spent };
      return { ...counted, ...(await next(services, turn, { ...state, messages }, said)) };
    } catch (error) {
      return afterFailure(services, turn, state, error);
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

const modelOf = (said: AIMessage): string =>
  String(said.response_metadata["model"] ?? said.response_metadata["model_name"] ?? "unknown");

/** Writes down what a model call used; returns its cost in millionths of a US dollar. */
async function account(services: GraphServices, turn: LiveTurn, said: AIMessage): Promise<number> {
  const usage = said.usage_metadata as UsageMetadata | undefined;
  if (usage === undefined) return 0;
  const model = modelOf(said);
  const cacheRead = usage.input_token_details?.cache_read ?? 0;
  const cacheWrite = usage.input_token_details?.cache_creation ?? 0;
  const input = Math.max(0, usage.input_tokens - cacheRead - cacheWrite);
  const cost = costMicros(model, { input, output: usage.output_tokens, cacheRead, cacheWrite });
  await services.options.database.insert(modelCalls).values({
    id: services.options.newId(),
    tenant: turn.request.tenant,
    thread: turn.request.thread,
    turn: turn.request.turn,
    model,
    inputTokens: input,
    outputTokens: usage.output_tokens,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    costMicros: cost,
  });
  return cost;
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
function afterFailure(services: GraphServices, turn: LiveTurn, state: RunStateValue, error: unknown): Update {
  if (turn.signal.aborted) throw turn.signal.reason;
  if (error instanceof ModelRefusedError) return giveUp("refused");
  if (error instanceof ModelTruncatedError) return giveUp("truncated");
  if (!(error instanceof ModelUnavailableError)) throw error;
  services.report(error, "plan");
  if (services.options.fallback === undefined || state.fellBack !== null) throw error;
  const kept = state.outcomes.filter((outcome) => outcome.kind === "proposal");
  return {
    fellBack: error.message,
    messages: opening(turn),
    outcomes: kept,
    steps: state.steps + 1,
    next: "plan",
  };
}
