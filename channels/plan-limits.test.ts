import { describe, expect, it } from "vitest";
import { PlanLimitError, planLimits } from "./plan-limits.ts";

describe("the limits of a plan", () => {
  it("are the agent's own where the environment says nothing", () => {
    expect(planLimits({ MILLWRIGHT_PLAN_STEPS: "" })).toEqual({});
  });

  it("are those of the environment, a turn outlasting its plan", () => {
    const environment = {
      MILLWRIGHT_PLAN_STEPS: "6",
      MILLWRIGHT_PLAN_CALLS: "10",
      MILLWRIGHT_PLAN_ROUNDS: "5",
      MILLWRIGHT_PLAN_SECONDS: "30",
    };
    expect(planLimits(environment)).toEqual({
      planSteps: 6,
      calls: 10,
      steps: 5,
      planMilliseconds: 30_000,
      turnMilliseconds: 90_000,
    });
  });

  it.each(["0", "-1", "many", "1.5", " 3"])("are refused as %j, naming the variable", (value) => {
    const wrong = () => planLimits({ MILLWRIGHT_PLAN_SECONDS: value });
    expect(wrong).toThrow(PlanLimitError);
    expect(wrong).toThrow(/MILLWRIGHT_PLAN_SECONDS/);
  });
});
