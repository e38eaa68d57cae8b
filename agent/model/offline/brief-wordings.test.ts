import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const plan = (text: string, log: "loan" | "order-to-cash" = "loan") =>
  analyse(text, sampleBriefing(text, log));

describe("what is written briefly", () => {
  it.each([
    "top 5 variants",
    "dame las top 5 variantes",
    "top 5 de variantes",
    "pokaż top 5 wariantów",
    "die Top 5 Varianten",
  ])("asks for as many as it says: %s", (text) => {
    expect(plan(text)).toMatchObject({ frames: [{ tool: "mining.variants", input: { limit: 5 } }] });
  });

  it.each([
    ["cycle time p90 / customer tier / Q2 2026", "customer_tier"],
    ["Durchlaufzeit / Kanal", "channel"],
    ["lead time | region | May", "region"],
  ])("may set its group off with a stroke: %s", (text, groupBy) => {
    expect(plan(text, "order-to-cash")).toMatchObject({
      frames: [{ tool: "kpi.query", input: { groupBy } }],
    });
  });

  it("measures time where a length of time is summarised, of finished cases too", () => {
    expect(plan("Mediana de lo que tarda una solicitud, las terminadas en mayo")).toMatchObject({
      frames: [{ tool: "kpi.query", input: { metric: "cycle_time", statistic: "median" } }],
    });
  });
});
