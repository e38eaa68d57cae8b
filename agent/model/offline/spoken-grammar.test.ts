/** Grammar that several languages share, tried where it was found wanting. */
import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";
import { languageOf } from "./languages/index.ts";
import { read } from "./link/reading.ts";

type Log = Parameters<typeof sampleBriefing>[1];

const linksIn = (text: string, code: string, log: Log = "order-to-cash") =>
  read(text, languageOf(code), sampleBriefing(text, log)).links;

function callOf(text: string, code: string, state: Readonly<Record<string, unknown>> = {}) {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language: code, state }));
  return plan.kind === "say" ? { say: plan.say } : plan.frames[0];
}

describe("words that are also short for a month", () => {
  it.each([
    ["es", "¿me dices cuánto tardamos?"],
    ["pt", "os dez pedidos mais lentos"],
    ["pt", "mais de dez dias"],
  ])("are none in %s: %s", (code, text) => {
    expect(linksIn(text, code).filter(({ kind }) => kind === "window")).toEqual([]);
  });

  it.each([
    ["pt", "pedidos em dez", "2025-12-01T00:00:00.000Z"],
    ["es", "pedidos de dic de 2025", "2025-12-01T00:00:00.000Z"],
  ])("are still one where they stand for it in %s: %s", (code, text, from) => {
    expect(linksIn(text, code)).toContainEqual(
      expect.objectContaining({ kind: "window", window: expect.objectContaining({ from }) }),
    );
  });
});

it("a year after a word that also ends a comparison is a year", () => {
  const windows = linksIn("por que 2020 foi tão ruim?", "pt").filter(({ kind }) => kind === "window");
  expect(windows).toHaveLength(1);
});

it("a figure with a thousand said in words is one amount", () => {
  const money = linksIn("pedidos por encima de 50 mil euros", "es").filter(({ kind }) => kind === "money");
  expect(money).toEqual([expect.objectContaining({ amount: 50_000 })]);
});

describe("a window", () => {
  it.each([
    ["en", "how many orders came in in May", "started"],
    ["de", "wie viele Aufträge sind im Mai eingegangen", "started"],
    ["es", "¿cuántos pedidos entraron en mayo?", "started"],
    ["pt", "quantas encomendas entraram em maio?", "started"],
    ["es", "¿cuántos pedidos terminamos en mayo?", "completed"],
    ["es", "duración mediana entre el 3 y el 12 de mayo", "completed"],
    ["en", "how many orders arrived late in May", "completed"],
  ])("in %s is about when cases begin or end, as is said: %s", (code, text, by) => {
    const call = callOf(text, code);
    const windows = JSON.stringify(call ?? null).match(/"by":"(\w+)"/u)?.[1] ?? "completed";
    expect(windows).toBe(by);
  });
});

describe("a step named where cases are counted says which cases", () => {
  it.each([
    ["en", "how many orders were rejected?", "Reject order", "any"],
    ["pt", "quantos pedidos precisaram de lembrete de pagamento?", "Send reminder", "any"],
    ["es", "¿cuántos pedidos no pasaron por aprobación?", "Approve order", "none"],
  ])("in %s: %s", (code, text, activity, mode) => {
    expect(callOf(text, code)).toMatchObject({
      tool: "kpi.query",
      input: { statistic: "count", filters: [{ kind: "activity", activities: [activity], mode }] },
    });
  });
});

it.each([
  ["es", "¿hay pedidos enviados sin aprobación?"],
  ["pt", "há pedidos enviados sem aprovação?"],
])("a question about what went without approval claims none (%s)", (code, text) => {
  expect(callOf(text, code)).not.toHaveProperty("say", "refuse");
});

describe("a bare figure in a follow-up is of the kind that was spoken of", () => {
  const asked = (tool: string, input: Readonly<Record<string, unknown>>) => ({ frames: [{ tool, input }] });
  it.each([
    ["es", "¿y más de 10?"],
    ["pt", "e mais de 10?"],
    ["en", "and more than 10?"],
  ])("days after days (%s)", (code, text) => {
    const before = asked("kpi.query", { metric: "cycle_time", statistic: "count", threshold: 648_000 });
    expect(callOf(text, code, before)).toMatchObject({
      input: { metric: "cycle_time", statistic: "count", threshold: 864_000 },
    });
  });

  it.each([
    ["es", "¿y el 90?"],
    ["en", "and 90?"],
  ])("a share after a share (%s)", (code, text) => {
    const before = asked("mining.variants", { cover: 0.75, order: "frequency" });
    expect(callOf(text, code, before)).toMatchObject({ tool: "mining.variants", input: { cover: 0.9 } });
  });
});

describe("a figure that is asked of what nobody knows", () => {
  it.each([
    ["es", "¿cuánto dura la inspección aduanera?"],
    ["pt", "quanto demora a vistoria?"],
    ["de", "wie lange dauert die Zollabfertigung?"],
  ])("is not that of the whole case (%s)", (code, text) => {
    expect(callOf(text, code)).toEqual({ say: "clarify" });
  });

  it.each([
    ["es", "¿cuánto tarda la verificación de crédito?"],
    ["pt", "quanto demora a fatura?"],
    ["de", "wie lange dauert die Rechnung?"],
  ])("is given where the log knows it (%s)", (code, text) => {
    expect(callOf(text, code)).toHaveProperty("tool");
  });
});
