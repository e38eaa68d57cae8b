import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "./duckdb.ts";
import type { LogStore, StoredColumns } from "./log-store.ts";

const HOUR = 3_600_000_000;
const text = (values: readonly (string | null)[]) => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Uint32Array.from(values, (value) =>
    value === null ? 0xffffffff : dictionary.indexOf(value),
  );
  return { kind: "text" as const, codes, dictionary };
};

type Row = readonly [
  id: string,
  activity: string,
  completed: number,
  started?: number | null | undefined,
  lifecycle?: string,
];

/** Times in hours since 1970. */
function columns(rows: readonly Row[]): StoredColumns {
  const hours = (value: number | null | undefined) => (value ?? Number.NaN) * HOUR;
  const cases = text(rows.map(([id]) => id));
  return {
    rows: rows.length,
    case: cases,
    activity: text(rows.map(([, activity]) => activity)),
    completed: Float64Array.from(rows, ([, , completed]) => hours(completed)),
    started: rows.some((row) => row[3] !== undefined)
      ? Float64Array.from(rows, (row) => hours(row[3]))
      : null,
    resource: null,
    lifecycle: rows.some((row) => row[4]) ? text(rows.map((row) => row[4] ?? null)) : null,
    instance: null,
    attributes: new Map([['Größe "x"', { kind: "number", values: Float64Array.from(rows, (_, at) => at) }]]),
    caseAttributes: new Map([["country", text(cases.dictionary.map((id) => (id === "b" ? null : "DE")))]]),
  };
}

const small = columns([
  ["a", "Pay", 5],
  ["b", "Order", 1],
  ["a", "Order", 2],
  ["a", "Ship", 5],
]);

let folder: string;
let store: LogStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-store-"));
  store = await openDuckDbLogStore(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});
const rows = async (sql: string) => (await store.query("log", sql)).rows;

