import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MillwrightError } from "../../errors.ts";
import { openDuckDbLogStore } from "./duckdb.ts";
import type { LogStore, StoredColumns } from "./log-store.ts";
import { inSharedMemory } from "./shared-memory.ts";
import { LogStoreThreadError, openThreadedLogStore } from "./threaded.ts";

const small: StoredColumns = {
  rows: 3,
  case: { kind: "text", codes: Uint32Array.of(0, 1, 0), dictionary: ["a", "b"] },
  activity: { kind: "text", codes: Uint32Array.of(0, 0, 1), dictionary: ["Order", "Ship"] },
  completed: Float64Array.of(0, 3_600_000_000, 7_200_000_000),
  started: null,
  resource: null,
  lifecycle: null,
  instance: null,
  attributes: new Map([["paid", { kind: "boolean", values: Uint8Array.of(0, 1, 2) }]]),
  caseAttributes: new Map([["value", { kind: "number", values: Float64Array.of(1.5, Number.NaN) }]]),
};

let folder: string;
let store: LogStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-store-"));
  store = openThreadedLogStore(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe("the log store in a thread of its own", () => {
  it("keeps and answers what the store within it does", async () => {
    await store.create("log", small);
    const inside = await openDuckDbLogStore(folder);
    expect(await store.read("log")).toEqual(await inside.read("log"));
    expect(await store.digest("log")).toBe(await inside.digest("log"));
    const sql = "select case_id, duration_s, events from cases order by case_id";
    expect(await store.query("log", sql)).toEqual({
      columns: ["case_id", "duration_s", "events"],
      rows: [
        ["a", 7200, 2],
        ["b", 0, 1],
      ],
    });
    await inside.close();
  });

  it("hands logs over in shared memory", async () => {
    await store.create("log", small);
    const read = await store.read("log");
    expect(read).toEqual(small);
    expect(read.case.codes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(read.caseAttributes.get("value")).toMatchObject({ values: Float64Array.of(1.5, Number.NaN) });
  });

  it("appends after a state, and answers as of a digest", async () => {
    await store.create("log", small);
    const before = await store.digest("log");
    const after = await store.append("log", small, before);
    expect(after).not.toBe(before);
    const count = (digest?: string) =>
      store.query("log", "select count(*) from events", digest === undefined ? {} : { digest });
    expect((await count()).rows).toEqual([[6]]);
    expect((await count(before)).rows).toEqual([[3]]);
    await store.remove("log");
    await expect(store.digest("log")).rejects.toMatchObject({ code: "log-not-stored", status: 404 });
  });

  it("gives errors back with what they say", async () => {
    await store.create("log", small);
    const error = await store.query("log", "drop table events").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MillwrightError);
    expect(error).toMatchObject({ code: "log-query", name: "LogQueryError", status: 400 });
  });

  it("stops a query that nobody waits for any more, and goes on", async () => {
    await store.create("log", small);
    const stop = new AbortController();
    const endless = store.query("log", "select count(*) from range(1000000000000)", { signal: stop.signal });
    const other = await store.query("log", "select 1");
    stop.abort(new Error("enough"));
    await expect(endless).rejects.toThrow("enough");
    expect(other.rows).toEqual([[1]]);
    expect((await store.query("log", "select 2")).rows).toEqual([[2]]);
  });

  it("says that it is closed", async () => {
    await store.create("log", small);
    await store.close();
    await expect(store.read("log")).rejects.toThrow(LogStoreThreadError);
  });

  it("costs nothing where it is never asked", async () => {
    await store.close();
    await expect(openThreadedLogStore(folder).close()).resolves.toBeUndefined();
  });
});

describe("shared memory", () => {
  it("keeps kinds, values and what is no array", () => {
    const value = { a: Uint32Array.of(1, 2), b: new Map([["c", Uint8Array.of(3)]]), d: ["x"], e: null, f: 1 };
    const shared = inSharedMemory(value);
    expect(shared).toEqual(value);
    expect(shared.b.get("c")?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(shared.d).toBe(value.d);
    expect(inSharedMemory(shared).a).toBe(shared.a);
  });
});
