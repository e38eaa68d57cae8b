import { describe, expect, it } from "vitest";
import type { ToolOutcome } from "../provider.ts";
import { conclude } from "./conclude.ts";
import { briefing, fact } from "./fixtures/briefing.ts";
import type { Frame, Plan } from "./plan.ts";

const frame = (tool: string): Frame => ({
  tool,
  input: {},
  text: "",
  confidence: 0.9,
  variants: [],
  assumptions: [],
  awaits: null,
  used: [],
});
const plan: Plan = {
  kind: "calls",
  log: null,
  frames: [frame("kpi.query"), frame("mining.root-cause")],
  act: false,
  notes: [{ text: "I am not sure that I read this right." }],
  language: "en",
  understood: "",
  confidence: 0.9,
  supersedes: [],
};
const found = (tool: string, value: number, next: string | null): ToolOutcome => ({
  kind: "result",
  tool,
  input: {},
  result: {
    data: {},
    facts: [],
    views: [],
    answer: {
      headline: { text: "{figure} it is.", values: { figure: fact(`f${value}`, value) } },
      figures: [fact(`f${value}`, value)],
      assumptions: [],
      ...(next === null ? {} : { next: { label: { text: next }, ask: next } }),
    },
  },
});

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
