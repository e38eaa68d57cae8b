import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ledger, modelCalls, proposals } from "../../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import ledgerTool from "../audit/ledger.tool.ts";
import type { Fact, FactDraft, Person, ToolContext } from "../define.ts";
import healthTool from "../health/check.tool.ts";
import explain from "./explain.tool.ts";
import list from "./list.tool.ts";
import { ProposalUnknownError } from "./read-proposals.ts";

let open: TestDatabase;
const ana: Person = { id: "ana", tenant: "test", name: "Ana", roles: ["approver"] };
const maya: Person = { id: "maya", tenant: "test", name: "Maya", roles: ["manager"] };

const fact = (draft: FactDraft): Fact => {
  const hash = createHash("sha256").update(JSON.stringify(draft)).digest("hex");
  const source = { kind: "call" as const, tool: draft.call?.tool ?? "", input: draft.call?.input };
  return {
    id: `f${hash.slice(0, 8)}`,
    value: draft.value,
    unit: draft.unit,
    label: draft.label,
    sql: null,
    source,
    rows: draft.rows,
    hash,
  };
};

const context = (person: Person | null): ToolContext => ({
  tenant: "test",
  person,
  thread: null,
  now: new Date("2026-11-18T10:00:00Z"),
  zone: "Europe/Berlin",
  signal: new AbortController().signal,
  database: open.database,
  logs: { open: () => Promise.reject(new Error("no log is opened here")), list: async () => [] },
  services: {},
  progress: () => undefined,
  fact,
  random: () => 0.5,
});

const proposal = (id: string, risk: string, hours: number, money: number | null = null) => ({
  id,
  tenant: "test",
  tool: "rules.publish",
  toolVersion: 1,
  risk,
  input: { rule: id },
  digest: createHash("sha256").update(id).digest("hex"),
  summary: `Publish rule ${id}`,
  preview: {
    summary: `Publish rule ${id}`,
    changes: [{ what: "state", before: "draft", after: "published" }],
    affected: { count: 12, unit: "orders", examples: ["4711"] },
    ...(money === null ? {} : { money: { amount: money, currency: "EUR" } }),
    undo: { possible: true, how: "withdraw the rule" },
    risks: ["some orders are escalated in vain"],
    why: "late orders",
    facts: [],
  },
  requester: "maya",
  policy: "One approver who is not the requester.",
  expiresAt: new Date(Date.now() + hours * 3_600_000),
  idempotencyKey: `key of ${id}`,
});

beforeAll(async () => {
  open = await openTestDatabase();
  await open.database
    .insert(proposals)
    .values([
      proposal("p_plain", "write", 10),
      proposal("p_rich", "write", 20, 900),
      proposal("p_final", "irreversible", 30),
    ]);
  await open.database.insert(ledger).values({
    tenant: "test",
    seq: 1,
    kind: "proposal-created",
    actor: "maya",
    subject: "p_plain",
    data: {},
    at: "2026-11-17T09:00:00.000Z",
    previous: "0".repeat(64),
    hash: "1".repeat(64),
  });
});
afterAll(() => open.close());

describe("what waits for a decision", () => {
  it("is listed riskiest first, and apart for whoever may decide", async () => {
    const { data, answer } = await list.execute({ limit: 20 }, context(ana));
    expect((data as { yours: { id: string }[] }).yours.map(({ id }) => id)).toEqual([
      "p_final",
      "p_rich",
      "p_plain",
    ]);
    expect(answer.headline.text).toContain("waiting for you");
  });

  it("is not the requester's to decide", async () => {
    const { data } = await list.execute({ limit: 20 }, context(maya));
    expect(data).toMatchObject({
      yours: [],
      others: [{ id: "p_final" }, { id: "p_rich" }, { id: "p_plain" }],
    });
  });
});

describe("one proposal", () => {
  it("is told with its reasons, money, undo, requester, approvers and before and after", async () => {
    const { answer, views, facts } = await explain.execute({ proposal: "p_rich" }, context(ana));
    expect(facts.map(({ value, unit }) => [value, unit])).toEqual([
      [12, "orders"],
      [900, "EUR"],
    ]);
    expect(views[0]).toMatchObject({ kind: "diff", changes: [{ before: "draft", after: "published" }] });
    const said = JSON.stringify(answer);
    for (const part of ["late orders", "withdraw the rule", "maya", "Ana", "waiting for a decision"])
      expect(said).toContain(part);
  });

  it("is found by the beginning of its id", async () => {
    const { data } = await explain.execute({ proposal: "rich" }, context(ana));
    expect(data).toMatchObject({ id: "p_rich" });
  });

  it("that does not exist is an error that names those that wait", async () => {
    await expect(explain.execute({ proposal: "7f3a" }, context(ana))).rejects.toThrow(ProposalUnknownError);
    await expect(explain.execute({ proposal: "7f3a" }, context(ana))).rejects.toMatchObject({
      details: { expected: expect.stringContaining("p_plain") },
    });
  });

  it("is not guessed from a wildcard", async () => {
    await expect(explain.execute({ proposal: "%" }, context(ana))).rejects.toThrow(ProposalUnknownError);
  });
});

