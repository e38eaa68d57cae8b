import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnsOf } from "../fixtures/log-store-suite.ts";
import { eventsSource } from "../load.ts";
import { mergeColumns } from "../merge-columns.ts";
import type { TrinoClient } from "./client.ts";
import { InsertWriter, ParquetWriter } from "./writers.ts";

const said: string[] = [];
/** Takes every statement and does nothing. */
const client = {
  run: (sql: string) => {
    said.push(sql);
    return Promise.resolve({ columns: [], rows: [] });
  },
  tableOptions: () => Promise.resolve(""),
} as unknown as TrinoClient;

const first = columnsOf([
  ["a", "Order", 1],
  ["a", "Pay", 2],
  ["b", "Order", 3],
]);
const later = columnsOf([
  ["b", "Pay", 4],
  ["c", "Order", 5],
]);
const source = (parts: Parameters<typeof mergeColumns>[0]) => eventsSource(mergeColumns(parts), new Map());

describe("rows of a log that has grown", () => {
  let path = "";
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), "trino-files-"));
  });
  afterAll(() => rm(path, { recursive: true }));

  /** What Trino would read. */
  async function rowsOf(schema: string): Promise<unknown[]> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      const files = join(path, schema, "raw_events", "*.parquet");
      const found = await connection.runAndReadAll(
        `select row, case_id, case_number, activity, epoch_us(completed)::double from '${files}' order by row`,
      );
      return found.getRows();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  it("are written in files of their own, and the earlier files stand beside them without a copy", async () => {
    const writer = new ParquetWriter(client, { path, location: "local:///logs" });
    await writer.write("one", "raw_events", source([first]));
    const before = { schema: "one", rows: first.rows };
    expect(await writer.continue("two", "raw_events", source([first, later]), before)).toBe(true);
    await writer.write("anew", "raw_events", source([first, later]));
    expect(await rowsOf("two")).toEqual(await rowsOf("anew"));
    const inode = async (schema: string) =>
      (await stat(join(path, schema, "raw_events", "000001.parquet"))).ino;
    expect(await inode("two")).toBe(await inode("one"));
    expect(await readdir(join(path, "two", "raw_events"))).toEqual(["000001.parquet", "000002.parquet"]);
    await writer.remove("one");
    expect(await rowsOf("two")).toEqual(await rowsOf("anew"));
  });

  it("are all written where nothing of the earlier state is there", async () => {
    const writer = new ParquetWriter(client, { path, location: "local:///logs" });
    const before = { schema: "gone", rows: first.rows };
    expect(await writer.continue("three", "raw_events", source([first, later]), before)).toBe(false);
    await expect(readdir(join(path, "three", "raw_events"))).rejects.toThrow("ENOENT");
  });

  it("are inserted behind a copy that Trino makes, where there are no files", async () => {
    said.length = 0;
    const writer = new InsertWriter(client);
    const before = { schema: "one", rows: first.rows };
    expect(await writer.continue("two", "raw_events", source([first, later]), before)).toBe(true);
    expect(said[0]).toContain("create table two.raw_events");
    expect(said[0]).toContain("select * from one.raw_events");
    expect(said.slice(1).join()).toContain("(3,'b',1e+0,'Pay'");
    expect(said.join()).not.toContain("'a'");
  });
});
