import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const published = { frames: [{ tool: "rules.publish", input: {} }], proposals: ["p_1"] };
const inputOf = (text: string, language: string, state = {}) => {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language, state }));
  return plan.kind === "calls" ? plan.frames.map(({ tool, input }) => ({ tool, input })) : [];
};

describe("a rule that is to be withdrawn", () => {
  it.each([
    ["take that rule back again", "en"],
    ["Zieh die Regel wieder zurück, die nervt nur", "de"],
    ["mejor retira esa regla", "es"],
    ["trek die regel toch maar in", "nl"],
  ])("is the one that the thread published, where it is only pointed at: %s", (text, language) => {
    expect(inputOf(text, language, published)).toMatchObject([
      { tool: "rules.withdraw", input: { rule: "p_1" } },
    ]);
  });

  it("is the one that is named", () => {
    expect(inputOf('withdraw the rule "night shift"', "en", published)).toMatchObject([
      { tool: "rules.withdraw", input: { rule: "night shift" } },
    ]);
  });
});

describe("a rule that is drafted", () => {
  it.each([
    ["Leite mir Regeln ab, wann der Credit check länger als 2 Tage auf sich warten lässt", "de", 172_800],
    ["Redáctame reglas para anticipar esperas de más de 4 horas en la comprobación de crédito", "es", 14_400],
  ])("does nothing that nobody said: %s", (text, language, threshold) => {
    const [frame] = inputOf(text, language);
    expect(frame).toMatchObject({ tool: "rules.draft", input: { activity: "Credit check", threshold } });
    expect(frame?.input).not.toHaveProperty("words");
  });

  it.each([
    ["金额大于3000的订单要升级处理", "zh", "if order_value > 3000, then escalate"],
    ["凡是金额超过10万的订单，自动升级给主管", "zh", "if order_value > 100000, then escalate_to_manager"],
  ])("is written down from its words: %s", (text, language, words) => {
    expect(inputOf(text, language)).toMatchObject([{ input: { words } }]);
  });
});
