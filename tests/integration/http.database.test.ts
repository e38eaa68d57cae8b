/** The HTTP channel over the real agent: from an upload to one effect in another system, as any client would do it. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  LogSchema,
  ModelSchema,
  ProposalSchema,
  ReplySchema,
  ThreadEventSchema,
} from "../../channels/http/schemas.ts";
import { type Served, serve } from "../../channels/main.ts";
import { openDatabase } from "../../db/client.ts";
import { issueToken } from "../../db/queries/people.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { type RunningTickets, startTickets } from "../systems/tickets/start.ts";
import { temporaryFolder } from "./cli-process.ts";

const ticketsToken = "a-secret-of-the-ticket-system";
const rows = Array.from({ length: 30 }, (_, index) => {
  const [day, next] = [1 + (index % 20), 2 + (index % 20)].map((date) => String(date).padStart(2, "0"));
  return `${index},Create order,2026-01-${day}T08:00:00Z,2026-01-${day}T08:10:00Z,${index % 2 ? "Ida" : "Jo"}
${index},Approve order,2026-01-${next}T08:10:00Z,2026-01-${next}T08:30:00Z,${index % 3 ? "Jo" : "Kim"}`;
});
const csv = `order,activity,start,end,resource\n${rows.join("\n")}\n`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let tickets: RunningTickets;
let served: Served;
let database: TestDatabase | null = null;
const tokens = new Map<string, string>();

beforeAll(async () => {
  folder = await temporaryFolder();
  tickets = await startTickets({ token: ticketsToken });
  database = testServer === undefined ? null : await openTestDatabase();
  const site = join(folder.path, "site");
  await mkdir(site);
  await writeFile(join(site, "index.html"), "<!doctype html><title>Millwright</title>");
  served = await serve({
    data: join(folder.path, "data"),
    port: 0,
    host: "127.0.0.1",
    samples: false,
    site,
    environment: { TICKETS_TOKEN: ticketsToken },
    allowedHosts: [`127.0.0.1:${tickets.port}`],
    ...(database?.url ? { databaseUrl: database.url } : {}),
  });
  const { service, tenant } = served.millwright;
  for (const person of await service.people(tenant)) {
    tokens.set(person.id, await served.millwright.issueToken(person, person.id, "test"));
  }
});
afterAll(async () => {
  await served.close();
  await tickets.close();
  await database?.close();
  await folder.remove();
});

const request = (path: string, person: string | null, init: RequestInit = {}) => {
  const headers = new Headers(init.headers);
  if (person !== null) headers.set("authorization", `Bearer ${tokens.get(person)}`);
  return fetch(served.address + path, { ...init, headers });
};
const post = (path: string, person: string | null, body: unknown, accept = "application/json") =>
  request(path, person, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", accept },
  });
const parsed = async <Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<z.infer<Schema>> => {
  const body = await response.json();
  const result = schema.safeParse(body);
  expect(result.error, JSON.stringify(body).slice(0, 500)).toBeUndefined();
  return result.data as z.infer<Schema>;
};
const ticketsThere = async () => {
  const headers = { authorization: `Bearer ${ticketsToken}` };
  return (await (await fetch(`${tickets.url}/tickets`, { headers })).json()) as { title: string }[];
};

describe("a log and a question", () => {
  it("an upload becomes a log, with progress as events", async () => {
    const form = new FormData();
    form.set("file", new Blob([csv]), "orders.csv");
    const response = await request("/v1/logs", "arun", {
      method: "POST",
      body: form,
      headers: { accept: "text/event-stream" },
    });
    const text = await response.text();
    const last = text.trim().split("\n\n").at(-1) ?? "";
    expect(last).toContain("event: log");
    const log = LogSchema.parse(JSON.parse(/^data: (.*)$/m.exec(last)?.[1] ?? "null"));
    expect(log).toMatchObject({ name: "orders", cases: 30, events: 60 });
    expect(await parsed(await request("/v1/logs", "maya"), z.array(LogSchema))).toEqual([log]);
  });

  it("a bad file is refused as a problem that names the line, and nothing is stored", async () => {
    const form = new FormData();
    form.set("file", new Blob([csv, "31,Create order,x,someday,Ida\n"]), "bad.csv");
    const response = await request("/v1/logs", "arun", { method: "POST", body: form });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.json()).toMatchObject({ file: "bad.csv", line: 62 });
    expect((await (await request("/v1/logs", "maya")).json()) as unknown[]).toHaveLength(1);
  });

  it("a turn is streamed, and the thread replays exactly that, from any point", async () => {
    const question = { text: "where do we wait?", log: "orders" };
    const streamed = await post("/v1/threads/t1/messages", "maya", question, "text/event-stream");
    const events = [...(await streamed.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) =>
      JSON.parse(data ?? ""),
    );
    for (const event of events) expect(ThreadEventSchema.safeParse(event).error).toBeUndefined();
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const replayed = await parsed(await request("/v1/threads/t1/events", "maya"), z.array(ThreadEventSchema));
    expect(replayed).toEqual(events);
    const rest = await (await request("/v1/threads/t1/events?from=2", "maya")).json();
    expect(rest).toEqual(events.slice(2));
  });

  it("a figure of the answer can be run again", async () => {
    const reply = await parsed(
      await post("/v1/threads/t2/messages", "maya", { text: "where do we wait?", log: "orders" }),
      ReplySchema,
    );
    const fact = reply.facts.find(({ unit }) => unit === "s");
    expect(fact?.value).toBeCloseTo(86_400, 6);
    const again = await (await request(`/v1/facts/${fact?.id}`, "maya")).json();
    expect(again).toMatchObject({ rerun: { agrees: true } });
  });

  it("a private thread is somebody's own", async () => {
    await post("/v1/threads/secret/messages", "maya", {
      text: "how many cases are there?",
      log: "orders",
      private: true,
    });
    expect((await request("/v1/threads/secret/events", "maya")).status).toBe(200);
    expect([403, 404]).toContain((await request("/v1/threads/secret/events", "arun")).status);
    const seen = (await (await request("/v1/threads", "arun")).json()) as { id: string }[];
    expect(seen.map(({ id }) => id)).not.toContain("secret");
  });
});

describe("a change in another system", () => {
  it("is proposed, refused to the requester and to viewers, approved once, and done once", async () => {
    const credential = { id: "tickets", scheme: "bearer", references: { token: "env:TICKETS_TOKEN" } };
    const input = { specification: tickets.specification, id: "tickets", baseUrl: tickets.url, credential };
    expect((await post("/v1/tools/connectors.import", "maya", { input })).status).toBe(403);
    expect((await post("/v1/tools/connectors.import", "dev", { input })).status).toBe(200);

    const call = {
      connector: "tickets",
      operation: "createTicket",
      arguments: { body: { title: "Look at approvals" } },
    };
    const proposed = await post("/v1/tools/connectors.call", "maya", { input: call });
    const { proposal } = await parsed(
      proposed,
      z.object({ kind: z.literal("proposal"), proposal: ProposalSchema }),
    );
    expect(proposal.state).toBe("pending");
    expect(await ticketsThere()).toEqual([]);

    const path = `/v1/proposals/${proposal.id}/decision`;
    const approval = { digest: proposal.digest, verdict: "approve" };
    expect((await request(`${path}?verdict=approve`, "ana")).status).toBe(405);
    expect((await post(path, null, approval)).status).toBe(401);
    expect((await post(path, "maya", approval)).status).toBe(403);
    expect((await post(path, "arun", approval)).status).toBe(403);
    expect((await post(path, "ana", { ...approval, digest: "0".repeat(64) })).status).toBe(409);
    expect((await post(path, "ana", { verdict: "approve" })).status).toBe(400);
    expect(await ticketsThere()).toEqual([]);

    const both = await Promise.all([post(path, "ana", approval), post(path, "ana", approval)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const results = (await Promise.all(both.map((response) => response.json()))) as { already: boolean }[];
    expect(results.filter(({ already }) => already)).toHaveLength(1);
    expect((await ticketsThere()).map(({ title }) => title)).toEqual(["Look at approvals"]);
    const shown = await parsed(await request(`/v1/proposals/${proposal.id}`, "maya"), ProposalSchema);
    expect(shown.state).toBe("executed");
    expect(JSON.stringify(shown.receipt)).toContain("T-1001");
    const again = (await (await post(path, "ana", approval)).json()) as { already: boolean };
    expect(again.already).toBe(true);
    expect(await ticketsThere()).toHaveLength(1);
    const ledger = await (await request("/v1/ledger?verify=1", "dev")).json();
    expect(ledger).toMatchObject({ verified: { ok: true, problem: null } });
  });

  it("is taken back by a proposal of its own, which two people decide", async () => {
    const executed = await parsed(
      await request("/v1/proposals?state=executed", "maya"),
      z.array(ProposalSchema),
    );
    const undo = `/v1/proposals/${executed[0]!.id}/undo`;
    expect((await post(undo, null, {})).status).toBe(401);
    const back = await parsed(await post(undo, "maya", {}), ProposalSchema);
    expect(back).toMatchObject({ tool: "connectors.call-irreversible", state: "pending" });
    expect(await ticketsThere()).toHaveLength(1);

    const path = `/v1/proposals/${back.id}/decision`;
    const approval = { digest: back.digest, verdict: "approve" };
    expect((await post(path, "ana", approval)).status).toBe(200);
    expect(await ticketsThere()).toHaveLength(1);
    expect((await post(path, "ben", approval)).status).toBe(200);
    expect(await ticketsThere()).toEqual([]);
    const undone = await parsed(await request(`/v1/proposals/${executed[0]!.id}`, "maya"), ProposalSchema);
    expect(undone.state).toBe("undone");
    expect((await post(undo, "maya", {})).status).toBe(409);
  });

  it("that nobody proposed has no route", async () => {
    const card = await parsed(await request("/v1/proposals?state=pending", "maya"), z.array(ProposalSchema));
    expect(card).toEqual([]);
    expect(
      (await post("/v1/proposals/p-none/decision", "ana", { digest: "00", verdict: "approve" })).status,
    ).toBe(404);
  });
});

describe("what else there is", () => {
  it("appended events are in the log at once", async () => {
    const [log] = await parsed(await request("/v1/logs", "maya"), z.array(LogSchema));
    const events = [{ case: "new", activity: "Create order", timestamp: "2026-02-10T08:00:00Z" }];
    const appended = await post(`/v1/logs/${log?.id}/events`, "arun", { events });
    expect(await appended.json()).toMatchObject({ added: 1, log: { cases: 31, events: 61 } });
    expect((await post(`/v1/logs/${log?.id}/events`, "arun", { events: [] })).status).toBe(400);
  });

  it("a reference model is stored with its log, and the log is held against it", async () => {
    const [log] = await parsed(await request("/v1/logs", "maya"), z.array(LogSchema));
    const path = `/v1/logs/${log?.id}/models`;
    expect(await (await request(path, "maya")).json()).toEqual([]);
    const form = new FormData();
    form.set("file", new Blob(["->( 'Create order', 'Ship order' )"]), "should.txt");
    form.set("name", "Should be");
    const stored = await request(path, "arun", { method: "POST", body: form });
    expect(stored.status).toBe(201);
    const model = await parsed(stored, ModelSchema);
    expect(model).toMatchObject({
      log: log?.id,
      name: "Should be",
      format: "tree",
      activities: ["Create order", "Ship order"],
    });
    expect(await parsed(await request(path, "maya"), z.array(ModelSchema))).toEqual([model]);
    const held = await post("/v1/tools/mining.conformance", "maya", { input: {}, log: log?.id });
    expect(held.status).toBe(200);
    expect(await held.json()).toMatchObject({ kind: "result", data: { model: { name: "Should be" } } });

    const bad = new FormData();
    bad.set("file", new Blob(["<definitions>\n<process>"]), "bad.bpmn");
    const refused = await request(path, "arun", { method: "POST", body: bad });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ type: "urn:millwright:model-unreadable", file: "bad.bpmn" });
    expect((await request(path, null, { method: "POST", body: bad })).status).toBeGreaterThanOrEqual(401);
    expect(await parsed(await request(path, "maya"), z.array(ModelSchema))).toHaveLength(1);
  });

  it("the short routes answer as the contract has them", async () => {
    const mined = await request("/mine?name=orders.csv", "maya", {
      method: "POST",
      body: csv,
      headers: { "content-type": "text/csv" },
    });
    expect(await mined.json()).toMatchObject({ log: { cases: 30, events: 60, activities: 2, variants: 1 } });
    expect(await (await request("/monitor", "maya")).json()).toMatchObject({
      kpis: [],
      alerts: [],
      promises: [],
    });
    const optimized = await post("/optimize", "maya", { log: "orders" });
    expect(optimized.status, await optimized.clone().text()).toBe(200);
  });

  it("the address serves the web app, and what is not there is a problem", async () => {
    const page = await fetch(`${served.address}/threads/x`, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("<title>Millwright</title>");
    const nothing = await request("/v1/nothing", "maya");
    expect(nothing.status).toBe(404);
    expect(nothing.headers.get("content-type")).toContain("application/problem+json");
  });

  it("without a credential one may read on the embedded database, and do nothing on Postgres", async () => {
    const status = (await request("/v1/logs", null)).status;
    expect(status).toBe(testServer === undefined ? 200 : 401);
    expect(
      (await post("/v1/logs/x/events", null, { events: [{ case: "1" }] })).status,
    ).toBeGreaterThanOrEqual(400);
  });
});

describe.runIf(testServer !== undefined)("a second connection", () => {
  it("makes tokens that the server knows at once, and revoked ones are refused", async () => {
    const other = await openDatabase({ url: database?.url ?? "" });
    const token = await issueToken(other.database, { tenant: "local", person: "ben" });
    const headers = { authorization: `Bearer ${token}` };
    const session = await (await fetch(`${served.address}/v1/session`, { headers })).json();
    expect(session).toMatchObject({ person: { id: "ben" } });
    await other.close();
  });
});
