/** What German and Dutch speakers ask for in verbs, lists and exclusions of their own. */
import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../tools/logs/samples/generate.ts";
import { analyse } from "./analyse.ts";
import { conclude } from "./conclude.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const framesOf = (text: string, code: string, log: SampleName) => {
  const plan = analyse(text, sampleBriefing(text, log, { language: code }));
  return plan.kind === "calls" ? plan.frames.map(({ tool, input }) => ({ tool, input })) : [];
};

describe("a length of time between two steps", () => {
  it.each<[string, string, SampleName, string[]]>([
    [
      "de",
      "Wie lange dauert es, bis nachgereicht wird, nachdem wir Unterlagen angefordert haben?",
      "loan",
      ["Request papers", "Send papers"],
    ],
    [
      "de",
      "wie lange brauchen wir vom auftragseingang bis zur freigabe",
      "order-to-cash",
      ["Receive order", "Approve order"],
    ],
    [
      "nl",
      "Hoelang duurt het tot er betaald is, vanaf het moment dat we factureren?",
      "order-to-cash",
      ["Create invoice", "Receive payment"],
    ],
    [
      "nl",
      "hoe lang duurt het van de vraag aan de klant tot het antwoord",
      "helpdesk",
      ["Ask customer", "Answer"],
    ],
  ])("is of both, in their order, in %s: %s", (code, text, log, activities) => {
    expect(framesOf(text, code, log)).toEqual([{ tool: "mining.between", input: { activities } }]);
  });
});

describe("a rule that is checked", () => {
  it.each<[string, string, SampleName, object]>([
    [
      "de",
      "Prüf mal: wird jede Rechnung innerhalb von 14 Tagen bezahlt?",
      "order-to-cash",
      { kind: "within", activities: ["Create invoice", "Receive payment"], threshold: 1_209_600 },
    ],
    [
      "nl",
      "Volgt op elke vraag aan de klant ook een antwoord?",
      "helpdesk",
      { kind: "follow", activities: ["Ask customer", "Answer"] },
    ],
  ])("is of the steps and not of the verb that asks, in %s: %s", (code, text, log, input) => {
    expect(framesOf(text, code, log)).toMatchObject([{ tool: "mining.rules-check", input }]);
  });
});

describe("what is not to be done", () => {
  it.each([
    ["de", "Fülle die fehlenden Ressourcen mit dem häufigsten Wert, aber speichere nichts"],
    ["nl", "vul de ontbrekende resources met de meest voorkomende waarde zonder iets op te slaan"],
  ])("is not saved in %s: %s", (code, text) => {
    const [first] = framesOf(text, code, "helpdesk");
    expect(first?.tool).toBe("logs.impute");
    expect(first?.input).not.toMatchObject({ keep: "save" });
  });

  it("a rule that is to be tried and not published is tried, and nothing is proposed", () => {
    const text =
      "Simuliere die Regel an alten Fällen, ohne etwas zu veröffentlichen: wenn der Auftragswert über 4000 Euro liegt, Manager benachrichtigen";
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language: "de" }));
    expect(plan).toMatchObject({ kind: "calls", act: false, frames: [{ tool: "rules.simulate" }] });
  });
});

describe("requests in a list", () => {
  it.each([
    [
      "de",
      "Drei Fragen: a) Wo warten wir? b) Welche Varianten gibt es?",
      ["mining.bottlenecks", "mining.variants"],
    ],
    [
      "de",
      "ich brauche einerseits die Engpässe und andererseits die vier häufigsten Wege",
      ["mining.bottlenecks", "mining.variants"],
    ],
    [
      "nl",
      "laat zien waar de zaken wachten, en daarnaast de drie meest voorkomende paden",
      ["mining.bottlenecks", "mining.variants"],
    ],
  ])("are each answered in %s: %s", (code, text, tools) => {
    expect(framesOf(text, code, "loan").map(({ tool }) => tool)).toEqual(tools);
  });
});

describe("words of the two languages", () => {
  it.each<[string, string, SampleName, object]>([
    [
      "de",
      "Wie viele Anträge über fünfzigtausend Euro gibt es?",
      "loan",
      { filters: [{ attribute: "amount", comparator: ">", value: 50_000 }] },
    ],
    [
      "nl",
      "hoeveel aanvragen boven een ton zijn er?",
      "loan",
      { filters: [{ attribute: "amount", comparator: ">", value: 100_000 }] },
    ],
    ["nl", "gemiddelde doorlooptijd per kantoor", "loan", { groupBy: "branch" }],
    [
      "nl",
      "welk percentage van de orders was later dan de beloofde datum",
      "order-to-cash",
      { deadline: "promised_date" },
    ],
  ])("name amounts, offices and dates, in %s: %s", (code, text, log, input) => {
    expect(framesOf(text, code, log)).toMatchObject([{ tool: "kpi.query", input }]);
  });

  it("May at the beginning of a sentence is the month", () => {
    const [compared] = framesOf("Mai gegen März: sind wir langsamer geworden?", "de", "helpdesk");
    expect(compared).toMatchObject({
      tool: "mining.compare",
      input: { a: { filters: [{ from: "2026-05-01T00:00:00.000Z" }] } },
    });
  });

  it("of what date is asked, and not of the step with the word in its name", () => {
    const [first] = framesOf("Ab welchem Datum hat sich unser Ablauf geändert?", "de", "order-to-cash");
    expect(first).toEqual({ tool: "mining.drift", input: {} });
  });
});

it.each([
  ["de", "Was hat das Sprachmodell pro Tag gekostet?"],
  ["nl", "wat heeft het taalmodel per dag gekost?"],
])("what the model cost is no question about who answers, in %s: %s", (code, text) => {
  expect(framesOf(text, code, "order-to-cash")).toMatchObject([{ tool: "audit.cost" }]);
  expect(framesOf(text, code, "order-to-cash")).not.toMatchObject([{ input: { by: "model" } }]);
});

it("a step that is left out for some cases leaves out the step, and not the cases", () => {
  const text = "Lass die Bonitätsprüfung bei Silberkunden weg, was bringt das?";
  expect(framesOf(text, "de", "order-to-cash")).toMatchObject([
    {
      input: {
        change: { kind: "skip" },
        filters: [{ attribute: "customer_tier", comparator: "=", value: "silver" }],
      },
    },
  ]);
});

it("a whole rule in words is drafted, however unsure", () => {
  const text =
    "Verwittig de manager bij elke order boven 3.000 euro die langer dan 6 uur wacht op Credit check";
  expect(framesOf(text, "nl", "order-to-cash")).toMatchObject([{ tool: "rules.draft" }]);
});

it("a superlative beside a pronoun waits for no other result where there is none", () => {
  const text = "Waar blijven de tickets het langst liggen? Je mag het kort houden.";
  const asked = sampleBriefing(text, "helpdesk", { language: "nl" });
  expect(conclude(analyse(text, asked), [], asked)).toMatchObject({
    kind: "calls",
    calls: [{ tool: "mining.bottlenecks" }],
  });
});
