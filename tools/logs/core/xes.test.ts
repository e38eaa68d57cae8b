import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText } from "./column-builders.ts";
import type { LogColumns } from "./event-log.ts";
import { isoInstant } from "./instants.ts";
import { XesReader } from "./xes.ts";

/** Reads a text cut into chunks of `size` bytes. */
function read(text: string, size = Number.POSITIVE_INFINITY): LogColumns {
  const bytes = Buffer.from(text);
  const reader = new XesReader();
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length))
    reader.push(bytes.subarray(at, at + size));
  return reader.finish().columns;
}

/** Every cell as text, row by row. */
function rowsOf(columns: LogColumns): (string | null)[][] {
  const time = (values: Float64Array | null, row: number) => {
    const value = values?.[row];
    return value === undefined || Number.isNaN(value) ? null : isoInstant(value);
  };
  return Array.from({ length: columns.rows }, (_, row) => [
    columns.case.dictionary[columns.case.codes[row] as number] as string,
    cellText(columns.activity, row),
    time(columns.completed, row),
    columns.resource && cellText(columns.resource, row),
    ...Array.from(columns.attributes.values(), (column) => cellText(column, row)),
  ]);
}

const log = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<log>${body}</log>`;
const event = (name: string, more = "") =>
  `<event><string key="concept:name" value="${name}"/>${more}</event>`;
const problem = (text: string) => {
  try {
    read(text);
  } catch (error) {
    return error as {
      code: string;
      message: string;
      details: { line?: number; column?: string; value?: string };
    };
  }
  throw new Error("it was read");
};

const example = `\ufeff<?xml version='1.0' encoding='UTF-8' ?>
<!-- <trace> in a comment --> <?pi <event> ?>
<x:log xmlns:x="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="u"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <x:trace>
    <string key='concept:name' value='O&apos;1'/>
    <int value="12" key="amount" />
    <x:event>
      <string value = "A &lt;&amp;&#x42;&#67;" key = "concept:name"><string key="concept:name" value="nested"/></string>
      <date key="time:timestamp" value="2020-02-29T23:59:59.1234567+01:00"/>
      <list key="tags"><values><string key="concept:name" value="inner"/></values></list>
      <boolean key="ok" value="true"/><float key="cost" value="-1.5e3"/><id key="id" value="0042"/>
      <![CDATA[ <event> ]]>
    </x:event>
    <event><string key="org:resource" value="Zoë"/><string key="concept:name" value="first"/><string key="concept:name" value="last"/></event>
  </x:trace>
  <trace><string key="concept:name" value="O&apos;1"/>${event("B")}</trace>
  <trace/>
