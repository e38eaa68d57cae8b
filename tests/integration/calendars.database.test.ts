/** Calendars through their doors: HTTP with its rights, and the command line's connection to a server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CalendarRows, createCalendars } from "../../channels/calendars.ts";
import { createRemote } from "../../channels/cli/remote.ts";
import type { Person } from "../../channels/contract.ts";
import { createServiceDouble } from "../../channels/fixtures/service.ts";
import { createHttpChannel } from "../../channels/http/channel.ts";
import { listen } from "../../channels/listen.ts";
import { logs } from "../../db/schema/index.ts";
import * as rows from "../../tools/logs/calendar-store.ts";
import { type CalendarDefinition, describeCalendar } from "../../tools/logs/core/calendar-definition.ts";
import { openTestDatabase, type TestDatabase } from "../fixtures/database.ts";

const people: Person[] = [
  { id: "arun", tenant: "local", name: "Arun", roles: ["analyst"] },
  { id: "dev", tenant: "local", name: "Dev", roles: ["admin"] },
  { id: "maya", tenant: "local", name: "Maya", roles: ["manager"] },
];
const secret = "of-this-start";
const office = { zone: "Europe/Berlin", hours: { monday: [["09:00", "12:00"]] } };

let opened: TestDatabase;
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  const { database, tenant } = opened;
  await database.insert(logs).values({
    id: "log-1",
    tenant,
    name: "orders",
    mapping: {},
    findings: [],
    vocabulary: {},
    cases: 1,
    events: 1,
    digest: "d",
  });
  const service = createServiceDouble({
    async identify(credential) {
      const id = "token" in credential ? credential.token : "person" in credential ? credential.person : "";
      return people.find((person) => person.id === id) ?? null;
    },
  });
  const load = async (): Promise<CalendarRows<CalendarDefinition>> => ({ ...rows, describeCalendar });
  const calendars = createCalendars(database, tenant, load);
  const app = createHttpChannel(service, { tenant: "local", local: true, secret, calendars });
  server = await listen((request) => app.fetch(request), "127.0.0.1", 0);
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

async function ask(method: string, path: string, person: string | null, body?: unknown) {
  const headers = new Headers({ "content-type": "application/json" });
  if (person !== null) headers.set("authorization", `Bearer ${person}`);
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(server.address + path, init);
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

describe("over HTTP", () => {
  it("an analyst keeps a calendar, anybody reads it", async () => {
    const kept = await ask("PUT", "/v1/calendars/Berlin%20desk", "arun", office);
    expect(kept).toMatchObject({
      status: 200,
      body: { name: "Berlin desk", hours: "Mon 09:00–12:00, Europe/Berlin" },
    });
    expect((await ask("GET", "/v1/calendars", "maya")).body).toEqual([kept.body]);
    expect((await ask("GET", "/v1/calendars/berlin%20DESK", null)).body).toEqual(kept.body);
    const again = await ask("PUT", "/v1/calendars/Berlin%20desk", "dev", kept.body.definition);
    expect(again.body).toEqual(kept.body);
  });

  it.each([
    ["a manager", "maya", 403],
    ["nobody", null, 401],
  ])("%s changes none", async (_, person, status) => {
    expect((await ask("PUT", "/v1/calendars/Mine", person, office)).status).toBe(status);
    expect((await ask("DELETE", "/v1/calendars/Berlin%20desk", person)).status).toBe(status);
    expect((await ask("PUT", "/v1/logs/orders/calendar", person, { calendar: null })).status).toBe(status);
    expect((await ask("GET", "/v1/calendars", "maya")).body).toHaveLength(1);
  });

  it("what is no calendar is refused as a problem that names the place", async () => {
    const wrong = { hours: { monday: [["12:00", "09:00"]] } };
    expect(await ask("PUT", "/v1/calendars/Wrong", "arun", wrong)).toMatchObject({
      status: 422,
      body: { type: "urn:millwright:calendar", detail: expect.stringContaining("hours.monday") },
    });
    const other = await ask("PUT", "/v1/calendars/Wrong", "arun", { ...office, name: "Right" });
    expect(other).toMatchObject({ status: 400, body: { column: "name" } });
    expect((await ask("PUT", "/v1/calendars/Wrong", "arun", [office])).status).toBe(400);
    expect((await ask("GET", "/v1/calendars/Wrong", "arun")).status).toBe(404);
  });

  it("a log's own is chosen, kept from removal, and given up", async () => {
    const path = "/v1/logs/orders/calendar";
    expect((await ask("GET", path, "maya")).body).toEqual({ log: "log-1", calendar: null });
    const chosen = await ask("PUT", path, "arun", { calendar: "berlin desk" });
    expect(chosen.body).toEqual({ log: "log-1", calendar: "Berlin desk" });
    expect((await ask("PUT", path, "arun", { calendar: "Nowhere" })).status).toBe(404);
    expect((await ask("PUT", path, "arun", {})).status).toBe(400);
    expect((await ask("GET", path, "maya")).body).toEqual(chosen.body);
    expect(await ask("DELETE", "/v1/calendars/Berlin%20desk", "arun")).toMatchObject({ status: 409 });
    expect((await ask("PUT", path, "arun", { calendar: null })).body.calendar).toBeNull();
    expect((await ask("DELETE", "/v1/calendars/Berlin%20desk", "arun")).status).toBe(204);
    expect((await ask("DELETE", "/v1/calendars/Berlin%20desk", "arun")).status).toBe(404);
  });
});

describe("the command line, through a server", () => {
  const [arun, , maya] = people as [Person, Person, Person];
  it("does the same, with the rights of the person it names, and as the server's own OS user", async () => {
    const { calendars } = createRemote({ address: server.address, secret });
    const kept = await calendars.set(arun, "Köln / Süd", { ...office, name: "in the file" });
    expect(kept.name).toBe("Köln / Süd");
    expect(await calendars.list()).toEqual([kept]);
    expect(await calendars.show("köln / süd")).toEqual(kept);
    await expect(calendars.set(maya, "Mine", office)).rejects.toMatchObject({ status: 403 });
    await calendars.setDefault(null, "orders", "Köln / Süd");
    expect(await calendars.defaultOf("orders")).toEqual({ log: "log-1", calendar: "Köln / Süd" });
    await calendars.setDefault(arun, "orders", null);
    await calendars.remove(null, "Köln / Süd");
    expect(await calendars.list()).toEqual([]);
  });
});
