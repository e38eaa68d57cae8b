/**
 * Both protocols against a gateway that is not ours: with models that it mocks by itself, and with models behind it that
 * it asks in the other protocol, so that every message is read and written by an implementation that knows nothing of us.
 */

import { type AIMessage, HumanMessage, ToolMessage, type UsageMetadata } from "@langchain/core/messages";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { claudeProvider } from "../../../agent/model/claude.ts";
import { declaredTool, hostedBriefing } from "../../../agent/model/fixtures/hosted-briefing.ts";
import { openAiProvider } from "../../../agent/model/openai.ts";
import type { ModelProvider } from "../../../agent/model/provider.ts";
import { type ChatCompletions, startChatCompletions } from "../chat-completions/server.ts";
import {
  type MessagesApi,
  type ReplyBlock,
  type ScriptedReply,
  startMessagesApi,
} from "../messages-api/server.ts";
import { type LiteLlm, startLiteLlm } from "./start.ts";

const wanted = process.env["LITELLM"] === "1";
const reason = wanted ? "" : " (skipped: LITELLM=1 fetches it, 760 MB)";

const briefing = hostedBriefing(
  [declaredTool("orders.count", z.object({ above: z.number().optional() }), "Counts orders")],
  { text: "how many?" },
);
const asked = [new HumanMessage("how many?")];
const mocked = "This is the mocked model.";

let gateway: LiteLlm;
let messages: MessagesApi;
let chat: ChatCompletions;
/** What the model behind the gateway says next. */
let script: ScriptedReply[] = [];
const next = (): ScriptedReply =>
  script.shift() ?? { kind: "message", content: [{ type: "text", text: "?" }] };

beforeAll(async () => {
  if (!wanted) return;
  messages = await startMessagesApi(next);
  chat = await startChatCompletions(next, { lenient: true });
  gateway = await startLiteLlm({
    "mocked-claude": { model: "anthropic/claude-sonnet-5", api_key: "none", mock_response: mocked },
    "mocked-gpt": { model: "openai/gpt-4o", api_key: "none", mock_response: mocked },
    limited: { model: "openai/gpt-4o", api_key: "none", mock_response: "litellm.RateLimitError" },
    "over-chat": { model: "hosted_vllm/some-model", api_key: "none", api_base: chat.url },
    "over-messages": { model: "anthropic/claude-haiku-4-5", api_key: "sk-ant-test", api_base: messages.url },
  });
  process.env["MILLWRIGHT_TEST_LITELLM"] = gateway.key;
}, 600_000);
afterAll(async () => {
  if (!wanted) return;
  await gateway[Symbol.asyncDispose]();
  await messages[Symbol.asyncDispose]();
  await chat[Symbol.asyncDispose]();
}, 30_000);

const settings = { apiKey: "env:MILLWRIGHT_TEST_LITELLM", backoffMilliseconds: 1, attempts: 2 };
const over = {
  messages: (model: string, change = {}): ModelProvider =>
    claudeProvider({ ...settings, baseUrl: gateway.url, model, ...change }),
  chat: (model: string, change = {}): ModelProvider =>
    openAiProvider({ ...settings, baseUrl: `${gateway.url}/v1`, model, ...change }),
};
const ask = async (provider: ModelProvider, said = asked as object[]): Promise<AIMessage> =>
  (await provider.model(briefing).invoke(said as typeof asked)) as AIMessage;
const usageOf = (said: AIMessage): UsageMetadata => said.usage_metadata as unknown as UsageMetadata;
const call = (above: number): ReplyBlock => ({ type: "tool_use", name: "orders__count", input: { above } });

describe.skipIf(!wanted)(`LiteLLM${reason}`, () => {
  it("has its mocked model answer over the Messages API", async () => {
    const said = await ask(over.messages("mocked-claude"));
    expect(said.text).toBe(mocked);
    expect(usageOf(said).input_tokens).toBeGreaterThan(0);
  });

  it("has its mocked model answer over chat completions", async () => {
    expect((await ask(over.chat("mocked-gpt"))).text).toBe(mocked);
  });

  it.each(["messages", "chat"] as const)(
    "says over %s that a limit is reached, a key is wrong",
    async (wire) => {
      const failed = (provider: ModelProvider) => ask(provider).catch((error: unknown) => error);
      expect(await failed(over[wire]("limited"))).toMatchObject({ reason: "rate-limit" });
      process.env["MILLWRIGHT_TEST_WRONG"] = "sk-ant-wrong";
      const wrong = over[wire]("mocked-gpt", { apiKey: "env:MILLWRIGHT_TEST_WRONG" });
      expect(await failed(wrong)).toMatchObject({ code: "model-unavailable" });
      expect(await failed(over[wire]("nobody"))).toMatchObject({ code: "model-unavailable" });
    },
  );

  const routes = [
    ["the Messages API in front of chat completions", () => over.messages("over-chat"), () => chat],
    ["chat completions in front of the Messages API", () => over.chat("over-messages"), () => messages],
  ] as const;

  describe.each(routes)("as %s", (_route, provider, behind) => {
    it("carries several calls at once there, and their results back", async () => {
      script = [
        { kind: "message", content: [{ type: "text", text: "Both at once." }, call(5), call(6)] },
        { kind: "message", content: [{ type: "text", text: "Größer als gedacht 🏭." }] },
      ];
      const said = await ask(provider());
      expect(said.tool_calls).toMatchObject([
        { name: "orders.count", args: { above: 5 } },
        { name: "orders.count", args: { above: 6 } },
      ]);
      const results = said.tool_calls!.map(
        ({ id, args }) => new ToolMessage({ tool_call_id: id!, content: `{"orders":${args["above"]}}` }),
      );
      const reply = await ask(provider(), [...asked, said, ...results]);
      expect(reply.text).toBe("Größer als gedacht 🏭.");
      expect(JSON.stringify(behind().requests.at(-1))).toContain('{\\"orders\\":6}');
      expect(usageOf(reply).input_tokens).toBeGreaterThan(100);
    });

    it("hands a reply in through its tool", async () => {
      const input = { language: "en", text: "Two.", headline: "Two." };
      script = [{ kind: "message", content: [{ type: "tool_use", name: "answer", input }] }];
      const said = await ask(provider());
      expect(said.text).toBe("Two.");
      expect(said.additional_kwargs["millwright"]).toMatchObject({ language: "en" });
    });

    it("says that a message was cut off", async () => {
      script = [{ kind: "message", content: [{ type: "text", text: "It takes" }], stop: "max_tokens" }];
      await expect(ask(provider())).rejects.toMatchObject({ code: "model-truncated" });
    });

    it("tries again what failed behind it", async () => {
      script = [
        { kind: "error", fault: { status: 500, type: "api_error", message: "It failed" } },
        { kind: "message", content: [{ type: "text", text: "At last." }] },
      ];
      expect((await ask(provider())).text).toBe("At last.");
    });
  });
});
