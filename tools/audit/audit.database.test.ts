import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvent, openThread } from "../../db/queries/threads.ts";
import { modelCalls, proposals, spans } from "../../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import policy from "../approvals/policy.tool.ts";
import type { Fact, FactDraft, Person, Role, ToolContext } from "../define.ts";
import cost from "./cost.tool.ts";
import trace from "./trace.tool.ts";

let open: TestDatabase;
const person = (id: string, role: Role): Person => ({ id, tenant: "test", name: id, roles: [role] });
const maya = person("maya", "manager");
const dev = person("dev", "admin");

const fact = (draft: FactDraft): Fact => {
  const hash = createHash("sha256").update(JSON.stringify(draft)).digest("hex");
  const source = { kind: "call" as const, tool: draft.call?.tool ?? "", input: draft.call?.input };
  return { ...draft, id: `f${hash.slice(0, 8)}`, sql: null, source, hash };
};
const rule = { role: "approver", hours: 72 };
const context = (who: Person, thread: string | null = null): ToolContext => ({
  tenant: "test",
  person: who,
  thread,
  now: new Date("2026-11-18T10:00:00Z"),
  zone: "Europe/Berlin",
  signal: new AbortController().signal,
  database: open.database,
  logs: { open: () => Promise.reject(new Error("no log is opened here")), list: async () => [] },
  services: {
    agent: {
      planner: "claude",
      pricesAsOf: "2026-10-10",
      budgets: {
        turn: { micros: 1_000_000, tokens: null, text: "1 USD" },
        person: { micros: 10_000_000, tokens: null, text: "10 USD" },
        tenant: { micros: null, tokens: 5_000, text: "5,000 tokens" },
      },
      embedder: "lexical-1",
      exportsTraces: false,
      policies: [
        {
          tool: "rules.publish",
          risk: "write",
          policy: "default",
          quorum: 1,
          words: "One decides.",
          ...rule,
        },
        {
          tool: "connectors.call-irreversible",
          risk: "irreversible",
          policy: "irreversible",
          quorum: 2,
          words: "Two decide.",
          ...rule,
        },
      ],
    },
  },
  progress: () => undefined,
  fact,
  random: () => 0.5,
});

const call = (id: string, turn: string, at: string, micros: number) => ({
  id,
  tenant: "test",
  thread: "secret",
  turn,
  model: "claude-sonnet-5",
  inputTokens: 100,
  outputTokens: 10,
  cacheReadTokens: 1000,
  cacheWriteTokens: 0,
  costMicros: micros,
  createdAt: new Date(at),
});
const span = (
  id: string,
  parent: string | null,
  role: "planner" | "executor",
  name: string,
  milliseconds: number,
) => ({
  tenant: "test",
  trace: "a".repeat(32),
  span: id,
  parent,
  thread: "secret",
  turn: "t1",
  name,
  role,
  startedAt: new Date(Date.UTC(2026, 10, 17, 9, 0, Number(id))),
  milliseconds,
  state: "ok" as const,
  attributes: {},
});

beforeAll(async () => {
  open = await openTestDatabase();
  await openThread(open.database, { tenant: "test", person: "maya" }, "secret", true);
  await appendEvent(open.database, {
    tenant: "test",
    thread: "secret",
    turn: "t1",
    type: "message",
    person: "maya",
    data: { text: "?" },
  });
  await open.database
    .insert(modelCalls)
    .values([
      call("c1", "t1", "2026-11-16T23:30:00Z", 1500),
      call("c2", "t1", "2026-11-17T09:00:00Z", 500),
      call("c3", "t2", "2026-11-10T09:00:00Z", 4000),
    ]);
  await open.database
    .insert(spans)
    .values([
      span("1", null, "planner", "turn", 900),
      span("2", "1", "planner", "chat claude-sonnet-5", 700),
      span("3", "1", "executor", "execute_tool kpi.query", 100),
    ]);
  await open.database.insert(proposals).values({
    id: "p1",
    tenant: "test",
    tool: "rules.publish",
    toolVersion: 1,
    risk: "write",
    input: {},
    digest: "d".repeat(64),
    summary: "Publish",
    preview: {},
    requester: "maya",
    policy: "One decides.",
    expiresAt: new Date(Date.now() + 3_600_000),
    idempotencyKey: "k",
  });
});
afterAll(() => open.close());

