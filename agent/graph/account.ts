/** Writes down what calls of a language model used, and knows when a budget is used up. */
import type { AIMessage, UsageMetadata } from "@langchain/core/messages";
import { usedToday } from "../../db/queries/model-calls.ts";
import { modelCalls } from "../../db/schema/index.ts";
import { addSpent, nothingSpent, type ReachedBudget, reachedBudget, type Spent } from "../model/budget.ts";
import type { ModelError } from "../model/errors.ts";
import { costMicros } from "../model/prices.ts";
import type { ModelProvider } from "../model/provider.ts";
import type { WireUsage } from "../model/usage.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { RunStateValue } from "./state.ts";

export const modelOf = (said: AIMessage): string =>
  String(said.response_metadata["model"] ?? said.response_metadata["model_name"] ?? "unknown");

interface Used {
  readonly model: string;
  readonly usage: WireUsage;
  readonly estimated: boolean;
}

function usedBy(said: AIMessage): Used | null {
  const told = said.usage_metadata as UsageMetadata | undefined;
  if (told === undefined) return null;
  const cacheRead = told.input_token_details?.cache_read ?? 0;
  const cacheWrite = told.input_token_details?.cache_creation ?? 0;
  const input = Math.max(0, told.input_tokens - cacheRead - cacheWrite);
  const usage = { input, output: told.output_tokens, cacheRead, cacheWrite };
  return { model: modelOf(said), usage, estimated: said.response_metadata["usage_estimated"] === true };
}

/** Writes a message's usage down; returns what it cost. A message without usage is not of a language model. */
export async function account(
  services: GraphServices,
  turn: LiveTurn,
  provider: ModelProvider,
  said: AIMessage,
): Promise<Spent> {
  const used = usedBy(said);
  return used === null ? nothingSpent : write(services, turn, provider, used);
}

/** The same for a call that no message came of. */
export async function accountForFailure(
  services: GraphServices,
  turn: LiveTurn,
  provider: ModelProvider,
  { model, usage }: ModelError,
): Promise<Spent> {
  const tokens = usage === null ? 0 : tokensOf(usage);
  if (usage === null || tokens === 0) return nothingSpent;
  return write(services, turn, provider, { model, usage, estimated: false });
}

const tokensOf = ({ input, output, cacheRead, cacheWrite }: WireUsage): number =>
  input + output + cacheRead + cacheWrite;

async function write(
  services: GraphServices,
  turn: LiveTurn,
  provider: ModelProvider,
  { model, usage, estimated }: Used,
): Promise<Spent> {
  const cost = (provider.cost ?? costMicros)(model, usage);
  await services.options.database.insert(modelCalls).values({
    id: services.options.newId(),
    tenant: turn.request.tenant,
    thread: turn.request.thread,
    turn: turn.request.turn,
    person: turn.request.person,
    model,
    inputTokens: usage.input,
    outputTokens: usage.output,
    cacheReadTokens: usage.cacheRead,
    cacheWriteTokens: usage.cacheWrite,
    estimated,
    costMicros: cost,
  });
  return { micros: cost ?? 0, tokens: tokensOf(usage) };
}

/** The budget that a further call would pass; null while all hold, and for what costs nothing. */
export async function budgetReached(
  services: GraphServices,
  turn: LiveTurn,
  provider: ModelProvider,
  { spent }: RunStateValue,
): Promise<ReachedBudget | null> {
  if (provider.name === "built-in") return null;
  const { tenant, person } = turn.request;
  const today = await usedToday(services.options.database, tenant, person);
  return reachedBudget(services.limits.budgets, { turn: spent, ...today });
}

export const spentMore = ({ spent }: RunStateValue, more: Spent): Spent => addSpent(spent, more);
