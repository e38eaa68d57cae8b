/** The fast lane (WebAssembly) against the readers in TypeScript alone, which define what a log means. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ByteSink } from "./byte-source.ts";
import { LogFileError } from "./core/errors.ts";
import { XesReader } from "./core/xes.ts";
import { type CsvRead, readCsv } from "./read-csv.ts";

const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

function* chunksOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

type Outcome = { readonly read: unknown } | { readonly error: unknown };

/** What came of it: the result, or the error with its place. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof LogFileError) return { error: { message: error.message, ...error.details } };
  throw error;
}

function readXes(text: string, size: number, fast: boolean): Outcome {
  const reader = new XesReader({ fast });
  try {
    for (const chunk of chunksOf(decode(text), size)) reader.push(chunk);
    return { read: reader.finish() };
  } catch (error) {
    return outcomeOf(error);
  }
}

async function readSeparated(text: string, size: number, fast: boolean, zone: string): Promise<Outcome> {
  const bytes = decode(text);
  const source = {
    head: Buffer.from(bytes.subarray(0, 1 << 19)),
    whole: true,
    share: 0.5,
    async feed(sink: ByteSink) {
      for (const chunk of chunksOf(bytes, size)) {
        sink.room(chunk.length).set(chunk);
        sink.filled(chunk.length);
      }
    },
  };
  const toInstant = (local: number) => local - (zone === "UTC" ? 0 : 3_600_000_000);
  try {
    const read: CsvRead = await readCsv(source, {
      hint: {},
      encoding: "utf-8",
      zone,
      toInstant,
      attributes: true,
      fast,
    });
    return { read };
  } catch (error) {
    return outcomeOf(error);
  }
}

const size = fc.constantFrom(1, 7, 64, 1000, 1 << 20);
const time = fc.constantFrom(
  "2024-02-29T10:00:00.123+01:00",
  "2024-02-29T10:00:00Z",
  "2023-12-31 23:59:59",
  "2024-02-30T10:00:00Z",
  "1969-07-20T20:17:40.000-05:30",
  "0099-01-01T00:00:00+00:00",
  "2024-1-5T1:02:03.5+01",
  "2024-02-29T10:00:00.12+01:00",
  "2024-02-29T10:00:60Z",
  "2024-02-29T24:00:00Z",
  "2024-02-29T1a:00:00Z",
  "2024-02-29T10:00:00+19:00",
  "20240229",
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "bc", "Ünïcode", "", "12345678", "123456789012345678") },
  fc.constantFrom("1.50", "-0", "+7.", ".5", "1e3", "12345678901234567890", "0.1", "true", "FALSE", "--1"),
  fc.string({ maxLength: 40 }),
  time,
);

describe("the fast lane of XES", () => {
  const escaped = (text: string) =>
    text.replace(/[^\n\r\t -\u{10ffff}]/gu, "").replace(/[&<"]/g, (found) => `&#${found.charCodeAt(0)};`);
  const attribute = fc
    .record({
      tag: fc.constantFrom("string", "string", "date", "int", "float", "boolean", "id", "list"),
      key: fc.constantFrom("org:resource", "amount of money", "x", "lifecycle:transition"),
      value,
      form: fc.nat(9),
    })
    .map(({ tag, key, value, form }) => {
      const cell = escaped(value);
      if (form === 0) return `<${tag} value="${cell}" key="${key}"/>`;
      if (form === 1) return `<${tag} key="${key}" value="${cell}"><int key="x" value="1"/></${tag}>`;
      if (form === 2) return `<!-- <event> -->\n<${tag}  key='${key}' value="${cell}" />`;
      return `<${tag} key="${key}" value="${cell}"${form === 3 ? " " : ""}/>`;
    });
  const event = fc.record({ name: value, at: fc.option(time), more: fc.array(attribute, { maxLength: 4 }) });
  const trace = fc.record({
    name: fc.option(value),
    events: fc.array(event, { maxLength: 12 }),
    late: fc.array(attribute, { maxLength: 2 }),
  });
  const log = fc
    .record({
      traces: fc.array(trace, { minLength: 1, maxLength: 8 }),
      cut: fc.option(fc.nat(4000), { freq: 8 }),
    })
    .map(({ traces, cut }) => {
      const text = `<log xes.version="1.0">\n${traces
        .map(
          ({ name, events, late }) =>
            `\t<trace>\n${name === null ? "" : `<string key="concept:name" value="${escaped(name)}"/>`}${events
              .map(
                ({ name, at, more }) =>
                  `\t\t<event>\n<string key="concept:name" value="${escaped(name)}"/>${
                    at === null ? "" : `\n<date key="time:timestamp" value="${at}"/>`
                  }${more.join("\n")}</event>\n`,
              )
              .join("")}${late.join("")}</trace>\n`,
        )
        .join("")}</log>\n`;
      return cut === null ? text : text.slice(0, cut);
    });

  it("reads every log, sound or not, as the plain reader does", () => {
    fc.assert(
      fc.property(log, size, (text, size) => {
        expect(readXes(text, size, true)).toEqual(readXes(text, size, false));
      }),
      { numRuns: 400 },
    );
  });

  it("fills more than one batch of events and of traces", () => {
    const event = (at: number) =>
      `<event><string key="concept:name" value="a${at % 7}"/><int key="n" value="${at}"/></event>`;
    const trace = (at: number, events: number) =>
      `<trace><string key="concept:name" value="t${at}"/>${Array.from({ length: events }, (_, n) => event(at + n)).join("\n")}<float key="late" value="${at}.5"/></trace>`;
    const traces = Array.from({ length: 9000 }, (_, at) => trace(at, at === 4100 ? 9000 : at % 3));
    const text = `<log>${traces.join("\n")}</log>`;
    expect(readXes(text, 1 << 20, true)).toEqual(readXes(text, 1 << 20, false));
  });
});

describe("the fast lane of CSV", () => {
  const quote = (cell: string) =>
    /[",;\r\n]/.test(cell) || cell.length === 3 ? `"${cell.replaceAll('"', '""')}"` : cell;
  const row = fc.tuple(
    fc.constantFrom("c1", "c2", "NA", "c é"),
    fc.oneof(fc.constantFrom("pay", "ship", "check in"), value),
    fc.oneof({ weight: 9, arbitrary: fc.constant("2024-02-29T10:00:00.123+01:00") }, time),
    fc.oneof({ weight: 5, arbitrary: fc.nat(1000).map(String) }, value),
    value,
  );
  const file = fc
    .record({
      rows: fc.array(row, { minLength: 1, maxLength: 30 }),
      end: fc.constantFrom("\n", "\r\n"),
      tail: fc.constantFrom("", "\n", "x,y\n", '"open'),
      separator: fc.constantFrom(",", ";", "\t"),
    })
    .map(({ rows, end, tail, separator }) =>
      [["case id", "activity", "timestamp", "amount", "note"], ...rows]
        .map((cells) => cells.map(quote).join(separator))
        .join(end)
        .concat(tail),
    );

  it("reads every file, sound or not, as the plain reader does", async () => {
    await fc.assert(
      fc.asyncProperty(file, size, fc.constantFrom("UTC", "Europe/Berlin"), async (text, size, zone) => {
        expect(await readSeparated(text, size, true, zone)).toEqual(
          await readSeparated(text, size, false, zone),
        );
      }),
      { numRuns: 400 },
    );
  });
});
