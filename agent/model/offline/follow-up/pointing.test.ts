import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

type State = Readonly<Record<string, unknown>>;
const call = (tool: string, input: State, more: State = {}): State => ({
  frames: [{ tool, input }],
  ...more,
});
const planAfter = (text: string, language: string, state: State) => {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language, state }));
  return plan.kind === "calls"
    ? plan.frames.map(({ tool, input }) => ({ tool, input }))
    : [plan.said?.headline];
};
const overTwelveDays = call("kpi.query", {
  metric: "cycle_time",
  statistic: "count",
  threshold: 1_036_800,
  filters: [],
});
const duration = { kind: "duration", comparator: ">", seconds: 1_036_800 };

describe("cases that the last answer counted", () => {
  it.each([
    ["show me those", "en"],
    ["which ones?", "en"],
    ["zeig mir die", "de"],
    ["welche sind das?", "de"],
    ["lesquelles ?", "fr"],
    ["muéstramelos", "es"],
    ["elencali", "it"],
    ["mostre-os", "pt"],
    ["laat die zien", "nl"],
    ["pokaż je", "pl"],
    ["それを見せて", "ja"],
    ["是哪些？", "zh"],
  ])("are listed: %s", (text, language) => {
    expect(planAfter(text, language, overTwelveDays)).toMatchObject([
      { tool: "mining.cases", input: { filters: [duration] } },
    ]);
  });

  it("are those that waited over the limit, where waiting was counted", () => {
    const waited = { metric: "waiting_time", activity: "Credit check", statistic: "count", threshold: 3600 };
    expect(planAfter("show me those", "en", call("kpi.query", waited))).toMatchObject([
      { input: { filters: [{ kind: "waiting", activity: "Credit check", comparator: ">", seconds: 3600 }] } },
    ]);
  });

  it("are measured where a length of time is asked for", () => {
    const filters = [{ kind: "attribute", attribute: "order_value", comparator: ">", value: 4000 }];
    expect(planAfter("how long did those take?", "en", call("mining.cases", { filters }))).toMatchObject([
      { tool: "kpi.query", input: { metric: "cycle_time", filters } },
    ]);
  });
});

describe("what stands at a place of the last list", () => {
  const steps = ["Credit check", "Pick goods", "Ship order"].map((name) => ({ kind: "activity", name }));
  const waits = call("mining.bottlenecks", {}, { shown: steps });
  const countries = call(
    "kpi.query",
    { metric: "cycle_time", statistic: "mean", groupBy: "country", filters: [] },
    { shown: ["France", "Poland"].map((name) => ({ kind: "value", name, attribute: "country" })) },
  );

  it.each([
    ["why the second one?", "en"],
    ["warum der zweite?", "de"],
    ["pourquoi le deuxième ?", "fr"],
    ["¿por qué el segundo?", "es"],
    ["perché il secondo?", "it"],
    ["waarom de tweede?", "nl"],
  ])("is asked about by its name: %s", (text, language) => {
    expect(planAfter(text, language, waits)).toMatchObject([
      { tool: "mining.root-cause", input: { activity: "Pick goods" } },
    ]);
  });

  it("is a group of which the figure is told alone", () => {
    const filters = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Poland" }];
    const [plan] = planAfter("the second one?", "en", countries);
    expect(plan).toMatchObject({ input: { metric: "cycle_time", statistic: "mean", filters } });
    expect(plan).not.toHaveProperty("input.groupBy");
  });

  it("is no quarter of a year", () => {
    const plans = planAfter("the second quarter?", "en", waits);
    expect(JSON.stringify(plans)).not.toContain("Pick goods");
  });
});

describe("an option of the last call", () => {
  it.each([
    ["max", "en", call("kpi.query", { metric: "cycle_time", statistic: "p95" }), { statistic: "max" }],
    ["min", "de", call("kpi.query", { metric: "cycle_time", statistic: "p95" }), { statistic: "min" }],
    [
      "again with noise 0.3",
      "en",
      call("mining.discover", { algorithm: "inductive" }),
      { noise: 0.3, algorithm: "inductive" },
    ],
    ["rarest first", "en", call("mining.variants", { limit: 5 }), { order: "rarest", limit: 5 }],
    ["only 100 cases", "en", call("mining.dotted-chart", {}), { cases: 100 }],
    [
      "until Create invoice instead",
      "en",
      call("mining.between", { activities: ["Receive order", "Ship order"] }),
      { activities: ["Receive order", "Create invoice"] },
    ],
  ])("takes another value: %s", (text, language, state, input) => {
    expect(planAfter(text, language, state)).toMatchObject([{ input }]);
  });

  it("stays as it was where the text asks for something of its own", () => {
    const state = call("mining.variants", { limit: 5 });
    expect(planAfter("where do we wait?", "en", state)).toMatchObject([{ tool: "mining.bottlenecks" }]);
  });
});

describe("words of comparison that also join", () => {
  it.each([
    ["quantos pedidos demoram mais de 12 dias?", "pt"],
    ["quanti ordini durano più di 12 giorni?", "it"],
  ])("do not cut a question in two, and nothing is proposed: %s", (text, language) => {
    expect(planAfter(text, language, {})).toMatchObject([
      { tool: "kpi.query", input: { statistic: "count", threshold: 1_036_800 } },
    ]);
  });
});

describe("cases that run long", () => {
  it("are counted, and need not be open", () => {
    expect(planAfter("how many orders run longer than 14 days", "en", {})).toMatchObject([
      { tool: "kpi.query", input: expect.not.objectContaining({ filters: expect.anything() }) },
    ]);
  });
});
