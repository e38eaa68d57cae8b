/** What programs and people call CSV: each dialect is read as it is meant, or refused by name and place. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cellText } from "./core/column-builders.ts";
import { LogFileError } from "./core/errors.ts";
import { isoInstant } from "./core/instants.ts";
import { type ReadLog, readLogFile } from "./read-log.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csv-dialects-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(content: string | Buffer): Promise<ReadLog> {
  const path = join(folder, `file-${++files}.csv`);
  await writeFile(path, content);
  return readLogFile(path, { name: "orders.csv" });
}
const values = ({ columns }: ReadLog, name: string) => {
  const ofEvents = columns.attributes.get(name);
  const column = ofEvents ?? columns.caseAttributes.get(name);
  if (!column) throw new Error(`there is no ${name}`);
  const at = (row: number) => (ofEvents ? row : (columns.case.codes[row] as number));
  return Array.from({ length: columns.rows }, (_, row) =>
    column.kind === "number" ? column.values[at(row)] : cellText(column, at(row)),
  );
};
const activities = ({ columns }: ReadLog) =>
  Array.from(columns.activity.codes, (code) => columns.activity.dictionary[code]);
const times = ({ columns }: ReadLog) => Array.from(columns.completed ?? [], isoInstant);

describe("lines before the header", () => {
  const table = "case;activity;time\n1;a;2024-01-01\n1;b;2024-01-02\n";
  it.each([
    ["a separator is declared", `sep=;\n${table}`],
    ["in capitals, in quotes", `"SEP=;"\r\n${table}`],
    ["lines are blank", `\n\r\n  \n${table}`],
    ["lines are comments", `# exported by hand\n# of "all" plants; and more\n${table}`],
    ["a separator and comments", `sep=;\n# one\n\n${table}`],
    ["a byte order mark and a comment", `\ufeff#one\n${table}`],
  ])("are passed over where %s", async (_, text) => {
    expect(activities(await read(text))).toEqual(["a", "b"]);
  });

  it("are counted in the lines of errors", async () => {
    const wrong = read(`# one\n\n${table}1;c;soon\n`);
    await expect(wrong).rejects.toMatchObject({ details: { line: 6, column: "time", value: "soon" } });
  });

  it("are no comment where the header itself begins with a number sign", async () => {
    const log = await read("#,case,activity,time\n1,x,a,2024-01-01\n2,x,b,2024-01-02\n");
    expect(values(log, "#")).toEqual([1, 2]);
  });
});

describe("quotes", () => {
  it.each([
    ["doubled", '1,"say ""hi"", twice",2024-01-01\n1,"b",2024-01-02\n', 'say "hi", twice'],
    ["escaped by backslashes", '1,"say \\"hi\\", twice",2024-01-01\n1,"b",2024-01-02\n', 'say "hi", twice'],
    ["escaped, beside a backslash", '1,"\\"x\\" in C:\\\\",2024-01-01\n1,"b",2024-01-02\n', '"x" in C:\\'],
    ["doubled, after a backslash", '1,"C:\\",2024-01-01\n1,"b",2024-01-02\n', "C:\\"],
    ["in the middle of a bare cell", '1,5" disk,2024-01-01\n1,b,2024-01-02\n', '5" disk'],
  ])("are read that are %s", async (_, rows, first) => {
    expect(activities(await read(`case,activity,time\n${rows}`))).toEqual([first, "b"]);
  });
});

describe("lines and bytes", () => {
  const text = "case,activity,time\n1,Prüfen,2024-01-01\n1,Änderung €,2024-01-02\n";
  const windows = Buffer.from(
    Array.from(text, (sign) => (sign === "€" ? 0x80 : (sign.codePointAt(0) as number))),
  );
  it.each([
    ["ends by carriage returns only", text.replaceAll("\n", "\r")],
    ["ends as Windows has it", text.replaceAll("\n", "\r\n")],
    ["no end of the last line", text.trimEnd()],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["Windows-1252", windows],
  ])("are read with %s", async (_, content) => {
    expect(activities(await read(content))).toEqual(["Prüfen", "Änderung €"]);
  });
});

describe("headers", () => {
  it("may name units and zones, and are kept as they are", async () => {
    const log = await read(
      "Case ID,Activity,Start Time [UTC],Completion Time (UTC),Duration [min],Cost (EUR)\n1,a,2024-01-01 08:00,2024-01-01 09:00,60,1.5\n1,b,2024-01-01 10:00,2024-01-01 11:00,60,2.5\n",
    );
    expect(log.mapping).toMatchObject({ start: "Start Time [UTC]", timestamp: "Completion Time (UTC)" });
    expect(values(log, "Cost (EUR)")).toEqual([1.5, 2.5]);
  });

  it.each([
    [
      "a name twice",
      "case,activity,time,note,note\n1,a,2024-01-01,x,y\n",
      "log-columns",
      { line: 1, column: "note" },
    ],
    [
      "a row that is short",
      "case,activity,time\n1,a,2024-01-01\n1,b\n",
      "log-row",
      { line: 3, expected: "3 cells" },
    ],
    [
      "a row that is long",
      "case,activity,time\n1,a,2024-01-01,z,z\n",
      "log-row",
      { line: 2, expected: "3 cells" },
    ],
  ])("are refused for %s", async (_, text, code, details) => {
    const error = await read(text).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(LogFileError);
    expect(error).toMatchObject({ code, details });
  });
});

describe("numbers", () => {
  const amounts = async (separator: string, ...cells: string[]) => {
    const rows = cells.map((cell, at) => ["1", `a${at}`, `2024-01-0${at + 1}`, cell].join(separator));
    return values(
      await read(`${["case", "activity", "time", "amount"].join(separator)}\n${rows.join("\n")}\n`),
      "amount",
    );
  };
  it.each([
    ["decimal commas", ";", ["1,5", "-20,25", "3"], [1.5, -20.25, 3]],
    ["decimal commas and points between thousands", ";", ["1.234,5", "1.234.567,25"], [1234.5, 1234567.25]],
    [
      "decimal points and commas between thousands",
      ";",
      ["1,234.5", "1,234,567.25", "12"],
      [1234.5, 1234567.25, 12],
    ],
    ["commas between thousands in quotes", ",", ['"1,234,567"', '"12,000"', "7"], [1234567, 12000, 7]],
    ["apostrophes between thousands", ";", ["1'234.5", "1’234’567.25", "0.5"], [1234.5, 1234567.25, 0.5]],
    [
      "spaces between thousands",
      ";",
      ["1 234,5", "1\u00a0234\u202f567,25", "0,5"],
      [1234.5, 1234567.25, 0.5],
    ],
    ["spaces between thousands and points", "\t", ["1 234.5", "-12 000"], [1234.5, -12000]],
  ])("have %s", async (_, separator, cells, expected) => {
    expect(await amounts(separator, ...cells)).toEqual(expected);
  });

  it.each([
    ["groups that are none", ["1,23,456.5", "1,234.5"]],
    ["both marks in turn", ["1.234,5", "1,234.5"]],
    ["telephone numbers", ["030 1234", "089 555"]],
  ])("are texts where there are %s", async (_, cells) => {
    expect(await amounts(";", ...cells)).toEqual(cells);
  });

  it("are texts from the first cell on where a late one does not fit", async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `1;a;2024-01-01;1'${100 + (at % 9)}.5`);
    const log = await read(`case;activity;time;amount\n${rows.join("\n")}\n1;a;2024-01-01;1'2\n`);
    expect(values(log, "amount").slice(-2)).toEqual(["1'102.5", "1'2"]);
  });
});

describe("dates", () => {
  const read2 = async (first: string, second: string, encoding: BufferEncoding = "utf8") =>
    times(await read(Buffer.from(`case;activity;time\n1;a;${first}\n1;b;${second}\n`, encoding)));
  it.each([
    ["two digits of the year", "31.12.24 08:05", "01.01.25 09:00"],
    ["halves of the day", "12/31/2024 8:05 AM", "1/1/2025 9:00am"],
    ["halves of the day with points", "12/31/2024 8:05 a.m.", "1/1/2025 9:00:00 A.M."],
    ["Spanish halves of the day", "31/12/2024 8:05 a. m.", "01/01/2025 9:00:00 a.\u00a0m."],
    ["English months", "31 December 2024 08:05", "1 Jan 2025 09:00"],
    ["English months in front", "Dec 31, 2024 8:05 AM", "January 1, 2025 9:00 AM"],
    ["German months", "31. Dezember 2024 08:05", "1. Jan. 2025, 09:00"],
    ["French months", "31 décembre 2024 08:05", "1 janv. 2025 09:00"],
    ["Spanish months", "31 de diciembre de 2024 08:05", "1 ene 2025 09:00"],
    ["months between lines", "31-Dez-24 08:05", "01-Jan-25 09:00"],
  ])("are written with %s", async (_, first, second) => {
    expect(await read2(first, second)).toEqual(["2024-12-31T08:05:00.000Z", "2025-01-01T09:00:00.000Z"]);
  });

  it.each([
    ["German", "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."],
    ["German, long", "Januar Februar Mrz April Mai Jun Jul August September Oktober November Dezember"],
    ["French", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."],
    ["French, long", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"],
    ["Spanish", "ene feb mar abr may jun jul ago sept oct nov dic"],
    [
      "Spanish, long",
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ],
  ])("have every month: %s, in UTF-8 and in Windows-1252", async (_, names) => {
    const rows = names.split(" ").map((name, at) => `1;Prüfung;15 ${name} 2024;${at}`);
    const text = `case;activity;time;n\n${rows.join("\n")}\n`;
    const expected = rows.map((_, at) => `2024-${String(at + 1).padStart(2, "0")}-15T00:00:00.000Z`);
    expect(times(await read(text))).toEqual(expected);
    expect(times(await read(Buffer.from(text, "latin1")))).toEqual(expected);
  });

  it.each(["31 Foo 2024", "32 Dec 2024", "Dec 2024", "13:05 PM", "31 Dec 2024 13:05 PM"])(
    "are refused by name where one is none: %s",
    async (cell) => {
      await expect(read2("1 Dec 2024", cell)).rejects.toMatchObject({
        code: "log-timestamp",
        details: { line: 3, column: "time", value: cell },
      });
    },
  );
});
