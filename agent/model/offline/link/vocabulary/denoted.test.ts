import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../../fixtures/samples.ts";
import { languageOf } from "../../languages/index.ts";
import { read } from "../read.ts";
import { linksOf } from "../reading.ts";

const named = (text: string, language: string): readonly string[] =>
  linksOf(read(text, languageOf(language), sampleBriefing(text, "order-to-cash")), "thing").map(
    ({ thing }) => thing.name,
  );

describe("a word that names something just as it is written", () => {
  it.each([
    ["quel pays est le plus lent ?", "fr", "country"],
    ["tous les pays", "fr", "country"],
    ["combien ont payé ?", "fr", "Receive payment"],
    ["le délai moyen aux Pays-Bas", "fr", "Netherlands"],
    ["Aufträge aus Wien", "de", "Vienna"],
  ])("is not taken for another of its stem: %s", (text, language, name) => {
    expect(named(text, language)).toEqual([name]);
  });

  it.each([
    ["alle Kanäle wieder", "de", ["channel"]],
    ["wie viele waren zu spät?", "de", []],
  ] as const)("is none where it is a frequent word: %s", (text, language, names) => {
    expect(named(text, language)).toEqual(names);
  });
});
