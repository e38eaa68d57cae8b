import { describe, expect, it } from "vitest";
import { readSuite } from "../../evals/case.ts";
import { cli } from "./cli-process.ts";

describe("the golden paths", () => {
  it("are walked by the built-in planner, each in a world of its own, and none has an effect", {
    timeout: 600_000,
  }, async () => {
    const { code, out, error } = await cli(["eval", "golden-paths", "--json"]);
    const report = JSON.parse(out);
    const failed = report.results.filter(({ passed }: { passed: boolean }) => !passed);
    expect(failed, error).toEqual([]);
    expect(report).toMatchObject({
      tier: "built-in planner",
      results: { length: readSuite("golden-paths").length },
    });
    expect(code).toBe(0);
  });

  it("have no suite of another name", async () => {
    const { code, error } = await cli(["eval", "silver-paths"]);
    expect([code, error]).toEqual([1, expect.stringContaining('There is no suite "silver-paths".')]);
  });
});
