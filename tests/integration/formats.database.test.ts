/** Logs in and out of the product over HTTP: what a file said comes back, and a stopped upload leaves nothing. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "../../channels/main.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let served: Served;
let database: TestDatabase | null = null;
let token = "";

beforeAll(async () => {
  folder = await temporaryFolder();
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
    environment: {},
    ...(database?.url ? { databaseUrl: database.url } : {}),
  });
  const { service, tenant } = served.millwright;
  const arun = (await service.people(tenant)).find(({ id }) => id === "arun");
  if (arun) token = await served.millwright.issueToken(arun, "arun", "test");
});
afterAll(async () => {
  await served.close();
  await database?.close();
  await folder.remove();
});

const request = (path: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(served.address + path, { ...init, headers });
};
const upload = async (name: string, content: string, init: RequestInit = {}) => {
  const form = new FormData();
  form.set("file", new Blob([content]), name);
  return request("/v1/logs", { method: "POST", body: form, ...init });
};
const stored = async () => (await (await request("/v1/logs")).json()) as { id: string; name: string }[];

const xes = `<?xml version="1.0"?>
<log xes.version="1849-2016"><extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<classifier name="Step" keys="concept:name"/><string key="source" value="a &amp; b"/>
<trace><string key="concept:name" value="c1"/><event><string key="concept:name" value="A"><id key="deep" value="7"/></string>
<date key="time:timestamp" value="2024-01-01T00:00:00Z"/><list key="tags"><values><int key="n" value="1"/><int key="n" value="2"/></values></list></event></trace></log>`;

describe("a log that is uploaded and saved again", () => {
  it("says in XES what its file said, and is there in every other format", async () => {
    const { id } = (await (await upload("nested.xes", xes)).json()) as { id: string };
    const saved = await request(`/v1/logs/${id}/export?format=xes`);
    expect(saved.headers.get("content-disposition")).toContain('filename="nested.xes"');
    const text = await saved.text();
    for (const part of [
      '<classifier name="Step" keys="concept:name"/>',
      '<string key="source" value="a &amp; b"/>',
      '<string key="concept:name" value="A"><id key="deep" value="7"/></string>',
      '<list key="tags"><values><int key="n" value="1"/><int key="n" value="2"/></values></list>',
    ])
      expect(text).toContain(part);
    for (const format of ["csv", "spreadsheet", "jsonl", "parquet", "ocel", "ocel-xml", "ocel-sqlite"]) {
      const file = await request(`/v1/logs/nested/export?format=${format}`);
      expect([format, file.status]).toEqual([format, 200]);
      expect((await file.arrayBuffer()).byteLength).toBe(Number(file.headers.get("content-length")));
    }
    expect((await request("/v1/logs/nested/export?format=pdf")).status).toBe(400);
    expect((await request("/v1/logs/nobody/export")).status).toBe(404);
  });

  it("says what flattening an object-centric one lost", async () => {
    const ocel = {
      objectTypes: [{ name: "order", attributes: [] }],
      eventTypes: [{ name: "place", attributes: [] }],
      objects: ["o1", "o2"].map((id) => ({ id, type: "order" })),
      events: [
        {
          id: "e1",
          type: "place",
          time: "2024-01-01T00:00:00Z",
          relationships: ["o1", "o2"].map((objectId) => ({ objectId, qualifier: "" })),
        },
      ],
    };
    expect((await upload("orders.jsonocel", JSON.stringify(ocel))).status).toBe(201);
    const profile = await request("/v1/tools/logs.profile", {
      method: "POST",
      body: JSON.stringify({ input: { log: "orders" } }),
      headers: { "content-type": "application/json" },
    });
    const { views } = (await profile.json()) as { views: { title: string; rows: unknown[] }[] };
    expect(views.find(({ title }) => title === "Lost by reading the log by order")?.rows[0]).toEqual({
      what: "events of several objects, counted for each (convergence)",
      count: 1,
      example: "place (e1): o1, o2",
    });
  });
});

describe("an upload that is stopped", () => {
  it("leaves no log behind", async () => {
    const before = await stored();
    const row = (index: number) => `${index % 1000},step ${index % 7},2024-01-01T00:00:00Z,${index}\n`;
    const rows = Array.from({ length: 400_000 }, (_, index) => row(index));
    const stop = new AbortController();
    const answer = await upload("long.csv", `case,activity,time,amount\n${rows.join("")}`, {
      headers: { accept: "text/event-stream" },
      signal: stop.signal,
    });
    const reader = answer.body?.getReader();
    await reader?.read();
    stop.abort();
    await expect(reader?.read()).rejects.toThrow();
    // Whatever was under way is at its end when another log has gone the same way.
    expect((await upload("short.csv", `case,activity,time\n1,a,2024-01-01T00:00:00Z\n`)).status).toBe(201);
    const names = (await stored()).map(({ name }) => name);
    expect(names.sort()).toEqual([...before.map(({ name }) => name), "short"].sort());
  });
});

describe("a download that is stopped", () => {
  const downloads = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith("millwright-download-"));

  it("leaves no file behind, and the server goes on answering meanwhile", async () => {
    const row = (index: number) => `${index % 1000},step ${index % 7},2024-01-01T00:00:00Z,${index}\n`;
    const rows = Array.from({ length: 150_000 }, (_, index) => row(index));
    expect((await upload("wide.csv", `case,activity,time,amount\n${rows.join("")}`)).status).toBe(201);
    const before = new Set(await downloads());
    const stop = new AbortController();
    const download = request("/v1/logs/wide/export?format=ocel-sqlite", { signal: stop.signal });
    download.catch(() => undefined);
    const own = async () => (await downloads()).filter((name) => !before.has(name));
    await expect.poll(own, { timeout: 20_000, interval: 5 }).not.toEqual([]);
    expect((await stored()).map(({ name }) => name)).toContain("wide");
    stop.abort();
    await expect(download).rejects.toThrow();
    await expect.poll(own, { timeout: 20_000 }).toEqual([]);
  });
});
