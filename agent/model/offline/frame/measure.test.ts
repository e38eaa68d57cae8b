/** What is added up or averaged, what tells cases apart, and what selects them; by the slots alone, without the ranker. */
import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/read.ts";
import { fill } from "./slots.ts";

function asked(text: string, code = "en", log: Parameters<typeof sampleBriefing>[1] = "order-to-cash") {
  const briefing = sampleBriefing(text, log);
  const tool = briefing.tools.find(({ name }) => name === "kpi.query")!;
  return fill(tool, read(text, languageOf(code), briefing), briefing);
}

describe("an attribute", () => {
  it.each([
    ["mean order value by channel", "en", { measure: "order_value", statistic: "mean", groupBy: "channel" }],
    ["which channel has the highest average order value?", "en", { statistic: "mean", groupBy: "channel" }],
    ["order value per quarter", "en", { measure: "order_value", statistic: "sum", period: "quarter" }],
    ["what is the order value?", "en", { measure: "order_value", statistic: "mean" }],
    ["mittlerer Bestellwert je Produktgruppe", "de", { measure: "order_value", groupBy: "product_group" }],
    ["mediana del valor de los pedidos por país", "es", { measure: "order_value", statistic: "median" }],
    [
      "gemiddelde orderwaarde per land",
      "nl",
      { measure: "order_value", statistic: "mean", groupBy: "country" },
    ],
    ["各渠道的平均订单金额", "zh", { measure: "order_value", statistic: "mean", groupBy: "channel" }],
  ])("is measured where a statistic is asked of it: %s", (text, code, wanted) => {
    expect(asked(text, code).input).toMatchObject({ metric: "attribute", ...wanted });
  });

  it.each([
    "median lead time by order value",
    "how long do orders above 900 euros take?",
    "how many orders have an order value over 2000?",
    "waiting time of orders with an order value below 100",
  ])("is none where it tells cases apart or selects them: %s", (text) => {
    expect(asked(text).input).not.toHaveProperty("measure");
  });

  it("is measured and selects at once, where a statistic stands beside it", () => {
    const { input } = asked("total order value of orders above 900 euros");
    expect(input).toMatchObject({ measure: "order_value", statistic: "sum" });
    expect(input["filters"]).toMatchObject([{ attribute: "order_value", comparator: ">", value: 900 }]);
  });

  it("is the log's column of money where only money is spoken of, and that is said", () => {
    const filled = asked("which country brings in the most revenue?");
    expect(filled.input).toMatchObject({ measure: "order_value", statistic: "sum", groupBy: "country" });
    expect(filled.assumed).toEqual(["order_value"]);
    expect(asked("average revenue by product", "en", "helpdesk").input).not.toHaveProperty("measure");
  });

  it.each([
    ["how much money is stuck before the credit check?", "en"],
    ["wie viel Geld hängt in der Bonitätsprüfung fest?", "de"],
    ["combien d'argent est bloqué au contrôle de crédit ?", "fr"],
    ["¿cuánta plata está atascada en la verificación de crédito?", "es"],
  ])("is summed up over the open cases that have a step before them: %s", (text, code) => {
    expect(asked(text, code).input).toMatchObject({
      measure: "order_value",
      statistic: "sum",
      filters: [{ kind: "open", next: "Credit check" }],
    });
  });
});

it("a share of cases is one of all cases, by group or of those that are selected", () => {
  expect(asked("share of orders by customer tier").input).toMatchObject({
    metric: "throughput",
    statistic: "share",
    groupBy: "customer_tier",
  });
  expect(asked("what share of orders was rejected?").input).toMatchObject({
    metric: "throughput",
    statistic: "share",
    filters: [{ kind: "activity", activities: ["Reject order"], mode: "any" }],
  });
});

describe("which group is the slowest", () => {
  it.each([
    ["which customer tier waits longest?", "en", { metric: "waiting_time", groupBy: "customer_tier" }],
    ["which channel has the longest cycle time?", "en", { metric: "cycle_time", groupBy: "channel" }],
    ["Welche Region hat die längste Durchlaufzeit?", "de", { metric: "cycle_time", groupBy: "region" }],
  ])("puts groups in order and asks for no maximum of steps: %s", (text, code, wanted) => {
    const { input } = asked(text, code);
    expect(input).toMatchObject(wanted);
    expect(input).not.toHaveProperty("statistic");
  });

  it("leaves a maximum that is asked for by group", () => {
    expect(asked("longest cycle time by country").input).toMatchObject({
      statistic: "max",
      groupBy: "country",
    });
  });
});

describe("a KPI that is named", () => {
  const kpi = (name: string, metric: string, activity: string | null = null) => ({
    ...{ name, log: "order-to-cash", metric, activity, limit: null, deadline: null },
  });
  const kpis = [kpi("credit wait", "waiting_time", "Credit check"), kpi("do over", "rework")];

  it.each([
    ["how did the KPI credit wait develop by week?", "en", "credit wait", "waiting_time"],
    ["zeig mir die Kennzahl credit wait je Monat", "de", "credit wait", "waiting_time"],
    ["the trend of do over", "en", "do over", "rework"],
  ])("is measured as it is defined, also without a limit: %s", (text, code, name, metric) => {
    const briefing = { ...sampleBriefing(text, "order-to-cash"), kpis };
    const tool = briefing.tools.find((each) => each.name === "kpi.query")!;
    const { input } = fill(tool, read(text, languageOf(code), briefing), briefing);
    expect(input).toMatchObject({ kpi: name, metric });
  });

  it("is not the one of another log", () => {
    const elsewhere = kpis.map((each) => ({ ...each, log: "helpdesk" }));
    const text = "the trend of do over";
    const briefing = { ...sampleBriefing(text, "order-to-cash"), kpis: elsewhere };
    const tool = briefing.tools.find((each) => each.name === "kpi.query")!;
    expect(fill(tool, read(text, languageOf("en"), briefing), briefing).input).not.toHaveProperty("kpi");
  });
});
