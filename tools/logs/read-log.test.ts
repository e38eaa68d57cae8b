import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import { LogFileError } from "./core/errors.ts";
import { mergeFindings } from "./core/findings.ts";
import { isoInstant } from "./core/instants.ts";
import { profileLog } from "./core/profile.ts";
import { findQuality } from "./core/quality/find-quality.ts";
import { type ReadLogOptions, readLogFile } from "./read-log.ts";

interface Truth {
  readonly files: readonly {
    readonly file: string;
    readonly column_mapping?: Record<string, string | null>;
  }[];
  readonly log: { readonly cases: number; readonly events: number; readonly activities: number };
  readonly activity_counts: Record<string, number>;
  readonly first_timestamp: string | null;
  readonly last_timestamp: string | null;
  readonly first_start?: string;
  readonly resources: number;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-log-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(content: string | Buffer, options: ReadLogOptions = {}) {
  const path = join(folder, `file-${++files}`);
  await writeFile(path, content);
  return readLogFile(path, { name: "given/orders.csv", ...options });
}
async function problem(content: string | Buffer, options: ReadLogOptions = {}): Promise<LogFileError> {
  const result = await read(content, options).catch((error: unknown) => error);
  expect(result).toBeInstanceOf(LogFileError);
  return result as LogFileError;
}

describeWithShared("every log in ../shared", () => {
  it("reads with the counts, span and column mapping that are known", { timeout: 120_000 }, async () => {
    const names = (await readdir(shared("truth"))).filter((name) => !name.startsWith("ocel"));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const truth = JSON.parse(await readFile(shared(`truth/${name}`), "utf8")) as Truth;
      for (const { file, column_mapping } of truth.files) {
        const { columns, mapping } = await readLogFile(shared(file));
        const log = buildEventLog(columns, {
          lifecycle: name.includes("_complete") ? "complete" : "all",
          classifier: name.includes("_lc.") ? "name+lifecycle" : "name",
        });
        const profile = profileLog(log);
        const counted = Object.fromEntries(
          profile.vocabulary.activities.map((each) => [each.name, each.count]),
        );
        expect(counted, file).toEqual(truth.activity_counts);
        expect({ cases: log.cases, events: log.events }, file).toMatchObject({
          cases: truth.log.cases,
          events: truth.log.events,
        });
        expect(sameInstant(profile.last), file).toBe(sameInstant(truth.last_timestamp));
        const first = [truth.first_timestamp, truth.first_start ?? null]
          .map(sameInstant)
          .filter((at) => at !== null);
        expect(sameInstant(profile.first), file).toBe(first.length > 0 ? Math.min(...first) : null);
        const { date_format, ...roles } = column_mapping ?? {};
        expect(mapping, `${file}, ${date_format ?? "XES"}`).toMatchObject(roles);
      }
    }
  });

  it.each([
    ["helpdesk_fau_semicolon.csv", "day-month"],
    ["sepsis_csv_semicolon.csv.gz", "na-text"],
    ["interval.csv", "order"],
    ["bpic2012.xes.gz", "missing"],
    ["repairExample.xes.gz", "epoch"],
    ["sepsis.xes.gz", "tie"],
    ["bpi12w_verenich.csv.gz", "zone"],
    ["receipt.csv", "single-event"],
    ["running-example.csv", "no-start"],
  ])("%s shows the finding %s", async (file, kind) => {
    const { columns, findings } = await readLogFile(shared(`logs/${file}`));
    const all = mergeFindings(findings, findQuality(buildEventLog(columns), columns));
    expect(all.map((finding) => finding.kind)).toContain(kind);
    if (kind !== "day-month") expect(all.map((finding) => finding.kind)).not.toContain("day-month");
  });

  it("writes resource 10861.0 as 10861 and keeps the case NA", async () => {
    const { columns } = await readLogFile(shared("logs/apiu_BPIC2012_W.csv.gz"));
    expect(columns.resource?.dictionary).toContain("10861");
    const sepsis = await readLogFile(shared("logs/sepsis_csv_semicolon.csv.gz"));
    expect(sepsis.columns.case.dictionary).toContain("NA");
  });
});

