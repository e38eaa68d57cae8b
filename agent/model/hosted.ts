/**
 * A hosted language model behind the model port, whatever protocol its server speaks: the prompt, pseudonyms instead of
 * people's names, retries with backoff, and what the attempts used.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { briefingPrompt } from "../prompts/briefing.v1.ts";
import { systemPrompt } from "../prompts/system.v1.ts";
import { ModelTruncatedError, ModelUnavailableError } from "./errors.ts";
import { contentOf, parseJson, planIn, readHostedMessage } from "./hosted-message.ts";
import { planStands, planTool, progressNote, type SaidPlan } from "./hosted-plan.ts";
import { type HostedTools, hostedTools, sharedSchemas } from "./hosted-tools.ts";
import { hideIn, pseudonymsFor, restoreIn } from "./personal.ts";
import type { Briefing, ModelProvider } from "./provider.ts";
import { readOn, readResultTool, withoutOldData } from "./result-data.ts";
import { addUsage, noUsage } from "./usage.ts";
import type { Meter, Prompt, Wire, WireCall, WireReply } from "./wire.ts";

export interface HostedSettings {
  /** Tries in all for what may pass. */
  readonly attempts: number;
  /** The first wait between tries; it doubles, with jitter. */
  readonly backoffMilliseconds: number;
  /** A server that asks for a longer wait is given up on. */
  readonly longestWaitMilliseconds: number;
  /** No further try is begun after so long. */
  readonly patienceMilliseconds: number;
  /**
   * Key of the pseudonyms that stand for people on the wire, at least 32 bytes; random for this process when absent, so
   * that they are others after a restart.
   */
  readonly pseudonymKey: Uint8Array;
  random(): number;
}

const defaults: Omit<HostedSettings, "pseudonymKey"> = {
  attempts: 4,
  backoffMilliseconds: 500,
  longestWaitMilliseconds: 30_000,
  patienceMilliseconds: 80_000,
  random: Math.random,
};

/** The same for every turn and tenant, so it caches. */
const instructions = `${systemPrompt}\n\nShared inputs\n${sharedSchemas()}`;

export function hostedProvider(
  name: "claude" | "openai-compatible",
  wire: Wire,
  given: Partial<HostedSettings>,
): ModelProvider {
  const settings: HostedSettings = {
    attempts: given.attempts ?? defaults.attempts,
    backoffMilliseconds: given.backoffMilliseconds ?? defaults.backoffMilliseconds,
    longestWaitMilliseconds: given.longestWaitMilliseconds ?? defaults.longestWaitMilliseconds,
    patienceMilliseconds: given.patienceMilliseconds ?? defaults.patienceMilliseconds,
    pseudonymKey: given.pseudonymKey ?? randomBytes(32),
    random: given.random ?? defaults.random,
  };
  return { name, model: (briefing) => new HostedModel(wire, settings, briefing) };
}

class HostedModel extends BaseChatModel {
  readonly #wire: Wire;
  readonly #settings: HostedSettings;
  readonly #briefing: Briefing;
  readonly #tools: HostedTools;

  constructor(wire: Wire, settings: HostedSettings, briefing: Briefing) {
    super({});
    this.#wire = wire;
    this.#settings = settings;
    this.#briefing = briefing;
    this.#tools = hostedTools(briefing.tools);
  }

