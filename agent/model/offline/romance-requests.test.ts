import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../tools/logs/samples/generate.ts";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const called = (text: string, log: SampleName = "order-to-cash") => {
  const plan = analyse(text, sampleBriefing(text, log));
  return plan.kind === "calls" ? plan.frames.map(({ tool, input }) => ({ tool, input })) : plan.said;
};

describe("what is asked in French, Italian, Spanish and Portuguese", () => {
  it("a step of approval that is supposed to be left out is a change to try, and no claim of an approval", () => {
    expect(called("¿Qué pasaría si nos saltamos la aprobación del pedido?")).toMatchObject([
      { tool: "optimization.what-if", input: { change: { kind: "skip", activity: "Approve order" } } },
    ]);
    expect(called("sáltate la aprobación y ejecútalo")).toMatchObject({ headline: expect.anything() });
  });

  it("one person more is nobody who could be ranked", () => {
    expect(called("E se a gente puser mais uma pessoa na primeira linha?", "helpdesk")).toMatchObject([
      {
        tool: "optimization.what-if",
        input: { change: { kind: "add-resource", activity: "Resolve by first line" } },
      },
    ]);
  });

  it("a rule is named behind words that join", () => {
    expect(called("retire la règle d'escalade")).toMatchObject([
      { tool: "rules.withdraw", input: { rule: "escalade" } },
    ]);
  });

  it("a proposal that is not known here is looked up by its id", () => {
    expect(called("explícame la propuesta P-118")).toMatchObject([
      { tool: "approvals.explain", input: { proposal: "P-118" } },
    ]);
  });

  it("what is called a definition of the person's is forgotten, whatever the verb", () => {
    expect(called("cancella la mia definizione di ritardo")).toMatchObject([
      { tool: "memory.forget", input: { words: "ritardo" } },
    ]);
    expect(called("elimina los pedidos de Francia")).not.toMatchObject([{ tool: "memory.forget" }]);
  });

  it("a name inside a phrase that means something is no name of the log", () => {
    expect(called("dessine le réseau de Petri")).toMatchObject([{ tool: "mining.discover" }]);
  });

  it("an attribute stands behind the article of a word for grouping, or is pointed at", () => {
    expect(called("montant moyen selon le statut d'emploi", "loan")).toMatchObject([
      { tool: "kpi.query", input: { measure: "amount", groupBy: "employment" } },
    ]);
    expect(
      called("délai moyen pour Köln, et dis-moi aussi où ça coince dans cette agence", "loan"),
    ).toMatchObject(
      ["kpi.query", "mining.bottlenecks"].map((tool) => ({
        tool,
        input: { filters: [{ attribute: "branch", value: "Köln" }] },
      })),
    );
  });

  it("a day that comes again each week is no window", () => {
    expect(called("est-ce qu'on attend surtout le lundi ?")).not.toMatchObject([
      { input: { filters: [{ kind: "window" }] } },
    ]);
    expect(called("durata media degli ordini chiusi il lunedì scorso")).toMatchObject([
      { input: { filters: [{ kind: "window" }] } },
    ]);
  });

  it("a noun for cases is no value of the log, and a word of a name is no step that selects", () => {
    expect(called("combien de demandes sont en cours ?", "helpdesk")).not.toMatchObject([
      { input: { filters: [{ kind: "attribute" }] } },
    ]);
    expect(called("à quelle date le processus a-t-il dérivé ?")).toMatchObject([{ tool: "mining.drift" }]);
    expect(called("à quelle date le processus a-t-il dérivé ?")).not.toMatchObject([
      { input: { filters: [expect.anything()] } },
    ]);
  });

  it("cases in which a step never happened are told by a clause about them", () => {
    expect(called("délai médian des commandes pour lesquelles on n'a jamais envoyé de rappel")).toMatchObject(
      [{ input: { filters: [{ kind: "activity", activities: ["Send reminder"], mode: "none" }] } }],
    );
  });

  it("an accent tells what is done from a loop", () => {
    expect(called("délai moyen des tickets bouclés", "helpdesk")).toMatchObject([
      { input: { metric: "cycle_time" } },
    ]);
  });

  it("everything that is known of a person is forgotten, however it came to be known", () => {
    expect(called("Oublie tout ce que tu as noté sur moi")).toMatchObject([
      { tool: "memory.forget", input: { all: true } },
    ]);
    expect(called("Dimentica tutto quello che hai salvato su di me")).toMatchObject([
      { tool: "memory.forget", input: { all: true } },
    ]);
  });

  it("two requests are joined by a phrase for doing it at once", () => {
    expect(
      called("importo medio per filiale, e già che ci sei anche dove si aspetta di più", "loan"),
    ).toMatchObject([{ tool: "kpi.query" }, { tool: "mining.bottlenecks" }]);
  });

  it.each([
    ["¿Cuántas solicitudes se rechazaron en mayo?", "loan", { metric: "throughput", statistic: "count" }],
    ["encomendas de abril por canal", "order-to-cash", { metric: "throughput", groupBy: "channel" }],
    ["¿cuánto suman los pedidos de Austria?", "order-to-cash", { measure: "order_value", statistic: "sum" }],
    ["ticket promedio por país", "order-to-cash", { measure: "order_value", statistic: "mean" }],
    ["¿qué proporción llega después de la fecha prometida?", "order-to-cash", { metric: "cycle_time" }],
    ["duración por rango de score, 4 rangos", "loan", { groupBy: "score", bins: 4 }],
    ["tiempo medio hasta el desembolso", "loan", { metric: "time_to", activity: "Pay out" }],
    ["espera media antes de la facturación", "order-to-cash", { activity: "Create invoice" }],
  ] as const)("measures what is meant: %s", (text, log, input) => {
    expect(called(text, log)).toMatchObject([{ tool: "kpi.query", input }]);
  });

  it("begins at what comes after 'since'", () => {
    expect(called("¿cuánto tardan en pagarnos desde que mandamos la factura?")).toMatchObject([
      { tool: "mining.between", input: { activities: ["Create invoice", "Receive payment"] } },
    ]);
  });

  it("asks about cases that are named first", () => {
    expect(called("pedidos de Polonia, ¿cuánto tardan?")).toMatchObject([
      { tool: "kpi.query", input: { metric: "cycle_time", filters: [{ value: "Poland" }] } },
    ]);
  });

  it("several things are asked for behind what leads to them", () => {
    const text =
      "reunião em 5 min, preciso de: quantos chamados fecharam em abril, a mediana da duração e onde tá o gargalo";
    expect(called(text, "helpdesk")).toMatchObject([
      { tool: "kpi.query", input: { metric: "throughput" } },
      { tool: "kpi.query", input: { metric: "cycle_time", statistic: "median" } },
      { tool: "mining.bottlenecks" },
    ]);
  });

  it("what is only to be tried is not proposed", () => {
    const text = "simula la regla «pedidos de más de 3000 euros se escalan», no publiques nada";
    expect(analyse(text, sampleBriefing(text, "order-to-cash"))).toMatchObject({ act: false });
  });

  it("a figure that nobody has is not answered with another one", () => {
    expect(called("qual foi o NPS em junho?", "helpdesk")).toHaveProperty("headline");
  });

  it.each([
    ["Onde está o maior gargalo?", "mining.bottlenecks"],
    ["guarda esta conversa como caso de teste", "evals.save"],
  ])("accents and objects tell words apart: %s", (text, tool) => {
    expect(called(text, "loan")).toMatchObject([{ tool }]);
  });

  it.each(["roda os testes 3 vezes", "roda as evals"])("is Portuguese: %s", (text) => {
    expect(analyse(text, sampleBriefing(text, "order-to-cash", { language: null })).language).toBe("pt");
  });

  it("goes on with the last question", () => {
    const next = (text: string, input: object, log: SampleName = "order-to-cash") => {
      const state = { frames: [{ tool: "kpi.query", input }], next: "where do we wait?" };
      const plan = analyse(text, sampleBriefing(text, log, { state }));
      return plan.kind === "calls" ? plan.frames.map((frame) => frame.input) : plan.said;
    };
    const cycle = { metric: "cycle_time", statistic: "median" };
    const without = { kind: "activity", activities: ["Reject order"], mode: "none" };
    expect(next("¿y sin los que se rechazaron?", cycle)).toMatchObject([{ ...cycle, filters: [without] }]);
    expect(next("mejor por semana", { ...cycle, period: "month" })).toMatchObject([{ period: "week" }]);
    expect(next("e os de baixa?", cycle, "helpdesk")).toMatchObject([{ filters: [{ value: "low" }] }]);
  });

  it("a change is limited to cases afterwards", () => {
    const change = { kind: "skip", activity: "Approve order" };
    const state = { frames: [{ tool: "optimization.what-if", input: { change } }] };
    const text = "e se fosse só abaixo de 200?";
    expect(analyse(text, sampleBriefing(text, "order-to-cash", { state }))).toMatchObject({
      frames: [{ input: { change: { ...change, when: "order_value < 200" } } }],
    });
  });

  it("what was rejected is counted as a step, and its share is asked for by no assent", () => {
    const rejected = { filters: [{ kind: "activity", activities: ["Reject application"], mode: "any" }] };
    expect(called("quante pratiche sono state respinte?", "loan")).toMatchObject([
      { input: { ...rejected, metric: "throughput", statistic: "count" } },
    ]);
    expect(called("Tasso di rifiuto per filiale", "loan")).toMatchObject([
      { input: { ...rejected, statistic: "share", groupBy: "branch" } },
    ]);
  });

  it("the word for more in a superlative joins no two requests", () => {
    expect(called("Les six commandes les plus longues de mai")).toMatchObject([
      { tool: "mining.cases", input: { limit: 6, filters: [{ kind: "window" }] } },
    ]);
  });

  it("less than others compares, and leaves nobody out", () => {
    const sides = { a: { label: "gold" }, b: { label: "silver" } };
    for (const text of [
      "les clients gold attendent-ils moins longtemps que les silver ?",
      "I clienti gold aspettano meno dei silver?",
    ])
      expect(called(text)).toMatchObject([{ tool: "mining.compare", input: sides }]);
  });

  it("a place in an order and words that only point are asked about where nothing was listed", () => {
    for (const text of ["spiegami la terza", "Et celui-là, il en est où ?"])
      expect(analyse(text, sampleBriefing(text, "order-to-cash"))).toMatchObject({
        kind: "say",
        say: "clarify",
      });
  });

  it("a time between two steps is the limit of a rule, whichever is named first", () => {
    const within = { kind: "within", activities: ["Pick goods", "Ship order"], threshold: 172_800 };
    expect(
      called("les commandes partent-elles toutes endéans les 48 heures après le picking ?"),
    ).toMatchObject([{ input: within }]);
    expect(called("verifica che ogni ordine sia spedito entro 48 ore dal prelievo")).toMatchObject([
      { tool: "mining.rules-check", input: within },
    ]);
  });

  it("a preview keeps nothing", () => {
    expect(
      called("complète les ressources manquantes, juste pour voir, ne garde rien", "helpdesk"),
    ).toMatchObject([{ tool: "logs.impute", input: { keep: "preview" } }]);
  });
});

