import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

type State = Readonly<Record<string, unknown>>;
const call = (tool: string, input: State): State => ({ frames: [{ tool, input }] });
const planned = (text: string, language: string, state: State = {}) =>
  analyse(text, sampleBriefing(text, "order-to-cash", { language, state }));
const frameOf = (text: string, language: string, state: State = {}) => {
  const plan = planned(text, language, state);
  return plan.kind === "calls" ? plan.frames[0] : null;
};
const median = call("kpi.query", { metric: "cycle_time", filters: [] });
const above = (value: number) => [{ kind: "attribute", attribute: "order_value", comparator: ">", value }];

describe("cases that the log has no name for", () => {
  it.each([
    ["and without the cancelled orders?", "en", "cancelled"],
    ["und ohne die stornierten?", "de", "stornierten"],
    ["et sans les commandes annulées ?", "fr", "annulées"],
    ["¿y sin los cancelados?", "es", "cancelados"],
  ])("are told with the nearest step, and nothing is filtered: %s", (text, language, name) => {
    const plan = planned(text, language, median);
    expect(plan).toMatchObject({ kind: "say", say: "clarify", said: { headline: { values: { name } } } });
    expect(JSON.stringify(plan)).toContain("Reject order");
  });
});

describe("a limit that is moved", () => {
  it.each([
    ["lower the limit to 300", "en", 300],
    ["raise the cut to 1000", "en", 1000],
    ["sube el corte a 6.000", "es", 6000],
  ])("takes the place of the one before: %s", (text, language, value) => {
    const state = call("kpi.query", { metric: "throughput", statistic: "count", filters: above(500) });
    expect(frameOf(text, language, state)).toMatchObject({ input: { filters: above(value) } });
  });
});

describe("words of a step's name", () => {
  it("measure nothing of their own where they leave cases out", () => {
    const state = call("kpi.query", {
      metric: "cycle_time",
      statistic: "p90",
      groupBy: "region",
      filters: [],
    });
    expect(frameOf("sin los rechazados", "es", state)).toMatchObject({
      input: {
        metric: "cycle_time",
        statistic: "p90",
        filters: [{ activities: ["Reject order"], mode: "none" }],
      },
    });
  });
});

describe("people who are added", () => {
  it.each([
    ["what if we added one person to Credit check?", "en", 1],
    ["what if we hire two clerks for Credit check?", "en", 2],
    ["was wäre, wenn wir zwei Leute für die Bonitätsprüfung einstellten?", "de", 2],
    ["et si on ajoutait deux personnes au contrôle de crédit ?", "fr", 2],
    ["¿y si añadimos dos personas a Credit check?", "es", 2],
    ["a gdybyśmy dodali dwie osoby do Credit check?", "pl", 2],
    ["如果给Credit check增加两个人会怎样？", "zh", 2],
  ])("are a change that is tried: %s", (text, language, count) => {
    expect(frameOf(text, language)).toMatchObject({
      tool: "optimization.what-if",
      input: { change: { kind: "add-resource", activity: "Credit check", count } },
    });
  });

  it("work at another step where only that is said next", () => {
    const state = call("optimization.what-if", {
      change: { kind: "add-resource", activity: "Credit check", count: 1 },
    });
    expect(frameOf("and at Pick goods?", "en", state)).toMatchObject({
      input: { change: { kind: "add-resource", activity: "Pick goods", count: 1 } },
    });
  });
});

describe("a share of a step's time that is saved", () => {
  it.each([
    ["et si Credit check prenait 30 % de temps en moins ?", "fr", 0.7],
    ["¿y si Credit check llevara un 30 % menos de tiempo?", "es", 0.7],
    ["e se Credit check richiedesse il 30% di tempo in meno?", "it", 0.7],
    ["a gdyby Credit check zajmował o 30% mniej czasu?", "pl", 0.7],
    ["如果Credit check的时间减少30%会怎样？", "zh", 0.7],
    ["what if Credit check took a quarter less time?", "en", 0.75],
    ["was wäre, wenn Credit check um ein Drittel kürzer wäre?", "de", 0.666667],
  ])("makes it so much faster: %s", (text, language, factor) => {
    expect(frameOf(text, language)?.input).toMatchObject({
      change: { kind: "faster", activity: "Credit check", factor },
    });
  });
});

describe("another log that is named with its cases", () => {
  it("is asked the same question", () => {
    const state = call("mining.bottlenecks", { filters: [] });
    expect(frameOf("and for the tickets in helpdesk?", "en", state)).toMatchObject({
      tool: "mining.bottlenecks",
    });
  });
});

describe("a statistic inside the words of a metric", () => {
  it.each([
    ["tempo médio de ciclo", "pt", "mean"],
    ["tiempo promedio de ciclo", "es", "mean"],
    ["durée moyenne de traitement", "fr", "mean"],
    ["tempo medio di attraversamento", "it", "mean"],
  ])("leaves the metric whole: %s", (text, language, statistic) => {
    expect(frameOf(text, language)?.input).toMatchObject({ metric: "cycle_time", statistic });
  });
});

describe("several counts in one text", () => {
  it.each([
    ["how many orders were rejected and how many got a reminder?", "en", "Reject order", "Send reminder"],
    [
      "Combien de commandes ont été rejetées, et combien ont eu une relance ?",
      "fr",
      "Reject order",
      "Send reminder",
    ],
    ["¿Cuántos pedidos de Polonia hubo y cuántos de Austria?", "es", "Poland", "Austria"],
    ["Wie viele Aufträge kamen aus Polen und wie viele aus Österreich?", "de", "Poland", "Austria"],
    ["ポーランドの注文は何件、オーストリアは何件？", "ja", "Poland", "Austria"],
    ["波兰有多少订单，奥地利有多少？", "zh", "Poland", "Austria"],
  ])("are each of its own cases: %s", (text, language, first, second) => {
    const plan = planned(text, language);
    const frames = plan.kind === "calls" ? plan.frames.map(({ input }) => JSON.stringify(input)) : [];
    expect(frames).toHaveLength(2);
    expect(frames[0]).toContain(first);
    expect(frames[0]).not.toContain(second);
    expect(frames[1]).toContain(second);
    expect(frames[1]).not.toContain(first);
  });

  it("are meant of the same time where it is said once, at the end", () => {
    const plan = planned("how many from Poland and how many from Austria in May?", "en");
    const frames = plan.kind === "calls" ? plan.frames.map(({ input }) => JSON.stringify(input)) : [];
    expect(frames.map((input) => input.includes('"window"'))).toEqual([true, true]);
  });
});

describe("the next month of a count", () => {
  it("is told by the same end of the cases", () => {
    const window = {
      kind: "window",
      by: "started",
      from: "2026-05-01T00:00:00.000Z",
      to: "2026-06-01T00:00:00.000Z",
    };
    const state = call("kpi.query", { metric: "throughput", statistic: "count", filters: [window] });
    expect(frameOf("and in June?", "en", state)?.input).toMatchObject({ filters: [{ by: "started" }] });
  });
});
