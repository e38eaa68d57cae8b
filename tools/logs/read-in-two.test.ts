/** Two threads against one: the same result byte for byte, or the same error at the same place. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { LogFileError } from "./core/errors.ts";
import { oddCsv, oddXes, plainXes } from "./fixtures/odd-logs.ts";
import { type ReadLogOptions, readLogFile } from "./read-log.ts";
import { readPart } from "./read-part.ts";

const folder = mkdtempSync(join(tmpdir(), "millwright-two-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function outcome(text: string, options: ReadLogOptions): Promise<unknown> {
  const path = join(folder, "log");
  writeFileSync(path, text);
  try {
    return await readLogFile(path, options);
  } catch (error) {
    if (error instanceof LogFileError) return { message: error.message, ...error.details };
    throw error;
  }
}

const BROKEN = Symbol("nothing usable");
let used = 0;
/** Reads the second half at once and in this thread. */
const inThisThread: NonNullable<ReadLogOptions["startHelper"]> = (request) => {
  const part = readPart(request).then((found) => {
    used += found === null ? 0 : 1;
    return found;
  });
  return { part, stop: async () => BROKEN };
};

describe("a log read in two parts", () => {
  const split = fc.double({ min: 0, max: 1, noNaN: true });

  it.each([
    ["XES", fc.oneof(oddXes, plainXes)],
    ["CSV", oddCsv],
  ])("%s: is what one reader reads, wherever it is split", { timeout: 60_000 }, async (_, logs) => {
    used = 0;
    await fc.assert(
      fc.asyncProperty(logs, split, fc.boolean(), async (text, split, attributes) => {
        const one = await outcome(text, { threads: 1, attributes });
        const two = await outcome(text, { threads: 2, split, attributes, startHelper: inThisThread });
        expect(two).toEqual(one);
      }),
      { numRuns: 300 },
    );
    expect(used).toBeGreaterThan(20);
  });
});

const time = (at: number) => new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString();

function csv(rows: number, broken = -1): string {
  const lines = ["case,activity,timestamp,amount,who"];
  for (let at = 0; at < rows; at++) {
    const cells = [
      `c${at >> 3}`,
      `step ${at % 8}`,
      at === broken ? "yesterday" : time(at),
      `${at / 4}`,
      `Zoë ${at % 90}`,
    ];
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}

function xes(traces: number, broken = -1): string {
  const event = (at: number) =>
    `<event>\n<string key="concept:name" value="step ${at % 8}"/>\n<date key="time:timestamp" value="${at === broken ? "yesterday" : time(at)}"/>\n</event>\n`;
  const trace = (at: number) =>
    `<trace>\n<string key="concept:name" value="c${at}"/>\n${event(at * 2)}${event(at * 2 + 1)}</trace>\n`;
  return `<log>\n${Array.from({ length: traces }, (_, at) => trace(at)).join("")}</log>\n`;
}

describe("a log read by two threads", { timeout: 60_000 }, () => {
  it.each([
    ["CSV", csv(20_000)],
    ["XES", xes(10_000)],
  ])("%s: is what one thread reads", async (_, text) => {
    expect(await outcome(text, { threads: 2 })).toEqual(await outcome(text, { threads: 1 }));
  });

  it.each([
    ["CSV", csv(20_000, 19_000), 19_002],
    ["XES", xes(10_000, 19_001), 1 + 9_500 * 11 + 9],
  ])("%s: an error in the second half names its line", async (_, text, line) => {
    const two = await outcome(text, { threads: 2 });
    expect(two).toMatchObject({ line });
    expect(two).toEqual(await outcome(text, { threads: 1 }));
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("enough"));
    await expect(outcome(xes(10_000), { threads: 2, signal: stop.signal, onProgress })).rejects.toThrow(
      "enough",
    );
  });
});
