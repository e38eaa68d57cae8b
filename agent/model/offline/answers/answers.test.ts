import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import type { Plan } from "../plan.ts";

const offered = (activity: string) => ({
  label: activity,
  tool: "mining.bottlenecks",
  input: { filters: [], activity },
});
const readings = [offered("Resolve by specialist"), offered("Resolve by first line")];

const planned = (text: string, language = "en", state: object = { readings }): Plan =>
  analyse(text, sampleBriefing(text, "helpdesk", { language, state: { ...state } }));
const steps = (plan: Plan): unknown =>
  plan.kind === "say" ? plan.said.headline.text : plan.frames.map(({ input }) => input["activity"]);

const gone = "All right, I leave that question. Ask me anything else.";

describe("an answer to a choice", () => {
  it.each([
    ["en", "number two"],
    ["en", "the latter please"],
    ["en", "not the first one"],
    ["en", "First line, I mean"],
    ["de", "die 2 bitte"],
    ["fr", "le dernier"],
    ["es", "la de abajo"],
    ["it", "numero due"],
    ["nl", "de onderste"],
    ["pl", "numer dwa"],
    ["pt", "número dois"],
    ["ja", "後者でお願いします"],
    ["zh", "下面那个"],
  ])("takes one by its place or a part of its name, in %s: %s", (language, text) => {
    expect(steps(planned(text, language))).toEqual(["Resolve by first line"]);
  });

  it.each([
    ["en", "the specalist"],
    ["en", "whichever"],
    ["de", "mir egal"],
    ["fr", "peu importe"],
    ["es", "me da lo mismo"],
    ["it", "fa lo stesso"],
    ["nl", "maakt niet uit"],
    ["pl", "wszystko jedno"],
    ["pt", "tanto faz"],
    ["ja", "お任せします"],
    ["zh", "都可以"],
  ])(
    "is forgiven a slip of the hand, and takes the first where none matters, in %s: %s",
    (language, text) => {
      expect(steps(planned(text, language))).toEqual(["Resolve by specialist"]);
    },
  );

  it.each([
    ["en", "both of them please"],
    ["de", "alle beide"],
    ["fr", "les deux"],
    ["es", "las dos"],
    ["it", "tutte e due"],
    ["nl", "allebei graag"],
    ["pl", "obydwa"],
    ["pt", "ambos"],
    ["ja", "どちらもお願いします"],
    ["zh", "两个都看"],
  ])("takes both, in %s: %s", (language, text) => {
    const plan = planned(text, language);
    expect(steps(plan)).toEqual(["Resolve by specialist", "Resolve by first line"]);
    expect(plan.language).toBe(language);
  });

  it("may add to the one that it takes", () => {
    const plan = planned("the second one, but only high priority");
    expect(plan.kind === "calls" && plan.frames[0]!.input).toMatchObject({
      activity: "Resolve by first line",
      filters: [{ kind: "attribute", attribute: "priority", value: "high" }],
    });
  });

  it("may give the question up", () => {
    for (const text of ["never mind that", "neither", "skip it"])
      expect(steps(planned(text)), text).toBe(gone);
  });

  it("is asked for again where it chooses none", () => {
    const plan = planned("yes");
    expect(plan.kind === "calls" && plan.frames[0]!.variants).toMatchObject([
      { label: "Resolve by first line" },
    ]);
  });

  it("is none where something else is asked, whatever words it has of what was offered", () => {
    const plan = planned("how many tickets did the specialist resolve per month?");
    expect(plan.kind === "calls" && plan.frames.map(({ tool }) => tool)).toEqual(["kpi.query"]);
  });
});

describe("an answer to a question without a choice", () => {
  const value = (text: string, open: string, language: string): unknown => {
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language, state: { open } }));
    return plan.kind === "say" ? plan.said.headline.text : plan.frames[0]!.input["filters"];
  };

  it.each([
    ["en", "only the large orders", "above 2000 euros"],
    ["de", "nur die teuren Aufträge", "über 2000 Euro"],
    ["fr", "seulement les grosses commandes", "plus de 2000 euros"],
    ["es", "solo los pedidos caros", "más de 2000 euros"],
    ["it", "solo gli ordini costosi", "sopra i 2000 euro"],
    ["nl", "alleen de dure orders", "meer dan 2000 euro"],
    ["pl", "tylko drogie zamówienia", "powyżej 2000 euro"],
    ["pt", "só os pedidos caros", "acima de 2000 euros"],
    ["zh", "只看大订单", "超过2000欧元"],
  ])("completes what was said, in %s: %s … %s", (language, open, text) => {
    expect(value(text, open, language)).toMatchObject([
      { kind: "attribute", attribute: "order_value", comparator: ">", value: 2000 },
    ]);
  });

  it("names what the limit is of", () => {
    const text = "score";
    const plan = analyse(
      text,
      sampleBriefing(text, "loan", { state: { open: "only applications above 600" } }),
    );
    expect(plan.kind === "calls" && plan.frames[0]!.input["filters"]).toMatchObject([
      { attribute: "score", comparator: ">", value: 600 },
    ]);
  });

  it.each([
    ["en", "which is the best region?", "cycle time"],
    ["es", "¿cuál es la peor región?", "el tiempo de espera"],
    ["fr", "quelle est la meilleure région ?", "le délai"],
    ["ja", "一番良い地域はどこ？", "待ち時間"],
  ])("measures what is told apart by it, in %s: %s … %s", (language, open, text) => {
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language, state: { open } }));
    expect(plan.kind === "calls" && plan.frames[0]!.input).toMatchObject({ groupBy: "region" });
  });

  it("names the two that are to be compared", () => {
    const text = "Köln and Leipzig";
    const open = "compare the two branches";
    const plan = analyse(text, sampleBriefing(text, "loan", { language: "en", state: { open } }));
    expect(plan.kind === "calls" && plan.frames[0]!.input).toMatchObject({
      a: { filters: [{ attribute: "branch", value: "Köln" }] },
      b: { filters: [{ attribute: "branch", value: "Leipzig" }] },
    });
  });

  it("may give it up for another question", () => {
    for (const state of [{ open: "raise the limit a bit" }, { readings }]) {
      const text = "never mind, how long do orders take?";
      const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language: "en", state }));
      expect(plan.kind === "calls" && plan.frames[0]!.tool).toBe("kpi.query");
    }
  });

  it("may give it up", () => {
    expect(value("never mind", "only the large orders", "en")).toBe(gone);
  });

  it("is none where a question of its own is asked", () => {
    const text = "how long do orders take?";
    const plan = analyse(
      text,
      sampleBriefing(text, "order-to-cash", { state: { open: "only the large ones" } }),
    );
    expect(plan.kind === "calls" && plan.frames[0]!.input["filters"]).not.toMatchObject([{}]);
  });
});
