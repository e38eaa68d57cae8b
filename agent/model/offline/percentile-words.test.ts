import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const callOf = (text: string) => {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash"));
  return plan.kind === "calls" ? plan.frames[0] : undefined;
};

describe("a share of the cases within which a length of time is asked for", () => {
  it.each([
    ["en combien de temps traite-t-on quatre-vingt-dix pour cent des dossiers ?", "p90"],
    ["C'est quoi le délai en dessous duquel on traite 90 % des dossiers ?", "p90"],
    ["C'est quoi le délai en dessous duquel on traite nonante-cinq pour cent des dossiers ?", "p95"],
    ["la durata sotto la quale sta il 95% delle pratiche", "p95"],
    ["il tempo entro cui si chiude il novanta per cento delle pratiche", "p90"],
  ])("is a percentile: %s", (text, statistic) => {
    expect(callOf(text)).toMatchObject({ tool: "kpi.query", input: { metric: "cycle_time", statistic } });
  });
});

describe("words for options and rules", () => {
  it("take the file that OCEL is written to for the format", () => {
    expect(callOf("Esporta il log in OCEL 2.0, formato SQLite")).toMatchObject({
      tool: "logs.export",
      input: { format: "sqlite" },
    });
  });

  it("check that in no case a step happens", () => {
    expect(callOf("Controlla che in nessun ordine compaia il reso (Return goods)")).toMatchObject({
      tool: "mining.rules-check",
      input: { kind: "never", activities: ["Return goods"] },
    });
  });

  it("take no auxiliary verb for a status", () => {
    expect(callOf("c'è stato concept drift? in che data?")).toMatchObject({ tool: "mining.drift" });
  });

  it("ask for deviations by type of the model, and of no attribute", () => {
    expect(
      callOf("Fitness et précision par rapport au modèle de référence, et les écarts par type"),
    ).toMatchObject({ tool: "mining.conformance" });
  });
});
