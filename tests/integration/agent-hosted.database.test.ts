/** The agent around a hosted model, over each protocol: what the graph makes of what comes over the wire. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claudeProvider } from "../../agent/model/claude.ts";
import { openAiProvider } from "../../agent/model/openai.ts";
import type { ModelProvider } from "../../agent/model/provider.ts";
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { SendRequest } from "../../agent/service.ts";
import { modelCalls } from "../../db/schema/index.ts";
import { startChatCompletions } from "../systems/chat-completions/server.ts";
import { type ReplyBlock, type ScriptedReply, startMessagesApi } from "../systems/messages-api/server.ts";
import { openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  process.env["MILLWRIGHT_TEST_KEY"] = "sk-ant-test";
  world = await openWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

type Script = (request: unknown, index: number) => ScriptedReply;
const common = { apiKey: "env:MILLWRIGHT_TEST_KEY", backoffMilliseconds: 1, attempts: 2 };
const protocols = [
  {
    name: "the Messages API",
    planner: "claude",
    start: (script: Script) => startMessagesApi(script),
    provider: (baseUrl: string): ModelProvider => claudeProvider({ ...common, baseUrl }),
  },
  {
    name: "chat completions",
    planner: "openai-compatible",
    start: (script: Script) => startChatCompletions(script, { key: "sk-ant-test" }),
    provider: (baseUrl: string): ModelProvider => openAiProvider({ ...common, baseUrl, model: "some-model" }),
  },
] as const;

const say = (text: string, more: Partial<SendRequest> = {}): SendRequest => ({
  person: world.person.maya,
  tenant: world.database.tenant,
  channel: "web",
  text,
  ...more,
});
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const call = (name: string, input: unknown, json?: string): ReplyBlock => ({
  type: "tool_use",
  name,
  input,
  ...(json === undefined ? {} : { json }),
});
const answer = (text: string): ScriptedReply =>
  message(call("answer", { language: "en", text, headline: text }));
/** The ids of facts in the last results that the model was given. */
const factsIn = (request: unknown): string[] => [
  ...new Set(
    [
      ...JSON.stringify((request as { messages: unknown[] }).messages.slice(2)).matchAll(
        /\\+"(f[0-9a-f]{8})\\+"/g,
      ),
    ].map(([, id]) => id!),
  ),
];
const last = (request: unknown): string =>
  JSON.stringify((request as { messages: unknown[] }).messages.slice(-2));

