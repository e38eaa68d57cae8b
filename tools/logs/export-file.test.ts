import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildEventLog } from "./core/build-event-log.ts";
import { keysOf, UnknownClassifierError } from "./core/classifiers.ts";
import { exportLogFile } from "./export-file.ts";
import { readLogFile } from "./read-log.ts";

let folder = "";
let source = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
  source = join(folder, "orders.csv");
  await writeFile(
    source,
    "case,activity,time,amount\n1,a,2024-01-01T00:00:00Z,12.5\n1,b,2024-01-02T00:00:00Z,12.5\n",
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const to = (name: string) => join(folder, name);

describe("a log file as another", () => {
  it.each(["xes", "csv", "tsv", "jsonl", "parquet", "jsonocel", "xmlocel", "sqlite", "xes.gz", "jsonl.gz"])(
    "has the same events as .%s",
    async (ending) => {
      const { bytes } = await exportLogFile(source, { target: to(`copy.${ending}`), force: false });
      expect(bytes).toBeGreaterThan(0);
      const { columns } = await readLogFile(to(`copy.${ending}`));
      const log = buildEventLog(columns);
      expect([log.cases, log.activities, [...(log.completed ?? [])]]).toEqual([
        1,
        ["a", "b"],
        [1704067200e6, 1704153600e6],
      ]);
      expect([...columns.caseAttributes.keys()]).toEqual(["amount"]);
    },
  );

  it("computes nothing in a spreadsheet where it is written for one, and is exact otherwise", async () => {
    const text =
      "case,activity,time,=amount\n1,=1+1,2024-01-01T00:00:00Z,-5\n1,-SUM(A1),2024-01-02T00:00:00Z,-5\n";
    await writeFile(to("formulas.csv"), text);
    for (const format of ["csv", "spreadsheet"]) {
      await exportLogFile(to("formulas.csv"), { format, target: to(format), force: false });
    }
    const [exact, shown] = [await readFile(to("csv"), "utf8"), await readFile(to("spreadsheet"), "utf8")];
    expect(exact).toContain(",=1+1,");
    expect(shown).toBe(exact.replaceAll(/(?<=[,\n]|^)(?=[=]|-S)/gu, "'"));
  });

  it("replaces a file only when told to, and leaves nothing else behind", async () => {
    await writeFile(to("there.xes"), "precious");
    const request = { target: to("there.xes"), force: false };
    await expect(exportLogFile(source, request)).rejects.toMatchObject({ code: "file-exists" });
    expect(await readFile(to("there.xes"), "utf8")).toBe("precious");
    await exportLogFile(source, { ...request, force: true });
    expect(await readFile(to("there.xes"), "utf8")).toContain("<trace>");
    expect((await readdir(folder)).sort()).toEqual(["orders.csv", "there.xes"]);
  });

  it.each(["xes", "parquet", "ocel", "ocel-sqlite"])(
    "leaves everything as it was when %s is stopped",
    async (format) => {
      const stop = new AbortController();
      const onProgress = (message: string) => {
        if (message === "Writing the log") stop.abort();
      };
      if (format === "ocel-sqlite") stop.abort();
      const request = { format, target: to("copy"), force: false, signal: stop.signal, onProgress };
      await expect(exportLogFile(source, request)).rejects.toMatchObject({ name: "AbortError" });
      expect(await readdir(folder)).toEqual(["orders.csv"]);
    },
  );

  it("says which formats there are", async () => {
    await expect(exportLogFile(source, { target: to("copy.docx"), force: false })).rejects.toThrow(
      /copy.docx/,
    );
    await expect(
      exportLogFile(source, { format: "pdf", target: to("x"), force: false }),
    ).rejects.toMatchObject({
      details: { expected: expect.stringContaining("parquet") },
    });
  });

  it("is packed where its name says so", async () => {
    await exportLogFile(source, { target: to("copy.csv.gz"), force: false });
    expect(gunzipSync(await readFile(to("copy.csv.gz"))).toString()).toMatch(
      /^case,activity,time,amount\r\n1,a,/,
    );
  });
});

describe("a classifier of an XES file", () => {
  const xes = `<log><classifier name="Who did what" keys="org:resource 'my key' concept:name"/><trace>
    <event><string key="concept:name" value="a"/><string key="org:resource" value="Jo"/><int key="my key" value="7"/></event>
    <event><string key="concept:name" value="b"/></event></trace></log>`;

  it("makes the activity of the values of its keys", async () => {
    await writeFile(to("log.xes"), xes);
    const { columns } = await readLogFile(to("log.xes"));
    expect(buildEventLog(columns, { classifier: "Who did what" }).activities).toEqual(["Jo+7+a", "++b"]);
    expect(() => buildEventLog(columns, { classifier: "none" })).toThrow(UnknownClassifierError);
  });

  it("takes keys with spaces for one where they are known", () => {
    expect(keysOf("concept:name my key", new Set(["concept:name", "my key"]))).toEqual([
      "concept:name",
      "my key",
    ]);
    expect(keysOf("'my key' b", new Set())).toEqual(["my key", "b"]);
  });
});
