import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "../../db/logs/duckdb.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import {
  CalendarInUseError,
  CalendarNotFoundError,
  defaultCalendar,
  listCalendars,
  removeCalendar,
  setDefaultCalendar,
  storeCalendar,
} from "./calendar-store.ts";
import { chooseCalendar } from "./core/calendar-definition.ts";
import { createLogAccess, importLog, LogNotFoundError } from "./log-access.ts";

let folder: string;
let store: LogStore;
let opened: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "calendars-"));
  store = await openDuckDbLogStore(join(folder, "logs"));
  opened = await openTestDatabase();
});
afterAll(async () => {
  await store.close();
  await opened.close();
  await rm(folder, { recursive: true });
});

/** A tenant of its own with one log. */
async function world() {
  const [database, tenant] = [opened.database, `tenant-${randomUUID()}`];
  const path = join(folder, randomUUID());
  await writeFile(path, "case,activity,time\n1,a,2026-03-02T09:00:00Z\n1,b,2026-03-02T18:00:00Z\n");
  const id = `log-${randomUUID()}`;
  const scope = { database, store, tenant };
  await importLog({ ...scope, person: null, name: "orders.csv", path, newId: () => id });
  const access = (memory = {}) => createLogAccess({ ...scope, ...memory, threadLog: null });
  const named = async (memory = {}) =>
    ((await access(memory).open("orders")).calendars ?? []).map(({ name }) => name);
  return { database, tenant, id, access, named };
}

const office = { zone: "Europe/Berlin", hours: { monday: [["09:00", "12:00"]] } };

describe("calendars of a tenant", () => {
  it("are kept by name, replaced whatever the case of its letters, and are nobody else's", async () => {
    const { database, tenant } = await world();
    await storeCalendar(database, tenant, "Office", office);
    await storeCalendar(database, tenant, "Harbour", { hours: { sunday: [["00:00", "24:00"]] } });
    await storeCalendar(database, tenant, " OFFICE ", { ...office, zone: "UTC" });
    const kept = await listCalendars(database, tenant);
    expect(kept.map(({ name, zone }) => [name, zone])).toEqual([
      ["Harbour", undefined],
      ["OFFICE", "UTC"],
    ]);
    expect(await listCalendars(database, "somebody-else")).toEqual([]);
  });

  it.each([
    [
      "hours that end before they begin",
      "Office",
      { hours: { monday: [["12:00", "09:00"]] } },
      /hours.monday/,
    ],
    ["no hours at all", "Office", { hours: {} }, /never open/],
    ["a zone that is none", "Office", { zone: "Mars/Olympus" }, /Mars\/Olympus/],
    ["words that mean every log's own", "Business hours", {}, /cannot be called/],
    ["no name", " ", {}, /name/],
    ["no object", "Office", "nine to five", /not understood/],
  ])("refuses %s, and what was kept stays", async (_, name, definition, message) => {
    const { database, tenant } = await world();
    await storeCalendar(database, tenant, "Office", office);
    await expect(storeCalendar(database, tenant, name, definition)).rejects.toThrow(message);
    expect(await listCalendars(database, tenant)).toMatchObject([{ name: "Office", zone: "Europe/Berlin" }]);
  });

  it("are removed by name; an unknown one is answered with those there are", async () => {
    const { database, tenant } = await world();
    await storeCalendar(database, tenant, "Office", office);
    await expect(removeCalendar(database, tenant, "Offfice")).rejects.toMatchObject({
      details: { expected: "Office" },
    });
    await removeCalendar(database, tenant, "office");
    expect(await listCalendars(database, tenant)).toEqual([]);
    await expect(removeCalendar(database, tenant, "office")).rejects.toThrow(CalendarNotFoundError);
  });
});

describe("the calendar of a log", () => {
  it("stands first among those that an opened log knows, also where it is too large for memory", async () => {
    const { database, tenant, id, named } = await world();
    expect(await named()).toEqual([]);
    await storeCalendar(database, tenant, "Harbour", {});
    await storeCalendar(database, tenant, "Office", office);
    expect(await setDefaultCalendar(database, tenant, "orders", "office")).toEqual({
      log: id,
      calendar: "Office",
    });
    expect(await named()).toEqual(["Office", "Harbour"]);
    expect(await named({ memoryEvents: 1 })).toEqual(["Office", "Harbour"]);
  });

  it("is what business hours mean; without one they are the usual ones, whichever calendars are kept", async () => {
    const { database, tenant, access } = await world();
    const meant = async () =>
      chooseCalendar("business hours", (await access().open("orders")).calendars ?? [], "UTC")?.hours;
    await storeCalendar(database, tenant, "Office", office);
    expect((await meant())?.friday).toEqual([["09:00", "17:00"]]);
    await setDefaultCalendar(database, tenant, "orders", "Office");
    expect(await meant()).toEqual(office.hours);
    await setDefaultCalendar(database, tenant, "orders", null);
    expect((await meant())?.friday).toEqual([["09:00", "17:00"]]);
  });

  it("comes along to a repaired copy", async () => {
    const { database, tenant, access } = await world();
    await storeCalendar(database, tenant, "Office", office);
    await setDefaultCalendar(database, tenant, "orders", "Office");
    const from = await access().open("orders");
    const columns = (await from.columns?.())!;
    const recipe = { from: from.id, name: from.name, digest: from.digest, repairs: [] };
    await access().derive?.({ from, name: "copy", columns, recipe, person: "maya" });
    expect(await defaultCalendar(database, tenant, "copy")).toMatchObject({ calendar: "Office" });
  });

  it("is not removed under it", async () => {
    const { database, tenant } = await world();
    await storeCalendar(database, tenant, "Office", office);
    await setDefaultCalendar(database, tenant, "orders", "Office");
    await expect(removeCalendar(database, tenant, "Office")).rejects.toThrow(CalendarInUseError);
    await expect(removeCalendar(database, tenant, "Office")).rejects.toThrow("orders");
    await setDefaultCalendar(database, tenant, "orders", null);
    await removeCalendar(database, tenant, "Office");
  });

  it("must be kept, and the log be there", async () => {
    const { database, tenant } = await world();
    await expect(setDefaultCalendar(database, tenant, "orders", "Office")).rejects.toThrow(
      CalendarNotFoundError,
    );
    await expect(setDefaultCalendar(database, tenant, "returns", null)).rejects.toThrow(LogNotFoundError);
    expect(await defaultCalendar(database, tenant, "orders")).toMatchObject({ calendar: null });
  });
});