  override _llmType(): string {
    return "hosted";
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const note = progressNote(this.#briefing.progress?.plan);
    const spoken = mergeTexts([
      ...messages.filter((message) => message.getType() !== "system"),
      ...(note === null ? [] : [new HumanMessage(note)]),
    ]);
    const pseudonyms = pseudonymsFor(
      { key: this.#settings.pseudonymKey, briefing: this.#briefing },
      messages,
    );
    const briefing = pseudonyms.hide(briefingPrompt(this.#briefing));
    const { model, maxTokens } = this.#wire;
    const total: Meter = { usage: noUsage, estimated: false };
    const sent = hideIn(withoutOldData(spoken), pseudonyms);
    let plan: SaidPlan | null = null;
    for (let looks = 0; ; looks += 1) {
      const prompt = { instructions, briefing, messages: sent, tools: this.#tools.declared };
      const reply = await this.#ask(prompt, total, options.signal);
      const looked = looks <= mostLooks ? onlyOwn(reply) : [];
      const said = planIn(restoredIn(reply, pseudonyms), { briefing: this.#briefing, tools: this.#tools });
      if (said !== null && !("problem" in said)) plan ??= said;
      if (looked.length === 0) {
        const reading = { model, maxTokens, briefing: this.#briefing, tools: this.#tools, plan };
        const message = restoreIn(readHostedMessage(reply, total, reading), pseudonyms);
        return { generations: [{ text: message.text, message }] };
      }
      sent.push(new AIMessage({ content: [...contentOf(reply, looked)] }));
      for (const { id, name, json } of looked) {
        const found =
          name === planTool
            ? toldOfPlan(said)
            : looks < mostLooks
              ? readOn(messages, parseJson(pseudonyms.restore(json)))
              : enoughWasRead;
        sent.push(new ToolMessage({ tool_call_id: id, content: pseudonyms.hide(found) }));
      }
    }
  }

  /** Tries until a whole message came; what broken attempts used is counted too. */
  async #ask(prompt: Prompt, total: Meter, signal: AbortSignal | undefined): Promise<WireReply> {
    const began = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const meter: Meter = { usage: noUsage, estimated: false };
      try {
        const reply = await this.#wire.attempt({ prompt, signal, meter });
        count(total, meter);
        return reply;
      } catch (error) {
        signal?.throwIfAborted();
        count(total, meter);
        await this.#pause(error, { attempt, waited: performance.now() - began, meter: total, signal });
      }
    }
  }

  /** Waits before the next try, or throws what cannot be helped. */
  async #pause(
    error: unknown,
    at: { attempt: number; waited: number; meter: Meter; signal: AbortSignal | undefined },
  ): Promise<void> {
    const { model } = this.#wire;
    const failure = this.#wire.failureOf(error);
    if (failure === null) throw error;
    const { usage } = at.meter;
    if (failure.contextFull === true)
      throw new ModelTruncatedError(model, "a shorter thread", { cause: error, usage });
    const { attempts, backoffMilliseconds, longestWaitMilliseconds, patienceMilliseconds, random } =
      this.#settings;
    const backoff = backoffMilliseconds * 2 ** (at.attempt - 1) * (0.5 + random());
    const wait = Math.max(failure.afterMilliseconds ?? 0, backoff);
    const late = at.waited + wait > patienceMilliseconds;
    if (!failure.retry || at.attempt >= attempts || wait > longestWaitMilliseconds || late)
      throw new ModelUnavailableError(model, failure.reason, { cause: error, usage });
    await sleep(wait, undefined, { signal: at.signal });
  }
}

/** How often a message's making may look into results. */
const mostLooks = 4;
const enoughWasRead = JSON.stringify({ problem: "Enough was read. Go on with what you have." });

/** Its plan and its looks into results, where it does nothing else: others wait, as they would for a tool. */
const onlyOwn = ({ calls, stop }: WireReply): readonly WireCall[] =>
  stop === "done" && calls.every(({ name }) => name === readResultTool || name === planTool) ? calls : [];

const toldOfPlan = (said: ReturnType<typeof planIn>): string =>
  said !== null && "problem" in said ? JSON.stringify(said) : planStands;

/** With people's names in its inputs. */
const restoredIn = (reply: WireReply, { restore }: { restore(text: string): string }): WireReply => ({
  ...reply,
  calls: reply.calls.map((call) => ({ ...call, json: restore(call.json) })),
});

function count(total: Meter, { usage, estimated }: Meter): void {
  total.usage = addUsage(total.usage, usage);
  total.estimated ||= estimated;
}

/** Texts of one speaker one after another become one: roles alternate on the wire. */
function mergeTexts(messages: readonly BaseMessage[]): BaseMessage[] {
  const merged: BaseMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    const both = [last, message].every(
      (one) => one?.getType() === "human" && typeof one.content === "string",
    );
    if (both) merged[merged.length - 1] = new HumanMessage(`${last!.text}\n\n${message.text}`);
    else merged.push(message);
  }
  return merged;
}
