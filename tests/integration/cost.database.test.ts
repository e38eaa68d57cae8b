/**
 * What an analysis costs with Claude, by the size of the prompts that the product really sends: golden questions on a
 * sample log, over a server that records the wire. Bytes are turned into tokens at three a token, on the dear side for
 * English and JSON, and priced by the product's own table.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultModel } from "../../agent/model/claude.ts";
import { costMicros, pricesAsOf } from "../../agent/model/prices.ts";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { generateSample } from "../../tools/logs/samples/generate.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { type MessagesApi, type ReplyBlock, startMessagesApi } from "../systems/messages-api/server.ts";
import type { MessagesRequest } from "../systems/messages-api/validate.ts";
import { temporaryFolder } from "./cli-process.ts";

const bytesPerToken = 3;
/** What Claude may think before a call or a reply of this size. */
const thinkingTokens = 150;
/** Millionths of a US dollar. */
const most = 20_000;

/** Of the text that the model reads: JSON inside a string is escaped on the wire, not for the model. */
function tokens(value: unknown): number {
  const text = JSON.stringify(value).replaceAll(/\\+"/gu, '"');
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

interface Question {
  readonly text: string;
  readonly calls: readonly ReplyBlock[];
  readonly reply: string;
}
const call = (name: string, input: unknown): ReplyBlock => ({ type: "tool_use", name, input });
const reply =
  "Cases wait longest before the step that is named below. Where they wait depends on the customer's segment; that is an association, not a cause. Over the whole log, in UTC, all cases. Next: ask why.";
const filter = { kind: "attribute", attribute: "country", comparator: "=", value: "DE" };
const questions: readonly Question[] = [
  { text: "where do orders wait longest?", calls: [call("mining__bottlenecks", {})], reply },
  {
    text: "how long does an order take, and only in Germany?",
    calls: [call("kpi__query", {}), call("kpi__query", { filters: [filter] })],
    reply,
  },
  { text: "why are orders late?", calls: [call("mining__root-cause", {})], reply },
  { text: "show me the process", calls: [call("mining__discover", {})], reply },
  { text: "what is in this log?", calls: [call("logs__profile", {})], reply },
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let api: MessagesApi;
let millwright: Millwright;
let step = 0;
let current = questions[0]!;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  api = await startMessagesApi(() => {
    step += 1;
    const answer = call("answer", {
      language: "en",
      text: current.reply,
      headline: current.reply.slice(0, 60),
    });
    return { kind: "message", content: step === 1 ? current.calls : [answer] };
  });
  process.env["ANTHROPIC_API_KEY"] = "sk-ant-test";
  millwright = await openMillwright({
    data: join(folder.path, "data"),
    environment: { ANTHROPIC_API_KEY: "sk-ant-test", ANTHROPIC_BASE_URL: api.url },
    ...(server?.url ? { databaseUrl: server.url } : {}),
  });
  const path = join(folder.path, "order-to-cash.csv");
  await writeFile(path, generateSample("order-to-cash").csv);
  await millwright.importLog({ person: null, name: "order-to-cash.csv", path });
}, 120_000);

afterAll(async () => {
  delete process.env["ANTHROPIC_API_KEY"];
  await millwright.close();
  await api[Symbol.asyncDispose]();
  await server?.close();
  await folder.remove();
});

/** Tools and the instructions: the same in every request, read from the cache but for the first. */
const prefixOf = ({ tools, system }: MessagesRequest): number => tokens(tools) + tokens(system?.[0]);

const document = new URL("../../docs/language-models.md", import.meta.url);

/** Dollars that docs/language-models.md says of a question, or of what stands before "WHAT costs". */
function documented(text: string, what: RegExp): number {
  const found = what.exec(text)?.[1];
  if (found === undefined) throw new RangeError(`docs/language-models.md says nothing of ${what}`);
  return Number(found);
}

it("an analysis costs less than two cents, its tools read from the cache", { timeout: 60_000 }, async () => {
  const told: string[] = [];
  const text = await readFile(document, "utf8");
  const near = (micros: number, what: RegExp): void => {
    const said = documented(text, what);
    expect(Math.abs(micros / 1e6 - said), `${what}: ${micros / 1e6}`).toBeLessThan(said / 10);
  };
  expect(text).toContain(`Prices are those of ${pricesAsOf}.`);
  for (const question of questions) {
    current = question;
    step = 0;
    const before = api.requests.length;
    const thread = question.text;
    const who = { id: "maya", tenant: millwright.tenant, name: "Maya", roles: [] };
    const { calls } = await millwright.service.ask({
      person: who,
      tenant: millwright.tenant,
      channel: "web",
      thread,
      text: question.text,
    });
    expect(calls).toHaveLength(question.calls.length);
    const sent = api.requests.slice(before);
    expect(sent).toHaveLength(2);
    const costs = sent.map((request, index) => {
      const cacheRead = prefixOf(request);
      const output = tokens(index === 0 ? question.calls : question.reply) + thinkingTokens;
      const usage = { input: tokens(request) - cacheRead, output, cacheRead, cacheWrite: 0 };
      return { warm: costMicros(defaultModel, usage), usage };
    });
    const warm = costs.reduce((sum, { warm: cost }) => sum + cost, 0);
    const sizes = costs.map(
      ({ usage }) => `${usage.cacheRead} cached + ${usage.input} in + ${usage.output} out`,
    );
    told.push(`$${(warm / 1e6).toFixed(4)}  ${question.text}  (${sizes.join("; ")} tokens)`);
    expect(warm, told.at(-1)).toBeLessThan(most);
    near(warm, new RegExp(`^\\| ${question.text.replaceAll("?", "\\?")} \\| \\$([\\d.]+) \\|$`, "mu"));
  }
  const prefix = prefixOf(api.requests[0]!);
  const written = costMicros(defaultModel, { input: 0, output: 0, cacheRead: 0, cacheWrite: prefix });
  told.push(
    `$${(written / 1e6).toFixed(4)}  writing the ${prefix} tokens of tools and instructions to the cache, once in five minutes of use`,
  );
  near(written, /Writing them there costs \$([\d.]+)/u);
  process.stdout.write(`${told.join("\n")}\n`);
  expect(prefix).toBeLessThan(24_000);
  expect(api.faults).toEqual([]);
});
