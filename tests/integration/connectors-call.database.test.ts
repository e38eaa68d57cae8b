import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../agent/approvals/decide.ts";
import { type ExecutorPorts, execute } from "../../agent/approvals/execute.ts";
import type { Gate } from "../../agent/approvals/gate.ts";
import { memoryLedgerHead } from "../../agent/approvals/ledger-head.ts";
import { createProposals, proposeUndo } from "../../agent/approvals/proposal.ts";
import { createFactory } from "../../agent/evidence/facts.ts";
import { personById } from "../../db/queries/people.ts";
import callTool from "../../tools/connectors/call.tool.ts";
import irreversibleTool from "../../tools/connectors/call-irreversible.tool.ts";
import failuresTool from "../../tools/connectors/failures.tool.ts";
import importTool from "../../tools/connectors/import.tool.ts";
import listTool from "../../tools/connectors/list.tool.ts";
import readTool from "../../tools/connectors/read.tool.ts";
import { openSecret } from "../../tools/connectors/secrets.ts";
import { listConnectors } from "../../tools/connectors/store.ts";
import type { ToolContext, WriteTool } from "../../tools/define.ts";
import { openTestDatabase, type TestDatabase } from "../fixtures/database.ts";
import { type RunningTickets, startTickets } from "../systems/tickets/start.ts";

const token = "the-ticket-systems-token";
const tools: readonly WriteTool[] = [callTool, irreversibleTool] as readonly WriteTool[];
let opened: TestDatabase;
let tickets: RunningTickets;
let gate: Gate;

async function contextOf(person: string): Promise<ToolContext> {
  const { tenant, database } = opened;
  return {
    tenant,
    person: await personById(database, tenant, person),
    thread: null,
    now: new Date("2026-11-21T10:00:00Z"),
    zone: "UTC",
    signal: new AbortController().signal,
    database,
    logs: { open: () => Promise.reject(new Error("no log here")), list: async () => [] },
    services: {
      connectors: {
        allowedHosts: [`127.0.0.1:${tickets.port}`],
        openSecret: (reference) => openSecret(reference, { TICKETS_TOKEN: token }),
        timeout: 2_000,
        wait: async () => undefined,
        random: () => 0.5,
        now: () => new Date(),
        newId: randomUUID,
      },
    },
    progress: () => undefined,
    fact: createFactory(() => null),
    random: () => 0.5,
  };
}

const ports = (): ExecutorPorts => ({
  gate,
  findTool: (name) => tools.find((tool) => tool.name === name),
  makeContext: () => contextOf("maya"),
  executor: "test",
  report: (error) => {
    throw error;
  },
});

async function approveAndExecute(id: string, digest: string, people: readonly string[]) {
  for (const person of people) {
    const by = await personById(opened.database, opened.tenant, person);
    await decide(gate, {
      person: by,
      tenant: opened.tenant,
      proposal: id,
      digest,
      verdict: "approve",
      channel: "cli",
    });
  }
  return execute(ports(), opened.tenant, id);
}

async function propose(tool: WriteTool, input: unknown) {
  const [row] = await createProposals(gate, {
    requests: [{ tool, input }],
    context: await contextOf("maya"),
  });
  if (!row) throw new Error("no proposal");
  return row;
}

const ticket = (title: string) => ({
  connector: "tickets",
  operation: "createTicket",
  arguments: { body: { title } },
});
const listed = async () =>
  (await readTool.execute(
    { connector: "tickets", operation: "listTickets", arguments: {} },
    await contextOf("maya"),
  )) as {
    data: { body: { id: string; title: string }[] };
  };

beforeAll(async () => {
  [opened, tickets] = await Promise.all([openTestDatabase(), startTickets({ token })]);
  gate = { database: opened.database, head: memoryLedgerHead() };
  const credential = {
    id: "tickets",
    scheme: "bearer" as const,
    references: { token: "env:TICKETS_TOKEN" },
    settings: {},
  };
  const result = await importTool.execute(
    { specification: tickets.specification, baseUrl: tickets.url, credential },
    await contextOf("dev"),
  );
  expect(result.facts.map(({ value }) => value)).toEqual([5, 3]);
});
afterAll(async () => {
  await tickets.close();
  await opened.close();
});

