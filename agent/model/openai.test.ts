/** What only chat completions have: servers that are compatible, more or less. The rest is in hosted-conformance. */

import { type AIMessage, HumanMessage, ToolMessage, type UsageMetadata } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Habits, startChatCompletions } from "../../tests/systems/chat-completions/server.ts";
import type { ReplyBlock, ScriptedReply } from "../../tests/systems/messages-api/server.ts";
import { ModelTruncatedError, ModelUnavailableError } from "./errors.ts";
import { declaredTool, hostedBriefing } from "./fixtures/hosted-briefing.ts";
import { type OpenAiOptions, openAiProvider } from "./openai.ts";
import { CompletionReader, eventsIn } from "./openai-stream.ts";
import { ownCostMicros, PriceFormatError, parsePrice } from "./prices.ts";

const briefing = hostedBriefing([
  declaredTool("orders.count", z.object({ above: z.number().optional() }), "Counts orders"),
]);
const asked = [new HumanMessage("how many?")];
const provider = (baseUrl: string, change: Partial<OpenAiOptions> = {}) =>
  openAiProvider({ baseUrl, model: "some-model", backoffMilliseconds: 1, random: () => 0.5, ...change });
const ask = async (url: string, change: Partial<OpenAiOptions> = {}) =>
  (await provider(url, change).model(briefing).invoke(asked)) as AIMessage;
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const two = message(
  { type: "text", text: "Looking at both." },
  { type: "tool_use", name: "orders__count", input: { above: 5 } },
  { type: "tool_use", name: "orders__count", input: { above: 6 } },
);
const text = (said: string): ScriptedReply => message({ type: "text", text: said });
const usageOf = (said: AIMessage): UsageMetadata => said.usage_metadata as unknown as UsageMetadata;

describe("a compatible server", () => {
  it.each([
    ["as the original does", {}],
    ["in one piece although a stream was asked for", { whole: true }],
    ["with calls without an index", { unindexed: true }],
    ["with calls without an id", { nameless: true }],
    ["with calls with neither", { unindexed: true, nameless: true }],
    ["with null for choices beside the usage", { nullChoices: true }],
    ["without a last word", { undone: true }],
    ["with comments, event names and other line ends, cut anywhere", { ragged: true }],
    ["with arguments that are an object", { objects: true }],
    ["without counting", { uncounted: true }],
  ] as [string, Habits][])("is understood when it answers %s", async (_how, habits) => {
    await using api = await startChatCompletions([two, text("Done.")], habits);
    const said = await ask(api.url);
    expect(said.text).toBe("Looking at both.");
    expect(said.tool_calls).toMatchObject([
      { name: "orders.count", args: { above: 5 } },
      { name: "orders.count", args: { above: 6 } },
    ]);
    const results = said.tool_calls!.map(({ id }) => new ToolMessage({ tool_call_id: id!, content: "{}" }));
    const model = provider(api.url).model(briefing);
    expect(((await model.invoke([...asked, said, ...results])) as AIMessage).text).toBe("Done.");
    expect(api.faults).toEqual([]);
  });

  it.each([
    ["usage at a stream's end", ["stream_options"]],
    ["a limit by its old name", ["max_tokens"]],
    ["a limit by any name", ["max_tokens", "max_completion_tokens"]],
    ["all of them", ["stream_options", "max_tokens", "max_completion_tokens"]],
  ] as [string, Habits["refuses"] & {}][])(
    "that refuses %s is asked without it from then on",
    async (_what, refuses) => {
      await using api = await startChatCompletions(() => text("Yes."), { refuses });
      const model = provider(api.url);
      for (const _turn of [1, 2]) expect((await model.model(briefing).invoke(asked)).text).toBe("Yes.");
      expect(api.requests).toHaveLength(2);
      for (const field of refuses) expect(api.requests[0]).not.toHaveProperty(field);
    },
  );

  it("without a key is sent none", async () => {
    await using api = await startChatCompletions([text("Yes.")], { key: null });
    expect((await ask(api.url)).text).toBe("Yes.");
  });

  it("has its estimated tokens told apart from counted ones", async () => {
    await using counted = await startChatCompletions([text("Yes.")]);
    await using uncounted = await startChatCompletions([text("Yes.")], { uncounted: true });
    const [sure, guess] = [await ask(counted.url), await ask(uncounted.url)];
    expect(sure.response_metadata["usage_estimated"]).toBeUndefined();
    expect(guess.response_metadata["usage_estimated"]).toBe(true);
    expect(usageOf(guess).input_tokens).toBeGreaterThan(usageOf(sure).input_tokens * 0.8);
    expect(usageOf(guess).input_tokens).toBeLessThan(usageOf(sure).input_tokens * 2);
    expect(usageOf(guess).output_tokens).toBeGreaterThan(0);
  });

  it("whose model thinks aloud is taken at its word only", async () => {
    await using api = await startChatCompletions([text("<think>\nHow many? Ah.\n</think>\n\nNone.")]);
    expect((await ask(api.url)).text).toBe("None.");
  });

  it.each([
    ["a context that is full", "This model's maximum context length is 8192 tokens", ModelTruncatedError],
    ["anything else", "Something about this request is wrong", ModelUnavailableError],
  ])("that refuses a request for %s is not asked again", async (_what, words, kind) => {
    await using api = await startChatCompletions(() => ({
      kind: "error",
      fault: { status: 400, type: "invalid_request_error", message: words },
    }));
    await expect(ask(api.url)).rejects.toBeInstanceOf(kind);
    expect(api.requests).toHaveLength(1);
  });

  it("whose account is empty is not asked again, although it says 429", async () => {
    await using api = await startChatCompletions(() => ({
      kind: "error",
      fault: { status: 429, type: "insufficient_quota", message: "You exceeded your current quota" },
    }));
    await expect(ask(api.url)).rejects.toMatchObject({ reason: "credit" });
    expect(api.requests).toHaveLength(1);
  });

  it("that filters what its model says has declined", async () => {
    const reader = new CompletionReader();
    reader.add({ choices: [{ delta: { content: "Well" }, finish_reason: "content_filter" }] });
    expect(reader.finish(true).stop).toBe("refused");
  });
});

