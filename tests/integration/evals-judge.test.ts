/** The live tier with a judge, over the wire: a server of the Messages API answers as the agent's model and as the judge. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EvaluateRequest, evaluate } from "../../evals/main.ts";
import {
  type MessagesApi,
  type ReplyBlock,
  type ScriptedReply,
  startMessagesApi,
} from "../systems/messages-api/server.ts";
import type { MessagesRequest } from "../systems/messages-api/validate.ts";

let api: MessagesApi;
let opinion = "right: it names the step.";
const asked: MessagesRequest[] = [];

const call = (name: string, input: unknown): ReplyBlock => ({ type: "tool_use", name, input });
const answer = (text: string): ScriptedReply => ({
  kind: "message",
  content: [call("answer", { language: "en", text, headline: text })],
});

/** The judge is asked of another model; the agent's one calls a tool and then hands in a reply. */
function reply(request: MessagesRequest): ScriptedReply {
  if (request.model === "claude-haiku-judge") {
    asked.push(request);
    return answer(opinion);
  }
  const found = JSON.stringify(request.messages).includes("tool_result");
  return found
    ? answer("Cases wait longest before one step; Greta Holm works on it. Ask why.")
    : { kind: "message", content: [call("mining__bottlenecks", {})] };
}

beforeAll(async () => {
  api = await startMessagesApi(reply);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const run = (more: Partial<EvaluateRequest> = {}) =>
  evaluate({
    suites: [],
    case: "maya-where",
    planner: "claude",
    judge: "claude-haiku-judge",
    split: "all",
    epochs: 1,
    processes: 1,
    environment: { ...process.env, ANTHROPIC_API_KEY: "sk-ant-test", ANTHROPIC_BASE_URL: api.url },
    ...more,
  });

describe("a judge of the live tier", () => {
  it("is asked with pseudonyms and without tools, is paid for, and changes no case", {
    timeout: 120_000,
  }, async () => {
    const before = asked.length;
    const { json, failed } = await run();
    const [card] = json.results.metadata.scorecards;
    expect(card).toMatchObject({
      tier: "live",
      judge: { judged: 1, table: { bothRight: 1 - failed, onlyJudge: failed } },
    });
    expect(card!.judge!.costMicros).toBeGreaterThan(0);
    expect(json.samples[0]!.metadata).toMatchObject({ judgement: { verdict: "right" } });
    const sent = asked.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.tools?.map(({ name }) => name)).toEqual(["read_result", "answer"]);
    const words = JSON.stringify(sent[0]!.messages);
    expect(words).toContain("Where do we lose time?");
    expect(words).not.toMatch(/greta|holm|maya/iu);
    expect(words).toContain("PERSON_");
    expect(api.faults).toEqual([]);
  });

  it("that says the contrary is a disagreement, and the code's word stands", {
    timeout: 120_000,
  }, async () => {
    opinion = "right: as far as can be told.";
    const one = await run();
    opinion = "wrong: it answers something else.";
    const other = await run();
    expect(other.failed).toBe(one.failed);
    const table = other.json.results.metadata.scorecards[0]!.judge!.table;
    expect(table).toMatchObject({
      bothRight: 0,
      onlyJudge: 0,
      bothWrong: one.failed,
      onlyCode: 1 - one.failed,
    });
    expect(other.text).toContain("it decides nothing");
  });

  it("is not asked once its budget is used up, and that is no agreement", { timeout: 120_000 }, async () => {
    const before = asked.length;
    const { json } = await run({
      environment: {
        ...process.env,
        ANTHROPIC_API_KEY: "sk-ant-test",
        ANTHROPIC_BASE_URL: api.url,
        MILLWRIGHT_JUDGE_BUDGET: "0",
      },
    });
    expect(asked.length).toBe(before);
    expect(json.results.metadata.scorecards[0]!.judge).toMatchObject({
      judged: 0,
      kappa: null,
      unjudged: { "the judge's budget is used up": 1 },
    });
  });

  it("is refused in any other tier", async () => {
    await expect(run({ planner: "built-in" })).rejects.toMatchObject({ code: "judge-tier" });
  });
});
