import { describe, expect, it } from "vitest";
import type { Filter } from "../../../tools/inputs.ts";
import { analyse } from "./analyse.ts";
import { briefing } from "./fixtures/briefing.ts";
import type { Plan } from "./plan.ts";

const germany: Filter = { kind: "attribute", attribute: "country", comparator: "=", value: "Germany" };
const france: Filter = { ...germany, value: "France" };
const slow: Filter = { kind: "duration", comparator: ">", seconds: 432_000 };

const goingOn = (
  text: string,
  filters: readonly Filter[],
  filterHistory: readonly (readonly Filter[])[] = [],
): Plan =>
  analyse(
    text,
    briefing(text, {
      state: {
        frames: [{ tool: "kpi.query", input: { metric: "cycle_time", filters } }],
        filterHistory,
      },
    }),
  );
const filtersOf = (plan: Plan): unknown => plan.kind === "calls" && plan.frames[0]?.input["filters"];
const historyOf = (plan: Plan): unknown => plan.kind === "calls" && plan.filterHistory;

describe("the filters of a thread", () => {
  it.each(["only orders from Germany", "just the orders from Germany", "nur Aufträge aus Deutschland"])(
    'begin with "%s", which asks for no list and no figure',
    (text) => {
      const plan = analyse(text, briefing(text));
      expect(plan.kind === "calls" && plan.frames[0]?.tool).toBe("logs.filter");
      expect(filtersOf(plan)).toEqual([germany]);
    },
  );

  it.each(["only show orders from Germany", "only count orders from Germany"])(
    'are part of the question where "%s" asks one',
    (text) => {
      const plan = analyse(text, briefing(text));
      expect(plan.kind === "calls" && plan.frames[0]?.tool).not.toBe("logs.filter");
      expect(filtersOf(plan)).toEqual([germany]);
    },
  );

  it("are taken back one by one, a replaced one too", () => {
    const plan = goingOn("undo the last filter", [germany, slow], [[], [germany]]);
    expect(filtersOf(plan)).toEqual([germany]);
    expect(historyOf(plan)).toEqual([[]]);
    expect(filtersOf(goingOn("undo the last filter", [france], [[], [germany]]))).toEqual([germany]);
    expect(plan.kind === "calls" && plan.frames[0]?.tool).toBe("kpi.query");
  });

  it("grow by a follow-up, which can be taken back", () => {
    const plan = goingOn("only Germany", []);
    expect(filtersOf(plan)).toEqual([germany]);
    expect(historyOf(plan)).toEqual([[]]);
  });

  it("are cleared, or one that is named is dropped", () => {
    expect(filtersOf(goingOn("clear all filters", [germany, slow]))).toEqual([]);
    expect(filtersOf(goingOn("remove the Germany filter", [germany, slow]))).toEqual([slow]);
    expect(filtersOf(goingOn("drop the country filter", [germany, slow]))).toEqual([slow]);
  });

  it("are listed with what each leaves", () => {
    const plan = goingOn("what filters are on?", [germany, slow]);
    expect(plan).toMatchObject({ kind: "calls", frames: [{ tool: "logs.filter" }] });
    expect(filtersOf(plan)).toEqual([germany, slow]);
    expect(filtersOf(goingOn("which filters are on?", []))).toEqual([]);
  });

  it.each(["take the filter off again", "filter off please", "lose the filter"])(
    'are gone after "%s" where there is one, and are one less where there are several',
    (text) => {
      expect(filtersOf(goingOn(text, [germany]))).toEqual([]);
      expect(filtersOf(goingOn(text, [germany, slow]))).toEqual([germany]);
    },
  );

  it("are taken off and the question is changed in one sentence", () => {
    const plan = goingOn("take the Germany filter off again, and show it by region", [germany, slow]);
    expect(plan).toMatchObject({
      kind: "calls",
      frames: [{ tool: "kpi.query", input: { groupBy: "region", filters: [slow] } }],
    });
    expect(historyOf(plan)).toEqual([[germany, slow]]);
  });
});

describe("filters in words", () => {
  const filtersIn = (text: string): unknown => filtersOf(analyse(text, briefing(text)));

  it.each([
    [
      "filter to cases that start with Create order",
      [{ kind: "endpoint", at: "start", activities: ["Create order"] }],
    ],
    ["filter to a random sample of 100 cases", [{ kind: "sample", unit: "cases", size: 100, seed: 1 }]],
  ])("%s", (text, wanted) => {
    expect(filtersIn(text)).toEqual(wanted);
  });
});
