/** A configured model as a judge: through the model port, with pseudonyms for people, and within a budget. */
import { randomBytes } from "node:crypto";
import { HumanMessage, type UsageMetadata } from "@langchain/core/messages";
import { eq } from "drizzle-orm";
import { ModelError } from "../../agent/model/errors.ts";
import { providersFrom } from "../../agent/model/from-environment.ts";
import { costMicros } from "../../agent/model/prices.ts";
import type { Briefing, LogBriefing, ModelProvider, Vocabulary } from "../../agent/model/provider.ts";
import type { Database } from "../../db/client.ts";
import { logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type Judgement, question, verdictIn } from "../live/judgement.ts";
import { clock } from "../suites.ts";
import type { Exchange } from "../world.ts";

export type Judge = (
  asked: { readonly note: string; readonly transcript: readonly Exchange[] },
  world: { readonly database: Database; readonly tenant: string },
) => Promise<Judgement>;

/** US dollars that a judge may cost. */
const usualBudget = 2;

class JudgeBudgetError extends MillwrightError {
  constructor(value: string) {
    super("judge-budget", 422, `MILLWRIGHT_JUDGE_BUDGET is ${value}`, {
      value,
      expected: "US dollars, such as 2 or 0.5",
      remedy: "Correct MILLWRIGHT_JUDGE_BUDGET, or unset it.",
    });
  }
}

/** Null where none is configured: MILLWRIGHT_JUDGE_MODEL names one. @throws JudgeBudgetError */
export async function judgeFrom(environment: NodeJS.ProcessEnv): Promise<Judge | null> {
  const model = environment["MILLWRIGHT_JUDGE_MODEL"];
  if (!model) return null;
  const most = judgeBudget(environment) * 1e6;
  const settings = { ...environment, MILLWRIGHT_MODEL: model };
  const { provider } = await providersFrom(settings, async () => randomBytes(32));
  let spent = 0;
  return async (asked, world) => {
    if (spent >= most) return { verdict: null, reason: "the judge's budget is used up", costMicros: 0 };
    const judgement = await judge(provider, asked, await briefingOf(world, asked.transcript.at(-1)));
    spent += judgement.costMicros;
    return judgement;
  };
}

/** US dollars. @throws JudgeBudgetError */
export function judgeBudget(environment: NodeJS.ProcessEnv): number {
  const value = environment["MILLWRIGHT_JUDGE_BUDGET"];
  if (!value) return usualBudget;
  const dollars = Number(value);
  if (!Number.isFinite(dollars) || dollars < 0) throw new JudgeBudgetError(value);
  return dollars;
}

/** A model that does not answer has no opinion, and the run goes on; what it used is counted all the same. */
async function judge(
  provider: ModelProvider,
  { note, transcript }: Parameters<Judge>[0],
  briefing: Briefing,
): Promise<Judgement> {
  const cost = (model: string, usage: Parameters<typeof costMicros>[1]): number =>
    (provider.cost ?? costMicros)(model, usage) ?? 0;
  try {
    const said = await provider.model(briefing).invoke([new HumanMessage(question(note, transcript))]);
    const { input_tokens, output_tokens, input_token_details } =
      (said.usage_metadata as UsageMetadata | undefined) ?? noUsage;
    const { cache_read: cacheRead = 0, cache_creation: cacheWrite = 0 } = input_token_details ?? {};
    const usage = {
      input: input_tokens - cacheRead - cacheWrite,
      output: output_tokens,
      cacheRead,
      cacheWrite,
    };
    const spent = cost(String(said.response_metadata["model"] ?? ""), usage);
    return { ...verdictIn(said.text), costMicros: spent };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const spent = error.usage === null ? 0 : cost(error.model, error.usage);
    return { verdict: null, reason: error.code, costMicros: spent };
  }
}

const noUsage: UsageMetadata = {
  input_tokens: 0,
  output_tokens: 0,
  total_tokens: 0,
};

/** No tools; all logs, so that the people in them are known and none is named. */
async function briefingOf(
  { database, tenant }: Parameters<Judge>[1],
  last: Exchange | undefined,
): Promise<Briefing> {
  const rows = await database.select().from(logs).where(eq(logs.tenant, tenant));
  const known = rows.map(
    ({ id, name, cases, events, vocabulary }): LogBriefing => ({
      id,
      name,
      cases,
      events,
      first: null,
      last: null,
      vocabulary: vocabulary as Vocabulary,
    }),
  );
  const person = last === undefined ? null : { id: last.person, tenant, name: last.person, roles: [] };
  return {
    tenant,
    person,
    thread: "judge",
    now: clock,
    zone: "UTC",
    language: "en",
    text: "",
    tools: [],
    log: null,
    logs: known,
    proposals: [],
    kpis: [],
    state: {},
  };
}
