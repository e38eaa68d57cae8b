/** Turns and executions leave traces: in the database in short, at a collector in full, and nowhere a word of the log. */
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { generateSample } from "../../tools/logs/samples/generate.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let collector: Server;
let millwright: Millwright;
const received: string[] = [];

const named = (id: string) => ({ id, tenant: millwright.tenant, name: id, roles: [] });
const say = (text: string, thread = "traced") =>
  millwright.service.ask({
    person: named("maya"),
    tenant: millwright.tenant,
    channel: "web",
    thread,
    text,
  });
const stepsOf = async (turn: string) => {
  const found = await millwright.service.call({
    person: named("maya"),
    tenant: millwright.tenant,
    tool: "audit.trace",
    input: { turn },
  });
  return (found as unknown as { data: { steps: { role: string; step: string; attributes: object }[] } }).data
    .steps;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push(Buffer.concat(parts).toString("utf8"));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  millwright = await openMillwright({
    data: join(folder.path, "data"),
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    },
    ...(server?.url ? { databaseUrl: server.url } : {}),
  });
  const path = join(folder.path, "order-to-cash.csv");
  await writeFile(path, generateSample("order-to-cash").csv);
  await millwright.importLog({ person: named("maya"), name: "order-to-cash.csv", path });
}, 120_000);

afterAll(async () => {
  await server?.close();
  collector.close();
  await folder.remove();
});

describe("a turn", () => {
  it("has a trace with planner, executor and monitor, in the order of the work", async () => {
    const reply = await say("how long does the Credit check take on average?");
    await expect.poll(() => stepsOf(reply.turn).catch(() => [])).not.toEqual([]);
    const steps = await stepsOf(reply.turn);
    expect(steps.map(({ role, step }) => `${role}: ${step}`)).toEqual(
      expect.arrayContaining([
        "planner: invoke_agent millwright",
        "planner: chat",
        "executor: execute_tool kpi.query",
        "executor: SELECT",
        "monitor: verify reply",
      ]),
    );
    expect(steps[0]).toMatchObject({
      step: "invoke_agent millwright",
      attributes: { "gen_ai.operation.name": "invoke_agent", "millwright.channel": "web" },
    });
    expect(steps.find(({ step }) => step === "execute_tool kpi.query")).toMatchObject({
      attributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "kpi.query" },
    });
  });

  it("of a plan says whose step each call was, and what the monitor saw between them", async () => {
    const reply = await say("where do we wait, then draft a rule and simulate it", "planned");
    expect(reply.plan?.steps.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    await expect.poll(() => stepsOf(reply.turn).catch(() => [])).not.toEqual([]);
    const steps = await stepsOf(reply.turn);
    const called = steps.filter(({ step }) => step === "execute_tool rules.simulate");
    expect(called).toMatchObject([{ role: "executor", attributes: { "millwright.step": "s3" } }]);
    const watched = steps.filter(({ step }) => step === "watch plan");
    expect(watched.at(-1)).toMatchObject({
      role: "monitor",
      attributes: { "millwright.plan.steps": 3, "millwright.plan.done": 3, "millwright.plan.waiting": 0 },
    });
    expect(steps.filter(({ step }) => step === "chat").every(({ role }) => role === "planner")).toBe(true);
  });

  it("is told in the thread when somebody asks what was done", async () => {
    const reply = await say("show the trace of the last answer");
    expect(reply.calls.map(({ tool }) => tool)).toEqual(["audit.trace"]);
    expect(reply.reply).toContain("steps");
  });

  it("that proposes has the gate in its trace, and its execution a trace of its own", async () => {
    const reply = await say("if the order value is over 5000 then notify the manager", "gated");
    expect(reply.proposals).toMatchObject([{ tool: "rules.publish" }]);
    await expect
      .poll(async () => (await stepsOf(reply.turn).catch(() => [])).map(({ step }) => step))
      .toContain("gate propose rules.publish");
    const { id, digest } = reply.proposals[0]!;
    const who = { person: named("ana"), tenant: millwright.tenant, channel: "web" as const };
    await millwright.service.decide({ ...who, proposal: id, digest, verdict: "approve" });
    const steps = await stepsOf(reply.turn);
    expect(steps).toContainEqual(
      expect.objectContaining({
        step: "gate execute rules.publish",
        role: "executor",
        attributes: expect.objectContaining({ "millwright.proposal.state": "executed" }),
      }),
    );
  });
});

describe("a collector", () => {
  it("gets every step by OTLP, with nothing of the log or of what people said", async () => {
    await millwright.close();
    const all = received.join("\n");
    for (const part of [
      "invoke_agent millwright",
      "execute_tool kpi.query",
      "verify reply",
      "gate execute rules.publish",
    ])
      expect(all).toContain(part);
    for (const secret of [
      "Credit check",
      "credit check",
      "order-to-cash",
      "order_value",
      "manager",
      "maya",
      "ana",
      "average",
    ])
      expect(all, secret).not.toContain(secret);
  });
});
