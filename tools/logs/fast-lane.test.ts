/** The fast lane (WebAssembly) against the readers in TypeScript alone, which define what a log means. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ByteSink } from "./byte-source.ts";
import { LogFileError } from "./core/errors.ts";
import { XesReader } from "./core/xes.ts";
import { headedXes, oddCsv, oddXes } from "./fixtures/odd-logs.ts";
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
    plain: null,
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
describe("the fast lane of XES", () => {
  it("reads every log, sound or not, as the plain reader does", () => {
    fc.assert(
      fc.property(oddXes, size, (text, size) => {
        expect(readXes(text, size, true)).toEqual(readXes(text, size, false));
      }),
      { numRuns: 400 },
    );
  });

  it("reads every header, sound or not, as the plain reader does", () => {
    fc.assert(
      fc.property(headedXes, size, (text, size) => {
        expect(readXes(text, size, true)).toEqual(readXes(text, size, false));
      }),
      { numRuns: 400 },
    );
  });

  it("tells a trace's attribute after its events from an event's of the same name", () => {
    const key = '<float key="amount" value="';
    const event = (value: string) => `<event>\n<string key="concept:name" value="a"/>\n${value}</event>\n`;
    const events = event("") + event("") + event(`${key}1"/>`) + event(`${key}2"/>`) + event("");
    const text = `<log>\n<trace>\n</trace>\n<trace>\n${events}${key}9"/>\n${key}9"/>\n</trace>\n</log>\n`;
    expect(readXes(text, 1 << 16, true)).toEqual(readXes(text, 1 << 16, false));
  });

  it("reads a header of thousands of attributes of attributes, however the file is cut", () => {
    const leaf = (at: number) => `\t\t<float key="a+b;${at}" value="${at / 8}"/>\n`;
    const inner = Array.from({ length: 3000 }, (_, at) => leaf(at)).join("");
    const head = `<string key="of all" value="ä">\n\t<int key="n" value="3000">\n${inner}</int>\n</string>\n`;
    const event = '<event><string key="concept:name" value="a"/></event>';
    const text = `<log>${head}${head}<trace>${event}</trace>${head}</log>`;
    const [all, attributes] = [readXes(text, 1 << 20, true), 3 * 3002];
    for (const size of [1 << 20, 4096, 61]) expect(readXes(text, size, size > 100)).toEqual(all);
    expect(JSON.stringify(all).split('"key":').length - 1).toBe(attributes);
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
  it("reads every file, sound or not, as the plain reader does", async () => {
    await fc.assert(
      fc.asyncProperty(oddCsv, size, fc.constantFrom("UTC", "Europe/Berlin"), async (text, size, zone) => {
        expect(await readSeparated(text, size, true, zone)).toEqual(
          await readSeparated(text, size, false, zone),
        );
      }),
      { numRuns: 400 },
    );
  });
});