describe("what goes on with the last question in French and Italian", () => {
  const frame = (tool: string, input: object) => ({ state: { frames: [{ tool, input }] } });
  const next = (text: string, code: string, before: object, log: SampleName = "order-to-cash") => {
    const plan = analyse(text, sampleBriefing(text, log, { language: code, ...before }));
    return plan.kind === "calls" ? plan.frames.map(({ tool, input }) => ({ tool, input })) : plan.said;
  };
  const filters = [{ kind: "attribute", attribute: "customer_tier", comparator: "=", value: "silver" }];

  it("all of the cases again, after some of them", () => {
    const before = frame("kpi.query", { metric: "cycle_time", statistic: "median", filters });
    expect(next("adesso di nuovo tutti", "it", before)).toMatchObject([
      { input: { statistic: "median", filters: [] } },
    ]);
    expect(next("et pour toutes les commandes ?", "fr", before)).toMatchObject([
      { input: { statistic: "median", filters: [] } },
    ]);
  });

  it("those that are left out are cases, and no step that is supposed away", () => {
    const before = frame("kpi.query", { metric: "throughput", statistic: "count", groupBy: "employment" });
    const without = [{ kind: "activity", activities: ["Cancel application"], mode: "none" }];
    expect(next("togli quelle annullate", "it", before, "loan")).toMatchObject([
      { tool: "kpi.query", input: { groupBy: "employment", filters: without } },
    ]);
    expect(next("enlève ceux qui ont été annulés", "fr", before, "loan")).toMatchObject([
      { tool: "kpi.query", input: { groupBy: "employment", filters: without } },
    ]);
  });

  it("a step that is pointed at is the one of the change before", () => {
    const before = frame("optimization.what-if", { change: { kind: "skip", activity: "Clarify order" } });
    expect(next("et avec une personne de plus à cette étape ?", "fr", before)).toMatchObject([
      { input: { change: { kind: "add-resource", activity: "Clarify order" } } },
    ]);
  });

  it("open cases are listed as such", () => {
    expect(called("enséñame los pedidos abiertos de más de 5000 euros")).toMatchObject([
      { tool: "mining.cases", input: { filters: [{ value: 5000 }, { kind: "open" }] } },
    ]);
  });

  it("a question about two steps sends nothing", () => {
    expect(called("¿siempre se aprueba el pedido antes de enviarlo?")).toMatchObject([
      { tool: "mining.rules-check", input: { activities: ["Approve order", "Ship order"] } },
    ]);
  });

  it("what was pointed at is taken off again", () => {
    const germany = { kind: "attribute", attribute: "country", comparator: "=", value: "Germany" };
    const state = { frames: [{ tool: "kpi.query", input: { metric: "cycle_time", filters: [germany] } }] };
    expect(analyse("quita eso", sampleBriefing("quita eso", "order-to-cash", { state }))).toMatchObject({
      frames: [{ tool: "kpi.query", input: { metric: "cycle_time", filters: [] } }],
    });
  });

  it("a first request that is only of common words is one, too", () => {
    expect(called("checa si todo está arriba y cuánto gastamos en tokens por día")).toMatchObject([
      { tool: "health.check" },
      { tool: "audit.cost" },
    ]);
  });

  it.each([
    [
      "¿cuánto pasa desde que sacan la mercadería hasta que se emite la factura?",
      "Pick goods",
      "Create invoice",
    ],
    [
      "quanto tempo passa depois que separam a mercadoria até emitirem a fatura?",
      "Pick goods",
      "Create invoice",
    ],
  ])("steps are said as verbs with their object: %s", (text, ...activities) => {
    expect(called(text)).toMatchObject([{ tool: "mining.between", input: { activities } }]);
  });

  it("what a format is for tells the format", () => {
    expect(called("exporta el modelo como red de Petri", "loan")).toMatchObject([
      { tool: "mining.export-model", input: { format: "pnml" } },
    ]);
    expect(called("exporta a rede de Petri como SVG", "loan")).toMatchObject([
      { tool: "mining.export-model", input: { format: "svg" } },
    ]);
  });

  it.each(["compáralos", "compara-os", "¿está mejor ahora?"])(
    "what points at nothing is asked about: %s",
    (text) => {
      const plan = analyse(text, sampleBriefing(text, "loan"));
      expect(plan).toMatchObject({ say: "clarify" });
    },
  );

  it.each(["¿cuánto pagamos de flete por pedido?", "quanto pagamos de frete em média?"])(
    "money that goes into what nobody knows is no time of a step: %s",
    (text) => {
      expect(analyse(text, sampleBriefing(text, "order-to-cash"))).toMatchObject({ say: "cannot" });
    },
  );
});
