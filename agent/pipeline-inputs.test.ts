import { describe, expect, it } from "vitest";
import { RunInputError } from "./errors.ts";
import { kpiInput, readKpis, wordsOf } from "./pipeline-inputs.ts";

describe("a context", () => {
  it("gives the rules that it states in words, wherever they stand, each once", () => {
    const context = {
      sla: "48 hours",
      rules: ["If order > $500, escalate", "if delay > 2h, notify manager"],
      notes: "We sell shoes.\nIf order > $500, escalate",
      deep: [{ policy: "Escalate orders above 1000. Be kind." }],
    };
    expect(wordsOf(context)).toEqual([
      "If order > $500, escalate",
      "if delay > 2h, notify manager",
      "Escalate orders above 1000.",
    ]);
    expect(wordsOf(undefined)).toEqual([]);
    expect(wordsOf("when late, notify the manager")).toHaveLength(1);
  });
});

describe("KPIs", () => {
  it("become one query, of all activities together", () => {
    const [kpi] = readKpis([
      { name: "late", metric: "time_to", activity: ["Pack", "Ship"], limit: 7200, deadline: null, log: null },
    ]);
    const activities = ["Pack", "Ship"];
    expect(kpiInput(kpi!, "log-1")).toEqual({ log: "log-1", metric: "time_to", threshold: 7200, activities });
  });

  it("are refused with the entry and field that is wrong", () => {
    expect(() => readKpis([{ name: "late", metric: "speed" }])).toThrow(RunInputError);
    expect(() => readKpis([{ name: "late", metric: "speed" }])).toThrow(/metric/);
  });
});