describe("the ledger", () => {
  const window = (from: string, to: string) => ({
    kind: "window" as const,
    from,
    to,
    by: "completed" as const,
  });

  it("is read by window", async () => {
    const yesterday = await ledgerTool.execute(
      { limit: 10, filters: [window("2026-11-16T23:00:00Z", "2026-11-17T23:00:00Z")] },
      context(ana),
    );
    expect(yesterday.facts[0]?.value).toBe(1);
    const earlier = await ledgerTool.execute(
      { limit: 10, filters: [window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")] },
      context(ana),
    );
    expect(earlier.facts[0]?.value).toBe(0);
  });

  it("is read by kind", async () => {
    const decided = await ledgerTool.execute({ limit: 10, filters: [], kind: "decision" }, context(ana));
    expect(decided.facts[0]?.value).toBe(0);
  });

  it("is read by person and by decision, and says so", async () => {
    const entry = (seq: number, kind: string, actor: string, subject: string) => ({
      tenant: "test",
      seq,
      kind,
      actor,
      subject,
      data: {},
      at: "2026-10-05T10:00:00.000Z",
      previous: String(seq - 1).repeat(64),
      hash: String(seq).repeat(64),
    });
    await open.database
      .insert(ledger)
      .values([
        entry(2, "decision-reject", "ana", "p_rich"),
        entry(3, "decision-approve", "ana", "p_plain"),
        entry(4, "decision-reject", "ben", "p_plain"),
        entry(5, "execution-failed", "executor", "p_plain"),
      ]);
    const asked = async (more: object) => {
      const filters = [window("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z")];
      const result = await ledgerTool.execute(ledgerTool.input.parse({ filters, ...more }), context(ana));
      return { result, seqs: (result.data as { seq: number }[]).map(({ seq }) => seq) };
    };
    expect((await asked({ person: "Ana" })).seqs).toEqual([3, 2]);
    expect((await asked({ decision: "rejected" })).seqs).toEqual([4, 2]);
    expect((await asked({ decision: "failed" })).seqs).toEqual([5]);
    const { result, seqs } = await asked({ person: "ana", decision: "rejected" });
    expect(seqs).toEqual([2]);
    expect(result.answer.headline).toMatchObject({
      values: { did: "rejected", who: "Ana", day: "2026-10-05" },
    });
    await expect(asked({ person: "Nobody" })).rejects.toThrow("nobody here");
  });
});

describe("health", () => {
  it("names every part that was looked at", async () => {
    const { data, answer } = await healthTool.execute({}, context(null));
    expect((data as { name: string }[]).map(({ name }) => name)).toEqual([
      "database",
      "log store",
      "executions",
      "connectors",
      "watches",
      "turns",
      "ledger",
      "planner",
      "memory",
    ]);
    expect(answer.headline.text).toContain("works");
  });

  it("says that the day's budget of the language model is used up, and who answers meanwhile", async () => {
    const call = {
      id: "m1",
      tenant: "test",
      thread: "t",
      turn: "t",
      model: "claude-sonnet-5",
      person: "ana",
    };
    await open.database
      .insert(modelCalls)
      .values({ ...call, inputTokens: 900, outputTokens: 200, costMicros: 4_000 });
    const free = { micros: null, tokens: null, text: "none" };
    const agent = {
      planner: "claude",
      pricesAsOf: "2026-10-10",
      embedder: "lexical-1",
      exportsTraces: false,
      policies: [],
      budgets: { turn: free, person: { micros: null, tokens: 1_000, text: "1,000 tokens" }, tenant: free },
    };
    const asked = async (person: Person | null) => {
      const found = await healthTool.execute({}, { ...context(person), services: { agent } });
      return (found.data as { name: string; state: string; detail: string }[]).find(
        ({ name }) => name === "planner",
      )!;
    };
    expect(await asked(ana)).toMatchObject({
      state: "needs attention",
      detail: "the built-in planner answers until 00:00 UTC: used up today are your budget (1,000 tokens)",
    });
    expect(await asked(null)).toMatchObject({ state: "works" });
  });
});