</x:log>
`;

describe("the XES reader", () => {
  it("reads all kinds of attributes, nested ones apart from the event's own", () => {
    const columns = read(example);
    const list = '{"values":[{"key":"concept:name","type":"string","value":"inner"}]}';
    expect(rowsOf(columns)).toEqual([
      ["O'1", "A <&BC", "2020-02-29T22:59:59.123456Z", null, list, "true", "-1500", "0042", "nested"],
      ["O'1", "last", null, "Zoë", null, null, null, null, null],
      ["O'1 (2)", "B", null, null, null, null, null, null, null],
    ]);
    expect([...columns.attributes.keys()]).toEqual(["tags", "ok", "cost", "id", "concept:name.concept:name"]);
    expect(columns.origin?.attributes.get("concept:name.concept:name")?.path).toEqual([
      "concept:name",
      "concept:name",
    ]);
    expect(columns.caseNames?.slice(0, 2)).toEqual(["O'1", "O'1"]);
    expect(columns.caseAttributes.get("amount")).toMatchObject({ kind: "number" });
  });

  it("reads the same wherever the chunks are cut", () => {
    const whole = rowsOf(read(example));
    for (let size = 1; size < Buffer.byteLength(example); size++)
      expect(rowsOf(read(example, size)), `chunks of ${size}`).toEqual(whole);
  });

  it("gives back what was written, for any log and chunk size", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .map((value) => value.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "."));
    const cell = fc.record({
      name: text,
      resource: text,
      note: fc.option(text),
      at: fc.integer({ min: -1e9, max: 4e9 }),
    });
    const escaped = (value: string) =>
      value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (traces, size) => {
          const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
          const attribute = (tag: string, key: string, value: string) =>
            `<${tag} key="${key}" value="${escaped(value)}"/>`;
          const body = traces.map((events, index) => {
            const own = events.map(
              ({ name, resource, note, at }) =>
                `<event>${attribute("string", "concept:name", name)}${attribute("date", "time:timestamp", iso(at))}${attribute("string", "org:resource", resource)}${note === null ? "" : attribute("string", "note", note)}</event>`,
            );
            return `<trace>${attribute("string", "concept:name", `c${index}`)}${own.join("\n")}</trace>`;
          });
          const columns = read(log(body.join("")), size);
          const noted = columns.attributes.has("note");
          const expected = traces.flatMap((events, index) =>
            events.map(({ name, resource, note, at }) => [
              `c${index}`,
              name,
              iso(at),
              resource,
              ...(noted ? [note] : []),
            ]),
          );
          expect(rowsOf(columns)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("turns a column to text where one key comes with several kinds", () => {
    const columns = read(
      log(
        `<trace>${event("A", '<int key="x" value="5"/>')}${event("B", '<string key="x" value="five"/>')}</trace>`,
      ),
    );
    expect(rowsOf(columns).map((row) => row[4])).toEqual(["5", "five"]);
  });

  it("keeps long whole numbers as text, for a double would change them", () => {
    const columns = read(log(`<trace>${event("A", '<int key="x" value="12345678901234567891"/>')}</trace>`));
    expect(rowsOf(columns)[0]?.[4]).toBe("12345678901234567891");
  });

  it.each([
    [
      "a bomb of entities",
      '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">]><log/>',
      "log-declaration",
      2,
    ],
    ["an external entity", '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log>&x;</log>', "log-declaration", 1],
    ["an undefined entity", log(`\n<trace>${event("&lol;")}</trace>`), "log-syntax", 3],
    ["a file that is cut off", log(`<trace>\n${event("A")}`).replace("</log>", ""), "log-truncated", 3],
    ["a tag that is cut off", '<log><trace><event><string key="conc', "log-truncated", 1],
    ["tags that do not match", "<log>\n<trace></log>", "log-syntax", 2],
    ["an unquoted attribute", "<log a=1></log>", "log-syntax", 1],
    ["a missing quote", '<log><trace>\n<string key="a value="b"/>\n<event/></trace></log>', "log-syntax", 2],
    ["another root", "<html><body/></html>", "log-format", 1],
    ["text outside", "<log></log>\ntrailing", "log-syntax", 2],
    ["no events", log("<trace/>"), "log-empty", undefined],
    ["a zero byte", "<log>\u0000</log>", "log-format", 1],
  ])("refuses %s and says where", (_what, text, code, line) => {
    const error = problem(text);
    expect(error.code).toBe(code);
    expect(error.details.line).toBe(line);
  });

  it("names line, key and value of a date that is none", () => {
    const error = problem(
      log(`<trace>\n${event("A", '<date key="time:timestamp" value="2020-13-01"/>')}</trace>`),
    );
    expect(error).toMatchObject({
      code: "log-timestamp",
      details: { line: 3, column: "time:timestamp", value: "2020-13-01" },
    });
  });

  it("refuses a value of more than four megabytes", () => {
    expect(problem(log(`<trace>${event("A".repeat(5 << 20))}</trace>`)).code).toMatch("log-oversized");
  });

  it("refuses elements nested without end", () => {
    expect(problem(`<log>${"<list>".repeat(1000)}`).code).toBe("log-syntax");
  });
});

it("refuses a header whose bytes are no text, though nobody has asked for the header", () => {
  const [before, after] = log(
    '<string key="note" value="?"/><trace><event><string key="concept:name" value="a"/></event></trace>',
  ).split('?"/>');
  const reader = new XesReader();
  reader.push(Buffer.concat([Buffer.from(before as string), Buffer.of(0xff), Buffer.from(`"/>${after}`)]));
  expect(() => reader.finish()).toThrow("bytes that are not UTF-8");
});