describe("what a model costs on a server of one's own", () => {
  it("is by the price that was given, and not known without one", () => {
    const usage = { input: 1000, output: 100, cacheRead: 5000, cacheWrite: 0 };
    const price = parsePrice("input 0.5, output 2, cached 0.05");
    expect(ownCostMicros(price, usage)).toBe(500 + 200 + 250);
    expect(ownCostMicros({ input: 0.5, output: 2 }, usage)).toBe(500 + 200 + 2500);
    expect(provider("http://127.0.0.1:9", { price }).cost!("some-model", usage)).toBe(950);
    expect(provider("http://127.0.0.1:9").cost!("some-model", usage)).toBeNull();
  });

  it.each(["", "0.5", "input 1", "input 1, output x", "input 1, output 2, input 3", "input -1, output 2"])(
    "is not read from %j",
    (given) => {
      expect(() => parsePrice(given)).toThrow(PriceFormatError);
    },
  );
});

describe("a stream of events", () => {
  const read = async (...pieces: string[]) => {
    const bytes = async function* () {
      for (const piece of pieces) yield new TextEncoder().encode(piece);
    };
    const found: string[] = [];
    for await (const data of eventsIn(bytes())) found.push(data);
    return found;
  };

  it("is its data, whatever the line ends, however it is cut", async () => {
    expect(await read("data: a\n\ndata:b\n\n")).toEqual(["a", "b"]);
    expect(await read("da", "ta: a\r", "\n\r\ndata: b\r\n\r\n")).toEqual(["a", "b"]);
    expect(await read(": ping\n\nevent: x\nid: 1\ndata: a\n\n")).toEqual(["a"]);
    expect(await read("data: a\ndata: b\n\n")).toEqual(["a\nb"]);
    expect(await read("data: last")).toEqual(["last"]);
  });
});
