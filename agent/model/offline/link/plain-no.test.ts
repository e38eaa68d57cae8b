import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const austria = { kind: "attribute", attribute: "country", comparator: "=", value: "Austria" };
const input = { metric: "cycle_time", statistic: "median", filters: [austria] };

const filtersAfter = (text: string): unknown => {
  const state = { frames: [{ tool: "kpi.query", input }] };
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { state }));
  return plan.kind === "calls" && plan.frames[0]?.input["filters"];
};

describe("a no that answers", () => {
  it.each([
    "no, Germany",
    "no, I meant Germany",
    "no wait, Germany",
    "nein, Deutschland",
    "no, en Alemania",
    "non, en Allemagne",
    "não, Alemanha",
    "nee, Duitsland",
    "nie, Niemcy",
    "いや、ドイツ",
    "不是，德国",
  ])("puts what follows in the place of what was said: %s", (text) => {
    expect(filtersAfter(text)).toMatchObject([{ comparator: "=", value: "Germany" }]);
  });

  it.each(["not Germany", "no Germany", "no, not Germany", "pas l'Allemagne", "nie Niemcy"])(
    "is none where it leaves out what it stands before: %s",
    (text) => {
      expect(filtersAfter(text)).toMatchObject([{ comparator: "!=", value: "Germany" }]);
    },
  );
});
