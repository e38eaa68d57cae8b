import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

function asked(text: string) {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash"));
  return plan.kind === "calls" ? { tool: plan.frames[0]!.tool, input: plan.frames[0]!.input } : plan.say;
}

describe("the rules that were published here", () => {
  it.each([
    ["what rules are in effect at the moment?", { state: "published" }],
    ["welche Regeln sind zurzeit in Kraft?", { state: "published" }],
    ["quelles sont nos règles en vigueur ?", { state: "published" }],
    ["cuáles son nuestras reglas vigentes", { state: "published" }],
    ["quali regole abbiamo in vigore?", { state: "published" }],
    ["quais são as nossas regras ativas?", { state: "published" }],
    ["welke regels gelden nu?", { state: "published" }],
    ["które reguły są aktywne?", { state: "published" }],
    ["公開中のルールを見せて", { state: "published" }],
    ["列出已发布的规则", { state: "published" }],
    ["show the drafts", { state: "draft" }],
    ["montre les brouillons", { state: "draft" }],
    ["which rules have been retired?", { state: "withdrawn" }],
    ["muestra las reglas retiradas", { state: "withdrawn" }],
    ["do we have rules?", {}],
    ["who published the four-eyes rule and when", { about: "four eyes" }],
    ["wie heeft de escalatieregel gepubliceerd?", { about: "escalate" }],
  ])("are listed: %s", (text, input) => {
    expect(asked(text)).toEqual({ tool: "rules.list", input });
  });

  it("are listed of the time that is named", () => {
    expect(asked("which rules were withdrawn last week?")).toMatchObject({
      input: { state: "withdrawn", filters: [{ kind: "window" }] },
    });
  });

  it("are none of the process's own, none to be drafted or tried, and no rules of approval", () => {
    expect(asked("which unwritten rules are there?")).toMatchObject({ tool: "mining.constraints" });
    expect(asked("which rules would catch the slow cases?")).toMatchObject({ tool: "rules.draft" });
    expect(asked("simulate the rule")).toMatchObject({ tool: "rules.simulate" });
    expect(asked("who may approve what?")).toMatchObject({ tool: "approvals.policy" });
    expect(asked("put the rule live")).toMatchObject({ tool: "rules.publish" });
    expect(asked("take the rule back")).toMatchObject({ tool: "rules.withdraw" });
  });
});
