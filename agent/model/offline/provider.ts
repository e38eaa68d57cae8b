/**
 * The built-in planner as a LangChain chat model: the same text in the same situation always gives the same calls. It
 * is not a language model and says so when asked. Each step is derived afresh from the conversation's tool outcomes,
 * so a run that is resumed in another process goes on where it was.
 */
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import type { PlannedStep } from "../../plans/plan.ts";
import type { Briefing, ModelProvider, ToolOutcome } from "../provider.ts";
import { analyse } from "./analyse.ts";
import { plannedOf } from "./chain-calls.ts";
import { type Call, conclude, type Step } from "./conclude.ts";
import { languageOf } from "./languages/index.ts";
import type { Plan } from "./plan.ts";
import { translate } from "./translate.ts";

export function builtInProvider(): ModelProvider {
  return { name: "built-in", model: (briefing) => new OfflineChatModel(briefing) };
}

class OfflineChatModel extends BaseChatModel {
  readonly #briefing: Briefing;
  #plan: Plan | null = null;

  constructor(briefing: Briefing) {
    super({});
    this.#briefing = briefing;
  }

  override _llmType(): string {
    return "millwright-built-in";
  }

  override bindTools(tools: Parameters<NonNullable<BaseChatModel["bindTools"]>>[0]): Runnable {
    return this.withConfig({ tools } as Parameters<this["withConfig"]>[0]);
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    this.#plan ??= analyse(this.#briefing.text, this.#briefing);
    const outcomes = outcomesOf(messages);
    const step =
      handedBack(messages, outcomes, this.#briefing) ?? conclude(this.#plan, outcomes, this.#briefing);
    const isFirst = this.#briefing.progress === undefined;
    const message = asMessage(step, this.#plan, outcomes.length, isFirst);
    return { generations: [{ text: message.text, message }] };
  }
}

/** The tool messages since the person last spoke. */
function sinceThePerson(messages: readonly BaseMessage[]): readonly BaseMessage[] {
  return messages.slice(messages.findLastIndex((message) => message.type === "human") + 1);
}

function outcomesOf(messages: readonly BaseMessage[]): ToolOutcome[] {
  return sinceThePerson(messages).flatMap((message) => {
    const artifact = (message as { artifact?: unknown }).artifact;
    return message.type === "tool" && isOutcome(artifact) ? [artifact] : [];
  });
}

const isOutcome = (value: unknown): value is ToolOutcome =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  (value.kind === "result" || value.kind === "proposal" || value.kind === "problem");

/** A plan that was refused is not sent again: the reason is said. */
function handedBack(
  messages: readonly BaseMessage[],
  outcomes: readonly ToolOutcome[],
  briefing: Briefing,
): Step | null {
  const refused = sinceThePerson(messages).filter(
    (message) => message.type === "tool" && !isOutcome((message as { artifact?: unknown }).artifact),
  );
  if (refused.length === 0 || outcomes.length > 0) return null;
  const detail = refused.map(reasonOf).find((reason) => reason !== null) ?? "";
  const language = languageOf(briefing.language).code;
  const text = translate(`I could not ask for that: ${detail}`, language);
  return {
    kind: "final",
    text,
    parts: {
      language,
      headline: text,
      figures: [],
      assumptions: "",
      notes: [],
      next: null,
      clarification: null,
      state: briefing.state,
      supersedes: [],
      quoted: [],
    },
  };
}

function reasonOf(message: BaseMessage): string | null {
  const content: unknown = JSON.parse(message.text);
  const detail = (content as { detail?: unknown; remedy?: unknown } | null)?.detail;
  return typeof detail === "string" && "remedy" in (content as object) ? detail : null;
}

function asMessage(step: Step, plan: Plan, earlier: number, isFirst: boolean): AIMessage {
  if (step.kind === "final") {
    return new AIMessage({ content: step.text, additional_kwargs: { millwright: step.parts } });
  }
  const understood = `${plan.understood} [${Math.round(plan.confidence * 100)} %]`;
  return new AIMessage({
    content: "",
    tool_calls: step.calls.map((call, index) => asToolCall(call, earlier + index)),
    additional_kwargs: {
      understood,
      millwright: { understood, language: plan.language, ...(isFirst ? stepsOf(plan) : {}) },
    },
  });
}

/** All steps of a plan that has several which lean on each other. */
const stepsOf = (plan: Plan): { readonly steps?: readonly PlannedStep[] } =>
  plan.kind === "calls" && plan.chain ? { steps: plannedOf(plan.chain) } : {};

const asToolCall = ({ id, tool, input }: Call, index: number) => ({
  id: id ?? `call-${index + 1}`,
  name: tool,
  args: { ...input },
  type: "tool_call" as const,
});
