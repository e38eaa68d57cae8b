import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "./bundle.js";
import { freshBundle } from "./fresh-bundle.js";

const run = promisify(execFile);
const LOG = `case,activity,time
1,order,2024-01-01T08:00:00Z
1,deliver,2024-01-02T09:30:00Z
2,order,2024-01-01T10:00:00Z
2,deliver,2024-01-05T10:00:00Z
2,pay,2024-01-06T10:00:00Z
`;

/** What `mine` prints, started from a module with the command line's parts. */
async function mined(parts: string, words: readonly string[]): Promise<string> {
  const script = `
    const { runCommandLine, processTerminal, engines } = await import(${JSON.stringify(parts)});
    const signal = new AbortController().signal;
    const environment = { terminal: processTerminal(), environment: {}, engines, signal };
    process.exitCode = await runCommandLine(${JSON.stringify(words)}, environment);`;
  return (await run(process.execPath, ["--input-type=module", "-e", script])).stdout;
}

describe("the bundle of `mine`", { timeout: 60_000 }, () => {
  let folder = "";
  beforeAll(async () => {
    folder = `${await mkdtemp(join(tmpdir(), "millwright-bundle-"))}/`;
    await bundle(pathToFileURL(folder));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("prints what the sources print", async () => {
    const log = join(folder, "orders.csv");
    await writeFile(log, LOG);
    const bundled = freshBundle(pathToFileURL(folder));
    const sources = new URL("parts.ts", import.meta.url).href;
    for (const words of [
      ["mine", log, "--json"],
      ["mine", log],
      ["mine", "--help"],
    ])
      expect(await mined(bundled ?? "", words)).toBe(await mined(sources, words));
  });

  it("is not used once a source has changed", async () => {
    const list = join(folder, "sources.json");
    const sources = JSON.parse(await readFile(list, "utf8")) as [string, number, number][];
    expect(sources.map(([path]) => path)).toContain("tools/mining/core/directly-follows.ts");
    expect(freshBundle(pathToFileURL(folder))).not.toBeNull();
    await writeFile(list, JSON.stringify([...sources.slice(1), [sources[0]![0], sources[0]![1], 1]]));
    expect(freshBundle(pathToFileURL(folder))).toBeNull();
  });

  it("is not used where there is none", () => {
    expect(freshBundle(new URL("nowhere/", pathToFileURL(folder)))).toBeNull();
  });
});
