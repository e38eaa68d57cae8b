/**
 * A model that says what it is told to: for tests and evals, where the agent around the model is what is looked at.
 * It writes text and calls like any other model, and passes the same gate and the same verification.
 */
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, type ToolMessage, type UsageMetadata } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { MillwrightError } from "../../errors.ts";
import type { PlannedStep } from "../plans/plan.ts";
import type { Briefing, FinalParts, ModelProvider, ToolOutcome } from "./provider.ts";

export interface ScriptedCall {
  readonly tool: string;
  readonly input: unknown;
  readonly id?: string;
}

/** One thing the model says: calls, or a final text with what belongs to it. */
export interface ScriptedMessage {
  readonly text?: string;
  readonly calls?: readonly ScriptedCall[];
  readonly parts?: Partial<FinalParts>;
  /** All steps of the plan, said with its first calls; a call with a step's id is that step. */
  readonly plan?: readonly PlannedStep[];
  readonly usage?: { readonly input: number; readonly output: number };
}

export interface ScriptedView {
  readonly messages: readonly BaseMessage[];
  /** What the calls of this turn came to so far. */
  readonly outcomes: readonly ToolOutcome[];
  readonly briefing: Briefing;
  readonly signal: AbortSignal | undefined;
}

export type ScriptedStep =
  | ScriptedMessage
  | ((view: ScriptedView) => ScriptedMessage | Promise<ScriptedMessage>);

/** Steps one after another over all turns, or a function of what the model sees. */
export type Script =
  | readonly ScriptedStep[]
  | ((view: ScriptedView) => ScriptedMessage | Promise<ScriptedMessage>);

export class ScriptEndedError extends MillwrightError {
  constructor(steps: number) {
    super("script-ended", 500, `The script has ${steps} steps and the agent asked for one more`, {
      expected: `${steps} model calls`,
      remedy: "Add a step to the script.",
    });
  }
}

const outcomesIn = (messages: readonly BaseMessage[]): ToolOutcome[] =>
  messages
    .filter((message): message is ToolMessage => message.getType() === "tool")
    .flatMap((message) => (message.artifact === undefined ? [] : [message.artifact as ToolOutcome]));

function partsOf(message: ScriptedMessage): FinalParts | undefined {
  if (message.parts === undefined) return undefined;
  return {
    language: "en",
    headline: "",
    figures: [],
    assumptions: "",
    notes: [],
    next: null,
    clarification: null,
    state: {},
    supersedes: [],
    quoted: [],
    ...message.parts,
  };
}

/** A provider whose model follows the script; `steps` counts over all its turns. */
export function scriptedProvider(script: Script): ModelProvider {
  let step = 0;
  const following = async (view: ScriptedView): Promise<ScriptedMessage> => {
    if (typeof script === "function") return script(view);
    const next = script[step];
    if (next === undefined) throw new ScriptEndedError(script.length);
    step += 1;
    return typeof next === "function" ? next(view) : next;
  };
  let calls = 0;
  const callId = (): string => {
    calls += 1;
    return `call-${calls}`;
  };
  return { name: "scripted", model: (briefing) => new ScriptedModel(briefing, following, callId) };
}

class ScriptedModel extends BaseChatModel {
  readonly #briefing: Briefing;
  readonly #following: (view: ScriptedView) => Promise<ScriptedMessage>;
  readonly #callId: () => string;

  constructor(
    briefing: Briefing,
    following: (view: ScriptedView) => Promise<ScriptedMessage>,
    callId: () => string,
  ) {
    super({});
    this.#briefing = briefing;
    this.#following = following;
    this.#callId = callId;
  }

  override _llmType(): string {
    return "scripted";
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const said = await this.#following({
      messages,
      outcomes: outcomesIn(messages),
      briefing: this.#briefing,
      signal: options.signal,
    });
    const message = this.#toMessage(said);
    return { generations: [{ text: message.text, message }] };
  }

  #toMessage(said: ScriptedMessage): AIMessage {
    const parts = partsOf(said);
    const extra = { ...parts, ...(said.plan === undefined ? {} : { steps: said.plan }) };
    const usage: UsageMetadata | undefined = said.usage && {
      input_tokens: said.usage.input,
      output_tokens: said.usage.output,
      total_tokens: said.usage.input + said.usage.output,
    };
    return new AIMessage({
      content: said.text ?? "",
      tool_calls: (said.calls ?? []).map((call) => ({
        type: "tool_call" as const,
        id: call.id ?? this.#callId(),
        name: call.tool,
        args: call.input as Record<string, unknown>,
      })),
      additional_kwargs: parts === undefined && said.plan === undefined ? {} : { millwright: extra },
      ...(usage === undefined ? {} : { usage_metadata: usage as NonNullable<AIMessage["usage_metadata"]> }),
    });
  }
}
