/** What every protocol of hosted models must do, over the wire: the same scripts, the same expectations. */

import { type AIMessage, HumanMessage, SystemMessage, type UsageMetadata } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { startChatCompletions } from "../../tests/systems/chat-completions/server.ts";
import {
  overloaded,
  type ReplyBlock,
  rateLimited,
  type ScriptedReply,
  startMessagesApi,
} from "../../tests/systems/messages-api/server.ts";
import type { Tool } from "../../tools/define.ts";
import { toolMessage } from "../graph/tool-message.ts";
import { changeStep, declaredPlan } from "../plans/plan.ts";
import { claudeProvider } from "./claude.ts";
import { ModelRefusedError, ModelTruncatedError, ModelUnavailableError } from "./errors.ts";
import { declaredTool, hostedBriefing } from "./fixtures/hosted-briefing.ts";
import type { HostedSettings } from "./hosted.ts";
import { openAiProvider } from "./openai.ts";
import type { ModelProvider } from "./provider.ts";
import { SecretMissingError } from "./secret.ts";

process.env["MILLWRIGHT_TEST_KEY"] = "sk-ant-test";
const key = "env:MILLWRIGHT_TEST_KEY";

interface Double extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly unknown[];
  readonly faults: readonly unknown[];
  readonly hungUp: number;
}
type Script = readonly ScriptedReply[] | ((request: unknown, index: number) => ScriptedReply);
type Change = Partial<HostedSettings> & { silenceMilliseconds?: number; apiKey?: string };
interface Protocol {
  readonly name: string;
  start(script: Script): Promise<Double>;
  provider(url: string, change: Change): ModelProvider;
}

const protocols: readonly Protocol[] = [
  {
    name: "the Messages API",
    start: (script) => startMessagesApi(script),
    provider: (baseUrl, change) => claudeProvider({ apiKey: key, baseUrl, ...change }),
  },
  {
    name: "chat completions",
    start: (script) => startChatCompletions(script, { key: "sk-ant-test" }),
    provider: (baseUrl, change) => openAiProvider({ apiKey: key, baseUrl, model: "some-model", ...change }),
  },
];

const tool = (name: string, input: z.ZodType) => declaredTool(name, input, `${name} does it. `.repeat(100));
const briefing = hostedBriefing(
  [
    tool("mining.bottlenecks", z.object({ threshold: z.number().optional() })),
    tool("mining.what-if", z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])),
  ],
  { person: { id: "ana", tenant: "t", name: "Ana Kovač", roles: ["analyst"] }, state: { kept: true } },
);

const asked = [new SystemMessage("generic"), new HumanMessage("why?")];
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const text = (said: string): ScriptedReply => message({ type: "text", text: said });
const call = (name: string, input: unknown, json?: string): ReplyBlock => ({
  type: "tool_use",
  name,
  input,
  ...(json === undefined ? {} : { json }),
});
const bottlenecks = call("mining__bottlenecks", { threshold: 7200 });
const failing = (status: number, type: string): ScriptedReply => ({
  kind: "error",
  fault: { status, type, message: `It is ${type}` },
});
const long: ReplyBlock[] = [{ type: "text", text: "This is a longer text, so it comes in some events." }];
const problem = (id: string, name: string) =>
  toolMessage(id, { kind: "problem", tool: name, input: {}, title: "t", detail: "d" });
const usageOf = (said: AIMessage): UsageMetadata => said.usage_metadata as unknown as UsageMetadata;