const sameInstant = (text: string | null): number | null => (text === null ? null : Date.parse(text));

describe("reading CSV", () => {
  it.each([
    [
      "German",
      "Vorgangsnummer;Aktivität;Zeitstempel;Bearbeiter\nA1;Prüfen;31.12.2024 08:05;Jörg\nA1;Buchen;01.01.2025 09:00;Eva\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "French",
      "Numéro de dossier,Activité,Horodatage\nA1,Contrôle,2024-12-31T08:05:00\nA1,Envoi,2025-01-01T09:00:00\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "Spanish",
      "ID caso|Actividad|Fecha y hora\nA1|Revisar|31/12/2024 08:05:00\nA1|Pagar|01/01/2025 09:00:00\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "Portuguese",
      "Processo\tAtividade\tData e hora\nA1\tRever\t2024/12/31 08:05\nA1\tPagar\t2025/01/01 09:00\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "Italian",
      "ID caso;Attività;Data ora\nA1;Verifica;31-12-2024 08:05:00\nA1;Paga;01-01-2025 09:00:00\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "Dutch",
      "Zaaknummer;Activiteit;Tijdstip\nA1;Controle;2024-12-31 08:05:00,25\nA1;Betaling;2025-01-01 09:00:00,5\n",
      "2024-12-31T08:05:00.250Z",
    ],
    [
      "Polish",
      "Numer sprawy;Czynność;Znacznik czasu\nA1;Kontrola;2024-12-31 08:05:00+01:00\nA1;Zapłata;2025-01-01 09:00:00+02:00\n",
      "2024-12-31T07:05:00.000Z",
    ],
    [
      "American dates",
      "case,activity,time\nA1,x,12/31/2024 8:05 AM\nA1,y,1/1/2025 9:00 PM\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "seconds since 1970",
      "case,activity,timestamp\nA1,x,1735632300\nA1,y,1735700000\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "milliseconds since 1970",
      "case,activity,timestamp\nA1,x,1735632300000\nA1,y,1735700000000\n",
      "2024-12-31T08:05:00.000Z",
    ],
    [
      "spreadsheet days",
      "case,activity,timestamp\nA1,x,45657.25\nA1,y,45658.5\n",
      "2024-12-31T06:00:00.000Z",
    ],
  ])("understands %s", async (_what, text, first) => {
    const { columns } = await read(text);
    expect(columns.case.dictionary).toEqual(["A1"]);
    expect(columns.activity.dictionary).toHaveLength(2);
    expect(isoInstant(columns.completed?.[0] ?? Number.NaN)).toBe(first);
  });

  it("decides between day first and month first over the whole column, not its beginning", async () => {
    const early = Array.from({ length: 3000 }, (_, at) => `${at},x,01/02/2024`).join("\n");
    const { columns, mapping } = await read(`case,activity,date\n${early}\n9999,x,02/13/2024\n`);
    expect(mapping.dateFormat).toBe("MM/DD/YYYY (no zone)");
    expect(isoInstant(columns.completed?.[0] ?? Number.NaN)).toBe("2024-01-02T00:00:00.000Z");
  });

  it("says so where nothing tells the day from the month", async () => {
    const { findings, mapping } = await read("case,activity,date\n1,a,01/02/2024\n1,b,03/04/2024\n");
    expect(findings.map((finding) => finding.kind)).toContain("day-month");
    expect(mapping.reasons?.["dateFormat"]).toMatch(/not certain/);
  });

  it("reads local times in the zone that is given, over the change of the clocks", async () => {
    const { columns } = await read("case,activity,time\n1,a,2024-03-31 01:30\n1,b,2024-03-31 03:30\n", {
      zone: "Europe/Berlin",
    });
    expect(Array.from(columns.completed ?? [], isoInstant)).toEqual([
      "2024-03-31T00:30:00.000Z",
      "2024-03-31T01:30:00.000Z",
    ]);
  });

  it("keeps quoted separators, quotes and line breaks, and counts lines with them", async () => {
    const text =
      'case,activity,time,note\r\n1,"a ""x"", b",2024-01-01,"two\r\nlines"\r\n1,b,2024-01-02,\r\n1,c,nonsense,\r\n';
    const error = await problem(text);
    expect(error.details).toMatchObject({
      file: "given/orders.csv",
      line: 5,
      column: "time",
      value: "nonsense",
    });
    const { columns } = await read(text.replace("nonsense", "2024-01-03"));
    expect(columns.activity.dictionary[0]).toBe('a "x", b');
  });

  it("takes decimals beyond a double's precision for numbers, and long identifiers for text", async () => {
    const rows = [
      ["1.2596122309312074", "18104165777330262001", "-0.12345678901234567", "1.000.000,12345678901234567"],
      ["18.104165777330262", "18104165777330262002", "3", "2,5"],
    ];
    const text = rows.map((row, at) => `1;a;2024-01-0${at + 1};${row.join(";")}`).join("\n");
    const { columns } = await read(`case;activity;time;g1;order;delta;amount\n${text}\n`);
    const kind = (name: string) => columns.attributes.get(name);
    expect(kind("g1")).toMatchObject({
      kind: "number",
      values: { 0: 1.2596122309312074, 1: 18.104165777330262 },
    });
    expect(kind("delta")).toMatchObject({
      kind: "number",
      values: { 0: Number("-0.12345678901234567"), 1: 3 },
    });
    expect(kind("amount")).toMatchObject({
      kind: "number",
      values: { 0: Number("1000000.12345678901234567"), 1: 2.5 },
    });
    expect(kind("order")).toMatchObject({ kind: "text", dictionary: rows.map((row) => row[1]) });
  });

  it("falls back to text where a number column turns out not to be one, wherever that is", async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `${at % 9},a${at % 3},2024-01-01,${at % 2}`).join(
      "\n",
    );
    const { columns } = await read(`case,activity,time,code\n${rows}\n1,a,2024-01-01,X7\n`);
    expect(columns.attributes.get("code")).toMatchObject({ kind: "text", dictionary: ["0", "1", "X7"] });
  });

  it.each([
    ["UTF-8 with a byte order mark", Buffer.from("\ufeffcase,activity,time\n1,Prüfen,2024-01-01\n")],
    ["UTF-16 little endian", Buffer.from("\ufeffcase,activity,time\n1,Prüfen,2024-01-01\n", "utf16le")],
    ["UTF-16 big endian", Buffer.from("\ufeffcase,activity,time\n1,Prüfen,2024-01-01\n", "utf16le").swap16()],
    ["Windows-1252", Buffer.from("case,activity,time\n1,Prüfen,2024-01-01\n", "latin1")],
    [
      "Windows-1252 that shows late",
      Buffer.from(`case,activity,time\n${"1,x,2024-01-01\n".repeat(60_000)}1,Prüfen,2024-01-01\n`, "latin1"),
    ],
    ["gzip, whatever it is called", gzipSync("case,activity,time\n1,Prüfen,2024-01-01\n")],
  ])("reads %s", async (_what, content) => {
    const { columns } = await read(content);
    expect(columns.activity.dictionary).toContain("Prüfen");
  });

  it("takes the person's word for the mapping", async () => {
    const text = "a,b,c,d\n1,x,2024-01-01,2024-01-02\n";
    const { mapping, columns } = await read(text, {
      mapping: { case: "a", activity: "b", timestamp: "none" },
    });
    expect(mapping).toMatchObject({ case: "a", activity: "b", timestamp: null });
    expect(columns.completed).toBeNull();
    expect((await problem(text, { mapping: { case: "zz" } })).details).toMatchObject({ column: "zz" });
  });

  it.each([
    ["an empty file", "", "log-empty", {}],
    ["white space only", " \n\n", "log-empty", {}],
    ["a header only", "case,activity,time\n", "log-empty", { line: 1 }],
    ["no time column", "case_id,activity,amount\n1,a,5\n1,b,6\n", "log-mapping", { role: "timestamp" }],
    [
      "no activity column",
      "case_id,timestamp,resource\n1,2024-01-01,Eva\n1,2024-01-02,Bo\n",
      "log-mapping",
      { role: "activity" },
    ],
    [
      "no case column",
      "activity,timestamp,resource\na,2024-01-01,Eva\nb,2024-01-02,Bo\n",
      "log-mapping",
      { role: "case" },
    ],
    [
      "a column twice",
      "case,activity,time,activity\n1,a,2024-01-01,b\n",
      "log-columns",
      { line: 1, column: "activity" },
    ],
    ["no header", "1,a,2024-01-01\n1,b,2024-01-02\n", "log-columns", { line: 1 }],
    ["a row that is too short", "case,activity,time\n1,a,2024-01-01\n1,b\n", "log-row", { line: 3 }],
    [
      "a row that is too long",
      "case,activity,time\n1,a,2024-01-01\n1,b,2024-01-02,x\n",
      "log-row",
      { line: 3 },
    ],
    ["an open quote", 'case,activity,time\n1,"a,2024-01-01\n1,b,2024-01-02\n', "log-truncated", { line: 2 }],
    [
      "a date that is none",
      "case,activity,time\n1,a,2024-01-01\n1,b,2024-02-30\n",
      "log-timestamp",
      { line: 3, column: "time", value: "2024-02-30" },
    ],
    [
      "days and months both ways round",
      "case,activity,time\n1,a,13/01/2024\n1,b,01/13/2024\n",
      "log-timestamp",
      { column: "time" },
    ],
    [
      "a line without end",
      `case,activity,time\n1,a,2024-01-01\n1,"${"x".repeat(9 << 20)}`,
      "log-oversized",
      { line: 3 },
    ],
    ["a binary file", Buffer.from([1, 2, 3, 0, 255, 254, 9, 10]), "log-format", {}],
    ["a spreadsheet", Buffer.from("PK\u0003\u0004rest of the archive"), "log-format", {}],
    [
      "a gzip file that is cut off",
      gzipSync("case,activity,time\n1,a,2024-01-01\n".repeat(99)).subarray(0, 40),
      "log-truncated",
      {},
    ],
    [
      "a damaged gzip file",
      Buffer.concat([gzipSync("x").subarray(0, 10), Buffer.alloc(50, 7)]),
      "log-format",
      {},
    ],
    [
      "UTF-16 without a mark",
      Buffer.from("case,activity,time\n1,a,2024-01-01\n", "utf16le"),
      "log-encoding",
      {},
    ],
    [
      "neither UTF-8 nor Windows-1252",
      Buffer.from([...Buffer.from("case,activity,time\n1,"), 0x81, 0x8d, 10]),
      "log-encoding",
      {},
    ],
    ["one column", "hello\nworld\n", "log-format", { line: 1 }],
    ["JSON without an activity", '[{"case":1}]', "log-mapping", { role: "activity" }],
    ["JSON that is cut off", '{"case":1,"activity":"a"', "log-truncated", { line: 1 }],
    [
      "a line that is no JSON",
      '{"case":1,"activity":"a"}\n{"case":2,"activity":b}\n',
      "log-syntax",
      { line: 2 },
    ],
    ["a list without a comma", '[{"case":1}\n{"case":2}]', "log-syntax", { line: 2 }],
    [
      "a JSON date that is none",
      '{"case":1,"activity":"a","time":"2024-01-01"}\n{"case":1,"activity":"b","time":"2024-02-30"}',
      "log-timestamp",
      { line: 2, column: "time", value: "2024-02-30" },
    ],
    ["a damaged Parquet file", Buffer.from("PAR1 and then nothing of the kind"), "log-format", {}],
  ])("refuses %s and says where", async (_what, content, code, details) => {
    const error = await problem(content);
    expect(error.code, error.message).toBe(code);
    expect(error.details).toMatchObject({ file: "given/orders.csv", ...details });
    expect(error.details.remedy).toBeTruthy();
  });

  it("refuses a path that leads nowhere", async () => {
    await expect(readLogFile(join(folder, "nowhere.csv"))).rejects.toMatchObject({ code: "log-missing" });
    await expect(readLogFile(folder)).rejects.toMatchObject({ code: "log-missing" });
  });
});
