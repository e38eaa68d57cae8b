import { describe, expect, it } from "vitest";
import { traces } from "../../../../tests/fixtures/tiny-log.ts";
import { mulberry32 } from "../effects.ts";
import { differingPaths, newcombe } from "./differing-paths.ts";

/** Cases of a chain a … d, each step of which is left out with a chance. */
function group(cases: number, random: () => number, skip: (step: string) => number) {
  return traces(
    ...Array.from(
      { length: cases },
      () => `s${[..."abcd"].filter((step) => random() >= skip(step)).join("")}e`,
    ),
  );
}

describe("paths that differ between two groups", () => {
  it("are found in at most one in twenty of 300 pairs of groups that are alike", () => {
    const random = mulberry32(3);
    let found = 0;
    for (let pair = 0; pair < 300; pair++) {
      const [a, b] = [group(150, random, () => 0.3), group(200, random, () => 0.3)];
      if (differingPaths(a, b).length > 0) found++;
    }
    expect(found / 300).toBeLessThanOrEqual(0.05);
  });

  it("are found where a step is left out more often, with an interval that mostly holds the truth", () => {
    const random = mulberry32(5);
    let held = 0;
    for (let pair = 0; pair < 40; pair++) {
      const a = group(300, random, (step) => (step === "c" ? 0.6 : 0.3));
      const b = group(300, random, () => 0.3);
      const found = differingPaths(a, b).find(({ what }) => what.kind === "happens" && what.activity === "c");
      expect(found).toBeDefined();
      const { low, high } = found!.difference;
      if (low <= -0.3 && -0.3 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(34);
  });

  it("are none between a group and itself", () => {
    const log = traces("abc", "ac", "abc");
    expect(differingPaths(log, log)).toEqual([]);
  });

  it("have the interval of Newcombe's example: 56 of 70 and 48 of 80", () => {
    const { low, high } = newcombe(56, 70, 48, 80);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });
});
