import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/client.ts";
import { openDuckDbLogStore } from "../../db/logs/duckdb.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type TaskRunner, WorkerPool } from "../worker-pool.ts";
import { appendEvents, createLogAccess, exportStoredLog, importLog } from "./log-access.ts";
import { generateSample, nextEvents } from "./samples/generate.ts";

let folder: string;
let store: LogStore;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-access-"));
  store = await openDuckDbLogStore(join(folder, "logs"));
  database = await openTestDatabase();
});
afterAll(async () => {
  await store.close();
  await database.close();
  await rm(folder, { recursive: true });
});

async function importText(text: string, name: string) {
  const path = join(folder, randomUUID());
  await writeFile(path, text);
  return importLog({ ...scope(), person: null, name, path, newId: () => `log-${randomUUID()}` });
}
const scope = () => ({ database: database.database, store, tenant: database.tenant });
const access = (threadLog: string | null = null) => createLogAccess({ ...scope(), threadLog });

describe("stored logs", () => {
  it("are imported, opened by name, and grow", async () => {
    const { csv } = generateSample("order-to-cash", { cases: 60 });
    const imported = await importText(csv, "../../etc/order-to-cash.csv");
    expect(imported).toMatchObject({ name: "order-to-cash", cases: 60 });
    const before = await access().open("order-to-cash");
    expect(before.log.events).toBe(imported.events);
    const { rows } = await before.query("select count(*) from events");
    expect(rows).toEqual([[imported.events]]);

    const events = nextEvents("order-to-cash", { cases: 5, from: new Date("2026-09-01T00:00:00Z") });
    const { added, log } = await appendEvents({ ...scope(), log: "order-to-cash", events: events });
    expect(added).toBe(events.length);
    expect(log.events).toBe(imported.events + added);
    const after = await access("order-to-cash").open();
    expect(after.digest).not.toBe(before.digest);
    expect(after.log.events).toBe(log.events);
    expect(after.log.caseAttributes.has("country")).toBe(true);
  });

  it("are written as files in threads as they are without, and stop when nobody waits for them", async () => {
    const { csv } = generateSample("order-to-cash", { cases: 400 });
    const { id: log } = await importText(csv, "to-export.csv");
    const pool = new WorkerPool({ size: 2 });
    try {
      for (const format of ["xes", "csv", "jsonl", "ocel"]) {
        const [here, there] = [join(folder, randomUUID()), join(folder, randomUUID())];
        await exportStoredLog({ ...scope(), log, format, path: here });
        const named = await exportStoredLog({ ...scope(), log, format, path: there, tasks: pool });
        expect(named.name).toMatch(/^to-export\./);
        expect(await readFile(there, "utf8")).toBe(await readFile(here, "utf8"));
      }
      const stop = new AbortController();
      const path = join(folder, randomUUID());
      const tasks: TaskRunner = {
        run: (task, options) => {
          const running = pool.run<never>(task, options);
          stop.abort(new Error("the client went away"));
          return running;
        },
      };
      const stopped = exportStoredLog({ ...scope(), log, format: "xes", path, tasks, signal: stop.signal });
      await expect(stopped).rejects.toThrow("the client went away");
    } finally {
      await pool.close();
    }
  });

  it("get a name of their own where it is taken", async () => {
    const text = "case,activity,time\n1,a,2024-01-01\n";
    await importText(text, "twice.csv");
    expect(await importText(text, "twice.csv")).toMatchObject({ name: "twice (2)" });
  });

  it("are not there by half where the file is bad", async () => {
    const logsBefore = await access().list();
    const partsBefore = await readdir(join(folder, "logs"));
    await expect(
      importText("case,activity,time\n1,a,2024-01-01\n1,b,soon\n", "bad.csv"),
    ).rejects.toMatchObject({
      code: "log-timestamp",
      details: { file: "bad.csv", line: 3, column: "time", value: "soon" },
    });
    expect(await access().list()).toEqual(logsBefore);
    expect(await readdir(join(folder, "logs"))).toEqual(partsBefore);
  });

  it("take events by role or column, and none of a batch with a bad one", async () => {
    const { id } = await importText(
      "Fall,Aktivität,Zeit,Betrag\nA,x,2024-01-01 08:00,5\nB,x,2024-01-01 09:00,7\nB,y,2024-01-01 09:30,7\n",
      "events.csv",
    );
    const good = { case: "A", Aktivität: "y", timestamp: "2024-01-02T08:00:00Z", Betrag: 6 };
    for (const [bad, details] of [
      [
        { case: "A", timestamp: "2024-01-02" },
        { line: 2, role: "activity" },
      ],
      [
        { ...good, timestamp: "tomorrow" },
        { line: 2, column: "timestamp" },
      ],
      [
        { ...good, case: "C", Betrag: "many" },
        { line: 2, column: "Betrag" },
      ],
      [
        { ...good, note: { nested: true } },
        { line: 2, column: "note" },
      ],
    ] as const) {
      await expect(appendEvents({ ...scope(), log: id, events: [good, bad] })).rejects.toMatchObject({
        code: "event-row",
        details,
      });
    }
    expect((await access().open(id)).log.events).toBe(3);
    expect((await appendEvents({ ...scope(), log: id, events: [good] })).log).toMatchObject({
      events: 4,
      last: "2024-01-02T08:00:00.000Z",
    });
  });

  it("stay as they were when a process dies while it adds events, and take the same events again", async () => {
    const { id } = await importText("case,activity,time\n1,a,2024-01-01\n", "crash.csv");
    const events = [{ case: "2", activity: "b", timestamp: "2024-01-02T08:00:00Z" }];
    const dying: LogStore = Object.assign(Object.create(store) as LogStore, {
      append: async (...given: Parameters<LogStore["append"]>) => {
        await store.append(...given);
        throw new Error("the process ends here");
      },
      read: store.read.bind(store),
    });
    await expect(appendEvents({ ...scope(), store: dying, log: id, events })).rejects.toThrow("ends here");
    const count = "select count(*) from events";
    const [summary] = (await access().list()).filter((log) => log.id === id);
    const open = await access().open(id);
    expect([summary?.events, open.log.events, (await open.query(count)).rows]).toEqual([1, 1, [[1]]]);

    const { log } = await appendEvents({ ...scope(), log: id, events });
    expect(log).toMatchObject({ events: 2, cases: 2, last: "2024-01-02T08:00:00.000Z" });
    const after = await access().open(id);
    expect([after.log.events, (await after.query(count)).rows]).toEqual([2, [[2]]]);
    expect(await store.digest(id)).toBe(after.digest);
  });

  it("keep every event that two processes add at once", async () => {
    const { id } = await importText("case,activity,time\n0,a,2024-01-01\n", "two-writers.csv");
    const { url } = database;
    const other = url === null ? null : await openDatabase({ url });
    const otherStore = await openDuckDbLogStore(join(folder, "logs"));
    const writers = [scope(), { ...scope(), database: (other ?? database).database, store: otherStore }];
    const appends = Array.from({ length: 20 }, (_, at) => {
      const event = { case: `c${at}`, activity: "a", timestamp: `2024-02-01T08:${10 + at}:00Z` };
      return appendEvents({ ...writers[at % 2]!, log: id, events: [event] });
    });
    await Promise.all(appends);
    const open = await access().open(id);
    expect((await access().list()).find((log) => log.id === id)).toMatchObject({ cases: 21, events: 21 });
    expect(open.log.events).toBe(21);
    expect((await open.query("select count(distinct case_id) from events")).rows).toEqual([[21]]);
    expect(await otherStore.digest(id)).toBe(open.digest);
    await otherStore.close();
    await other?.close();
  });

  it("keep long and zero-led identifiers of new attributes as text", async () => {
    const { id } = await importText("case,activity,time\n1,a,2024-01-01\n", "identifiers.csv");
    const event = { case: "2", activity: "a", timestamp: "2024-01-02T08:00:00Z" };
    const numbers = { parcel: "18104165777330262001", branch: "007", weight: "1.2596122309312074" };
    await appendEvents({ ...scope(), log: id, events: [{ ...event, ...numbers }] });
    const { log } = await access().open(id);
    const kinds = Object.keys(numbers).map(
      (name) => (log.attributes.get(name) ?? log.caseAttributes.get(name))?.kind,
    );
    expect(kinds).toEqual(["text", "text", "number"]);
  });

  it("that are unknown are answered with those there are", async () => {
    await expect(access().open("orders")).rejects.toMatchObject({
      code: "log-not-found",
      message: expect.stringContaining("twice"),
    });
    await expect(
      createLogAccess({ ...scope(), tenant: "other", threadLog: null }).open(),
    ).rejects.toMatchObject({ code: "log-not-found" });
  });
});