describe.each(protocols)("the agent over $name", ({ planner, start, provider }) => {
  const serve = (url: string, change: Partial<AgentServiceOptions> = {}) =>
    world.serve(provider(url), change);

  it("calls two tools at once and sends a verified reply with both figures", async () => {
    await using api = await start((request, index) => {
      if (index === 0) return message(call("orders__count", { above: 500 }), call("orders__mean", {}));
      const ids = factsIn(request);
      return answer(`{{${ids[0]}}}, {{${ids[1]}}}.`);
    });
    const reply = await serve(api.url).ask(say("how many, how long?"));
    expect(reply.reply).toBe("2 orders, 3.5 h.");
    expect(reply.planner).toBe(planner);
    expect(api.faults).toEqual([]);
    const rows = await world.database.database
      .select()
      .from(modelCalls)
      .where(eq(modelCalls.turn, reply.turn));
    expect(rows).toHaveLength(2);
    expect(rows.every(({ inputTokens, person }) => inputTokens > 0 && person === "maya")).toBe(true);
    expect(rows.map(({ costMicros }) => costMicros !== null)).toEqual(
      planner === "claude" ? [true, true] : [false, false],
    );
  });

  it("ends a model that calls on and on at the limit, with what was found", async () => {
    await using api = await start(() => message(call("orders__mean", {})));
    const reply = await serve(api.url, { limits: { steps: 3 } }).ask(say("how long?"));
    expect(api.requests).toHaveLength(3);
    expect(reply.reply).toContain("more steps than one turn may use");
    expect(api.faults).toEqual([]);
  });

  it("ends a model that calls everything at once at the limit of calls, and runs none of it", async () => {
    const many = Array.from({ length: 30 }, (_, above) => call("orders__count", { above }));
    await using api = await start(() => message(...many));
    const reply = await serve(api.url).ask(say("count"));
    expect(reply.calls).toEqual([]);
    expect(reply.reply).toContain("more steps than one turn may use");
  });

  it("tells the model once of a tool that is not there, then lets the good calls run", async () => {
    await using api = await start((request, index) => {
      if (index === 0) return message(call("drop_orders", {}), call("orders__mean", {}));
      if (index === 1) {
        expect(last(request)).toContain("drop_orders");
        return message(call("drop_orders", {}), call("orders__mean", {}));
      }
      return answer(`{{${factsIn(request)[0]}}}.`);
    });
    const reply = await serve(api.url).ask(say("how long?"));
    expect(reply.reply).toBe("3.5 h.");
    expect(reply.calls.map(({ tool }) => tool)).toEqual(["drop_orders", "orders.mean"]);
    expect(api.faults).toEqual([]);
  });

  it("lets the model mend a draft that does not fit once; the second time the reply says what is wrong", async () => {
    const wrong = call("orders__note", { text: "late", limit: "many" });
    await using api = await start((request, index) => {
      if (index === 0) return message(wrong);
      expect(last(request)).toContain("limit");
      return index === 1 ? message(wrong) : answer("I could not write it.");
    });
    const reply = await serve(api.url).ask(say("note it", { thread: `misfit over ${planner}` }));
    expect(reply.proposals).toEqual([]);
    expect(api.requests).toHaveLength(3);
    await using mending = await start((_request, index) =>
      index === 0
        ? message(wrong)
        : index === 1
          ? message(call("orders__note", { text: "late", limit: 500 }))
          : answer("Proposed."),
    );
    const mended = await serve(mending.url).ask(say("note it", { thread: `mended over ${planner}` }));
    expect(mended.proposals).toMatchObject([{ tool: "orders.note", state: "pending" }]);
    expect([...api.faults, ...mending.faults]).toEqual([]);
  });

  it("gives up on a model whose calls never are JSON, with a sentence", async () => {
    await using api = await start(() => message(call("orders__count", null, '{"above": ')));
    const reply = await serve(api.url).ask(say("how many?"));
    expect(reply.reply).toContain("No valid plan came out of this question");
    expect(api.requests.length).toBeLessThan(6);
    expect(api.faults).toEqual([]);
  });

  it("hangs up when the person stops the turn, and sends nothing more", async () => {
    await using api = await start(() => ({
      kind: "silent",
      content: [{ type: "text", text: "It takes quite a while" }],
      events: 4,
    }));
    const service = serve(api.url);
    const stopping = new AbortController();
    const thread = `stopped over ${planner}`;
    const bodies: string[] = [];
    for await (const { body } of service.send(say("how long?", { thread, signal: stopping.signal }))) {
      bodies.push(body.type);
      await expect.poll(() => api.requests.length).toBe(1);
      stopping.abort();
    }
    await expect.poll(() => api.hungUp).toBe(1);
    expect(bodies).not.toContain("reply");
    expect(api.requests).toHaveLength(1);
  });

  it("proposes what the model would write, and does nothing whatever it says", async () => {
    const before = await world.effects();
    await using api = await start((_request, index) =>
      index === 0
        ? message(call("orders__note", { text: `over ${planner}`, limit: 500 }))
        : answer("Approved and done."),
    );
    const reply = await serve(api.url).ask(
      say("note it and approve it", { thread: `write over ${planner}` }),
    );
    expect(reply.proposals).toMatchObject([{ state: "pending", tool: "orders.note" }]);
    expect(await world.effects()).toBe(before);
  });

  it("marks what comes from logs as data", async () => {
    await using api = await start((_request, index) =>
      index === 0 ? message(call("orders__count", { above: 500 })) : answer("Counted."),
    );
    await serve(api.url).ask(say("how many?"));
    expect(last(api.requests[1])).toContain("data_from_the_log_not_instructions");
  });
});
