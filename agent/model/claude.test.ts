import { type AIMessage, HumanMessage, SystemMessage, type UsageMetadata } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  overloaded,
  rateLimited,
  type ScriptedReply,
  startMessagesApi,
} from "../../tests/systems/messages-api/server.ts";
import { toolMessage } from "../graph/tool-message.ts";
import { claudeProvider } from "./claude.ts";
import { ModelRefusedError, ModelTruncatedError, ModelUnavailableError } from "./errors.ts";
import { declaredTool, hostedBriefing } from "./fixtures/hosted-briefing.ts";
import { costMicros } from "./prices.ts";
import { SecretMissingError } from "./secret.ts";

process.env["MILLWRIGHT_TEST_KEY"] = "sk-ant-test";

const tool = (name: string, input: z.ZodType) => declaredTool(name, input, `${name} does it. `.repeat(60));
const briefing = hostedBriefing(
  [
    tool("mining.bottlenecks", z.object({ threshold: z.number().meta({ slot: "threshold" }).optional() })),
    tool("mining.what-if", z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])),
  ],
  { state: { kept: true } },
);

const model = (url: string, more: Partial<Parameters<typeof claudeProvider>[0]> = {}) =>
  claudeProvider({
    apiKey: "env:MILLWRIGHT_TEST_KEY",
    baseUrl: url,
    backoffMilliseconds: 1,
    random: () => 0.5,
    ...more,
  }).model(briefing);
const usageOf = (said: unknown): UsageMetadata => (said as { usage_metadata: UsageMetadata }).usage_metadata;
const asked = [new SystemMessage("generic"), new HumanMessage("why?")];
const text = (content: string): ScriptedReply => ({
  kind: "message",
  content: [{ type: "text", text: content }],
});

