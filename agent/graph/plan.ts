/** Asks the model what to do next, and checks all of its calls before any of them runs. */
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  type ToolMessage,
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
import { plainExample } from "../model/offline/examples.ts";
import { languageOf } from "../model/offline/languages/index.ts";
import type { ModelProvider, ToolOutcome } from "../model/provider.ts";
import {
  declaredPlan,
  emptyPlan,
  hasEnded,
  isShown,
  type PlannedStep,
  type RunPlan,
  stepOfCall,
  stopSteps,
  withCalls,
} from "../plans/plan.ts";
import { narrowedTo } from "../plans/steering.ts";
import type { PlanLimit } from "../plans/words.ts";
import { systemPrompt } from "../prompts/system.v1.ts";
import { identifier, type StepAttributes, traced } from "../tracing/step.ts";
import { account, accountForFailure, budgetReached, modelOf, spentMore } from "./account.ts";
import { type BadCall, type CheckedPlan, checkPlan, withFilters } from "./check-plan.ts";
import { afterBudget, afterUnavailable, codeOf } from "./fall-back.ts";
import { limitWords, stopped, type Watched, watchPlan } from "./monitor.ts";
import { type GraphServices, type LiveTurn, recordCall } from "./run.ts";
import type { CheckedCall, Remark, RunStateUpdate, RunStateValue } from "./state.ts";
import { handedBack, notToBeDone, toolMessage } from "./tool-message.ts";

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
    const watched = await watchPlan(services, turn, state);
    const { words: _words, ...seen } = watched;
    const kept = { ...seen, elapsed: turn.pace.elapsed(), ...heard(services, state, watched) };
    if (state.steps >= services.limits.steps) return { ...kept, ...atLimit(services, watched, "rounds") };
    if (watched.limit !== null && !isFollowed(watched.runPlan))
      return { ...kept, ...giveUp(watched.limit === "time" ? "time" : "limit") };
    return { ...kept, ...(await planFurther(services, turn, { ...state, ...kept })) };
  };
}

/** The built-in planner goes through its plan itself, and then tells what there is; nobody else is asked once a limit is reached. */
const isFollowed = (plan: RunPlan | null): boolean => plan?.declared === true && plan.byTool !== true;

/** A language model hears what was said meanwhile in the person's words; the built-in planner sees the changed plan. */
function heard(
  services: GraphServices,
  state: RunStateValue,
  { words }: Watched,
): { readonly messages?: readonly BaseMessage[] } {
  if (words.length === 0 || providerOf(services, state).name === "built-in") return {};
  const said = words.map((text) => new HumanMessage(`(Said by the person while you work: ${text})`));
  return { messages: [...state.messages, ...said] };
}

async function planFurther(services: GraphServices, turn: LiveTurn, state: RunStateValue): Promise<Update> {
  const messages = state.messages.length === 0 ? opening(turn) : state.messages;
  const provider = providerOf(services, state);
  const reached = await budgetReached(services, turn, provider, state);
  if (reached !== null) return afterBudget(services, state, reached, opening(turn));
  try {
    const { said, cost } = await traced({ kind: "plan", provider: provider.name }, async (step) => {
      if (state.fellBack !== null) step.set({ "millwright.fallback": codeOf(state.fellBack) });
      const message = await ask(provider, turn, state, messages);
      const spent = await account(services, turn, provider, message);
      step.set({ ...told(message), "millwright.cost_micros": spent.micros });
      return { said: message, cost: spent };
    });
    const counted = { steps: state.steps + 1, spent: spentMore(state, cost) };
    return { ...counted, ...(await next(services, turn, { ...state, messages }, said)) };
  } catch (error) {
    return afterFailure(services, turn, { ...state, messages }, error);
  }
}

/** The turn ends with what it has, and its plan says which limit ended it. */
function atLimit(
  services: GraphServices,
  { runPlan: plan }: Pick<RunStateValue, "runPlan">,
  limit: PlanLimit,
): Update {
  return { ...giveUp("limit"), limit, runPlan: plan === null ? null : stopped(services, plan, limit) };
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
  { runPlan: plan, limit, told: before }: RunStateValue,
  messages: readonly BaseMessage[],
): Promise<AIMessage> {
  const briefing =
    plan === null
      ? turn.briefing
      : { ...turn.briefing, progress: { plan, over: limit !== null, told: before } };
  const said = await provider.model(briefing).invoke([...messages], { signal: turn.signal });
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
  const checked = checkPlan(said, services.options.registry, turn.person, turn.request.text, calendar);
  const plan = withinSteps(services, planned(services, turn, state, said, checked.good));
  const room = services.limits.calls - state.outcomes.length - checked.bad.length;
  if (checked.good.length > room && !(plan.declared && room > 0)) {
    return { messages: state.messages, ...atLimit(services, { runPlan: plan }, "calls") };
  }
  if (checked.bad.length > 0) {
    const corrected = await correct(turn, state, messages, checked);
    if (plan.byTool !== true) return corrected;
    return { ...corrected, runPlan: corrected.next === "read" ? plan : planBefore(turn, state, said) };
  }
  const open = checked.good.filter(({ id }) => !hasEnded(stepOfCall(plan, id) ?? { state: "waiting" }));
  const good = narrowedCalls(services, plan, open.slice(0, room));
  await announce(turn, said, good, state.outcomes.length === 0 ? null : state.runPlan, plan);
  const limit = good.length < open.length ? { limit: "calls" as const } : {};
  const kept = { messages: [...messages, ...refusals(plan, checked.good, open)], runPlan: plan, ...limit };
  return { ...kept, calls: good, next: good.length === 0 && plan.byTool === true ? "plan" : "read" };
}

