import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const plan = (text: string) => analyse(text, sampleBriefing(text, "loan"));

describe("the suite of evals", () => {
  it.each([
    ["run the clarification suite", "clarification"],
    ["Klärungs-Suite laufen lassen", "clarification"],
    ["run the golden paths", "golden-paths"],
    ["lance la suite smoke", "golden-paths"],
  ])("is the one that is named: %s", (text, suite) => {
    expect(plan(text)).toMatchObject({ frames: [{ tool: "evals.run", input: { suite } }] });
  });

  it("of understanding is that of the person's language", () => {
    expect(plan("starte die Verständnis-Suite")).toMatchObject({
      said: { headline: { values: { command: "npx millwright eval understanding-de" } } },
    });
  });

  it("is no other one where the named one takes longer than a turn", () => {
    expect(plan("run the memory suite")).toMatchObject({
      kind: "say",
      said: { headline: { values: { command: "npx millwright eval memory" } } },
    });
  });
});
