/** `mine` and bad use, over the real command line: neither needs a database. */
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const log = [
  "order;step;begun;done;who",
  "1;Create order;2026-01-05 08:00;2026-01-05 08:10;Ida",
  "1;Approve order;2026-01-06 08:00;2026-01-06 08:30;Jo",
  "2;Create order;2026-01-05 09:00;2026-01-05 09:05;Ida",
  "2;Approve order;2026-01-05 10:05;2026-01-05 10:30;Jo",
  "",
].join("\n");

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "orders.csv"), log);
});
afterEach(() => folder.remove());

const run = (...words: string[]) => cli(words, { cwd: folder.path });

describe("mine", () => {
  it("prints the contract's JSON and writes nothing", async () => {
    const { code, out, error } = await run("mine", "orders.csv", "--json");
    expect({ code, error }).toEqual({ code: 0, error: "" });
    const result = JSON.parse(out);
    expect(result.log).toMatchObject({ cases: 2, events: 4, activities: 2, variants: 1 });
    expect(result.mapping).toMatchObject({
      case: "order",
      activity: "step",
      timestamp: "done",
      start: "begun",
    });
    const [edge] = result.edges;
    expect(edge).toMatchObject({ from: "Create order", to: "Approve order", count: 2 });
    expect(result.bottlenecks[0]).toMatchObject({ activity: "Approve order" });
    expect(result.bottlenecks[0].waiting.mean).toBeCloseTo((85_800 + 3_600) / 2, 6);
    expect(await readdir(folder.path)).toEqual(["orders.csv"]);
  });

  it("writes the model where --bpmn says, and only there", async () => {
    expect((await run("mine", "orders.csv", "--bpmn", "model.bpmn")).code).toBe(0);
    expect(await readFile(join(folder.path, "model.bpmn"), "utf8")).toContain("<bpmn:definitions");
    expect(await readdir(folder.path)).toEqual(["model.bpmn", "orders.csv"]);
  });

  it("takes the mapping that it is given", async () => {
    const { out } = await run(
      "mine",
      "orders.csv",
      "--json",
      "--no-model",
      "--map",
      "case=who,activity=step,timestamp=done",
    );
    expect(JSON.parse(out)).toMatchObject({ log: { cases: 2 }, mapping: { case: "who" }, model: null });
  });

  it("reads times without a zone in --tz", async () => {
    const { out } = await run("mine", "orders.csv", "--json", "--no-model", "--tz", "Europe/Berlin");
    expect(new Date(JSON.parse(out).log.first).toISOString()).toBe("2026-01-05T07:00:00.000Z");
  });

  it("helps within a second, without touching a database", async () => {
    const times: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) times.push((await run("mine", "--help")).milliseconds);
    expect(Math.min(...times)).toBeLessThan(1_000);
    expect(existsSync(join(folder.path, ".millwright"))).toBe(false);
  });

  it("says on one line what is wrong with a file, and where", async () => {
    await writeFile(join(folder.path, "bad.csv"), `${log}3;Create order;yesterday;soon;Ida\n`);
    const words = ["mine", "bad.csv", "--map", "case=order,activity=step,timestamp=done"];
    const { code, error, out } = await run(...words);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    expect(error).toContain("bad.csv");
    expect(error).toMatch(/\b6\b/);
    const problem = JSON.parse((await run(...words, "--json")).error);
    expect(problem).toMatchObject({ file: "bad.csv", line: 6, column: "done", value: "soon" });
  });

  it("names the role that is missing", async () => {
    await writeFile(join(folder.path, "timeless.csv"), "order,step\n1,A\n1,B\n2,A\n2,B\n");
    const { code, error } = await run("mine", "timeless.csv", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(error)).toMatchObject({ file: "timeless.csv", role: "timestamp" });
  });
});

describe("bad use", () => {
  it.each([[[]], [["dig"]], [["mine"]], [["mine", "orders.csv", "--colour"]], [["serve", "--port", "http"]]])(
    "%j ends with 2 and one line that says where help is",
    async (words) => {
      const { code, error, out } = await run(...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(error).toMatch(/^millwright: .+See `millwright .*--help`\.\n$/);
    },
  );

  it("a file that is not there is no bad use", async () => {
    const { code, error } = await run("mine", "nowhere.csv");
    expect(code).toBe(1);
    expect(error).toContain("nowhere.csv");
  });
});