describe("the log store on DuckDB", () => {
  it("gives back exactly what was stored, also to another process", async () => {
    await store.create("log", small);
    expect(await store.read("log")).toEqual(small);
    const again = await openDuckDbLogStore(folder);
    expect(await again.read("log")).toEqual(small);
    expect(await again.digest("log")).toBe(await store.digest("log"));
  });

  it("orders events by completion, ties by row, and offers attributes under their own names", async () => {
    await store.create("log", small);
    expect(
      await rows("select case_id, position, activity, completed, row from events order by case_id, position"),
    ).toEqual([
      ["a", 1, "Order", "1970-01-01T02:00:00.000Z", 2],
      ["a", 2, "Pay", "1970-01-01T05:00:00.000Z", 0],
      ["a", 3, "Ship", "1970-01-01T05:00:00.000Z", 3],
      ["b", 1, "Order", "1970-01-01T01:00:00.000Z", 1],
    ]);
    expect(await rows('select sum("Größe ""x""") from events')).toEqual([[6]]);
    expect(await rows("select from_activity, to_activity, seconds from edges order by seconds desc")).toEqual(
      [
        ["Order", "Pay", 10_800],
        ["Pay", "Ship", 0],
      ],
    );
    expect(await rows("select case_id, duration_s, events, variant, country from cases")).toEqual([
      ["a", 10_800, 3, "Order → Pay → Ship", "DE"],
      ["b", 0, 1, "Order", null],
    ]);
    expect(await rows("select count(*), count(waiting_s), count(service_s) from steps")).toEqual([[4, 0, 0]]);
  });

  it("measures waiting from the latest completion not after the start, none for the first event", async () => {
    await store.create(
      "log",
      columns([
        ["a", "A", 2, 1],
        ["a", "B", 6, 3],
        ["a", "C", 7, 7],
        ["a", "D", 7, 4],
      ]),
    );
    expect(
      await rows("select activity, service_s / 3600, waiting_s / 3600 from steps order by activity"),
    ).toEqual([
      ["A", 1, null],
      ["B", 3, 1],
      ["C", 0, 0],
      ["D", 3, 2],
    ]);
  });

  it("pairs start and complete rows first in, first out; a complete row without a start has no service", async () => {
    const log: Row[] = [
      ["a", "W", 1, undefined, "COMPLETE"],
      ["a", "W", 2, undefined, "start"],
      ["a", "W", 3, undefined, "START"],
      ["a", "W", 5, undefined, "complete"],
      ["a", "W", 9, undefined, "complete"],
      ["a", "W", 10, undefined, "schedule"],
    ];
    await store.create("log", columns(log));
    expect(
      await rows("select completed, service_s / 3600, waiting_s / 3600 from steps order by completed"),
    ).toEqual([
      ["1970-01-01T01:00:00.000Z", null, null],
      ["1970-01-01T05:00:00.000Z", 3, 1],
      ["1970-01-01T09:00:00.000Z", 6, 2],
    ]);
  });

  it("appends rows after those that are there, and the digest changes", async () => {
    await store.create("log", small);
    const digest = await store.digest("log");
    expect(await rows("select count(*) from events")).toEqual([[4]]);
    await store.append(
      "log",
      columns([
        ["b", "Pay", 3],
        ["c", "Order", 4],
      ]),
    );
    expect(await store.digest("log")).not.toBe(digest);
    expect(await rows("select case_id, activity, row from events where row > 3")).toEqual([
      ["b", "Pay", 4],
      ["c", "Order", 5],
    ]);
    expect(await rows("select country from cases order by case_id")).toEqual([["DE"], [null], ["DE"]]);
  });

  it("shows a log as it was at a digest while it grows", async () => {
    await store.create("log", small);
    const before = await store.digest("log");
    const after = await store.append("log", columns([["c", "Order", 4]]));
    expect(after).toBe(await store.digest("log"));
    expect(await store.read("log", before)).toEqual(small);
    for (const [digest, events] of [
      [before, 4],
      [after, 5],
      [before, 4],
    ] as const) {
      const { rows: counted } = await store.query("log", "select count(*) from events", { digest });
      expect(counted).toEqual([[events]]);
    }
    await expect(store.read("log", "0".repeat(64))).rejects.toMatchObject({ code: "log-damaged" });
  });

  it("drops what came after the state that an append follows", async () => {
    await store.create("log", small);
    const before = await store.digest("log");
    await store.append("log", columns([["lost", "Order", 4]]), before);
    const digest = await store.append("log", columns([["c", "Order", 4]]), before);
    expect(await store.digest("log")).toBe(digest);
    expect(await rows("select distinct case_id from events order by 1")).toEqual([["a"], ["b"], ["c"]]);
    expect((await readdir(join(folder, "log"))).filter((name) => name.startsWith("part"))).toHaveLength(2);
  });

  it.each([
    "select * from read_csv('/etc/passwd')",
    "select * from glob('/*')",
    "select * from '/etc/passwd'",
    "select 1; select 2",
    "copy events to '/tmp/events.csv'",
    "attach '/tmp/other.db'",
    "drop table events",
    "delete from events",
    "insert into events select * from events",
    "set enable_external_access = true",
    "install httpfs",
    "select ?",
    "selec 1",
    "",
  ])("refuses %s", async (sql) => {
    await store.create("log", small);
    await expect(store.query("log", sql)).rejects.toMatchObject({ code: "log-query" });
    expect(await rows("select count(*) from events")).toEqual([[4]]);
  });

  it("stops a query that is aborted", async () => {
    await store.create("log", small);
    const signal = AbortSignal.timeout(100);
    await expect(store.query("log", "select count(*) from range(1000000000000)", { signal })).rejects.toThrow(
      /timeout|abort/i,
    );
  });

  it("runs many queries at once", async () => {
    await store.create("log", small);
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, at) => rows(`select count(*) + ${at} from cases`)),
    );
    expect(all.flat(2)).toEqual(Array.from({ length: 30 }, (_, at) => 2 + at));
  });

  it.each(["../evil", "a/b", "", ".", "x".repeat(200), "a\u0000b"])("takes %j for no id", async (id) => {
    await expect((async () => store.create(id, small))()).rejects.toMatchObject({ code: "log-id" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses a second log under the same id, and forgets a log that was removed", async () => {
    await store.create("log", small);
    await expect(store.create("log", small)).rejects.toMatchObject({ code: "log-exists" });
    await store.remove("log");
    expect(existsSync(join(folder, "log"))).toBe(false);
    await expect(store.read("log")).rejects.toMatchObject({ code: "log-not-stored" });
  });

  it("notices a part that was changed", async () => {
    await store.create("log", small);
    const part = (await readdir(join(folder, "log"))).find((name) => name.startsWith("part")) as string;
    const bytes = await readFile(join(folder, "log", part));
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
    await writeFile(join(folder, "log", part), bytes);
    await expect(store.read("log")).rejects.toMatchObject({ code: "log-damaged" });
  });
});
