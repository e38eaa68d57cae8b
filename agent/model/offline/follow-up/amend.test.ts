import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { briefing } from "../fixtures/briefing.ts";
import { states } from "../fixtures/states.ts";

const byWeek = { frames: [{ tool: "kpi.query", input: { metric: "cycle_time", period: "week" } }] };
const planAfter = (text: string, language: string, state: Readonly<Record<string, unknown>>) => {
  const plan = analyse(text, briefing(text, { language, state }));
  return plan.kind === "calls" ? plan.frames.map(({ tool, input }) => ({ tool, input })) : [];
};

describe("a follow-up", () => {
  it.each([
    ["and the week before?", "en"],
    ["und die Woche davor?", "de"],
    ["en de week daarvoor?", "nl"],
    ["a tydzień wcześniej?", "pl"],
  ])("moves the window of the last call back by a unit: %s", (text, language) => {
    const window = { kind: "window", from: "2026-11-01T23:00:00.000Z", to: "2026-11-08T23:00:00.000Z" };
    expect(planAfter(text, language, states["kpi"]!)).toMatchObject([
      { tool: "kpi.query", input: { metric: "cycle_time", filters: [window] } },
    ]);
  });

  it.each([
    ["a week later?", "en"],
    ["en een week later?", "nl"],
    ["a tydzień później?", "pl"],
  ])("moves it on by a unit: %s", (text, language) => {
    const window = { kind: "window", from: "2026-11-15T23:00:00.000Z", to: "2026-11-22T23:00:00.000Z" };
    expect(planAfter(text, language, states["kpi"]!)).toMatchObject([{ input: { filters: [window] } }]);
  });

  it.each([
    ["no I meant calendar days", "en"],
    ["nein, ich meinte Kalendertage", "de"],
  ])("counts around the clock again, whatever hours it was counted in: %s", (text, language) => {
    const input = { metric: "cycle_time", calendar: "business hours" };
    expect(planAfter(text, language, { frames: [{ tool: "kpi.query", input }] })).toEqual([
      { tool: "kpi.query", input: expect.not.objectContaining({ calendar: expect.anything() }) },
    ]);
  });

  it.each([
    ["months will do", "en"],
    ["maand is genoeg", "nl"],
    ["miesiące wystarczą", "pl"],
  ])("changes the period of figures over time: %s", (text, language) => {
    expect(planAfter(text, language, byWeek)).toMatchObject([
      { tool: "kpi.query", input: { period: "month" } },
    ]);
  });

  it.each([
    ["and the slowest?", "en"],
    ["en de traagste?", "nl"],
    ["a najwolniejsze?", "pl"],
  ])("orders the last list anew: %s", (text, language) => {
    expect(planAfter(text, language, states["variants"]!)).toMatchObject([
      { tool: "mining.variants", input: { order: "slowest" } },
    ]);
  });

  it("supposes something of the step that was shown, though no word says 'it'", () => {
    const change = { kind: "faster", activity: "Credit check" };
    expect(planAfter("a gdyby był dwa razy szybszy?", "pl", states["bottlenecks"]!)).toMatchObject([
      { tool: "optimization.what-if", input: { change } },
    ]);
  });

  it("leaves out cases with a step, whatever else the step's name may mean", () => {
    const filters = [{ kind: "activity", activities: ["Approve order"], mode: "none" }];
    for (const text of ["without the approved ones", "leaving out the approved orders"])
      expect(planAfter(text, "en", states["wait"]!)).toMatchObject([
        { tool: "kpi.query", input: { filters } },
      ]);
  });

  it("moves the condition of a change, and selects no cases", () => {
    const change = { kind: "skip", activity: "Credit check", when: "`order value` < 300" };
    const state = { frames: [{ tool: "optimization.what-if", input: { change } }] };
    expect(planAfter("and under 500?", "en", state)).toEqual([
      { tool: "optimization.what-if", input: { change: { ...change, when: "`order value` < 500" } } },
    ]);
  });

  it.each([
    ["and in Germany?", "en"],
    ["per month", "en"],
    ["und in Frankreich?", "de"],
    ["et en Pologne ?", "fr"],
  ])("is sure where every word finds its place in the last call: %s", (text, language) => {
    const plan = analyse(text, briefing(text, { language, state: states["kpi"]! }));
    expect(plan.confidence).toBeGreaterThanOrEqual(0.7);
  });
});
