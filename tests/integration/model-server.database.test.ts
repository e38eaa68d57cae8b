/** A model on a server of one's own, as the environment sets it up: asked, accounted for, and replaced when it is gone. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { generateSample } from "../../tools/logs/samples/generate.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { type ChatCompletions, startChatCompletions } from "../systems/chat-completions/server.ts";
import type { ReplyBlock, ScriptedReply } from "../systems/messages-api/server.ts";
import { temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let model: ChatCompletions;
let millwright: Millwright;
let script: ScriptedReply[] = [];
const call = (name: string, input: unknown): ReplyBlock => ({ type: "tool_use", name, input });
const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const gone: ScriptedReply = {
  kind: "error",
  fault: { status: 401, type: "authentication_error", message: "Incorrect API key" },
};

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  model = await startChatCompletions(() => script.shift() ?? gone, {
    key: "secret-of-the-server",
    uncounted: true,
  });
  process.env["MILLWRIGHT_TEST_SERVER_KEY"] = "secret-of-the-server";
  millwright = await openMillwright({
    data: join(folder.path, "data"),
    environment: {
      MILLWRIGHT_MODEL_URL: model.url,
      MILLWRIGHT_MODEL: "some-model",
      MILLWRIGHT_MODEL_KEY: "env:MILLWRIGHT_TEST_SERVER_KEY",
      MILLWRIGHT_BUDGET_DAY: "150000 tokens",
    },
    ...(server?.url ? { databaseUrl: server.url } : {}),
  });
  const path = join(folder.path, "order-to-cash.csv");
  await writeFile(path, generateSample("order-to-cash").csv);
  await millwright.importLog({ person: null, name: "order-to-cash.csv", path });
}, 120_000);
afterAll(async () => {
  await millwright.close();
  await model[Symbol.asyncDispose]();
  await server?.close();
  await folder.remove();
});

const maya = () => ({ id: "maya", tenant: millwright.tenant, name: "Maya", roles: [] });
const ask = (text: string) =>
  millwright.service.ask({ person: maya(), tenant: millwright.tenant, channel: "cli", thread: "own", text });
const cost = () =>
  millwright.service.call({ person: maya(), tenant: millwright.tenant, tool: "audit.cost", input: {} });

describe("a model on a server of one's own", () => {
  it("answers with tools of the product; its cost is not known, its tokens are estimated, and both is said", async () => {
    const reply = {
      language: "en",
      text: "Orders wait before a step.",
      headline: "Orders wait before a step.",
    };
    script = [message(call("mining__bottlenecks", {})), message(call("answer", reply))];
    const said = await ask("where do orders wait longest?");
    expect(said).toMatchObject({ planner: "openai-compatible", reply: "Orders wait before a step." });
    expect(said.views.length).toBeGreaterThan(0);
    expect(model.faults).toEqual([]);
    const told = JSON.stringify(await cost());
    expect(told).toContain("is not known");
    expect(told).toContain("are estimated");
    expect(told).toContain("150,000 tokens");
  });

  it("is stood in for by the built-in planner when its key is refused, who answers the question and says so", async () => {
    const said = await ask("where do orders wait longest?");
    expect(said.planner).toBe("built-in");
    expect(said.reply).toMatch(/\d/u);
    expect(said.reply).toContain("some-model could not be reached (the key was not accepted).");
  });

  it("is not asked when the day's tokens are used up", async () => {
    script = Array.from({ length: 12 }, () => message(call("mining__bottlenecks", {})));
    const first = await ask("where do orders wait longest?");
    expect(first.reply).toContain("budget of 150,000 tokens a day for everybody is used up");
    expect(first.reply).toMatch(/\d/u);
    const asked = model.requests.length;
    expect((await ask("why are orders late?")).planner).toBe("built-in");
    expect(model.requests.length).toBe(asked);
  });
});
