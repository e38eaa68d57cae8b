import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CallFailedError, callOperation } from "../../tools/connectors/call-operation.ts";
import { AddressRefusedError } from "../../tools/connectors/core/address.ts";
import { ArgumentError } from "../../tools/connectors/core/request.ts";
import { createWorkItems } from "../../tools/connectors/create-work-items.ts";
import { importSpecification } from "../../tools/connectors/import-specification.ts";
import { CircuitOpenError } from "../../tools/connectors/protect.ts";
import { openSecret, SecretError } from "../../tools/connectors/secrets.ts";
import type { ConnectorSettings } from "../../tools/connectors/settings.ts";
import { failedCalls, findOperation } from "../../tools/connectors/store.ts";
import { openTestDatabase } from "../fixtures/database.ts";
import { type RunningTickets, startTickets } from "../systems/tickets/start.ts";

const token = "a-secret-of-the-ticket-system";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let tickets: RunningTickets;
const waits: number[] = [];

const settings = (more: Partial<ConnectorSettings> = {}): ConnectorSettings => ({
  allowedHosts: [`127.0.0.1:${tickets.port}`],
  openSecret: (reference) => openSecret(reference, { TICKETS_TOKEN: token }),
  timeout: 400,
  wait: async (milliseconds) => {
    waits.push(milliseconds);
  },
  random: () => 0.5,
  now: () => new Date(),
  newId: randomUUID,
  ...more,
});

async function call(
  operation: string,
  given: Record<string, unknown>,
  key?: string,
  more: Partial<ConnectorSettings> = {},
) {
  const found = await findOperation(opened.database, opened.tenant, "tickets", operation);
  const around = {
    database: opened.database,
    tenant: opened.tenant,
    settings: settings(more),
    signal: new AbortController().signal,
  };
  return callOperation({ ...found, arguments: given, ...(key ? { idempotencyKey: key } : {}) }, around);
}

const fault = (what: object) =>
  fetch(`${tickets.url}/faults`, { method: "POST", body: JSON.stringify(what) });
const all = async () => (await call("listTickets", {})).body as { id: string; title: string }[];

beforeAll(async () => {
  [opened, tickets] = await Promise.all([openTestDatabase(), startTickets({ token })]);
  await importSpecification({
    database: opened.database,
    tenant: opened.tenant,
    text: tickets.specification,
    baseUrl: tickets.url,
    credential: { id: "tickets", scheme: "bearer", references: { token: "env:TICKETS_TOKEN" }, settings: {} },
    allowedHosts: [`127.0.0.1:${tickets.port}`],
  });
});
afterAll(async () => {
  await tickets.close();
  await opened.close();
});

describe("the ticket system, a process of its own", () => {
  it("creates a ticket with the credential's token", async () => {
    const { status, body } = await call(
      "createTicket",
      { body: { title: "Look at credit check", priority: "high" } },
      "key-1",
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: "T-1001", status: "open", priority: "high" });
  });

  it("gives the same ticket for the same key, however often it is sent", async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(
        async () =>
          ((await call("createTicket", { body: { title: "Again" } }, "key-2")).body as { id: string }).id,
      ),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await all()).filter(({ title }) => title === "Again")).toHaveLength(1);
  });

  it("tries three times at most, with growing waits, and lists the failures for review", async () => {
    waits.length = 0;
    await fault({ status: 503, times: 3 });
    await expect(call("createTicket", { body: { title: "Down" } }, "key-3")).rejects.toThrow(CallFailedError);
    expect(waits).toHaveLength(2);
    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    const failures = await failedCalls(opened.database, opened.tenant, 10);
    expect(failures.map(({ attempt, status }) => [attempt, status])).toEqual(
      expect.arrayContaining([
        [1, 503],
        [2, 503],
        [3, 503],
      ]),
    );
    expect((await all()).some(({ title }) => title === "Down")).toBe(false);
  });

  it("has one effect when the answer is lost and the call is repeated with its key", async () => {
    await fault({ drop: true });
    const { body } = await call("createTicket", { body: { title: "Lost answer" } }, "key-4");
    expect(body).toMatchObject({ title: "Lost answer" });
    expect((await all()).filter(({ title }) => title === "Lost answer")).toHaveLength(1);
  });

  it("does not repeat without a key, and says that the effect may be there", async () => {
    await fault({ drop: true });
    const failed = await call("createTicket", { body: { title: "No key" } }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CallFailedError);
    expect((failed as CallFailedError).mayHaveHappened).toBe(true);
    expect((await all()).filter(({ title }) => title === "No key")).toHaveLength(1);
  });

  it("gives up on an answer that takes too long", async () => {
    await fault({ delay: 1_000, times: 3 });
    await expect(call("listTickets", {})).rejects.toThrow(/did not answer in time/);
  });

  it("does not repeat what the other side refuses", async () => {
    await expect(call("getTicket", { id: "T-1" })).rejects.toThrow(/answered 404 \(1 of/);
  });

  it("refuses arguments that the schema does not know before anything is sent", async () => {
    await expect(call("createTicket", { body: { titel: "x" } }, "key-5")).rejects.toThrow(ArgumentError);
    await expect(call("createTicket", { body: { title: "x", priority: "urgent" } }, "key-5")).rejects.toThrow(
      /priority/,
    );
  });

  it("refuses a private address that the configuration does not allow", async () => {
    await expect(call("listTickets", {}, undefined, { allowedHosts: [] })).rejects.toThrow(
      AddressRefusedError,
    );
  });

  it("says which secret is missing, and keeps secrets out of rows and errors", async () => {
    const failed = await call("listTickets", {}, undefined, {
      openSecret: (reference) => openSecret(reference, {}),
    }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SecretError);
    const rows = JSON.stringify([failed, await failedCalls(opened.database, opened.tenant, 100)]);
    expect(rows).not.toContain(token);
  });

  it("is left alone after five failures in a row", async () => {
    const around = settings();
    const once = async () => {
      const found = await findOperation(opened.database, opened.tenant, "tickets", "listTickets");
      return callOperation(
        { ...found, arguments: {} },
        {
          database: opened.database,
          tenant: opened.tenant,
          settings: around,
          signal: new AbortController().signal,
        },
      );
    };
    await fault({ status: 500, times: 5 });
    await expect(once()).rejects.toThrow(CallFailedError);
    await expect(once()).rejects.toThrow(CircuitOpenError);
    await expect(once()).rejects.toThrow(/left alone until/);
  });

  it("is found as the place for work items", async () => {
    const proposed = await createWorkItems(opened.database, opened.tenant).propose({
      title: "Add a clerk",
      description: "Credit check",
      priority: "medium",
    });
    expect(proposed).toMatchObject({
      tool: "connectors.call",
      input: { connector: "tickets", operation: "createTicket" },
    });
  });
});