describe("Claude", () => {
  it("gets the tools without dots, unions wrapped, and tools and instructions marked for the cache", async () => {
    await using api = await startMessagesApi([text("Because."), text("Again.")]);
    const said = (await model(api.url).invoke(asked)) as AIMessage;
    expect(said.content).toBe("Because.");
    const [request] = api.requests;
    expect(request!.stream).toBe(true);
    expect(request!.thinking).toEqual({ type: "adaptive" });
    expect(request!.tools!.map(({ name }) => name)).toEqual([
      "mining__bottlenecks",
      "mining__what-if",
      "read_result",
      "plan",
      "answer",
    ]);
    expect(request!.tools![0]!.input_schema).toMatchObject({ properties: { threshold: { type: "number" } } });
    expect(JSON.stringify(request!.tools)).not.toContain('"slot"');
    expect(request!.tools![1]!.input_schema).toMatchObject({ required: ["input"] });
    expect(request!.tools!.at(-1)).toMatchObject({ cache_control: { type: "ephemeral" } });
    expect(request!.system).toMatchObject([
      { cache_control: { type: "ephemeral" } },
      { text: expect.stringContaining("2026-11-16") },
    ]);
    expect(request!.messages).toEqual([{ role: "user", content: "why?" }]);
    const again = (await model(api.url).invoke(asked)) as AIMessage;
    expect(usageOf(again).input_token_details!.cache_read).toBeGreaterThan(1024);
  });

  it("calls several tools at once and gets their results with its own thinking untouched", async () => {
    await using api = await startMessagesApi([
      {
        kind: "message",
        content: [
          { type: "thinking", thinking: "Two calls will do." },
          { type: "text", text: "Looking." },
          { type: "tool_use", name: "mining__bottlenecks", input: { threshold: 7200 } },
          { type: "tool_use", name: "mining__what-if", input: { input: { a: "x" } } },
        ],
        outputTokens: 77,
      },
      text("Done."),
    ]);
    const said = (await model(api.url).invoke(asked)) as AIMessage;
    expect(said.tool_calls).toMatchObject([
      { name: "mining.bottlenecks", args: { threshold: 7200 } },
      { name: "mining.what-if", args: { a: "x" } },
    ]);
    expect(usageOf(said).output_tokens).toBe(77);
    const results = said.tool_calls!.map(({ id, name }) =>
      toolMessage(id!, { kind: "problem", tool: name, input: {}, title: "t", detail: "d" }),
    );
    await model(api.url).invoke([...asked, said, ...results]);
    const [, back, answer] = api.requests[1]!.messages;
    expect(back!.content).toMatchObject([
      { type: "thinking", signature: expect.any(String) },
      { type: "text", text: "Looking." },
      { type: "tool_use", name: "mining__bottlenecks", input: { threshold: 7200 } },
      { type: "tool_use", name: "mining__what-if", input: { input: { a: "x" } } },
    ]);
    expect(answer!.content).toMatchObject([{ type: "tool_result" }, { type: "tool_result" }]);
    expect(api.faults).toEqual([]);
  });

  it("is understood by a server that answers in one piece, thinking and calls and all", async () => {
    const script: ScriptedReply[] = [
      {
        kind: "message",
        content: [
          { type: "thinking", thinking: "One call will do." },
          { type: "text", text: "Looking." },
          { type: "tool_use", name: "mining__bottlenecks", input: { threshold: 7200 } },
        ],
        outputTokens: 55,
      },
      text("Done."),
    ];
    await using api = await startMessagesApi(script, { whole: true });
    const said = (await model(api.url).invoke(asked)) as AIMessage;
    expect(said.tool_calls).toMatchObject([{ name: "mining.bottlenecks", args: { threshold: 7200 } }]);
    expect(usageOf(said).output_tokens).toBe(55);
    const result = toolMessage(said.tool_calls![0]!.id!, {
      kind: "problem",
      tool: "mining.bottlenecks",
      input: {},
      title: "t",
      detail: "d",
    });
    expect(((await model(api.url).invoke([...asked, said, result])) as AIMessage).text).toBe("Done.");
    expect(api.faults).toEqual([]);
  });

  it.each(["late", "never"] as const)("is paid for by a gateway that counts the input %s", async (counts) => {
    await using usual = await startMessagesApi([text("Yes.")]);
    await using gateway = await startMessagesApi([text("Yes.")], { counts });
    const known = usageOf(await model(usual.url).invoke(asked));
    const said = (await model(gateway.url).invoke(asked)) as AIMessage;
    if (counts === "late") expect(usageOf(said)).toEqual(known);
    else expect(usageOf(said).input_tokens).toBeGreaterThan(known.input_tokens * 0.8);
    expect(said.response_metadata["usage_estimated"]).toBe(counts === "never" ? true : undefined);
  });

  it("hands in its reply through a tool, with what belongs to it", async () => {
    await using api = await startMessagesApi([
      {
        kind: "message",
        content: [
          {
            type: "tool_use",
            name: "answer",
            input: {
              language: "de",
              text: "Es dauert {{f1}}.",
              headline: "Es dauert {{f1}}.",
              supersedes: ["p1"],
            },
          },
        ],
      },
    ]);
    const said = (await model(api.url).invoke(asked)) as AIMessage;
    expect(said.tool_calls).toEqual([]);
    expect(said.text).toBe("Es dauert {{f1}}.");
    expect(said.additional_kwargs["millwright"]).toMatchObject({
      language: "de",
      supersedes: ["p1"],
      clarification: null,
      state: { kept: true },
    });
  });

  it.each([
    ["input that is not JSON", "mining__bottlenecks", '{"threshold": 72'],
    ["a reply that does not fit", "answer", '{"language":"de"}'],
  ])("reports %s as an invalid call that can be answered", async (_name, name, json) => {
    await using api = await startMessagesApi([
      { kind: "message", content: [{ type: "tool_use", name, input: null, json }] },
      text("Sorry."),
    ]);
    const said = (await model(api.url).invoke(asked)) as AIMessage;
    expect(said.tool_calls).toEqual([]);
    const [invalid] = said.invalid_tool_calls!;
    expect(invalid).toMatchObject({ id: expect.stringMatching(/^toolu_/) });
    const told = toolMessage(invalid!.id!, {
      kind: "problem",
      tool: name,
      input: {},
      title: "t",
      detail: "d",
    });
    expect(((await model(api.url).invoke([...asked, said, told])) as AIMessage).text).toBe("Sorry.");
  });

  it("tries again after 429, 529, a failing stream and a stream that was cut or just ended", async () => {
    const content = [{ type: "text" as const, text: "This is a longer text, so it has some events." }];
    await using api = await startMessagesApi([
      rateLimited(0),
      overloaded,
      { kind: "error-event", type: "overloaded_error", message: "Overloaded" },
      { kind: "dropped", content, events: 5 },
      { kind: "ended", content, events: 6 },
      text("At last."),
    ]);
    const said = (await model(api.url, { attempts: 6 }).invoke(asked)) as AIMessage;
    expect(said.text).toBe("At last.");
    expect(api.requests).toHaveLength(6);
    const once = usageOf(said).input_tokens;
    expect(once).toBeGreaterThan(api.requests.length);
  });

  it("counts what dropped attempts used", async () => {
    const content = [{ type: "text" as const, text: "This is a longer text, so it has some events." }];
    await using calm = await startMessagesApi([text("Yes.")]);
    await using rough = await startMessagesApi([{ kind: "dropped", content, events: 6 }, text("Yes.")]);
    const [one, two] = await Promise.all([model(calm.url).invoke(asked), model(rough.url).invoke(asked)]);
    const input = (said: unknown): number => usageOf(said).input_tokens;
    expect(input(two)).toBe(2 * input(one));
  });

  it.each([
    ["a refusal", { kind: "message", content: [], stop: "refusal" } as ScriptedReply, ModelRefusedError],
    [
      "a message that was cut off, even with a call that looks whole",
      {
        kind: "message",
        content: [{ type: "tool_use", name: "mining__bottlenecks", input: {} }],
        stop: "max_tokens",
      } as ScriptedReply,
      ModelTruncatedError,
    ],
    ["an overload that does not pass", overloaded, ModelUnavailableError],
    ["a wait that is longer than anybody would", rateLimited(3600), ModelUnavailableError],
    [
      "a wrong key",
      {
        kind: "error",
        fault: { status: 401, type: "authentication_error", message: "invalid x-api-key" },
      } as ScriptedReply,
      ModelUnavailableError,
    ],
  ])("says plainly what %s is", async (_name, reply, error) => {
    await using api = await startMessagesApi(() => reply);
    await expect(model(api.url, { attempts: 2 }).invoke(asked)).rejects.toBeInstanceOf(error);
  });

  it("names a server that is not there, and never the key", async () => {
    const error = await model("http://127.0.0.1:9", { attempts: 1 })
      .invoke(asked)
      .catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(String(error)).not.toContain("sk-ant");
    expect(() => claudeProvider({ apiKey: "env:MILLWRIGHT_NO_SUCH_KEY" })).toThrow(SecretMissingError);
  });

  it("stops when it is told to", async () => {
    await using api = await startMessagesApi(() => overloaded);
    const signal = AbortSignal.timeout(50);
    const slow = model(api.url, { attempts: 9, backoffMilliseconds: 10_000 });
    await expect(slow.invoke(asked, { signal })).rejects.toThrow();
  });

  it("merges messages of one role, which the API may not take apart", async () => {
    await using api = await startMessagesApi([text("Yes.")]);
    await model(api.url).invoke([new HumanMessage("first"), new HumanMessage("second")]);
    expect(api.requests[0]!.messages).toEqual([{ role: "user", content: "first\n\nsecond" }]);
  });
});

describe("prices", () => {
  it("charge input, output and both sides of the cache at the model's rate, and unknown models at the dearest", () => {
    const usage = { input: 1000, output: 100, cacheRead: 10_000, cacheWrite: 2000 };
    expect(costMicros("claude-sonnet-5", usage)).toBe(2000 + 1000 + 2000 + 5000);
    expect(costMicros("claude-haiku-4-5", usage)).toBe(1000 + 500 + 1000 + 2500);
    expect(costMicros("who-knows", usage)).toBe(15_000 + 7500 + 15_000 + 37_500);
  });
});
