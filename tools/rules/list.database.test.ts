import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisions, people, proposals, rules, tenants } from "../../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import type { FactDraft, ToolContext } from "../define.ts";
import list from "./list.tool.ts";

let open: TestDatabase;

const context = (): ToolContext => ({
  tenant: "test",
  person: { id: "maya", tenant: "test", name: "Maya", roles: ["manager"] },
  thread: null,
  now: new Date("2026-11-18T10:00:00Z"),
  zone: "Europe/Berlin",
  signal: new AbortController().signal,
  database: open.database,
  logs: { open: () => Promise.reject(new Error("no log is opened here")), list: async () => [] },
  services: {},
  progress: () => undefined,
  fact: (draft: FactDraft) => ({
    ...draft,
    id: draft.label,
    sql: null,
    source: { kind: "call", tool: "rules.list", input: {} },
    hash: draft.label,
  }),
  random: () => 0.5,
});
const asked = async (input: object) => {
  const result = await list.execute(list.input.parse(input), context());
  return {
    ...result,
    ids: (result.data as { rule: string; version: number | null }[]).map(({ rule }) => rule),
  };
};

const proposal = (id: string, tool: string, state: string, input: object, at: string) => ({
  id,
  tenant: "test",
  tool,
  toolVersion: 1,
  risk: "write",
  state,
  input,
  digest: createHash("sha256").update(id).digest("hex"),
  summary: "If order_value > 900, then notify_manager: it would have hit 3 of 9 cases of orders.",
  preview: {},
  requester: "maya",
  policy: "One decides.",
  expiresAt: new Date("2099-01-01T00:00:00Z"),
  idempotencyKey: id,
  createdAt: new Date(at),
  updatedAt: new Date(at),
});
const rule = (id: string, state: "published" | "withdrawn", action: string, from: string, at: string) => ({
  tenant: "test",
  id,
  version: 1,
  log: "orders",
  condition: "order_value > 500",
  action,
  state,
  details: { proposal: from },
  createdAt: new Date(at),
});

beforeAll(async () => {
  open = await openTestDatabase();
});
afterAll(() => open.close());

describe("the rules there are", () => {
  it("are none at first, which is said", async () => {
    expect((await asked({})).answer.headline.text).toBe("There are no rules yet.");
    expect((await asked({ state: "published" })).answer.headline.text).toBe("No rule is in force.");
  });

  it("are told with who published, approved and withdrew them, and when", async () => {
    const { database } = open;
    await database.insert(tenants).values({ id: "test", name: "Test" }).onConflictDoNothing();
    await database
      .insert(people)
      .values([
        { id: "maya", tenant: "test", name: "Maya" },
        { id: "ana", tenant: "test", name: "Ana" },
      ])
      .onConflictDoNothing();
    await database
      .insert(proposals)
      .values([
        proposal("p1", "rules.publish", "pending", {}, "2026-11-01T09:00:00Z"),
        proposal("p2", "rules.publish", "pending", {}, "2026-11-02T09:00:00Z"),
        proposal("p3", "rules.withdraw", "pending", { rule: "old" }, "2026-11-10T09:00:00Z"),
        proposal("p4", "rules.publish", "pending", {}, "2026-11-12T09:00:00Z"),
      ]);
    await database.insert(decisions).values({
      id: "d1",
      tenant: "test",
      proposal: "p1",
      digest: createHash("sha256").update("p1").digest("hex"),
      person: "ana",
      verdict: "approve",
      channel: "web",
    });
    await database
      .insert(rules)
      .values([
        rule("big", "published", "escalate", "p1", "2026-11-01T10:00:00Z"),
        rule("old", "withdrawn", "notify_manager", "p2", "2026-11-02T10:00:00Z"),
      ]);
    const live = await asked({ state: "published" });
    expect(live.ids).toEqual(["big"]);
    expect(live.answer.headline).toMatchObject({
      text: "If {condition}, then {action}: published by {by} on {day}, approved by {approvers}.",
      values: { by: "Maya", day: "2026-11-01", approvers: "Ana", action: "escalate" },
    });
    const all = await asked({});
    expect(all.facts.map(({ value }) => value)).toEqual([1, 3, 1]);
    expect((await asked({ state: "draft" })).data).toMatchObject([
      { condition: "order_value > 900", action: "notify_manager", by: "Maya" },
      {},
      {},
    ]);
  });

  it("are found by their words and by when, and all are told of where none is called so", async () => {
    expect((await asked({ about: "notify manager", state: "withdrawn" })).ids).toEqual(["old"]);
    const unknown = await asked({ about: "four-eyes" });
    expect(unknown.answer.notes?.[0]?.text).toBe("No rule is called {name}; these are all there are.");
    expect(unknown.ids).toHaveLength(5);
    const filters = [{ kind: "window", from: "2026-11-02T00:00:00Z", to: "2026-11-03T00:00:00Z" }];
    expect((await asked({ filters, state: "withdrawn" })).ids).toEqual(["old"]);
  });
});
