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
