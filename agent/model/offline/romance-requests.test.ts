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
});
