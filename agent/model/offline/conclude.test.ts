import { describe, expect, it } from "vitest";
import { conclude } from "./conclude.ts";
import { briefing } from "./fixtures/briefing.ts";
import { found, frameOf, planOf } from "./fixtures/outcomes.ts";

const plan = planOf(
  [frameOf("kpi.query"), frameOf("mining.root-cause")],
  [{ text: "I am not sure that I read this right." }],
);

describe("the answers to several questions in one sentence", () => {
  const concluded = (first: string | null, second: string | null) => {
    const outcomes = [found("kpi.query", 1, first), found("mining.root-cause", 2, second)];
    const step = conclude(plan, outcomes, briefing("how long, and why?"));
    if (step.kind !== "final") throw new Error("it calls on");
    return step;
  };

  it("offer one next step, which is the last one's and no line of its own", () => {
    const { text, parts } = concluded("Show the map", "Draft a rule from this");
    expect(text).toBe(
      "{{f1}} it is.\n\n{{f2}} it is.\nDraft a rule from this\n\nI am not sure that I read this right.",
    );
    expect(parts.notes).toEqual(["{{f2}} it is.", "I am not sure that I read this right."]);
    expect(parts.next?.ask).toBe("Draft a rule from this");
  });

  it("keep the step that was offered, for whoever says yes to it", () => {
    expect(concluded("Show the map", "Draft a rule from this").parts.state["next"]).toBe(
      "Draft a rule from this",
    );
    expect(concluded("Show the map", null).parts.state["next"]).toBe("Show the map");
  });
});
