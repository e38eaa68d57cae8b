import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const asked = (language: string, text: string, log: "loan" | "order-to-cash" = "order-to-cash"): string => {
  const plan = analyse(text, sampleBriefing(text, log, { language }));
  return plan.kind === "say" ? plan.said.headline.text : plan.frames.map(({ tool }) => tool).join(" ");
};

const whatIsIt = "What do you mean by that: which case, step or period?";

describe("what nothing before it says", () => {
  it.each([
    ["en", "the same again, but for the other team"],
    ["de", "nochmal dasselbe für die andere Gruppe"],
    ["fr", "la même chose pour l'autre groupe"],
    ["es", "lo mismo pero para el otro grupo"],
    ["it", "la stessa cosa per quel gruppo"],
    ["nl", "hetzelfde, maar dan voor die groep"],
    ["pl", "to samo dla tamtej grupy"],
    ["pt", "a mesma coisa para aquele grupo"],
    ["ja", "同じことをあのグループで"],
  ])("is asked for, where it is to be asked once more, in %s: %s", (language, text) => {
    expect(asked(language, text)).toBe(whatIsIt);
  });

  it.each([
    ["en", "raise the threshold a little"],
    ["en", "set it to 12"],
    ["de", "setz die Schwelle etwas höher"],
    ["fr", "baisse un peu le plafond"],
    ["es", "baja el umbral a 30"],
    ["it", "alza un po' la soglia"],
    ["nl", "verhoog de drempel een beetje"],
    ["pl", "obniż limit do 20"],
    ["pt", "diminui um pouco o limite"],
    ["ja", "上限を少し下げて"],
    ["zh", "把上限调低一点"],
  ])("is asked for, where a limit is to be another, in %s: %s", (language, text) => {
    expect(asked(language, text)).toBe(whatIsIt);
  });

  it.each([
    ["en", "compare the two branches"],
    ["de", "vergleiche die beiden Filialen"],
    ["fr", "compare les deux agences"],
    ["es", "compara las dos sucursales"],
    ["it", "confronta le due filiali"],
    ["nl", "vergelijk beide filialen"],
    ["pl", "porównaj obie filie"],
    ["pt", "compara as duas agências"],
    ["zh", "比较两个分行"],
  ])("is asked for, where two of more are to be compared, in %s: %s", (language, text) => {
    expect(asked(language, text, "loan")).toBe("Which two of these do you mean: {names}?");
  });

  it.each([
    ["en", "which is the worst region?"],
    ["de", "welches ist das beste Land?"],
    ["fr", "quelle est la pire région ?"],
    ["es", "¿cuál es el mejor país?"],
    ["it", "qual è la regione migliore?"],
    ["pt", "qual é a pior região?"],
  ])("is asked for, where nothing says by what it is the best, in %s: %s", (language, text) => {
    expect(asked(language, text)).toContain("By what measure?");
  });

  it("is no question where a name, a measure or a figure says it", () => {
    for (const text of [
      "compare both countries Germany and France",
      "which region has the worst cycle time?",
      "do the same people approve and ship?",
      "are we getting slower?",
    ])
      expect(asked("en", text), text).not.toMatch(/^What do you mean|^Which two|^By what/u);
  });
});
