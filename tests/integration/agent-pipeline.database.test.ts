import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../agent/service.ts";
import { type Millwright, openMillwright } from "../../channels/main.ts";
import type { Person } from "../../tools/define.ts";
import { csvLines } from "../../tools/logs/samples/generate.ts";

let folder: string;
let millwright: Millwright;
let maya: Person;
let log: string;
const reported: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-pipeline-"));
  millwright = await openMillwright({
    data: join(folder, "data"),
    environment: {},
    report: (error) => reported.push(error),
  });
  maya = (await millwright.service.identify({ person: "maya", tenant: millwright.tenant }))!;
  const path = join(folder, "orders.csv");
  await writeFile(path, [...csvLines("order-to-cash", { cases: 200 })].join("\n"));
  log = (
    await millwright.service.upload({ person: maya, tenant: millwright.tenant, name: "orders.csv", path })
  ).id;
});
afterAll(async () => {
  await millwright.close();
  await rm(folder, { recursive: true });
});

const run = (more: object = {}): Promise<RunResult> =>
  millwright.service.run({ person: maya, tenant: millwright.tenant, log, ...more });

describe("the whole pipeline, over the real tools", () => {
  it("mines, drafts rules from words and from the log, optimises, watches and draws", async () => {
    const result = await run({
      context: { rules: ["if order > $500, escalate"] },
      kpis: [{ name: "lead time", metric: "cycle_time", limit: 86_400 }],
    });
    expect(result.model).toMatchObject({ bpmn: expect.stringContaining("<bpmn:definitions") });
    // The default model explains at least 95 % of a log, and is the most precise of those that do.
    expect((result.model as { fitness: number }).fitness).toBeGreaterThanOrEqual(0.95);
    expect(Object.keys(result.rules[0]!).sort()).toEqual(["action", "condition", "confidence", "coverage"]);
    expect(result.rules[0]).toMatchObject({ condition: "order_value > 500", action: "escalate" });
    expect(result.optimized).toMatchObject({ status: "optimal" });
    expect(result.alerts).toMatchObject([{ kpi: "lead time", state: "breach", limit: 86_400 }]);
    expect(result.visualization.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["process-map", "bpmn", "table"]),
    );
    expect(reported).toEqual([]);
  });

  it("says why there is no integration, and does nothing by itself", async () => {
    const result = await run({ context: "if order > $500, escalate" });
    const [mapped] = result.integration;
    expect(mapped).toMatchObject({ action: "escalate", call: null, proposal: null });
    expect(mapped).toHaveProperty("reason", expect.stringContaining("system"));
    expect(await millwright.service.proposals({ person: maya, tenant: millwright.tenant })).toEqual([]);
  });

  it("maps an action to an operation of the system in a specification, as a proposal that waits", async () => {
    const api = join(folder, "tickets.json");
    const body = {
      schema: { type: "object", required: ["title"], properties: { title: { type: "string" } } },
    };
    const operation = {
      operationId: "createTicket",
      requestBody: { required: true, content: { "application/json": body } },
      responses: { 201: { description: "Created" } },
    };
    const specification = {
      openapi: "3.0.3",
      info: { title: "Tickets", version: "1" },
      servers: [{ url: "https://tickets.example.com" }],
      paths: { "/tickets": { post: operation } },
    };
    await writeFile(api, JSON.stringify(specification));
    const { integration } = await run({ api, context: "if order > $500, escalate" });
    expect(integration[0]).toMatchObject({
      action: "escalate",
      call: { tool: "connectors.call", input: { operation: "createTicket" } },
      proposal: { state: "pending", requester: "maya" },
      reason: null,
    });
  });

  it("tells a KPI that cannot be measured from one that is kept", async () => {
    const result = await run({
      kpis: [
        { name: "kept", metric: "cycle_time", limit: 1e9 },
        { name: "odd", metric: "time_to", activity: "No such step", limit: 10 },
      ],
    });
    expect(result.alerts).toMatchObject([
      { kpi: "odd", state: "unknown", reason: expect.stringContaining("No such step") },
    ]);
  });

  it("refuses KPIs of another shape and logs that are not there", async () => {
    await expect(run({ kpis: [{ name: "x", metric: "speed" }] })).rejects.toMatchObject({
      code: "run-input",
      status: 400,
    });
    await expect(run({ log: "nothing" })).rejects.toMatchObject({ status: 404 });
    await expect(run({ api: "no-such-system" })).rejects.toMatchObject({ status: 404 });
  });

  it("gives figures whose queries run again, in a run as in a conversation", async () => {
    const reply = await millwright.service.ask({
      person: maya,
      tenant: millwright.tenant,
      channel: "cli",
      text: "where do we wait?",
      log,
    });
    expect(reply.planner).toBe("built-in");
    expect(reply.marks.length).toBeGreaterThan(0);
    for (const { id } of reply.facts) {
      const { rerun } = await millwright.service.fact({ person: maya, tenant: millwright.tenant, id });
      expect(rerun.agrees).toBe(true);
    }
  });

  it("makes a figure of a call again in the zone that it was asked in", async () => {
    const reply = await millwright.service.ask({
      person: maya,
      tenant: millwright.tenant,
      channel: "cli",
      text: "what is the waiting made of?",
      log,
      zone: "Pacific/Kiritimati",
    });
    const called = reply.facts.filter(({ source }) => source.kind === "call");
    expect(called.length).toBeGreaterThan(0);
    for (const { id, source } of called) {
      expect(source).toMatchObject({ zone: "Pacific/Kiritimati" });
      const { rerun } = await millwright.service.fact({ person: maya, tenant: millwright.tenant, id });
      expect(rerun.agrees, id).toBe(true);
    }
  });
});
