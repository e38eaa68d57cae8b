/** What people hand to the command line by mistake, or to see what happens; and real logs that lack something. */
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../fixtures/needs.ts";
import { cli, temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`);
  const files: Readonly<Record<string, string | Buffer>> = {
    "empty.csv": "",
    "random.csv": Buffer.concat([Buffer.from([0, 1, 2]), randomBytes(3_000)]),
    "no-time.csv": "case,activity,amount\n1,a,3\n2,b,4\n",
    "good.csv": "case,activity,time\n1,a,2024-01-01\n1,b,2024-01-02\n2,a,2024-01-02\n",
    "bomb.xes": `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY e0 "x">${entities.join("")}]><log><trace><string key="concept:name" value="&e9;"/></trace></log>`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder.path, name), content);
  await mkdir(join(folder.path, "folder"));
});
afterAll(() => folder.remove());

const ask = "where do we wait?";
const long = "a".repeat(100_000);
const mistakes: readonly (readonly [what: string, code: number, says: RegExp, words: readonly string[]])[] = [
  ["an empty file", 1, /empty\.csv.*empty/, ["mine", "empty.csv"]],
  ["an empty file to ask about", 1, /empty\.csv.*empty/, ["ask", ask, "--log", "empty.csv"]],
  ["a folder", 1, /folder.*not a file/, ["mine", "folder"]],
  ["a folder to ask about", 1, /folder/, ["ask", ask, "--log", "./folder"]],
  ["a folder to run", 1, /folder/, ["run", "."]],
  ["a binary", 1, /random\.csv.*binary/, ["run", "random.csv"]],
  ["no time column", 1, /no-time\.csv.*timestamp/, ["mine", "no-time.csv"]],
  ["no time column to run", 1, /no-time\.csv.*timestamp/, ["run", "no-time.csv"]],
  ["a column that is not there", 1, /nope/, ["mine", "good.csv", "--map", "case=nope"]],
  ["an entity bomb", 1, /bomb\.xes.*line 1.*DOCTYPE/, ["ask", ask, "--log", "bomb.xes"]],
  ["a zone of another planet", 2, /Mars\/Phobos/, ["mine", "good.csv", "--tz", "Mars/Phobos"]],
  ["an unknown person", 1, /zoe/, ["ask", ask, "--log", "good.csv", "--as", "zoe"]],
  ["no words", 2, /empty/, ["ask", " ", "--log", "good.csv"]],
  ["too many words", 1, /100000/, ["ask", long, "--log", "good.csv"]],
  ["a name without end", 1, /no log/i, ["ask", ask, "--log", "n".repeat(5_000)]],
  ["KPIs that are none", 1, /good\.csv.*JSON/, ["ask", ask, "--log", "good.csv", "--kpis", "good.csv"]],
];

describe("bad input", () => {
  it.each(mistakes)("says on one line what is wrong with %s", async (_, code, says, words) => {
    const ended = await cli(words, { cwd: folder.path });
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
    expect(ended.error).toMatch(/^millwright: [^\n]+\n$/);
    expect(ended.error).toMatch(says);
    expect(ended.error.length).toBeLessThan(600);
  });

  /** Every third: all commands and both exit codes are among them. */
  const some = mistakes.filter((_, index) => index % 3 === 1);
  it.each(some)("is one problem object with --json: %s", async (_, code, says, words) => {
    const ended = await cli([...words, "--json"], { cwd: folder.path });
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
    const problem = JSON.parse(ended.error);
    expect(problem).toMatchObject({
      type: expect.stringMatching(/^urn:millwright:/),
      title: expect.any(String),
    });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(`${problem.file ?? ""} ${problem.detail} ${problem.role ?? ""}`).toMatch(says);
  });

  it("takes any text for a thread, and begins it", async () => {
    const thread = "orders / 2026 ☃ ../../etc";
    const { code, out } = await cli(["ask", ask, "--log", "good.csv", "--thread", thread, "--json"], {
      cwd: folder.path,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out).thread).toBe(thread);
  });
});

describeWithShared("a run of real logs that lack something", () => {
  const parts = ["model", "rules", "integration", "optimized", "alerts", "visualization"];
  const json = async (...words: string[]) => {
    const { code, out, error } = await cli([...words, "--json"], { cwd: folder.path });
    expect({ code, error }).toEqual({ code: 0, error: "" });
    return JSON.parse(out);
  };

  it.each([
    ["a32f0n00.xes.gz", { hasTimes: false, staffing: /resource/ }],
    ["receipt.csv", { hasTimes: true, staffing: /no start times/ }],
  ])("has every part of %s, and says why where there is nothing", async (file, { hasTimes, staffing }) => {
    const result = await json("run", shared(`logs/${file}`));
    expect(Object.keys(result)).toEqual(parts);
    expect(result.model).toMatchObject({
      fitness: expect.any(Number),
      bpmn: expect.stringContaining("definitions"),
    });
    expect(result.model.bottlenecks).toEqual(hasTimes ? [] : null);
    if (!hasTimes) expect(result.model.reason).toContain("no timestamps");
    expect(result.optimized).toEqual({ reason: expect.stringMatching(staffing) });
    expect(result.alerts).toEqual([]);
    for (const rule of result.rules) {
      expect(Object.keys(rule)).toEqual(["condition", "action", "confidence", "coverage"]);
    }
  });

  it.each([
    ["a32f0n00.xes.gz", /no timestamps/],
    ["receipt.csv", /no start times/],
  ])("tells who asks where %s waits that it cannot know", async (file, says) => {
    const reply = await json("ask", ask, "--log", shared(`logs/${file}`));
    expect(reply.reply).toMatch(says);
  });
});
