import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOf } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, run } from "../../tests/fixtures/tool-results.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import { flatten } from "./core/flatten.ts";
import type { ObjectCentricLog } from "./core/ocel.ts";
import exporting from "./export.tool.ts";
import { exportFormat } from "./export-file.ts";
import { writeLogFile } from "./export-log.ts";
import { readLogFile } from "./read-log.ts";
import { readOcelFile } from "./read-ocel.ts";

/** Two events, one of them of both orders: three rows. */
const orders: ObjectCentricLog = {
  eventTypes: ["place", "pay"].map((name) => ({ name, attributes: [] })),
  objectTypes: [{ name: "order", attributes: [] }],
  objects: ["o1", "o2"].map((id) => ({ id, type: "order", attributes: [], relations: [] })),
  events: [
    { id: "e1", type: "place", time: 0, attributes: [], relations: ["o1", "o2"].map(of) },
    { id: "e2", type: "pay", time: 1e6, attributes: [], relations: [of("o1")] },
  ],
};
function of(object: string) {
  return { object, qualifier: "of" };
}

let world: MiningWorld;
let folder = "";
let flat: { columns: LogColumns; mapping: ColumnMapping };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-tool-"));
  flat = flatten(orders, { format: "ocel-json", zone: "UTC", attributes: true });
  world = await worldOf(flat.columns, "it's orders");
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

describe("a log as a file to download", () => {
  it.each(["xes", "csv", "jsonl", "json", "parquet", "sqlite", "ocel"])(
    "as %s has as many events as the file that is made",
    async (format) => {
      const result = await run(world, exporting, { format });
      expectWellFormed(result);
      await expectFactsToHold(world, result.facts);
      const data = result.data as { format: string; path: string };
      const file = join(folder, `of-${format}`);
      await writeLogFile({ name: "orders", ...flat }, exportFormat(data.format), file);
      const object = data.format.startsWith("ocel") ? await readOcelFile(file) : null;
      const rows = object ? object.log.events.length : (await readLogFile(file)).columns.rows;
      expect(result.facts[0]?.value).toBe(rows);
      expect(data.path).toBe(`/v1/logs/log/export?format=${data.format}`);
    },
  );

  it("says how a shell makes the same file, whatever the log is called", async () => {
    const { answer } = await run(world, exporting, {});
    expect(answer.notes?.[0]?.values?.["command"]).toBe(
      "millwright export 'it'\\''s orders' --format xes --to 'it'\\''s orders.xes'",
    );
  });

  it("lists every format, the wanted one first", async () => {
    const { views } = await run(world, exporting, { format: "parquet" });
    const [view] = views;
    expect(view?.kind === "table" && view.rows.map(({ format }) => format)).toEqual([
      "parquet",
      "xes",
      "csv",
      "spreadsheet",
      "jsonl",
      "ocel",
      "ocel-xml",
      "ocel-sqlite",
    ]);
  });
});