describe("a call to another system", () => {
  it("is shown before it is made, and makes nothing until it is approved", async () => {
    const row = await propose(callTool as WriteTool, ticket("Only shown"));
    expect(row.summary).toContain("POST /tickets");
    expect(row.preview).toMatchObject({
      changes: [{ what: "title", before: null, after: "Only shown" }],
      undo: { possible: true },
    });
    expect((await listed()).data.body).toEqual([]);
  });

  it("happens once after the approval, and its receipt has the other system's id", async () => {
    const row = await propose(callTool as WriteTool, ticket("Do it"));
    const done = await Promise.all([
      approveAndExecute(row.id, row.digest, ["ana"]),
      execute(ports(), opened.tenant, row.id),
    ]);
    expect(done[0].state === "executed" || done[1].state === "executed").toBe(true);
    const mine = (await listed()).data.body.filter(({ title }) => title === "Do it");
    expect(mine).toHaveLength(1);
    expect((await execute(ports(), opened.tenant, row.id)).receipt).toMatchObject({
      references: [{ system: "Tickets", id: mine[0]?.id }],
    });
  });

  it("can be taken back by a proposal of its own, which two people decide", async () => {
    const row = await propose(callTool as WriteTool, ticket("To be taken back"));
    const executed = await approveAndExecute(row.id, row.digest, ["ana"]);
    const undo = await proposeUndo(gate, {
      findTool: ports().findTool,
      proposal: executed.id,
      context: await contextOf("maya"),
    });
    expect(undo).toMatchObject({ tool: "connectors.call-irreversible", quorum: 2 });
    expect((await approveAndExecute(undo.id, undo.digest, ["ana", "ben"])).state).toBe("executed");
    expect((await listed()).data.body.some(({ title }) => title === "To be taken back")).toBe(false);
  });

  it("that the other side refuses has failed, and says so", async () => {
    const row = await propose(irreversibleTool as WriteTool, {
      connector: "tickets",
      operation: "deleteTicket",
      arguments: { id: "T-9" },
    });
    const failed = await approveAndExecute(row.id, row.digest, ["ana", "ben"]);
    expect(failed).toMatchObject({ state: "failed", failure: { detail: expect.stringContaining("404") } });
    expect(
      (await failuresTool.execute({ limit: 10 }, await contextOf("dev"))).facts[0]?.value,
    ).toBeGreaterThan(0);
  });

  it("whose answers are all lost is found by its key, and counts once", async () => {
    const row = await propose(callTool as WriteTool, ticket("Lost three times"));
    await fetch(`${tickets.url}/faults`, { method: "POST", body: JSON.stringify({ drop: true, times: 3 }) });
    expect((await approveAndExecute(row.id, row.digest, ["ben"])).state).toBe("executed");
    expect((await listed()).data.body.filter(({ title }) => title === "Lost three times")).toHaveLength(1);
  });

  it("of the wrong kind is refused: reads are not gated, what is irreversible needs its own tool", async () => {
    await expect(
      propose(callTool as WriteTool, { connector: "tickets", operation: "listTickets", arguments: {} }),
    ).rejects.toThrow(/Use|is read/);
    await expect(
      propose(callTool as WriteTool, {
        connector: "tickets",
        operation: "deleteTicket",
        arguments: { id: "T-1" },
      }),
    ).rejects.toThrow(/irreversible/);
    await expect(
      readTool.execute(
        { connector: "tickets", operation: "createTicket", arguments: {} },
        await contextOf("maya"),
      ),
    ).rejects.toThrow(/may change something/);
  });

  it("to a system or an operation that is not there names those that are", async () => {
    await expect(propose(callTool as WriteTool, { ...ticket("x"), connector: "crm" })).rejects.toThrow(
      /no connector "crm"/,
    );
    await expect(
      propose(callTool as WriteTool, { ...ticket("x"), operation: "createCase" }),
    ).rejects.toMatchObject({ details: { expected: expect.stringContaining("createTicket") } });
    const list = await listTool.execute({ words: "create" }, await contextOf("maya"));
    expect(list.data).toMatchObject({ operations: [{ operation: "createTicket", effect: "write" }] });
  });
});

describe("a system that is imported again without a credential", () => {
  const again = async (baseUrl: string) => {
    await importTool.execute(
      { specification: tickets.specification, id: "tickets", baseUrl },
      await contextOf("dev"),
    );
    const [connector] = await listConnectors(opened.database, opened.tenant);
    return connector?.credential?.id ?? null;
  };

  it("keeps the one it has, and loses it at another address", async () => {
    expect(await again(`${tickets.url}/v2`)).toBe("tickets");
    expect(await again("https://elsewhere.example")).toBeNull();
  });
});
