import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { briefing } from "./fixtures/briefing.ts";

describe("late, where nothing says when a case is", () => {
  it.each([
    "how many orders are late?",
    "wie viele Aufträge sind zu spät?",
    "¿cuántos pedidos van con retraso?",
  ])("asks for the limit instead of counting all: %s", (text) => {
    expect(analyse(text, briefing(text, { kpis: [] }))).toMatchObject({
      kind: "say",
      say: "clarify",
      said: { headline: { values: { what: "limit" } } },
    });
  });

  it("counts where a limit is set", () => {
    const text = "how many orders are late?";
    expect(analyse(text, briefing(text))).toMatchObject({
      kind: "calls",
      frames: [{ tool: "kpi.query", input: { statistic: "count", threshold: 432_000 } }],
    });
  });
});

describe("a name that the log does not have", () => {
  it("is asked about where a length of time is asked of it, however odd the question is", () => {
    const text = 'how long does the Kredit chek bureau step "Bureau call" take?';
    expect(analyse(text, briefing(text))).toMatchObject({
      say: "clarify",
      said: { headline: { values: { name: "Bureau call" } } },
    });
  });
});

describe("how long the slowest case took", () => {
  it.each([
    ["how long did the slowest order take?", "max"],
    ["how long does an order take?", undefined],
  ])("is the longest time: %s", (text, statistic) => {
    const plan = analyse(text, briefing(text));
    expect(plan.kind === "calls" && plan.frames[0]).toMatchObject({ tool: "kpi.query" });
    expect(plan.kind === "calls" && plan.frames[0]?.input["statistic"]).toBe(statistic);
  });
});
