/** A hosted model's own plan, over each protocol: shown, followed, stopped and steered, and told truly at its end. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claudeProvider } from "../../agent/model/claude.ts";
import { openAiProvider } from "../../agent/model/openai.ts";
import type { ModelProvider } from "../../agent/model/provider.ts";
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { Reply, SendRequest, ThreadEvent } from "../../agent/service.ts";
import { startChatCompletions } from "../systems/chat-completions/server.ts";
import { type ReplyBlock, type ScriptedReply, startMessagesApi } from "../systems/messages-api/server.ts";
import { collect, openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  process.env["MILLWRIGHT_TEST_KEY"] = "sk-ant-test";
  world = await openWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

type Script = (request: unknown, index: number) => ScriptedReply;
const common = { apiKey: "env:MILLWRIGHT_TEST_KEY", backoffMilliseconds: 1, attempts: 1 };
const protocols = [
  {
    name: "the Messages API",
    start: (script: Script) => startMessagesApi(script),
    provider: (baseUrl: string): ModelProvider => claudeProvider({ ...common, baseUrl }),
  },
  {
    name: "chat completions",
    start: (script: Script) => startChatCompletions(script, { key: "sk-ant-test" }),
    provider: (baseUrl: string): ModelProvider => openAiProvider({ ...common, baseUrl, model: "some-model" }),
  },
] as const;

const say = (text: string, more: Partial<SendRequest> = {}): SendRequest => ({
  person: world.person.maya,
  tenant: world.database.tenant,
  channel: "cli",
  text,
  ...more,
});
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const call = (name: string, input: unknown = {}): ReplyBlock => ({ type: "tool_use", name, input });
const answer = (text: string): ScriptedReply =>
  message(call("answer", { language: "en", text, headline: text }));
const plan = (...steps: readonly (readonly [title: string, tool: string])[]): ReplyBlock =>
  call("plan", { language: "en", steps: steps.map(([title, tool]) => ({ title, tool })) });
const lastOf = (request: unknown): string =>
  JSON.stringify((request as { messages: unknown[] }).messages.slice(-3));

const usual = plan(
  ["How long it takes", "orders__mean"],
  ["Wait a little", "orders__slow"],
  ["Simulate it", "orders__count"],
);
const statesOf = (reply: Pick<Reply, "plan">): string[] =>
  (reply.plan?.steps ?? []).map(({ title, state }) => `${title}: ${state}`);
const replyIn = (events: readonly ThreadEvent[]): Reply => {
  const last = events.at(-1)?.body;
  if (last?.type !== "reply") throw new Error(`ended with ${last?.type}`);
  return last.reply;
};

type Events = AsyncIterator<ThreadEvent>;
async function until(events: Events, title: string, state: string): Promise<void> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    const { body } = next.value;
    if (body.type === "step" && body.step.title === title && body.step.state === state) return;
  }
  throw new Error(`${title} never was ${state}`);
}
async function rest(events: Events): Promise<ThreadEvent[]> {
  const found: ThreadEvent[] = [];
  for (let next = await events.next(); next.done !== true; next = await events.next()) found.push(next.value);
  return found;
}

describe.each(protocols)("a plan over $name", ({ name, start, provider }) => {
  const serve = (url: string, change: Partial<AgentServiceOptions> = {}) =>
    world.serve(provider(url), change);

  it("is shown before it runs, and its steps are done by the calls of their tools", async () => {
    await using api = await start((_request, index) => {
      if (index === 0) return message(usual, call("orders__mean"), call("orders__slow"));
      return index === 1 ? message(call("orders__count", { above: 500 })) : answer("That is it.");
    });
    const events = await collect(serve(api.url).send(say("go", { thread: `shown ${name}` })));
    const shown = events.findIndex(({ body }) => body.type === "plan");
    const begun = events.findIndex(({ body }) => body.type === "step" || body.type === "result");
    expect(shown).toBeGreaterThanOrEqual(0);
    expect(shown).toBeLessThan(begun);
    expect(events[shown]!.body).toMatchObject({
      steps: ["How long it takes", "Wait a little", "Simulate it"].map((title) => ({
        title,
        state: "waiting",
      })),
    });
    const reply = replyIn(events);
    expect(statesOf(reply)).toEqual(["How long it takes: done", "Wait a little: done", "Simulate it: done"]);
    expect(JSON.stringify(api.requests[1])).toContain("Simulate it: waiting");
    expect(api.faults).toEqual([]);
  });

  it("ends with what was not done, whatever the model says of it", async () => {
    await using api = await start((_request, index) =>
      index === 0 ? message(usual, call("orders__mean")) : answer("Everything is done, the simulation too."),
    );
    const reply = await serve(api.url).ask(say("go", { thread: `claims ${name}` }));
    expect(statesOf(reply)).toEqual([
      "How long it takes: done",
      "Wait a little: skipped",
      "Simulate it: skipped",
    ]);
    expect(reply.reply).toContain("Done: How long it takes.");
    expect(reply.reply).toContain("- Simulate it: It was not begun.");
  });

  it("says that a step failed whose call did, and that one which was called again has a result", async () => {
    const failing = plan(["A", "orders__broken"], ["B", "orders__mean"], ["C", "orders__count"]);
    await using api = await start((_request, index) =>
      index === 0
        ? message(failing, call("orders__broken"), call("orders__mean"), call("orders__count"))
        : answer("All three are there."),
    );
    const reply = await serve(api.url).ask(say("go", { thread: `fails ${name}` }));
    expect(statesOf(reply)).toEqual(["A: failed", "B: done", "C: done"]);
    expect(reply.reply).toContain("- A: There are no times in this log");
  });

  it("leaves out what the person says to skip, though the model calls it", async () => {
    await using api = await start((request, index) => {
      if (index === 0) return message(usual, call("orders__mean"), call("orders__slow"));
      if (index === 1) return message(call("orders__count"));
      expect(lastOf(request)).toContain("Not to be done");
      return answer("The simulation is done.");
    });
    const thread = `skips ${name}`;
    const service = serve(api.url);
    const events = service.send(say("go", { thread }))[Symbol.asyncIterator]();
    await until(events, "Wait a little", "running");
    const steered = await service.ask(say("skip the simulation", { thread }));
    expect(steered.reply).toContain("Left out: Simulate it.");
    const reply = replyIn(await rest(events));
    expect(statesOf(reply)).toContain("Simulate it: skipped");
    expect(reply.calls.map(({ tool }) => tool)).not.toContain("orders.count");
    expect(reply.reply).toContain("Left out, as you said");
    expect(api.requests).toHaveLength(3);
    expect(api.faults).toEqual([]);
  });

  it("is stopped by a word, and then says what was done; the model is not asked again", async () => {
    const endless = plan(["A", "orders__mean"], ["B", "orders__endless"], ["C", "orders__count"]);
    await using api = await start(() => message(endless, call("orders__mean"), call("orders__endless")));
    const thread = `stops ${name}`;
    const service = serve(api.url);
    const events = service.send(say("go", { thread }))[Symbol.asyncIterator]();
    await until(events, "A", "done");
    const reply = await service.ask(say("stop", { thread }));
    expect(statesOf(reply)).toEqual(["A: done", "B: stopped", "C: stopped"]);
    expect((await rest(events)).at(-1)?.body).toMatchObject({ type: "stopped" });
    expect(api.requests).toHaveLength(1);
  });

  it("ends at a limit with the limit's name, and the model is not asked again", async () => {
    const endless = plan(["A", "orders__mean"], ["B", "orders__endless"], ["C", "orders__count"]);
    await using api = await start(() => message(endless, call("orders__mean"), call("orders__endless")));
    const service = serve(api.url, { limits: { planMilliseconds: 1_500 } });
    const reply = await service.ask(say("go", { thread: `time ${name}` }));
    expect(statesOf(reply)).toEqual(["A: done", "B: stopped", "C: stopped"]);
    expect(reply.reply).toContain("The time limit for one plan");
    expect(api.requests).toHaveLength(1);
    await using many = await start(() => message(usual, call("orders__mean"), call("orders__count")));
    const cut = await serve(many.url, { limits: { planSteps: 2 } }).ask(
      say("go", { thread: `steps ${name}` }),
    );
    expect(statesOf(cut)).toContain("Simulate it: stopped");
    expect(cut.calls.map(({ tool }) => tool)).not.toContain("orders.count");
  });

  it("proposes in a step, and changes nothing by it", async () => {
    const writing = plan(["A", "orders__mean"], ["B", "orders__count"], ["Note it", "orders__note"]);
    await using api = await start((_request, index) =>
      index === 0
        ? message(
            writing,
            call("orders__mean"),
            call("orders__count"),
            call("orders__note", { text: "late", limit: 500 }),
          )
        : answer("Noted."),
    );
    const reply = await serve(api.url).ask(say("go", { thread: `proposes ${name}` }));
    expect(reply.proposals).toHaveLength(1);
    expect(reply.plan?.steps.at(-1)).toMatchObject({ state: "done", proposals: [reply.proposals[0]!.id] });
  });
});
