/**
 * The command line with the agent behind it: in-process on the embedded database, through the server that holds the
 * lock, and on Postgres with a token.
 */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken } from "../../db/queries/people.ts";
import { seedTenant } from "../../db/queries/seed.ts";
import { openTestDatabase, testServer } from "../fixtures/database.ts";
import { type CliOptions, cli, startServer, temporaryFolder } from "./cli-process.ts";

const rows = Array.from({ length: 40 }, (_, index) => {
  const day = String(1 + (index % 20)).padStart(2, "0");
  const next = String(3 + (index % 20)).padStart(2, "0");
  return [
    `${index};Create order;2026-01-${day} 08:00;2026-01-${day} 08:10`,
    `${index};Approve order;2026-01-${next} 08:00;2026-01-${next} 08:30`,
  ].join("\n");
});
const log = `order;step;begun;done\n${rows.join("\n")}\n`;
const question = "where do we wait?";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "orders.csv"), log);
});
afterAll(() => folder.remove());

const inFolder = (words: readonly string[], options: CliOptions = {}) =>
  cli(words, { cwd: folder.path, ...options });

describe.runIf(testServer === undefined)("on the embedded database", () => {
  const run = (...words: string[]) => inFolder([...words, "--data", "data"]);
  const logsStored = async () => JSON.parse(await readFile(join(folder.path, "data/imports.json"), "utf8"));

  it("a file is asked about without a name, imported once, and the figures carry SQL", async () => {
    const first = await run("ask", question, "--log", "orders.csv", "--json");
    expect(first).toMatchObject({ code: 0, error: "" });
    const reply = JSON.parse(first.out);
    expect(reply.planner).toBe("built-in");
    expect(reply.calls[0]).toMatchObject({ tool: "mining.bottlenecks", risk: "read" });
    const waiting = reply.facts.find((fact: { unit: string }) => fact.unit === "s");
    expect(waiting.value).toBeCloseTo(2 * 86_400 - 600, 6);
    expect(waiting.sql).toMatch(/^select/i);
    const before = await logsStored();
    expect((await run("ask", question, "--log", "orders.csv", "--as", "maya")).code).toBe(0);
    expect(await logsStored()).toEqual(before);
    expect((await run("ask", question, "--log", "orders", "--as", "maya")).code).toBe(0);
  });

  it("the written answer marks its figures and lists their evidence", async () => {
    const { out } = await run("ask", question, "--log", "orders");
    expect(out).toMatch(/\[1\]/);
    expect(out).toMatch(/Evidence\n\[1\] /);
  });

  it("a thread is gone on with, and keeps its log", async () => {
    await run("ask", question, "--log", "orders", "--thread", "my thread");
    const { out } = await run("ask", "how many cases are there?", "--thread", "my thread", "--json");
    const reply = JSON.parse(out);
    expect(reply.thread).toBe("my thread");
    expect(reply.facts.map((fact: { value: number }) => fact.value)).toContain(40);
  });

  it("a batch is answered in order, each line when it is ready, and ends with 1 when one failed", async () => {
    const lines = [
      { id: "a", text: question, log: "orders.csv" },
      { id: "b", text: question, log: "nowhere" },
      { id: "c", text: "how many cases are there?", log: "orders", as: "maya", thread: "t" },
      { id: "d", text: question, as: "mallory" },
    ];
    const input = lines.map((line) => JSON.stringify(line)).join("\n");
    const { code, out } = await inFolder(["ask", "--batch", "-", "--data", "data"], { input });
    expect(code).toBe(1);
    const answers = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
    expect(answers.map((answer) => "problem" in answer)).toEqual([false, true, false, true]);
  });

  it("nobody and unknown people decide nothing; there is an empty list and a whole ledger", async () => {
    expect((await run("approve", "p", "--as", "mallory")).code).toBe(1);
    expect((await run("approve", "p", "--as", "ana")).code).toBe(1);
    expect((await run("approve", "p")).code).toBe(2);
    expect(await run("proposals", "--json")).toMatchObject({ code: 0, out: "[]\n" });
    const { out, code } = await run("ledger", "verify", "--json");
    expect({ code, ok: JSON.parse(out).ok }).toEqual({ code: 0, ok: true });
  });

  it("bad KPIs are refused by number and field, good ones are set", async () => {
    const file = join(folder.path, "kpis.json");
    await writeFile(
      file,
      JSON.stringify([{ name: "late", metric: "cycle_time", limit: 86_400, log: "orders" }]),
    );
    expect(
      (await run("ask", "how many cases are late?", "--log", "orders", "--kpis", "kpis.json")).code,
    ).toBe(0);
    await writeFile(file, JSON.stringify([{ name: "late", metric: "speed" }]));
    const { code, error } = await run("ask", question, "--kpis", "kpis.json");
    expect(code).toBe(1);
    expect(error).toContain("KPI 1: metric");
    await writeFile(file, "{");
    expect((await run("ask", question, "--kpis", "kpis.json")).error).toContain("kpis.json");
  });

  it("two commands at once wait for each other", async () => {
    const both = await Promise.all([
      run("ask", question, "--log", "orders", "--thread", "x"),
      run("ask", question, "--log", "orders", "--thread", "y"),
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
  });
});

describe.runIf(testServer === undefined)("beside a server that holds the lock", () => {
  const run = (...words: string[]) => inFolder([...words, "--data", "served"]);

  it("talks to it, by a secret that only the same OS user can read, and takes over when it has died", async () => {
    const site = join(folder.path, "served");
    const server = await startServer(site);
    const reply = JSON.parse(
      (await run("ask", question, "--log", "orders.csv", "--as", "maya", "--json")).out,
    );
    expect(reply.calls[0].tool).toBe("mining.bottlenecks");
    const seen = await fetch(`${server.address}/v1/threads`);
    expect((await seen.json()) as { id: string }[]).toContainEqual(
      expect.objectContaining({ id: reply.thread }),
    );
    await run("ask", question, "--log", "orders.csv");
    const stored = (await (await fetch(`${server.address}/v1/logs`)).json()) as { name: string }[];
    expect(stored.filter(({ name }) => name.startsWith("orders"))).toHaveLength(1);

    expect((await stat(join(site, "server.secret"))).mode & 0o777).toBe(0o600);
    const forged = { authorization: `Local ${"x".repeat(43)}`, "millwright-person": "ana" };
    expect((await fetch(`${server.address}/v1/proposals`, { headers: forged })).status).toBe(401);
    const unknown = await run("ask", question, "--as", "mallory");
    expect(unknown.code).toBe(1);
    expect(unknown.error).toContain("mallory");
    expect((await run("approve", "p-none", "--as", "ana")).code).toBe(1);
    expect((await run("ledger", "verify")).code).toBe(0);
    const token = (await run("token", "--as", "ana")).out.trim();
    const own = await fetch(`${server.address}/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await own.json()).toMatchObject({ person: { id: "ana" } });

    await server.stop("SIGKILL");
    const after = await run("ask", "how many cases are there?", "--thread", reply.thread, "--json");
    expect(after.code).toBe(0);
    expect(JSON.parse(after.out).facts.map((fact: { value: number }) => fact.value)).toContain(40);
  });

  it("ends cleanly when it is told to, and leaves no secret", async () => {
    const server = await startServer(join(folder.path, "served"));
    expect(await server.stop("SIGTERM")).toBe(0);
    await expect(stat(join(folder.path, "served/server.secret"))).rejects.toThrow("ENOENT");
  });
});

describe.runIf(testServer !== undefined)("on Postgres", () => {
  it("a person is known by a token only, and a token speaks for its own person only", async () => {
    const opened = await openTestDatabase();
    await seedTenant(opened.database, "local");
    const token = await issueToken(opened.database, { tenant: "local", person: "maya" });
    const run = (words: readonly string[], environment: Record<string, string> = {}) =>
      inFolder([...words, "--data", "postgres"], {
        environment: { DATABASE_URL: opened.url ?? "", ...environment },
      });
    expect((await run(["proposals", "--as", "maya"])).code).toBe(1);
    expect((await run(["proposals"])).code).toBe(1);
    const asMaya = { MILLWRIGHT_TOKEN: token };
    expect((await run(["proposals", "--as", "ana"], asMaya)).code).toBe(1);
    expect((await run(["proposals", "--json"], { MILLWRIGHT_TOKEN: "mw_nobody" })).code).toBe(1);
    expect((await run(["ask", question, "--log", "orders.csv"], asMaya)).code).toBe(0);
    expect((await run(["token", "--as", "ana"], asMaya)).code).toBe(1);
    const dev = await issueToken(opened.database, { tenant: "local", person: "dev" });
    const issued = await run(["token", "--as", "ana"], { MILLWRIGHT_TOKEN: dev });
    const asAna = { MILLWRIGHT_TOKEN: issued.out.trim() };
    expect((await run(["proposals", "--as", "ana"], asAna)).code).toBe(0);
    await opened.close();
  });
});
