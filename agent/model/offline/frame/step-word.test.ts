import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { sureFrom } from "../learned/confidence.ts";

const framesOf = (text: string, log: "loan" | "order-to-cash") => {
  const plan = analyse(text, sampleBriefing(text, log));
  return { plan, frame: plan.kind === "calls" ? plan.frames[0]! : null };
};

describe("a word that several steps of the log are named by", () => {
  it.each([
    ["how long does the offer take?", "loan", "activity", ["Send offer", "Accept offer"]],
    ["wie lange dauert das Angebot?", "loan", "activity", ["Send offer", "Accept offer"]],
    ["how many times did the papers step happen?", "loan", "activity", ["Request papers", "Send papers"]],
    ["how long does the return take?", "order-to-cash", "activity", ["Return goods", "Handle return"]],
  ] as const)("is read as each of them, and none surely: %s", (text, log, field, names) => {
    const { plan, frame } = framesOf(text, log);
    expect([frame?.input, ...(frame?.variants ?? []).map(({ input }) => input)]).toMatchObject(
      names.map((name) => ({ [field]: name })),
    );
    expect(plan.confidence).toBeLessThan(sureFrom);
    expect(plan.kind === "calls" && plan.notes).toEqual([]);
  });

  it("changes every field of the step together", () => {
    const { frame } = framesOf("how long does the offer take?", "loan");
    const [other] = frame!.variants;
    expect(other!.input["activities"] ?? [other!.input["activity"]]).toEqual(["Accept offer"]);
  });

  it.each([
    ["how long does it take until the offer is accepted?", "loan"],
    ["how long until payment?", "order-to-cash"],
  ] as const)("is none where more of the name is said, or nothing else is named so: %s", (text, log) => {
    expect(framesOf(text, log).frame?.variants ?? []).toEqual([]);
  });

  it.each([
    ["en", "how long do tickets sit before resolution?"],
    ["nl", "hoe lang wachten tickets vóór het oplossen?"],
    ["it", "quanto si aspetta prima della risoluzione?"],
    ["pt", "quanto tempo esperam antes da resolução?"],
    ["zh", "解决之前要等多久？"],
    ["ja", "解決のステップでの待ち時間は？"],
  ])("is one behind the word for before, too, in %s: %s", (language, text) => {
    const plan = analyse(text, sampleBriefing(text, "helpdesk", { language }));
    const frame = plan.kind === "calls" ? plan.frames[0]! : null;
    expect([frame?.input, ...(frame?.variants ?? []).map(({ input }) => input)]).toMatchObject([
      { activity: "Resolve by specialist" },
      { activity: "Resolve by first line" },
    ]);
  });
});