describe("what the language model cost", () => {
  it("is summed by the day of the zone that is asked in", async () => {
    const { data, facts } = await cost.execute(cost.input.parse({}), context(maya));
    expect(data).toMatchObject([
      { group: "2026-11-17", calls: 2, cost: 0.002, input: 200, cached: 2000, output: 20 },
      { group: "2026-11-10", calls: 1, cost: 0.004 },
    ]);
    expect(facts.map(({ value, unit }) => [value, unit])).toEqual([
      [0.006, "USD"],
      [3, "calls"],
      [3330, "tokens"],
    ]);
  });

  it("is told for a window and by turn", async () => {
    const filters = [{ kind: "window", from: "2026-11-16T00:00:00Z", to: "2026-11-18T00:00:00Z" }];
    const { data } = await cost.execute(cost.input.parse({ by: "turn", filters }), context(maya));
    expect(data).toMatchObject([{ group: "t1", cost: 0.002 }]);
  });

  it("is told by person to administrators only", async () => {
    const input = cost.input.parse({ by: "person" });
    expect((await cost.execute(input, context(dev))).data).toMatchObject([
      { group: "", cost: 0.004 },
      { group: "maya", cost: 0.002 },
    ]);
    await expect(cost.execute(input, context(maya))).rejects.toThrow("administrator");
  });
});

describe("the trace of a turn", () => {
  it("has its steps with role and time, and what it cost", async () => {
    const { data, facts } = await trace.execute({}, context(maya, "secret"));
    expect(data).toMatchObject({
      turn: "t1",
      steps: [{ role: "planner", milliseconds: 900 }, {}, { role: "executor" }],
    });
    expect(facts.map(({ value, unit }) => [value, unit])).toEqual([
      [3, "steps"],
      [0.9, "s"],
      [0.002, "USD"],
    ]);
  });

  it("of a private thread is its owner's alone", async () => {
    await expect(trace.execute({ turn: "t1" }, context(dev))).rejects.toThrow("no trace");
  });
});

describe("calls without a price or without counted tokens", () => {
  it("are told of, and are not in the cost; the day's budgets stand beside it", async () => {
    const row = call("c9", "t9", "2026-12-24T09:00:00Z", 700);
    const from = (day: string) => ({
      kind: "window" as const,
      by: "completed" as const,
      from: `${day}T00:00:00Z`,
      to: null,
    });
    await open.database.insert(modelCalls).values([
      { ...row, costMicros: null, estimated: true, person: "maya" },
      { ...row, id: "c10" },
    ]);
    const { answer, facts, views } = await cost.execute(
      { filters: [from("2026-12-24")], by: "model", limit: 31 },
      context(maya),
    );
    expect(answer.headline.text).toBe("The language model has cost {cost} in {calls}.");
    expect(facts[0]).toMatchObject({ value: 0.0007, unit: "USD" });
    expect((answer.notes ?? []).map(({ text }) => text)).toEqual([
      "{unpriced} have no known price and are not in it.",
      "The tokens of {estimated} are estimated: the server did not count them.",
    ]);
    expect(views[1]).toMatchObject({
      title: "Budgets of the language model",
      rows: [
        { what: "one turn", budget: "1 USD", cost: null },
        { what: "your day", budget: "10 USD" },
        { what: "everybody's day", budget: "5,000 tokens" },
      ],
    });
  });

  it("alone have no cost that could be told", async () => {
    const row = call("c11", "t11", "2027-01-05T09:00:00Z", 0);
    await open.database.insert(modelCalls).values([{ ...row, costMicros: null }]);
    const window = {
      kind: "window" as const,
      by: "completed" as const,
      from: "2027-01-05T00:00:00Z",
      to: null,
    };
    const { answer } = await cost.execute({ filters: [window], by: "day", limit: 31 }, context(maya));
    expect(answer.headline.text).toContain("is not known");
  });
});

describe("the rules of approval", () => {
  it("say for each change who decides, how many, and how often it came up", async () => {
    const { data, views } = await policy.execute({}, context(maya));
    expect(data).toMatchObject([
      { tool: "rules.publish", quorum: 1, deciders: ["Ana", "Ben"], recent: 1 },
      { tool: "connectors.call-irreversible", quorum: 2, recent: 0 },
    ]);
    expect(views).toHaveLength(1);
  });
});
