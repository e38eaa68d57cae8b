import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import { reworkCost } from "./rework-cost.ts";

describe("what rework costs", () => {
  const log = tinyLog([
    [
      { activity: "check", started: 0, at: 600 },
      { activity: "check", started: 1000, at: 2200 },
      { activity: "send", started: 2200, at: 2300 },
      { activity: "check", started: 2400, at: 2700 },
    ],
    [{ activity: "check", started: 0, at: 60 }],
  ]);

  it("is the work in steps beyond the first and the waiting before them", () => {
    const { activities, cases, allSteps, allService } = reworkCost(log);
    expect(activities).toEqual([
      { activity: 0, steps: 2, cases: 1, service: 1500, waiting: 500, money: null },
    ]);
    expect([cases, allSteps, allService]).toEqual([1, 5, 2260]);
  });

  it("is money where events have it", () => {
    const values = Float64Array.of(1, 2, 4, 8, 16);
    const report = reworkCost({ ...log, attributes: new Map([["Unit cost", { kind: "number", values }]]) });
    expect(report.moneyAttribute).toBe("Unit cost");
    expect(report.activities[0]?.money).toBe(10);
  });

  it("is counted without times too, and is none where nothing is done twice", () => {
    expect(reworkCost(traces("aba", "ab")).activities).toEqual([
      { activity: 0, steps: 1, cases: 1, service: null, waiting: null, money: null },
    ]);
    expect(reworkCost(traces("abc")).activities).toEqual([]);
  });
});
