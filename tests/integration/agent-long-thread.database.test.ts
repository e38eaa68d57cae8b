/** A thread of forty turns: what is sent stays small, and what was found in the first can still be spoken of. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { claudeProvider } from "../../agent/model/claude.ts";
import { type ReplyBlock, type ScriptedReply, startMessagesApi } from "../systems/messages-api/server.ts";
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

/** Of the thread and its results, at three bytes a token: tools and instructions stand beside it and are cached. */
const mostTokens = 8_000;
const tokensOf = ({ messages }: MessagesRequest): number =>
  Math.ceil(Buffer.byteLength(JSON.stringify(messages)) / 3);

const message = (...content: ReplyBlock[]): ScriptedReply => ({ kind: "message", content });
const call = (name: string, input: unknown): ReplyBlock => ({ type: "tool_use", name, input });
const answer = (text: string): ScriptedReply =>
  message(call("answer", { language: "en", text, headline: text.split("\n")[0] }));
const padding = "So it is, as far as the log says, over all of its orders and without a filter. ".repeat(40);

it("stays under eight thousand tokens, and its first facts can be used again", {
  timeout: 180_000,
}, async () => {
  let above = 0;
  let again: string | null = null;
  await using api = await startMessagesApi((request) => {
    if (again !== null) return answer(`As in the beginning: {{${again}}}.`);
    const found = JSON.stringify(request.messages.at(-1)).match(/\\"id\\":\\"(f[0-9a-f]{8})\\"/);
    if (found === null) return message(call("orders__count", { above }));
    return answer(`{{${found[1]}}}.\n\n${padding}`);
  });
  const provider = claudeProvider({ apiKey: "env:MILLWRIGHT_TEST_KEY", baseUrl: api.url });
  const service = world.serve(provider);
  const ask = (text: string) =>
    service.ask({
      person: world.person.maya,
      tenant: world.database.tenant,
      channel: "web",
      thread: "long",
      text,
    });
  const replies = [];
  for (let turn = 0; turn < 40; turn += 1) {
    above = turn;
    replies.push(
      await ask(`How many orders are above ${turn}? ${"I ask because of the report. ".repeat(30)}`),
    );
  }
  expect(replies.every(({ facts }) => facts.length > 0)).toBe(true);
  const sizes = api.requests.map(tokensOf);
  const largest = Math.max(...sizes);
  process.stdout.write(`the largest of ${sizes.length} requests: ${largest} tokens of thread and results\n`);
  expect(largest).toBeLessThan(mostTokens);
  const [first] = replies[0]!.facts;
  expect(JSON.stringify(api.requests.at(-1)!.messages)).toContain(`{{${first!.id}}}`);
  again = first!.id;
  const reply = await ask("What was it in the beginning?");
  expect(reply.reply).toBe("As in the beginning: 4 orders.");
  expect(reply.marks).toHaveLength(1);
  expect(reply.facts[0]).toMatchObject({ id: first!.id, value: 4 });
  expect(api.faults).toEqual([]);
});
