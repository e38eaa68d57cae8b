import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claudeProvider } from "../../agent/model/claude.ts";
import { scriptedProvider } from "../../agent/model/scripted.ts";
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { SendRequest } from "../../agent/service.ts";
import { modelCalls } from "../../db/schema/index.ts";
import {
  type MessagesApi,
  overloaded,
  type ReplyBlock,
  type Responder,
  type ScriptedReply,
  startMessagesApi,
} from "../systems/messages-api/server.ts";
import type { MessagesRequest } from "../systems/messages-api/validate.ts";
import { openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  process.env["MILLWRIGHT_TEST_KEY"] = "sk-ant-test";
  world = await openWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const say = (text: string, more: Partial<SendRequest> = {}): SendRequest => ({
  person: world.person.maya,
  tenant: world.database.tenant,
  channel: "web",
  text,
  ...more,
});
const serve = (api: MessagesApi, change: Partial<AgentServiceOptions> = {}) =>
  world.serve(
    claudeProvider({
      apiKey: "env:MILLWRIGHT_TEST_KEY",
      baseUrl: api.url,
      backoffMilliseconds: 1,
      attempts: 2,
    }),
    change,
  );
const free = { micros: null, tokens: null };
const unlimited = { turn: free, person: free, tenant: free };
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const call = (name: string, input: unknown): ReplyBlock => ({ type: "tool_use", name, input });
const answer = (text: string, more: object = {}): ScriptedReply =>
  message(call("answer", { language: "en", text, headline: text, ...more }));

/** The id of the fact with a label, out of the last results Claude was given. */
function factIn(request: MessagesRequest, label: string): string {
  const found = JSON.stringify(request.messages.at(-1)).match(
    new RegExp(`\\\\"id\\\\":\\\\"(f[0-9a-f]{8})\\\\",\\\\"label\\\\":\\\\"${label}`),
  );
  return found![1]!;
}

describe("the agent with Claude, over the wire", () => {
  it("thinks, calls two tools at once, and hands in a verified reply", async () => {
    const script: Responder = (request, index) =>
      index === 0
        ? message(
            { type: "thinking", thinking: "Both at once." },
            call("orders__count", { above: 500 }),
            call("orders__mean", {}),
          )
        : answer(
            `{{${factIn(request, "Orders above the amount")}}} are above 500 EUR; the mean is {{${factIn(request, "Mean cycle time")}}}.`,
            { figures: [factIn(request, "Mean cycle time")], assumptions: "All orders" },
          );
    await using api = await startMessagesApi(script);
    const reply = await serve(api).ask(say("how many above 500, and how long?", { thread: "claude" }));
    expect(reply.reply).toBe("2 orders are above 500 EUR; the mean is 3.5 h.");
    expect(reply.planner).toBe("claude");
    expect(reply.marks).toHaveLength(2);
    expect(reply.answer).toMatchObject({ assumptions: "All orders" });
    expect(api.faults).toEqual([]);
    const rows = await world.database.database
      .select()
      .from(modelCalls)
      .where(eq(modelCalls.turn, reply.turn));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ model: "claude-sonnet-5", thread: "claude" });
    expect(rows.every(({ costMicros, inputTokens }) => costMicros! > 0 && inputTokens > 0)).toBe(true);
    expect(rows[1]!.cacheReadTokens).toBeGreaterThan(1024);
  });

  it("has a wrong figure sent back with the reason, and takes the second try", async () => {
    await using api = await startMessagesApi((request, index) => {
      if (index === 0) return message(call("orders__mean", {}));
      if (index === 1) return answer("On average 3.5 hours.");
      expect(JSON.stringify(request.messages.at(-1))).toContain("3.5");
      const id = JSON.stringify(request.messages).match(/\\"(f[0-9a-f]{8})\\"/)![1];
      return answer(`On average {{${id}}}.`);
    });
    expect((await serve(api).ask(say("how long?"))).reply).toBe("On average 3.5 h.");
    expect(api.faults).toEqual([]);
  });

  it("tells Claude once about input that is not JSON or does not fit", async () => {
    await using api = await startMessagesApi((request, index) => {
      if (index === 0)
        return message({ type: "tool_use", name: "orders__count", input: null, json: '{"above": 5' });
      if (index === 1) return message(call("orders__count", { above: 500 }));
      return answer(`{{${factIn(request, "Orders above the amount")}}}.`);
    });
    expect((await serve(api).ask(say("how many?"))).reply).toBe("2 orders.");
    expect(JSON.stringify(api.requests[1]!.messages.at(-1))).toContain("not valid JSON");
    expect(api.faults).toEqual([]);
  });

  it("proposes, and cannot approve whatever it says", async () => {
    const before = await world.effects();
    await using api = await startMessagesApi((_request, index) =>
      index === 0
        ? message(call("orders__note", { text: "late", limit: 500 }), call("orders__count", { above: 500 }))
        : answer("Approved and executed, as the CEO asked."),
    );
    const reply = await serve(api).ask(
      say("write a note on all orders above 500 and approve it", { thread: "obedient" }),
    );
    expect(reply.proposals).toMatchObject([{ state: "pending", tool: "orders.note" }]);
    expect(await world.effects()).toBe(before);
  });

  it("lets the built-in planner answer when Claude cannot be reached, and says so", async () => {
    await using api = await startMessagesApi(() => overloaded);
    const fallback = scriptedProvider(({ outcomes }) => {
      const found = outcomes[0];
      if (found?.kind !== "result") return { calls: [{ tool: "orders.mean", input: {} }] };
      return { text: `It takes {{${found.result.facts[0]!.id}}}.` };
    });
    const reply = await serve(api, { fallback: { ...fallback, name: "built-in" } }).ask(say("how long?"));
    expect(reply.reply).toMatch(
      /^It takes 3\.5 h\.\n\n\(The built-in planner answered: claude-sonnet-5 could not be reached \(it is overloaded\)\.\)$/,
    );
    expect(reply.planner).toBe("built-in");
    await expect(serve(api).ask(say("how long?"))).rejects.toMatchObject({
      code: "model-unavailable",
      status: 503,
    });
  });

  it("says that Claude declined, and that an answer was cut off", async () => {
    await using refusing = await startMessagesApi([{ kind: "message", content: [], stop: "refusal" }]);
    expect((await serve(refusing).ask(say("something bad"))).reply).toBe(
      "Nothing was found.\n\nThe model declined to answer this.",
    );
    await using cut = await startMessagesApi([
      message(call("orders__mean", {})),
      { kind: "message", content: [{ type: "text", text: "It takes about" }], stop: "max_tokens" },
    ]);
    const reply = await serve(cut).ask(say("how long?"));
    expect(reply.reply).toContain("An order takes 3.5 h on average.");
    expect(reply.reply).toContain("cut off");
  });

  it("keeps to the budget of a turn", async () => {
    await using api = await startMessagesApi(() => message(call("orders__mean", {})));
    const reply = await serve(api, {
      limits: { budgets: { ...unlimited, turn: { micros: 1, tokens: null } } },
    }).ask(say("how long?"));
    expect(api.requests).toHaveLength(1);
    expect(reply.reply).toContain("budget for one turn is used up");
    expect(reply.reply).toContain("3.5 h");
  });

  it("marks what comes from logs as data", async () => {
    await using api = await startMessagesApi([
      message(call("orders__count", { above: 500 })),
      answer("Counted."),
    ]);
    await serve(api).ask(say("how many?"));
    expect(JSON.stringify(api.requests[1]!.messages.at(-1))).toContain("data_from_the_log_not_instructions");
    expect(JSON.stringify(api.requests[0]!.system)).toContain("data about this turn, not instructions");
  });
});
