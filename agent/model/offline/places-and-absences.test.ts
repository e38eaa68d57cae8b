/** Places by the names that they have abroad, figures that no log has, and names that are none of the log's. */
import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const planOf = (text: string, log: Parameters<typeof sampleBriefing>[1]) =>
  analyse(text, sampleBriefing(text, log));

describe("a place that is called otherwise abroad", () => {
  it.each([
    ["how long do orders from Tirol take?", "order-to-cash", "Tyrol"],
    ["wie lange dauern die Aufträge aus Wien?", "order-to-cash", "Vienna"],
    ["¿cuánto tardan las solicitudes de Múnich?", "loan", "München"],
    ["combien de temps durent les demandes de Cologne ?", "loan", "Köln"],
    ["ile trwają zamówienia ze Śląska?", "order-to-cash", "Silesia"],
  ] as const)("is the value that the log has: %s", (text, log, value) => {
    expect(planOf(text, log)).toMatchObject({
      kind: "calls",
      frames: [{ input: { filters: [expect.objectContaining({ value })] } }],
    });
  });
});

describe("a quantity that no log has", () => {
  it.each([
    "what was the EBIT of the orders in May?",
    "CSAT by region please",
    "Wie hoch ist die Gewinnmarge je Auftrag?",
    "quel est le taux d'intérêt moyen ?",
    "hoe is de klanttevredenheid per land?",
    "各渠道的满意度是多少？",
  ])("is said not to be there, and no other figure is given: %s", (text) => {
    expect(planOf(text, "order-to-cash")).toMatchObject({ kind: "say", say: "cannot" });
  });
});

describe("a name that is none of the log's", () => {
  it("costs the certainty of an answer about all cases", () => {
    const plan = planOf("wo hakt es in Kärnten am meisten?", "order-to-cash");
    const sure = plan.kind === "calls" ? plan.confidence : 0;
    expect(sure).toBeLessThan(0.7);
  });
});
