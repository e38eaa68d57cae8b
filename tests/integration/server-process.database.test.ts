/** The server as people start it: a process of its own, with the samples, the ticket system and the built web app. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "./cli-process.ts";

const entry = fileURLToPath(new URL("../../channels/main.ts", import.meta.url));
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: ChildProcess;
let ended: Promise<number | null>;
let said = "";
let address = "";
const cookies = new Map<string, string>();

beforeAll(async () => {
  folder = await temporaryFolder();
  const { DATABASE_URL: _, ANTHROPIC_API_KEY: __, SLACK_BOT_TOKEN: ___, ...environment } = process.env;
  server = spawn(process.execPath, [entry], {
    env: { ...environment, CI: "true", PORT: "0", MILLWRIGHT_DATA: folder.path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  ended = new Promise((resolve) => server.once("close", resolve));
  address = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      said += bytes.toString();
      const found = /listens at (http:\/\/\S+)/u.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  for (const person of ["maya", "ana", "dev"]) cookies.set(person, await signIn(person));
  // The first start builds the web app and imports the samples.
}, 300_000);

afterAll(async () => {
  server.kill("SIGKILL");
  await ended;
  await folder.remove();
});

async function signIn(person: string): Promise<string> {
  const response = await send("/v1/session", "", { person });
  expect(response.status).toBe(200);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

const send = (path: string, cookie: string, body: unknown): Promise<Response> =>
  fetch(address + path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", cookie, origin: address },
    body: JSON.stringify(body),
  });
const as = (person: string) => cookies.get(person) ?? "";
const read = async (path: string, person: string): Promise<unknown> =>
  (await fetch(address + path, { headers: { cookie: as(person), accept: "application/json" } })).json();
const call = async (tool: string, person: string, input: unknown, log: string | null = null) => {
  const response = await send(`/v1/tools/${tool}`, as(person), {
    input,
    ...(log === null ? {} : { log }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("the server as a process of its own", () => {
  it("is healthy, and serves every page of the web app", async () => {
    expect((await fetch(`${address}/health`)).status).toBe(200);
    for (const page of ["/", "/evals", "/memory", "/logs", "/proposals"]) {
      const response = await fetch(address + page, { headers: { accept: "text/html" } });
      expect(response.status, page).toBe(200);
      expect(await response.text(), page).toContain("<script");
    }
  });

  it("answers a question about a sample, with evidence", async () => {
    const question = { text: "How long does an order take?", log: "order-to-cash" };
    const response = await send("/v1/threads/first/messages", as("maya"), question);
    expect(response.status).toBe(200);
    const reply = (await response.json()) as { facts: readonly unknown[] };
    expect(reply.facts.length).toBeGreaterThan(0);
  });

  it("reports and runs its evals while it serves", async () => {
    expect((await call("evals.report", "dev", {})).status).toBe(200);
    const ran = await call("evals.run", "dev", { suite: "cannot" });
    expect(ran.status, JSON.stringify(ran.body)).toBe(200);
    expect(JSON.stringify(await call("evals.report", "dev", {}))).toContain("cannot");
  }, 240_000);

  it("carries out what was approved, and the ledger says so", async () => {
    const proposed = await call(
      "kpi.watch",
      "maya",
      { metric: "cycle_time", threshold: 9 * 86_400 },
      "order-to-cash",
    );
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(200);
    const { id, digest } = proposed.body["proposal"] as { id: string; digest: string };
    const decision = { digest, verdict: "approve", reason: "We want to know." };
    const decided = await send(`/v1/proposals/${id}/decision`, as("ana"), decision);
    expect(decided.status).toBe(200);
    expect(await read(`/v1/proposals/${id}`, "ana")).toMatchObject({ state: "executed" });
    expect(JSON.stringify(await read("/v1/ledger", "ana"))).toContain(digest);
  });

  it("ends cleanly when it is told to", async () => {
    server.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(said).not.toMatch(/error/iu);
  });
});
