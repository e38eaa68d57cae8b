/** What a reply says of how sure it is. */
import { describe, expect, it } from "vitest";
import { sampleBriefing } from "./fixtures/samples.ts";
import { languageOf } from "./languages/index.ts";
import { read } from "./link/read.ts";
import { stateOf } from "./state.ts";
import { calls, direct } from "./turn.ts";

const notesOf = (tool: string, input: Readonly<Record<string, unknown>>): readonly string[] => {
  const briefing = sampleBriefing("and per month?", "order-to-cash");
  const turn = { reading: read(briefing.text, languageOf("en"), briefing), briefing, state: stateOf({}) };
  const plan = calls(turn, [{ ...direct({ tool, input }, briefing.text), confidence: 0.4 }], { act: false });
  return plan.kind === "calls" ? plan.notes.map(({ text }) => text) : [];
};

describe("an answer that is not sure", () => {
  it("says how the question was read", () => {
    expect(notesOf("mining.bottlenecks", {})).toContain(
      'I am not sure that I read this right; I took it as: "{example}"',
    );
  });

  it("names no other figure than the one that is measured", () => {
    expect(notesOf("kpi.query", { measure: "order_value", metric: "attribute" })).toEqual([
      "I am not sure that I read this right.",
    ]);
    expect(notesOf("kpi.query", { metric: "rework" })).toEqual(["I am not sure that I read this right."]);
  });
});
