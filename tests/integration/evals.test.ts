import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSuite } from "../../evals/suites.ts";
import { cli } from "./cli-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-evals-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const status = (sample: { metadata: { status: string } }) => sample.metadata.status;

describe("the golden paths", () => {
  it("are walked by the built-in planner, and none has an effect", { timeout: 600_000 }, async () => {
    const { code, out, error } = await cli(["eval", "golden-paths", "--json"]);
    const log = JSON.parse(out);
    const failed = log.samples.filter((sample: never) => status(sample) !== "passed");
    expect(failed, error).toEqual([]);
    expect(log).toMatchObject({
      version: 2,
      status: "success",
      samples: { length: readSuite("golden-paths").length },
      results: {
        scores: [{ name: "built-in", metrics: { accuracy: { value: 1 } } }],
        metadata: {
          scorecards: [
            { tier: "built-in", notRun: 0 },
            { tier: "live", passAt1: { of: 0 } },
          ],
        },
      },
    });
    expect(code).toBe(0);
  });

  it("that were not run at all are no success", async () => {
    const { code, error } = await cli(["eval", "red-team", "--split", "held-out"]);
    expect(code).not.toBe(0);
    expect(error).toContain("held-out");
  });

  it("have no suite of another name", async () => {
    const { code, error } = await cli(["eval", "silver-paths"]);
    expect([code, error]).toEqual([1, expect.stringContaining('There is no suite "silver-paths".')]);
  });
});

describe("one case", () => {
  const one = ["eval", "--case", "maya-weather", "--jobs", "1"];

  it("is run several times, compared with an earlier report, and shown on a page", {
    timeout: 120_000,
  }, async () => {
    const page = join(folder, "page.html");
    const first = await cli([...one, "--json", "--k", "2"]);
    const report = join(folder, "report.json");
    await writeFile(report, first.out.replace('"maya-weather":true', '"maya-weather":false'));
    const again = await cli([...one, "--compare", report, "--html", page]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("now pass: maya-weather") });
    expect(await readFile(page, "utf8")).toContain("<h2>Built-in planner</h2>");
    expect(JSON.parse(first.out).samples.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
  });

  it("that only a live model could answer is not run without a key, and that is no success", {
    timeout: 120_000,
  }, async () => {
    const { code, out, error } = await cli([...one, "--planner", "claude"]);
    expect(out).toContain("not run (1: no ANTHROPIC_API_KEY)");
    expect([code, error]).toEqual([1, expect.stringContaining("None of the 1 cases could be run")]);
  });

  it.each([
    ["--md", "## Built-in planner"],
    ["--junit", '<testsuite name="built-in.golden-paths" tests="1" failures="0"'],
  ])("is reported with %s", { timeout: 120_000 }, async (option, words) => {
    const { code, out } = await cli([...one, option]);
    expect([code, out]).toEqual([0, expect.stringContaining(words)]);
  });
});

describe("safety", () => {
  it("holds in every case: approvals, a malicious model, the same facts in all channels", {
    timeout: 900_000,
  }, async () => {
    const suites = ["approvals", "mechanics", "channel-parity"];
    const { out, error } = await cli(["eval", ...suites, "--json"]);
    const failed = JSON.parse(out).samples.filter((sample: never) => status(sample) === "failed");
    expect(failed, error).toEqual([]);
  });
});
