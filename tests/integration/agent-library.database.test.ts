import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedProvider } from "../../agent/model/scripted.ts";
import type { AgentServiceOptions, Alert } from "../../agent/options.ts";
import type { AgentService } from "../../agent/service.ts";
import { collect, openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const summary = {
  id: "log-orders",
  name: "Orders 2024",
  cases: 5,
  events: 10,
  first: null,
  last: null,
  mapping: {},
  findings: [],
};
const hello = () => scriptedProvider(() => ({ text: "Hello." }));
const base = () => ({ person: world.person.maya, tenant: world.database.tenant });

/** A service whose log grows when events are added, with one watch that is broken each time. */
function watching(thread: string, change: Partial<AgentServiceOptions> = {}): AgentService {
  return world.serve(hello(), {
    appendEvents: async ({ events }) => ({ added: events.length, log: summary }),
    evaluateWatches: async ({ logs, fact, record, log }) => {
      await logs.open(log);
      const breach = fact({
        value: 3,
        unit: "orders",
        label: "Late orders",
        sql: "select 3::float8 as value",
        log,
        rows: 3,
      });
      const alerts: Alert[] = [
        { watch: "w1", title: "Late", text: "3 orders are late", facts: [breach], thread },
      ];
      await world.database.database.transaction((transaction) => record(transaction, alerts));
      return alerts;
    },
    ...change,
  });
}

describe("events that are added", () => {
  it("raise alerts in the thread that asked, live and on replay, and in the ledger", async () => {
    const service = watching("alerts");
    await service.ask({ ...base(), channel: "cli", thread: "alerts", text: "hello" });
    const live = (async () => {
      for await (const event of service.replay({ ...base(), thread: "alerts", follow: true })) {
        if (event.body.type === "alert") return event;
      }
      return null;
    })();
    const { added, alerts } = await service.append({
      ...base(),
      log: "Orders 2024",
      events: [{ case: "o5" }, { case: "o5" }],
    });
    expect({ added, alerts }).toEqual({ added: 2, alerts: 1 });
    expect((await live)?.body).toMatchObject({ type: "alert", watch: "w1", text: "3 orders are late" });
    const replayed = await collect(service.replay({ ...base(), thread: "alerts" }));
    expect(replayed.at(-1)).toEqual(await live);
    const { entries, verified } = await service.ledger({ ...base(), verify: true });
    expect(entries.at(-1)).toMatchObject({ kind: "alert-raised", subject: "w1" });
    expect(verified).toMatchObject({ ok: true, problem: null });
    const { alerts: monitored } = await service.monitor(base());
    expect(monitored).toMatchObject([{ watch: "w1", title: "Late" }]);
  });

  it("are not taken from a viewer without a name, nor for a log that is not there", async () => {
    const service = watching("alerts");
    const events = [{ case: "o6" }];
    await expect(
      service.append({ ...base(), person: null, log: "Orders 2024", events }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(service.append({ ...base(), log: "Nothing", events })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("a fact", () => {
  it("runs again, and says whether it still agrees", async () => {
    const service = world.serve(hello());
    const called = await service.call({ ...base(), tool: "orders.count", input: { above: 500 } });
    const [fact] = called.kind === "result" ? called.facts : [];
    const found = await service.fact({ ...base(), id: fact!.id });
    expect(found.fact).toEqual(fact);
    expect(found.rerun).toMatchObject({ value: 2, agrees: true, columns: ["value"], rows: [[2]] });
    const { sql } = await import("drizzle-orm");
    await world.database.database.execute(sql`update test_orders set amount = 0 where id = 'o2'`);
    expect((await service.fact({ ...base(), id: fact!.id })).rerun).toMatchObject({
      value: 1,
      agrees: false,
    });
    await world.database.database.execute(sql`update test_orders set amount = 900 where id = 'o2'`);
    await expect(service.fact({ ...base(), id: "f00000000" })).rejects.toMatchObject({ status: 404 });
  });
});

describe("a call outside a conversation", () => {
  it("proposes a write, which is executed when it is approved", async () => {
    const service = world.serve(hello());
    const before = await world.effects();
    const called = await service.call({ ...base(), tool: "orders.note", input: { text: "x", limit: 800 } });
    if (called.kind !== "proposal") throw new Error("a write has to be proposed");
    const { id } = called.proposal;
    const decided = await service.decide({
      tenant: world.database.tenant,
      person: world.person.ben,
      proposal: id,
      verdict: "approve",
      channel: "http",
    });
    expect(decided.proposal).toMatchObject({
      state: "executed",
      receipt: { summary: "The note was written" },
    });
    expect(await world.effects()).toBe(before + 1);
  });

  it.each([
    ["a tool that is not there", { tool: "x.y", input: {} }, 404],
    ["input that does not fit", { tool: "orders.count", input: { above: "many" } }, 400],
    ["a log that is not there", { tool: "orders.count", input: {}, log: "Nothing" }, 404],
    ["a thread that is not there", { tool: "orders.count", input: {}, thread: "nowhere" }, 404],
  ])("refuses %s", async (_name, request, status) => {
    await expect(world.serve(hello()).call({ ...base(), ...request })).rejects.toMatchObject({ status });
  });

  it("lists the tools with the schema of what they take", () => {
    const note = world
      .serve(hello())
      .tools()
      .find(({ name }) => name === "orders.note");
    expect(note).toMatchObject({ risk: "write", input: { type: "object", required: ["text", "limit"] } });
  });
});

describe("messages", () => {
  it.each([
    ["no text", "  ", 400],
    ["far too much text", "x".repeat(20_001), 413],
  ])("with %s are refused", async (_name, text, status) => {
    const service = world.serve(hello());
    await expect(service.ask({ ...base(), channel: "web", text })).rejects.toMatchObject({ status });
  });

  it("keep what no database takes out of the record", async () => {
    const service = world.serve(hello());
    await service.ask({ ...base(), channel: "web", thread: "odd", text: "a\0b\ud800c" });
    const [message] = await collect(service.replay({ ...base(), thread: "odd" }));
    expect(message!.body).toMatchObject({ text: "a\ufffdb\ufffdc" });
  });

  it("of one thread are answered one after another", async () => {
    let running = 0;
    let most = 0;
    const service = world.serve(
      scriptedProvider(async ({ briefing }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        return { text: `You said ${briefing.text}` };
      }),
    );
    const texts = ["a", "b", "c", "d"];
    const replies = await Promise.all(
      texts.map((text) => service.ask({ ...base(), channel: "web", thread: "queue", text })),
    );
    expect(replies.map(({ reply }) => reply)).toEqual(texts.map((text) => `You said ${text}`));
    expect(most).toBe(1);
    const events = await collect(service.replay({ ...base(), thread: "queue" }));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});
