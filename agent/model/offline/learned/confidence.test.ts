import { describe, expect, it } from "vitest";
import { languageOf } from "../languages/index.ts";
import { tokenise } from "../text/utterance.ts";
import { Block } from "./block.ts";
import { confidenceIn, sureElsewhere, sureFrom } from "./confidence.ts";
import { familiarity } from "./familiar.ts";
import { withheld } from "./fit.ts";
import { committedModel, type Model } from "./model.ts";

describe("how sure an answer is given", () => {
  const model = { sure: { en: 0.9 } };

  it("is 0.7 at the least likelihood that is sure in the language, below it under that, above it over", () => {
    expect(confidenceIn(0.9, "en", model)).toBeCloseTo(sureFrom, 9);
    expect(confidenceIn(0.8, "en", model)).toBeLessThan(0.55);
    expect(confidenceIn(0.97, "en", model)).toBeGreaterThan(0.85);
  });

  it("needs more where the ranker was not tried in the language", () => {
    expect(confidenceIn(sureElsewhere, "xx", model)).toBeCloseTo(sureFrom, 9);
    expect(confidenceIn(0.93, "xx", model)).toBeLessThan(confidenceIn(0.93, "en", model));
  });

  it("stays between none and all", () => {
    expect([0, 1].map((likelihood) => confidenceIn(likelihood, "en", model))).toEqual([0, 1]);
  });

  it("is held to at most one wrong in forty in every language of the committed ranker", () => {
    const { sure, languages } = committedModel();
    expect(Object.keys(sure).sort()).toEqual([...languages].sort());
    for (const least of Object.values(sure)) expect(least).toBeGreaterThanOrEqual(0.85);
  });
});

describe("what the ranker is told nothing of where its confidence is tried", () => {
  it("is a quarter of what no tool can and a tenth of the tools", () => {
    const named = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => ({ tool: `${name}${String(at).padStart(2, "0")}` }));
    const hidden = [...withheld([...named("none.", 8), ...named("tool", 20)])];
    expect(hidden).toEqual(["none.01", "none.05", "tool01", "tool11"]);
  });
});

describe("whether people said a word of any tool", () => {
  const german = languageOf("de");
  const names = ["Lieferant", "Dauer"].map((word) => `de:${tokenise(word, german)[0]!.stem}`);
  const block = Block.of(names, new Int8Array(names.length));
  const model = { block: (code: string) => (code === "de" ? block : null) } as Model;
  const familiar = (word: string) => familiarity(tokenise(word, german)[0]!, german, model);

  it("is told from words that differ by an ending, a slip, or what they are compounded with", () => {
    expect(familiar("Dauer")).toBe("said");
    expect(familiar("Lieferantin")).toBe("like");
    expect(familiar("Liefrant")).toBe("like");
    expect(familiar("Lieferantendauer")).toBe("like");
    expect(familiar("Einhörner")).toBe("unknown");
  });
});
