/** What a language model may cost, and who answers when it may not or cannot go on. */
import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Budget, type Budgets, defaultBudgets } from "../../agent/model/budget.ts";
import { ModelUnavailableError } from "../../agent/model/errors.ts";
import type { ModelProvider } from "../../agent/model/provider.ts";
import { type Script, type ScriptedMessage, scriptedProvider } from "../../agent/model/scripted.ts";
import type { SendRequest } from "../../agent/service.ts";
import { analyses, modelCalls, proposals, spans } from "../../db/schema/index.ts";
import { openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.database.database.delete(modelCalls);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const free: Budget = { micros: null, tokens: null };
const only = (budgets: Partial<Budgets>): Budgets => ({ turn: free, person: free, tenant: free, ...budgets });
const say = (text: string, more: Partial<SendRequest> = {}): SendRequest => ({
  person: world.person.maya,
  tenant: world.database.tenant,
  channel: "web",
  text,
  ...more,
});

/** Claude as far as the agent sees it: priced messages with usage. */
const claude = (script: Script): ModelProvider => ({ ...scriptedProvider(script), name: "claude" });
const used = { input: 10_000, output: 1_000 };
const call = (tool: string, input: unknown): ScriptedMessage => ({ calls: [{ tool, input }], usage: used });
const down = (): never => {
  throw new ModelUnavailableError("claude-sonnet-5", "overloaded");
};

/** Answers with the mean, as the built-in planner would. */
const standIn: ModelProvider = {
  ...scriptedProvider(({ outcomes }) => {
    const found = outcomes.at(-1);
    if (found?.kind !== "result") return { calls: [{ tool: "orders.mean", input: {} }] };
    return { text: `It takes {{${found.result.facts[0]!.id}}}.`, parts: { headline: "Done" } };
  }),
  name: "built-in",
};
const serve = (script: Script, budgets: Budgets = defaultBudgets, fallback: ModelProvider | null = standIn) =>
  world.serve(claude(script), { limits: { budgets }, ...(fallback === null ? {} : { fallback }) });

/** A call that somebody made before. */
const spent = (more: Partial<typeof modelCalls.$inferInsert>) =>
  world.database.database.insert(modelCalls).values({
    id: `before-${Math.random()}`,
    tenant: world.database.tenant,
    thread: "before",
    turn: "before",
    person: "maya",
    model: "claude-sonnet-5",
    inputTokens: 100,
    outputTokens: 10,
    costMicros: 5_000,
    ...more,
  });

describe("the budget of a day", () => {
  const untouched: Script = () => {
    throw new Error("the language model is not asked");
  };

  it("of a person, used up, lets the built-in planner answer and says so with the limit", async () => {
    await spent({});
    const reply = await serve(untouched, only({ person: { micros: 5_000, tokens: null } })).ask(
      say("how long?"),
    );
    expect(reply.planner).toBe("built-in");
    expect(reply.reply).toBe(
      "It takes 3.5 h.\n\n(The built-in planner answered: the language model's budget of 0.005 USD a day for one person is used up. The next day begins at 00:00 UTC.)",
    );
  });

  it("of everybody counts all people's calls, that of a person their own only", async () => {
    await spent({ person: "arun" });
    const answer: Script = [{ text: "Nothing to say.", usage: used }];
    const own = await serve(answer, only({ person: { micros: 5_000, tokens: null } })).ask(say("hello"));
    expect(own.planner).toBe("claude");
    const all = await serve(untouched, only({ tenant: { micros: 5_000, tokens: null } })).ask(
      say("how long?"),
    );
    expect(all.reply).toContain("0.005 USD a day for everybody is used up");
  });

  it("begins again at midnight UTC, and another tenant's calls do not count", async () => {
    const yesterday = sql`date_trunc('day', clock_timestamp() at time zone 'utc') at time zone 'utc' - interval '1 second'`;
    await spent({ createdAt: yesterday as never });
    await spent({ tenant: "another" });
    const budgets = only({ person: { micros: 1, tokens: null }, tenant: { micros: 1, tokens: null } });
    const reply = await serve([{ text: "Still here.", usage: used }], budgets).ask(say("hello"));
    expect(reply.planner).toBe("claude");
  });

  it("in tokens holds calls whose price nobody knows", async () => {
    await spent({ costMicros: null, inputTokens: 900, outputTokens: 100 });
    const budget = { micros: null, tokens: 1_000 };
    const reply = await serve(untouched, only({ person: budget })).ask(say("how long?"));
    expect(reply.reply).toContain("budget of 1,000 tokens a day for one person");
  });

  it("is said in the person's language", async () => {
    await spent({});
    const german: ModelProvider = {
      ...scriptedProvider([{ text: "Guten Tag.", parts: { language: "de", headline: "Guten Tag." } }]),
      name: "built-in",
    };
    const budgets = only({ person: { micros: 5_000, tokens: null } });
    const reply = await serve(untouched, budgets, german).ask(say("Guten Tag"));
    expect(reply.reply).toMatch(/^Guten Tag\.\n\n\(Der eingebaute Planer/u);
    expect(reply.reply).toContain("0.005 USD");
  });

  it("is asked before every call, so that a turn does not run past it", async () => {
    let asked = 0;
    const script: Script = () => {
      asked += 1;
      return call("orders.count", { above: 500 });
    };
    const reply = await serve(script, only({ person: { micros: 1, tokens: null } })).ask(say("how long?"));
    expect(asked).toBe(1);
    expect(reply.planner).toBe("built-in");
  });
});

describe("the budget of a turn", () => {
  it("used up, lets the built-in planner answer, who says why", async () => {
    const script: Script = () => call("orders.count", { above: 500 });
    const reply = await serve(script, only({ turn: { micros: 1, tokens: null } })).ask(say("how long?"));
    expect(reply.reply).toContain("It takes 3.5 h.");
    expect(reply.reply).toContain("budget of 0 USD for one turn is used up");
  });

  it("without anybody to take over, ends with what was found", async () => {
    const script: Script = () => call("orders.mean", {});
    const reply = await serve(script, only({ turn: { micros: null, tokens: 5 } }), null).ask(
      say("how long?"),
    );
    expect(reply.reply).toContain("An order takes 3.5 h on average.");
    expect(reply.reply).toContain("budget for one turn is used up");
  });
});

describe("a language model that fails half-way", () => {
  it("leaves what it found to the built-in planner: no call is made twice, one answer is given", async () => {
    const script: Script = ({ outcomes }) => (outcomes.length === 0 ? call("orders.mean", {}) : down());
    const reply = await serve(script).ask(say("how long?", { thread: "half-way" }));
    expect(reply.reply).toBe(
      "It takes 3.5 h.\n\n(The built-in planner answered: claude-sonnet-5 could not be reached (it is overloaded).)",
    );
    expect(reply.calls).toEqual([{ tool: "orders.mean", input: {}, risk: "read" }]);
    const made = await world.database.database.select().from(analyses).where(eq(analyses.thread, "half-way"));
    expect(made).toHaveLength(1);
  });

  it("proposes nothing twice: where something waits already, the reply is put together from what was found", async () => {
    const before = await world.effects();
    const script: Script = ({ outcomes }) =>
      outcomes.length === 0 ? call("orders.note", { text: "half-way", limit: 500 }) : down();
    const again: ModelProvider = {
      ...scriptedProvider([{ calls: [{ tool: "orders.note", input: { text: "again", limit: 500 } }] }]),
      name: "built-in",
    };
    const reply = await serve(script, defaultBudgets, again).ask(say("note it", { thread: "proposed" }));
    expect(reply.proposals).toMatchObject([{ state: "pending", tool: "orders.note" }]);
    expect(reply.reply).toContain("The model could not be reached.");
    const rows = await world.database.database
      .select()
      .from(proposals)
      .where(and(eq(proposals.tenant, world.database.tenant), eq(proposals.thread, "proposed")));
    expect(rows).toHaveLength(1);
    expect(await world.effects()).toBe(before);
  });

  it("says so in the trace", async () => {
    const reply = await serve(() => down()).ask(say("how long?", { thread: "traced-fallback" }));
    // The trace is written when the turn is over, which is after its reply.
    const steps = await vi.waitFor(async () => {
      const rows = await world.database.database.select().from(spans).where(eq(spans.turn, reply.turn));
      expect(rows.some(({ parent }) => parent === null)).toBe(true);
      return rows.filter(({ name }) => name.startsWith("chat"));
    });
    expect(steps.some(({ state }) => state === "error")).toBe(true);
    const why = steps.map(({ attributes }) => (attributes as Record<string, unknown>)["millwright.fallback"]);
    expect(why).toContain("unavailable-overloaded");
  });

  it("pays for what a failing call used, and writes down who asked", async () => {
    const usage = { input: 700, output: 20, cacheRead: 0, cacheWrite: 0 };
    const script: Script = () => {
      throw new ModelUnavailableError("claude-sonnet-5", "connection", { usage });
    };
    const reply = await serve(script).ask(say("how long?"));
    const rows = await world.database.database
      .select()
      .from(modelCalls)
      .where(eq(modelCalls.turn, reply.turn));
    expect(rows).toMatchObject([{ inputTokens: 700, outputTokens: 20, person: "maya", costMicros: 1600 }]);
  });

  it("has the whole number of steps left for who takes over", async () => {
    const script: Script = ({ outcomes }) =>
      outcomes.length < 3 ? call("orders.count", { above: outcomes.length }) : down();
    const service = world.serve(claude(script), { limits: { steps: 4 }, fallback: standIn });
    expect((await service.ask(say("how long?"))).reply).toContain("It takes 3.5 h.");
  });
});
