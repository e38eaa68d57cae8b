import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { briefing } from "./fixtures/briefing.ts";

const drafted = (condition: string) => ({
  frames: [{ tool: "rules.draft", input: {} }],
  suggests: [{ tool: "rules.publish", input: { condition, action: "escalate" } }],
});
const ask = (text: string, condition: string) => {
  const plan = analyse(text, briefing(text, { state: drafted(condition) }));
  return plan.kind === "calls" ? [plan.frames[0]!.tool, plan.frames[0]!.input] : plan.said.headline.values;
};
const three = '`order value` > 500 and region = "North and South" and waiting("Credit check") > 2h';

describe("a drafted rule", () => {
  it("is tried again without the condition that is dropped", () => {
    expect(ask("drop the region", three)).toEqual([
      "rules.simulate",
      { condition: '`order value` > 500 and waiting("Credit check") > 2h', action: "escalate" },
    ]);
  });

  it("is simplified from its last condition on", () => {
    expect(ask("simplify it", three)).toEqual([
      "rules.simulate",
      { condition: '`order value` > 500 and region = "North and South"', action: "escalate" },
    ]);
  });

  it("of one condition stays as it is, and says so", () => {
    expect(ask("simplify the rule", "items > 5")).toEqual({ condition: "items > 5", action: "escalate" });
  });

  it("says when it does not look at what is to be dropped", () => {
    expect(ask("leave out the region", 'items > 5 and priority = "rush"')).toMatchObject({ name: "region" });
  });

  it("has to be there", () => {
    const plan = analyse(
      "simplify it",
      briefing("simplify it", { state: { frames: [{ tool: "kpi.query", input: {} }] } }),
    );
    expect(plan).toMatchObject({ kind: "say", say: "cannot" });
  });
});
