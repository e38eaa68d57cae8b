import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../../tools/logs/samples/generate.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { read } from "../link/read.ts";
import { linksOf } from "../link/reading.ts";
import { languageOf } from "./index.ts";
import { withSteps } from "./steps.ts";

const stepsIn = (text: string, code: string, log: SampleName): string[] =>
  linksOf(read(text, languageOf(code), sampleBriefing(text, log)), "thing").flatMap(({ thing }) =>
    thing.kind === "activity" ? [thing.name] : [],
  );

describe("what people call steps", () => {
  it.each<[string, string, SampleName, string[]]>([
    ["fr", "de l'octroi au déblocage des fonds", "loan", ["Approve loan", "Pay out"]],
    ["fr", "les commandes renvoyées", "order-to-cash", ["Return goods"]],
    ["it", "dalla richiesta documenti integrativi all'erogazione", "loan", ["Request papers", "Pay out"]],
    ["it", "dopo lo smistamento", "helpdesk", ["Triage"]],
    ["es", "desde que pedimos los papeles hasta el desembolso", "loan", ["Request papers", "Pay out"]],
    ["es", "lo que pasa a la segunda línea", "helpdesk", ["Resolve by specialist"]],
    ["pt", "entre o pedido de documentos e o desembolso", "loan", ["Request papers", "Pay out"]],
    ["pl", "od wpływu środków do zwrotu towaru", "order-to-cash", ["Receive payment", "Return goods"]],
    ["pl", "kto zatwierdza kredyt", "loan", ["Approve loan"]],
    ["ja", "請求書を発行してから着金まで", "order-to-cash", ["Create invoice", "Receive payment"]],
    ["zh", "催材料到客户补交", "loan", ["Request papers", "Send papers"]],
    ["pt", "encomendas devolvidas", "order-to-cash", ["Return goods"]],
  ])("%s: %s", (code, text, log, steps) => {
    expect(stepsIn(text, code, log)).toEqual(steps);
  });

  it.each<[string, string, SampleName]>([
    ["fr", "combien de dossiers", "loan"],
    ["it", "quante pratiche", "loan"],
    ["es", "cuántos tickets", "helpdesk"],
    ["pt", "quantos processos", "loan"],
  ])("one word of a phrase for a step is not the step, in %s: %s", (code, text, log) => {
    expect(stepsIn(text, code, log)).toEqual([]);
  });

  it("a word keeps what it stood for before", () => {
    expect(withSteps({ "pay out": "paiement, versement" }, { paiement: "payment" })).toEqual({
      paiement: "payment, pay out",
      versement: "pay out",
    });
  });
});
