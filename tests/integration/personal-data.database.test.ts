/**
 * Names of people do not reach a hosted model: a server that records what it is sent sees pseudonyms, whatever way a
 * name could take (the log's vocabulary, what a tool found, the person's own words, an earlier reply, a memory), and
 * the reply that people read has the real names.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { type MessagesApi, type Responder, startMessagesApi } from "../systems/messages-api/server.ts";
import type { MessagesRequest } from "../systems/messages-api/validate.ts";
import { temporaryFolder } from "./cli-process.ts";

const canaries = ["Wilhelmina Katzenbaum", "Ottokar Zwiebelfisch", "Xaver Quellmalz", "山田太郎"];
const addresses = ["w.katzenbaum@kanarienvogel.example", "+49 30 5551234"];
/** Any of these on the wire is a leak. */
const parts = [
  "wilhelmina",
  "katzenbaum",
  "ottokar",
  "zwiebelfisch",
  "quellmalz",
  "山田",
  "kanarienvogel",
  "5551234",
];

/** More people than a vocabulary has frequent values for. */
const crowd = Array.from(
  { length: 400 },
  (_none, at) => `Rara${String.fromCharCode(97 + (at % 26))}${at} Avis`,
);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let api: MessagesApi;
let millwright: Millwright;
let script: Responder = () => ({ kind: "message", content: [{ type: "text", text: "Nothing." }] });

/** 60 cases of two steps; the first three people do the work, the fourth is a customer. */
function log(): string {
  const rows = ["case,activity,timestamp,resource,customer_name"];
  for (let at = 0; at < 60; at++) {
    const day = String(1 + (at % 28)).padStart(2, "0");
    rows.push(`c${at},Receive,2026-03-${day}T08:00:00Z,${canaries[at % 3]},${canaries[3]}`);
    rows.push(`c${at},Check,2026-03-${day}T1${at % 9}:00:00Z,${canaries[(at + 1) % 3]},${canaries[3]}`);
  }
  for (const [at, name] of crowd.entries())
    rows.push(`d${at},Receive,2026-04-01T08:00:00Z,${name},${canaries[3]}`);
  return rows.join("\n");
}

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  api = await startMessagesApi((request, index) => script(request, index));
  process.env["ANTHROPIC_API_KEY"] = "sk-ant-test";
  millwright = await openMillwright({
    data: join(folder.path, "data"),
    environment: { ANTHROPIC_API_KEY: "sk-ant-test", ANTHROPIC_BASE_URL: api.url },
    ...(server?.url ? { databaseUrl: server.url } : {}),
  });
  const path = join(folder.path, "people.csv");
  await writeFile(path, log());
  await millwright.importLog({ person: null, name: "people.csv", path });
}, 120_000);

afterAll(async () => {
  delete process.env["ANTHROPIC_API_KEY"];
  await millwright.close();
  await api[Symbol.asyncDispose]();
  await server?.close();
  await folder.remove();
});

const say = (text: string, thread: string) =>
  millwright.service.ask({
    person: { id: "maya", tenant: millwright.tenant, name: "Maya", roles: [] },
    tenant: millwright.tenant,
    channel: "web",
    thread,
    text,
  });

const call = (name: string, input: unknown) => ({ type: "tool_use" as const, name, input });
const message = (...content: ReturnType<typeof call>[]) => ({ kind: "message" as const, content });
const answer = (text: string) => message(call("answer", { language: "en", text, headline: text }));

/** What the wire has said in all requests so far, escapes undone. */
const wire = (): string => JSON.stringify(api.requests).toLowerCase();
const pseudonymIn = (request: MessagesRequest): string =>
  /PERSON_[A-Z2-7]{12}/u.exec(JSON.stringify(request.messages.at(-1)))![0];

it("a name in the question leaves as a pseudonym, filters the log by its real value, and stands in the reply", async () => {
  let used = "";
  script = (request, index) => {
    if (index === 0) used = pseudonymIn(request);
    const filter = { kind: "attribute", attribute: "resource", comparator: "=", value: used };
    if (index % 2 === 0) return message(call("kpi__query", { metric: "cycle_time", filters: [filter] }));
    return answer(`Cases of ${used} were looked at.`);
  };
  const reply = await say(`how long do cases of ${canaries[0]} take?`, "one");
  expect(reply.reply).toBe(`Cases of ${canaries[0]} were looked at.`);
  expect(JSON.stringify(reply.calls)).toContain(canaries[0]);
  expect(reply.facts.length).toBeGreaterThan(0);
  expect(api.faults).toEqual([]);
});

it("names that a tool found, addresses in a message, an earlier reply and a memory leave as pseudonyms", async () => {
  let turn = 0;
  script = () => {
    turn += 1;
    if (turn === 1)
      return message(
        call("kpi__query", { metric: "waiting_time", groupBy: "resource" }),
        call("mining__variants", {}),
      );
    return answer("Done.");
  };
  await say(`who waits longest? Tell ${addresses[0]} or call ${addresses[1]}, ${canaries[3]} asked.`, "two");
  const text = `Mrs ${canaries[0]!.split(" ")[1]} wants it weekly`;
  await millwright.service.call({
    person: { id: "maya", tenant: millwright.tenant, name: "Maya", roles: [] },
    tenant: millwright.tenant,
    tool: "memory.remember",
    input: { text },
  });
  await say("and now?", "two");
  for (const part of parts) expect(wire(), part).not.toContain(part);
  expect(wire()).toContain("person_");
  expect(wire()).toContain("email_");
  expect(wire()).toContain("phone_");
  expect(wire()).toContain("wants it weekly");
  expect(api.faults).toEqual([]);
});

it("a rare name in a message leaves as a pseudonym, too", async () => {
  script = () => answer("Done.");
  await say(`how is ${crowd[399]} doing, and ${crowd[250]}?`, "rare");
  expect(wire()).not.toContain(crowd[399]!.split(" ")[0]!.toLowerCase());
  expect(wire()).not.toContain(crowd[250]!.split(" ")[0]!.toLowerCase());
});

it("a pseudonym that the model makes up stands for nobody", async () => {
  script = () => answer("Ask PERSON_AAAAAAAAAAAA.");
  expect((await say("whom shall I ask?", "three")).reply).toContain("PERSON_AAAAAAAAAAAA");
});
