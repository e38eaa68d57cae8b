import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { detectLanguage } from "../text/detect.ts";
import { read } from "./read.ts";

type Log = Parameters<typeof sampleBriefing>[1];

const named = (text: string, log: Log): string[] => {
  const briefing = sampleBriefing(text, log);
  return read(text, detectLanguage(text, null, briefing.log), briefing).links.flatMap((link) => {
    if (link.kind === "thing")
      return [link.thing.kind === "value" ? `${link.thing.attribute}=${link.thing.name}` : link.thing.name];
    return link.kind === "money" ? [`${link.amount} ${link.currency}`] : [];
  });
};

describe("names that stand side by side", () => {
  it.each([
    ["pedidos por debajo de 250,00 euros", "250 EUR"],
    ["pedidos abaixo de 1.200 euros", "1200 EUR"],
  ])("a figure's currency is no value of the currency column: %s", (text, money) => {
    expect(named(text, "order-to-cash")).toEqual([money]);
  });

  it.each([
    ["order-to-cash", "muestra los pedidos de clientes gold", "customer_tier=gold"],
    ["loan", "filter the Hamburg branch", "branch=Hamburg"],
    ["loan", "filtra a agência de Hamburgo", "branch=Hamburg"],
  ] as const)("the noun of a value's attribute is no value besides: in %s, %s", (log, text, value) => {
    expect(named(text, log)).toEqual([value]);
  });

  it("a channel that is called as an attribute is still found by itself", () => {
    expect(named("compare branch and web", "loan")).toEqual(["channel=branch", "channel=web"]);
  });

  it.each([
    ["cuántos pedidos tuvieron un recordatorio de pago", "Send reminder"],
    ["quantos pedidos precisaram de lembrete de pagamento", "Send reminder"],
  ])("a phrase for a step outweighs a step that one of its words names: %s", (text, step) => {
    expect(named(text, "order-to-cash")).toEqual([step]);
  });
});

describe("a verdict on something that is left out", () => {
  it.each(["¿Va con retraso?", "¿Ha mejorado?", "Está atrasado?"])("is asked back: %s", (text) => {
    expect(analyse(text, sampleBriefing(text, "order-to-cash"))).toMatchObject({
      kind: "say",
      say: "clarify",
    });
  });

  it("is none where the case is named", () => {
    const text = "¿Va con retraso la mayoría de los pedidos gold?";
    const plan = analyse(text, sampleBriefing(text, "order-to-cash"));
    expect(plan.kind === "say" ? plan.said.headline.text : "").not.toContain("What do you mean by that");
  });
});