/** The plan with this round's calls: as the planner declared it, or a step for each call. */
function planned(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  said: AIMessage,
  calls: readonly CheckedCall[],
): RunPlan {
  const before = planBefore(turn, state, said);
  return withCalls(before, calls, (name) => {
    const tool = services.options.registry.find(name);
    return (tool && plainExample(tool, languageOf(before.language))) ?? name;
  });
}

/** The plan as it was, or as it was just said, without this round's calls. */
function planBefore(turn: LiveTurn, { runPlan }: RunStateValue, said: AIMessage): RunPlan {
  if (runPlan !== null) return runPlan;
  const parts = said.additional_kwargs["millwright"] as PlanParts | undefined;
  return planSaid(parts, parts?.language ?? turn.briefing.language ?? "en");
}

function planSaid(parts: PlanParts | undefined, language: string): RunPlan {
  if (parts?.steps === undefined) return emptyPlan(language);
  const plan = declaredPlan(parts.steps, language);
  return parts.byTool === true ? { ...plan, byTool: true } : plan;
}

/** A language model is told why a call of a step that is not to be done was not made. */
function refusals(plan: RunPlan, calls: readonly CheckedCall[], open: readonly CheckedCall[]): ToolMessage[] {
  if (plan.byTool !== true) return [];
  return calls
    .filter((call) => !open.includes(call))
    .map(({ id, tool }) => notToBeDone(id, tool, stepOfCall(plan, id)?.note ?? null));
}

/** Only the cases that the person left in it, whatever a language model makes of the words; the built-in planner does so itself. */
function narrowedCalls(
  { options }: GraphServices,
  plan: RunPlan,
  calls: readonly CheckedCall[],
): readonly CheckedCall[] {
  const filters = narrowedTo(plan);
  if (plan.byTool !== true || filters.length === 0) return calls;
  return calls.map((call) => {
    const tool = options.registry.find(call.tool);
    return tool === null ? call : { ...call, input: withFilters(tool, call.input, filters) };
  });
}

/** Steps beyond the most that a plan may have are stopped before they begin. */
function withinSteps(services: GraphServices, plan: RunPlan): RunPlan {
  const beyond = new Set(plan.steps.slice(services.limits.planSteps).map(({ id }) => id));
  if (beyond.size === 0) return plan;
  return stopSteps(plan, limitWords(services, "steps", plan.language), ({ id }) => beyond.has(id));
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
  await announce(turn, messages.at(-1) as AIMessage, plan.good, null, null);
  const repairs = state.repairs + 1;
  return { messages: [...messages, ...told], outcomes, repairs, calls: plan.good, next: "read" };
}

function problemOf({ tool, input, error }: BadCall): ToolOutcome {
  const { title, detail, remedy } = toProblem(error);
  return { kind: "problem", tool, input, title, detail, ...(remedy === undefined ? {} : { remedy }) };
}

/** The calls of a round; with all steps of the plan where people are to see it and do not know them yet. */
async function announce(
  turn: LiveTurn,
  said: AIMessage,
  calls: readonly CheckedCall[],
  before: RunPlan | null,
  plan: RunPlan | null,
): Promise<void> {
  const first = calls[0];
  if (first === undefined) return;
  const parts = said.additional_kwargs["millwright"] as PlanParts | undefined;
  const understood = typeof parts?.understood === "string" ? { understood: parts.understood } : {};
  const isNew = plan !== null && isShown(plan) && plan.steps.length > (before?.steps.length ?? 0);
  const steps = isNew ? { steps: plan.steps, language: plan.language } : {};
  await recordCall(turn, first.id, { type: "plan", calls, ...understood, ...steps });
}

/** What a planner's message with calls may carry besides them. */
interface PlanParts {
  readonly understood?: string;
  readonly language?: string;
  readonly steps?: readonly PlannedStep[];
  readonly byTool?: boolean;
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
