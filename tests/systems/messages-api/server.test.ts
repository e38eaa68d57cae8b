import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { overloaded, rateLimited, startMessagesApi } from "./server.ts";

const request = { model: "claude-sonnet-5", max_tokens: 1024 };
const hello = { role: "user" as const, content: "hello" };
const clientOf = (baseURL: string, apiKey = "sk-ant-test") =>
  new Anthropic({ baseURL, apiKey, maxRetries: 0 });

describe("the local Messages API, asked by Anthropic's own client", () => {
  it("streams thinking, text and calls that the client puts together again", async () => {
    await using api = await startMessagesApi([
      {
        kind: "message",
        content: [
          { type: "thinking", thinking: "Let me see what there is." },
          { type: "text", text: "I look at two things." },
          { type: "tool_use", name: "a", input: { deep: [1, "zwei", { drei: null }] } },
          { type: "tool_use", name: "b", input: {} },
        ],
      },
    ]);
    const message = await clientOf(api.url)
      .messages.stream({ ...request, messages: [hello] })
      .finalMessage();
    expect(message.stop_reason).toBe("tool_use");
    expect(message.content).toMatchObject([
      { type: "thinking", thinking: "Let me see what there is.", signature: expect.stringMatching(/.{20}/) },
      { type: "text", text: "I look at two things." },
      { type: "tool_use", name: "a", input: { deep: [1, "zwei", { drei: null }] } },
      { type: "tool_use", name: "b", input: {} },
    ]);
    expect(message.usage.output_tokens).toBeGreaterThan(10);
  });

  it("gives the same message in one piece", async () => {
    await using api = await startMessagesApi([
      { kind: "message", content: [{ type: "tool_use", name: "a", input: { x: 1 } }] },
    ]);
    const message = await clientOf(api.url).messages.create({ ...request, messages: [hello] });
    expect(message.content).toMatchObject([{ type: "tool_use", name: "a", input: { x: 1 } }]);
  });

  it("answers with the API's errors", async () => {
    await using api = await startMessagesApi([rateLimited(3), overloaded]);
    const client = clientOf(api.url);
    const ask = () => client.messages.create({ ...request, messages: [hello] });
    const limited = await ask().catch((error: unknown) => error as InstanceType<typeof Anthropic.APIError>);
    expect(limited).toMatchObject({ status: 429, type: "rate_limit_error" });
    expect((limited as { headers: Headers }).headers.get("retry-after")).toBe("3");
    await expect(ask()).rejects.toMatchObject({ status: 529, type: "overloaded_error" });
    await expect(
      clientOf(api.url, "wrong").messages.create({ ...request, messages: [hello] }),
    ).rejects.toMatchObject({
      status: 401,
    });
  });

  it.each([
    ["an unknown field", { ...request, messages: [hello], surprise: 1 }, /surprise: Extra inputs/],
    ["two messages of one role", { ...request, messages: [hello, hello] }, /roles must alternate/],
    ["an empty text", { ...request, messages: [{ role: "user", content: "" }] }, /messages.0.content/],
    [
      "a dot in a tool's name",
      { ...request, messages: [hello], tools: [{ name: "a.b", input_schema: { type: "object" } }] },
      /tools.0.name/,
    ],
    [
      "a union at the top of a schema",
      { ...request, messages: [hello], tools: [{ name: "a", input_schema: { type: "object", anyOf: [] } }] },
      /anyOf/,
    ],
    [
      "a call without its result",
      {
        ...request,
        messages: [
          hello,
          { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "a", input: {} }] },
          hello,
        ],
      },
      /without `tool_result`/,
    ],
    [
      "a result without its call",
      {
        ...request,
        messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "t9", content: "x" }] }],
      },
      /unexpected `tool_use_id`/,
    ],
    [
      "thinking that was not this server's",
      {
        ...request,
        messages: [
          hello,
          { role: "assistant", content: [{ type: "thinking", thinking: "x", signature: "y" }] },
          hello,
        ],
      },
      /signature/,
    ],
  ])("refuses %s", async (_name, body, message) => {
    await using api = await startMessagesApi([]);
    const error = await clientOf(api.url)
      .messages.create(body as unknown as Anthropic.MessageCreateParamsNonStreaming)
      .catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ status: 400 });
    expect((error as Error).message).toMatch(message);
    expect(api.requests).toEqual([]);
  });

  it("writes a long prefix to the cache once and reads it afterwards", async () => {
    const reply = { kind: "message" as const, content: [{ type: "text" as const, text: "ok" }] };
    await using api = await startMessagesApi([reply, reply]);
    const system = [
      { type: "text" as const, text: "long ".repeat(2000), cache_control: { type: "ephemeral" as const } },
    ];
    const ask = () => clientOf(api.url).messages.create({ ...request, system, messages: [hello] });
    const [first, second] = [await ask(), await ask()];
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(1024);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
  });
});