describe.each(protocols)("over $name, a hosted model", (protocol) => {
  const ask = async (api: Double, change: Change = {}, messages = asked, signal?: AbortSignal) => {
    const settings = { backoffMilliseconds: 1, random: () => 0.5, ...change };
    const model = protocol.provider(api.url, settings).model(briefing);
    return (await model.invoke([...messages], signal === undefined ? {} : { signal })) as AIMessage;
  };
  const failure = async (api: Double, change: Change = {}) =>
    ask(api, change).then(
      () => null,
      (error: unknown) => error,
    );

  it("answers in words", async () => {
    await using api = await protocol.start([text("Because.")]);
    expect((await ask(api)).content).toBe("Because.");
    expect(api.faults).toEqual([]);
  });

  it("keeps letters whole that come in pieces, in words and in inputs", async () => {
    const said = "Größe 🏭🏭🏭 — 待ち時間 ".repeat(8).trim();
    await using api = await protocol.start([
      message({ type: "text", text: said }, call("mining__what-if", { input: { a: said } })),
    ]);
    const reply = await ask(api);
    expect(reply.text).toBe(said);
    expect(reply.tool_calls).toMatchObject([{ args: { a: said } }]);
  });

  it("calls a tool by its own name, a wrapped input unwrapped", async () => {
    await using api = await protocol.start([message(call("mining__what-if", { input: { a: "x" } }))]);
    expect((await ask(api)).tool_calls).toMatchObject([{ name: "mining.what-if", args: { a: "x" } }]);
  });

  it("calls several tools at once, and gets each result with its call", async () => {
    await using api = await protocol.start([
      message(
        { type: "text", text: "Looking." },
        bottlenecks,
        call("mining__what-if", { input: { b: "y" } }),
      ),
      text("Done."),
    ]);
    const said = await ask(api);
    expect(said.tool_calls!.map(({ name }) => name)).toEqual(["mining.bottlenecks", "mining.what-if"]);
    const results = said.tool_calls!.map(({ id, name }) => problem(id!, name));
    expect((await ask(api, {}, [...asked, said, ...results] as typeof asked)).text).toBe("Done.");
    expect(api.faults).toEqual([]);
  });

  it("hears what the person says while it works, after what its calls found", async () => {
    await using api = await protocol.start([message(bottlenecks, bottlenecks), text("Only Germany, then.")]);
    const said = await ask(api);
    const results = said.tool_calls!.map(({ id, name }) => problem(id!, name));
    const meanwhile = new HumanMessage("(Said by the person while you work: only Germany)");
    const reply = await ask(api, {}, [...asked, said, ...results, meanwhile] as typeof asked);
    expect(reply.text).toBe("Only Germany, then.");
    expect(JSON.stringify(api.requests[1])).toContain("only Germany");
    expect(api.faults).toEqual([]);
  });

  it("calls one tool twice at once, each call with an id of its own", async () => {
    await using api = await protocol.start([message(bottlenecks, bottlenecks)]);
    const ids = (await ask(api)).tool_calls!.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("takes a call without any input for one with an empty one", async () => {
    await using api = await protocol.start([message(call("mining__bottlenecks", {}))]);
    expect((await ask(api)).tool_calls).toMatchObject([{ name: "mining.bottlenecks", args: {} }]);
  });

  it("hands its reply in through a tool, with what belongs to it", async () => {
    const input = { language: "de", text: "Es dauert {{f1}}.", headline: "Kurz.", supersedes: ["p1"] };
    await using api = await protocol.start([message(call("answer", input))]);
    const said = await ask(api);
    expect(said.tool_calls).toEqual([]);
    expect(said.text).toBe("Es dauert {{f1}}.");
    expect(said.additional_kwargs["millwright"]).toMatchObject({
      language: "de",
      supersedes: ["p1"],
      state: { kept: true },
    });
  });

  it("has calls run before a reply that came together with them", async () => {
    const input = { language: "en", text: "Early.", headline: "Early." };
    await using api = await protocol.start([message(bottlenecks, call("answer", input)), text("Later.")]);
    const said = await ask(api);
    expect(said.tool_calls).toHaveLength(1);
    expect(said.additional_kwargs["millwright"]).toBeUndefined();
    const next = [...asked, said, problem(said.tool_calls![0]!.id!, "mining.bottlenecks")];
    await ask(api, {}, next as typeof asked);
    expect(api.faults).toEqual([]);
  });

  it.each([
    ["input that is not JSON", "mining__bottlenecks", '{"threshold": 72'],
    ["input with words around it", "mining__bottlenecks", 'Sure: {"threshold": 7200}'],
    ["a reply that is not JSON", "answer", '{"language":"de","text":"Es'],
    ["a reply that does not fit", "answer", '{"language":"de"}'],
  ])("reports %s as a call that can be answered", async (_what, name, json) => {
    await using api = await protocol.start([message(call(name, null, json)), text("Sorry.")]);
    const said = await ask(api);
    expect(said.tool_calls).toEqual([]);
    const [invalid] = said.invalid_tool_calls!;
    const next = [...asked, said, problem(invalid!.id!, name)];
    expect((await ask(api, {}, next as typeof asked)).text).toBe("Sorry.");
    expect(api.faults).toEqual([]);
  });

  describe("with a plan to say", () => {
    const steps = [
      { title: "Wo es wartet", tool: "mining__bottlenecks" },
      { title: "Was wäre, wenn", tool: "mining.what-if", why: "damit man es sieht" },
      { title: "Und danach", tool: "mining__bottlenecks" },
    ];
    const plan = (changed: readonly object[] = steps) => call("plan", { language: "de", steps: changed });
    const saidIn = ({ additional_kwargs }: AIMessage) =>
      additional_kwargs["millwright"] as { steps?: unknown; language?: string } | undefined;

    it("says it together with its first calls, and it is no call of the product", async () => {
      await using api = await protocol.start([message(plan(), bottlenecks), text("Done.")]);
      const said = await ask(api);
      expect(said.tool_calls!.map(({ name }) => name)).toEqual(["mining.bottlenecks"]);
      expect(saidIn(said)).toMatchObject({
        language: "de",
        byTool: true,
        steps: [
          { id: "step-1", tool: "mining.bottlenecks", title: "Wo es wartet" },
          { id: "step-2", tool: "mining.what-if", why: "damit man es sieht" },
          { id: "step-3", tool: "mining.bottlenecks" },
        ],
      });
      const result = problem(said.tool_calls![0]!.id!, "mining.bottlenecks");
      expect((await ask(api, {}, [...asked, said, result] as typeof asked)).text).toBe("Done.");
      expect(api.faults).toEqual([]);
    });

    it("is told to go on where it says nothing else, and keeps its plan", async () => {
      await using api = await protocol.start([message(plan()), message(bottlenecks)]);
      const said = await ask(api);
      expect(JSON.stringify(api.requests[1])).toContain("call the tools of its first steps");
      expect(saidIn(said)?.steps).toHaveLength(3);
      expect(said.tool_calls).toHaveLength(1);
      expect(api.faults).toEqual([]);
    });

    it.each([
      ["a tool that is not there", [...steps, { title: "Alles weg", tool: "drop_orders" }], "drop_orders"],
      ["a figure that nobody said", [...steps, { title: "Spart 40 %", tool: "mining__what-if" }], "figure"],
      ["too few steps", steps.slice(0, 2), "3"],
    ])("is told what is wrong with one that names %s, and then goes on without", async (_, wrong, why) => {
      await using api = await protocol.start([message(plan(wrong)), message(bottlenecks)]);
      const said = await ask(api);
      expect(JSON.stringify(api.requests[1])).toContain(why);
      expect(saidIn(said)).toBeUndefined();
      expect(api.faults).toEqual([]);
    });

    it("cannot say plans for ever", async () => {
      await using api = await protocol.start(() => message(plan()));
      expect(await failure(api)).toBeInstanceOf(ModelTruncatedError);
      expect(api.requests.length).toBeLessThan(8);
    });

    it("hears how far its plan is, as code keeps it", async () => {
      await using api = await protocol.start([text("Done.")]);
      const kept = {
        ...declaredPlan(
          [
            { id: "step-1", tool: "a", title: "Wo es wartet" },
            { id: "step-2", tool: "b", title: "B" },
            { id: "step-3", tool: "c", title: "C" },
          ],
          "de",
        ),
        byTool: true as const,
      };
      const running = changeStep(kept, "step-1", { state: "done" });
      const progress = { plan: running, over: false, told: 0 };
      const model = protocol.provider(api.url, { backoffMilliseconds: 1 }).model({ ...briefing, progress });
      await model.invoke([...asked]);
      expect(JSON.stringify(api.requests[0])).toContain("- Wo es wartet: done");
      expect(api.faults).toEqual([]);
    });
  });

  it("hands on input that is JSON and no object, for the schema to refuse", async () => {
    await using api = await protocol.start([
      message(call("mining__bottlenecks", null, "[1, 2]")),
      text("Sorry."),
    ]);
    const said = await ask(api);
    expect(said.tool_calls).toMatchObject([{ args: [1, 2] }]);
    const next = [...asked, said, problem(said.tool_calls![0]!.id!, "mining.bottlenecks")];
    await ask(api, {}, next as typeof asked);
    expect(api.faults).toEqual([]);
  });

  it("hands on a call of a tool that is not there, under the name it was called by", async () => {
    await using api = await protocol.start([message(call("drop_database", { now: true }))]);
    expect((await ask(api)).tool_calls).toMatchObject([{ name: "drop_database", args: { now: true } }]);
  });

  it.each([
    ["a refusal", { ...message(), stop: "refusal" } as ScriptedReply, ModelRefusedError],
    [
      "a refusal after some words",
      { ...text("I would rather"), stop: "refusal" } as ScriptedReply,
      ModelRefusedError,
    ],
    ["words cut off", { ...text("It takes"), stop: "max_tokens" } as ScriptedReply, ModelTruncatedError],
    [
      "a call cut off, even one that looks whole",
      { ...message(bottlenecks), stop: "max_tokens" } as ScriptedReply,
      ModelTruncatedError,
    ],
    ["a message with nothing in it", message(), ModelTruncatedError],
  ])("tells %s, with what it used, and does not ask again", async (_what, reply, kind) => {
    await using api = await protocol.start(() => reply);
    const error = await failure(api);
    expect(error).toBeInstanceOf(kind);
    const { input, cacheWrite } = (error as ModelRefusedError).usage!;
    expect(input + cacheWrite).toBeGreaterThan(1024);
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ["a rate limit", rateLimited(0)],
    ["an overload", overloaded],
    ["a failure of the server", failing(500, "api_error")],
    ["an overload in the middle", { kind: "error-event", type: "overloaded_error", message: "Overloaded" }],
    ["a connection that breaks", { kind: "dropped", content: long, events: 5 }],
    ["a stream that just ends", { kind: "ended", content: long, events: 6 }],
    ["a stream that ends within a call", { kind: "ended", content: [bottlenecks], events: 3 }],
  ] as [string, ScriptedReply][])("tries again after %s, and says nothing twice", async (_what, reply) => {
    await using api = await protocol.start([reply, text("At last.")]);
    const said = await ask(api);
    expect(said.text).toBe("At last.");
    expect(api.requests).toHaveLength(2);
  });

  it("waits as long as the server asks", async () => {
    await using api = await protocol.start([rateLimited(1), text("Thank you.")]);
    const began = performance.now();
    await ask(api);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it.each([
    ["the tries are used up", overloaded, 3, "overloaded"],
    ["the server asks for a longer wait than anybody would have", rateLimited(3600), 1, "rate-limit"],
    ["the key is wrong", failing(401, "authentication_error"), 1, "key"],
    ["the key may not", failing(403, "permission_error"), 1, "not-allowed"],
    ["there is no such model", failing(404, "not_found_error"), 1, "no-model"],
    ["the request is not accepted", failing(400, "invalid_request_error"), 1, "request"],
    ["the request is too large", failing(413, "request_too_large"), 1, "too-large"],
  ] as const)("gives up when %s, and says which", async (_what, reply, requests, reason) => {
    await using api = await protocol.start(() => reply);
    const error = await failure(api, { attempts: 3 });
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect((error as ModelUnavailableError).reason).toBe(reason);
    expect(api.requests).toHaveLength(requests);
  });

  it.each([
    ["before its answer", 0],
    ["in the middle of it", 3],
  ])("tries again when the server falls silent %s", async (_when, events) => {
    const silent: ScriptedReply = { kind: "silent", content: long, events };
    await using api = await protocol.start([silent, text("Here.")]);
    expect((await ask(api, { silenceMilliseconds: 150 })).text).toBe("Here.");
    expect(api.hungUp).toBe(1);
  });

  it("says that a server that stays silent took too long", async () => {
    await using api = await protocol.start(() => ({ kind: "silent", content: long, events: 0 }));
    const error = await failure(api, { silenceMilliseconds: 50, attempts: 2 });
    expect(error).toMatchObject({ code: "model-unavailable", reason: "timeout" });
    expect(api.requests).toHaveLength(2);
  });

  it("begins no further try when its patience is over", async () => {
    await using api = await protocol.start(() => overloaded);
    await failure(api, { attempts: 50, backoffMilliseconds: 60, patienceMilliseconds: 200 });
    expect(api.requests.length).toBeGreaterThan(1);
    expect(api.requests.length).toBeLessThan(5);
  });

  it("counts what broken tries used", async () => {
    await using calm = await protocol.start([text("Yes.")]);
    await using rough = await protocol.start([{ kind: "ended", content: long, events: 6 }, text("Yes.")]);
    const [one, two] = [usageOf(await ask(calm)), usageOf(await ask(rough))];
    expect(two.input_tokens).toBeGreaterThan(1.5 * one.input_tokens);
  });

  it("tells what the cache gave apart from what was read anew", async () => {
    await using api = await protocol.start([text("One."), text("Two.")]);
    const [first, second] = [usageOf(await ask(api)), usageOf(await ask(api))];
    expect(first.input_token_details!.cache_read).toBe(0);
    const { cache_read: cached = 0 } = second.input_token_details!;
    expect(cached).toBeGreaterThan(1024);
    expect(second.input_tokens).toBeGreaterThan(cached);
    expect(second.total_tokens).toBe(second.input_tokens + second.output_tokens);
  });

  it.each(["before it began", "in the middle", "while it waits to try again"])(
    "stops at once when it is told to %s",
    async (when) => {
      const scripts: Readonly<Record<string, ScriptedReply>> = {
        "before it began": text("Never."),
        "in the middle": { kind: "silent", content: long, events: 3 },
        "while it waits to try again": rateLimited(20),
      };
      await using api = await protocol.start(() => scripts[when]!);
      const signal = when === "before it began" ? AbortSignal.abort() : AbortSignal.timeout(120);
      const began = performance.now();
      await expect(ask(api, {}, asked, signal)).rejects.toThrow();
      expect(performance.now() - began).toBeLessThan(5_000);
      await expect.poll(() => api.requests.length).toBe(when === "before it began" ? 0 : 1);
      if (when === "in the middle") await expect.poll(() => api.hungUp).toBe(1);
    },
  );

  describe("with a rule to write", () => {
    const publish = tool(
      "rules.publish",
      z.object({ condition: z.string(), action: z.string().optional(), share: z.number().max(1).optional() }),
    );
    const withRules = {
      ...briefing,
      tools: [...briefing.tools, { ...publish, risk: "write" } as unknown as Tool],
    };
    const write = async (api: Double, provider?: ModelProvider) => {
      const made = provider ?? protocol.provider(api.url, { backoffMilliseconds: 1 });
      return (await made.model(withRules).invoke(asked)) as AIMessage;
    };
    const held = (request: unknown): unknown[] =>
      JSON.stringify((request as { tools: unknown }).tools).match(/"strict":true/gu) ?? [];

    it("is held to the rule's schema by the server, and to no other", async () => {
      await using api = await protocol.start([message(call("rules__publish", { condition: "a > 1" }))]);
      const said = await write(api);
      expect(said.tool_calls).toMatchObject([{ name: "rules.publish", args: { condition: "a > 1" } }]);
      expect(held(api.requests[0])).toHaveLength(1);
      expect(api.faults).toEqual([]);
    });

    it("may say null for what it leaves out", async () => {
      const input = { condition: "a > 1", action: null, share: null };
      await using api = await protocol.start([message(call("rules__publish", input))]);
      expect((await write(api)).tool_calls![0]!.args).toEqual({ condition: "a > 1" });
    });

    it("is asked without it where the server cannot hold schemas, from then on", async () => {
      const refusing: ScriptedReply = {
        kind: "error",
        fault: {
          status: 400,
          type: "invalid_request_error",
          message: "tools.2: strict: Schema is too complex",
        },
      };
      await using api = await protocol.start([refusing, text("Yes."), text("Again.")]);
      const provider = protocol.provider(api.url, { backoffMilliseconds: 1 });
      expect((await write(api, provider)).text).toBe("Yes.");
      expect((await write(api, provider)).text).toBe("Again.");
      expect(api.requests.map((request) => held(request).length)).toEqual([1, 0, 0]);
    });
  });

  describe("with a result that is too long to be shown", () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({ index, step: `step ${index}` }));
    const outcome = {
      kind: "result" as const,
      tool: "mining.bottlenecks",
      input: {},
      result: {
        data: { rows },
        facts: [],
        views: [],
        answer: { headline: { text: "Long." }, assumptions: [], figures: [] },
      },
    };
    /** A turn in which the tool was called and answered. */
    const answered = (said: AIMessage) =>
      [...asked, said, toolMessage(said.tool_calls![0]!.id!, outcome)] as typeof asked;
    const look = (said: AIMessage, more: object): ScriptedReply =>
      message(call("read_result", { call: said.tool_calls![0]!.id, ...more }));

    it("reads on in it by reference, without a tool of the product", async () => {
      const script: ScriptedReply[] = [message(call("mining__bottlenecks", {}))];
      await using api = await protocol.start((_request, index) => script[index]!);
      const said = await ask(api);
      script.push(look(said, { path: "rows", from: 200, count: 3 }), text("Read."));
      const reply = await ask(api, {}, answered(said));
      expect(reply.text).toBe("Read.");
      const [, shown, read] = api.requests.map((request) => JSON.stringify(request));
      expect(shown).not.toContain("step 200");
      expect(shown).toContain("(350 more)");
      expect(read).toContain("step 202");
      expect(read).not.toContain("step 203");
      expect(read).toMatch(/next_from\\*":203/u);
      expect(api.faults).toEqual([]);
      expect(usageOf(reply).input_tokens).toBeGreaterThan(usageOf(said).input_tokens * 1.5);
    });

    it.each([
      ["a call that was not made", { call: "elsewhere" }, "No call elsewhere"],
      ["a place that is not there", { path: "rows.9999" }, "nothing at"],
      ["what no object has of its own", { path: "constructor" }, "nothing at"],
      ["a wrong number", { from: -1 }, "from"],
    ])("is told so when it asks for %s", async (_what, more, words) => {
      const script: ScriptedReply[] = [message(call("mining__bottlenecks", {}))];
      await using api = await protocol.start((_request, index) => script[index]!);
      const said = await ask(api);
      script.push(look(said, more), text("I see."));
      expect((await ask(api, {}, answered(said))).text).toBe("I see.");
      expect(JSON.stringify(api.requests.at(-1))).toContain(words);
    });

    it("cannot read for ever", async () => {
      const script: ScriptedReply[] = [message(call("mining__bottlenecks", {}))];
      await using api = await protocol.start((_request, index) => script[index] ?? script.at(-1)!);
      const said = await ask(api);
      script.push(look(said, { path: "rows" }));
      await expect(ask(api, {}, answered(said))).rejects.toBeInstanceOf(ModelTruncatedError);
      expect(api.requests.length).toBeLessThan(9);
      expect(api.faults).toEqual([]);
    });

    it("is shown the data of its last calls only; of earlier ones the facts", async () => {
      await using api = await protocol.start([
        message(call("mining__bottlenecks", {})),
        message(call("mining__bottlenecks", { threshold: 1 })),
        text("Done."),
      ]);
      const first = await ask(api);
      const before = answered(first);
      const second = await ask(api, {}, before);
      const next = [...before, second, toolMessage(second.tool_calls![0]!.id!, outcome)] as typeof asked;
      await ask(api, {}, next);
      const sent = JSON.stringify(api.requests.at(-1));
      expect(sent.split("data_from_the_log_not_instructions").length).toBe(2);
      expect(sent.split("read_result").length).toBeGreaterThan(3);
      expect(api.faults).toEqual([]);
    });
  });

  it("keeps people's names to itself and puts them back into what comes", async () => {
    await using api = await protocol.start((request) => {
      const stands = /"name\\*":\\*"([^"\\]+)\\*",\\*"roles/u.exec(JSON.stringify(request))![1]!;
      return text(`Ask ${stands}.`);
    });
    const said = await ask(api, {}, [new HumanMessage("What does Ana Kovač wait for?")]);
    expect(JSON.stringify(api.requests)).not.toContain("Kovač");
    expect(said.text).toBe("Ask Ana Kovač.");
  });

  it("is told the instructions and the turn's circumstances once, and messages of one speaker together", async () => {
    await using api = await protocol.start([text("Yes.")]);
    await ask(api, {}, [new SystemMessage("generic"), new HumanMessage("first"), new HumanMessage("second")]);
    const sent = JSON.stringify(api.requests[0]);
    expect(sent).toContain("first\\n\\nsecond");
    expect(sent).toContain("2026-11-16");
    expect(sent).not.toContain("generic");
    expect(sent.split("You are Millwright").length).toBe(2);
  });

  it("names a server that is not there, and never the key", async () => {
    const nowhere = { url: "http://127.0.0.1:9/v1" } as Double;
    const error = await failure(nowhere, { attempts: 1 });
    expect(error).toMatchObject({ code: "model-unavailable", reason: "connection" });
    expect(String(error) + JSON.stringify(error)).not.toContain("sk-ant");
  });

  it("is not begun without its key", () => {
    const apiKey = "env:MILLWRIGHT_NO_SUCH_KEY";
    expect(() => protocol.provider("http://127.0.0.1:9", { apiKey })).toThrow(SecretMissingError);
  });
});
