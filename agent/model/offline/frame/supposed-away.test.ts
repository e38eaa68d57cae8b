import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

describe("a step that is supposed not to be there", () => {
  it.each([
    "what would it be without the credit check?",
    "what if there were no credit check?",
    "was wäre ohne die Bonitätsprüfung?",
    "que se passerait-il sans le contrôle de crédit ?",
    "¿qué pasaría sin la verificación de crédito?",
    "cosa succederebbe senza il controllo del credito?",
    "e se não houvesse a verificação de crédito?",
    "wat zou er gebeuren zonder de kredietcontrole?",
    "co by było bez kontroli kredytowej?",
    "クレジットチェックがなかったら？",
    "如果没有信用检查会怎样？",
  ])("is skipped: %s", (text) => {
    expect(analyse(text, sampleBriefing(text, "order-to-cash"))).toMatchObject({
      frames: [
        { tool: "optimization.what-if", input: { change: { kind: "skip", activity: "Credit check" } } },
      ],
    });
  });
});
