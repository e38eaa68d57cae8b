import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { languageOf } from "../languages/index.ts";
import { linksOf, read } from "../link/reading.ts";

const readingOf = (text: string, code: string) =>
  read(text, languageOf(code), sampleBriefing(text, "order-to-cash"));

describe("English words in a sentence of another language", () => {
  it.each([
    ["länger als 3 days", "de", 259_200],
    ["quantos tickets passam de 3 days?", "pt", 259_200],
    ["plus de 2 weeks", "fr", 1_209_600],
  ])("are a length of time: %s", (text, code, seconds) => {
    expect(linksOf(readingOf(text, code), "duration")).toMatchObject([{ seconds }]);
  });

  it.each([
    ["só since May", "pt", "2026-05-01"],
    ["Orders last week in Deutschland", "de", "2026-08-10"],
  ])("are a window: %s", (text, code, from) => {
    expect(linksOf(readingOf(text, code), "window")[0]?.window.from).toMatch(new RegExp(`^${from}`, "u"));
  });

  it("are a period", () => {
    expect(linksOf(readingOf("Durchlaufzeit per week", "de"), "period")).toMatchObject([{ period: "week" }]);
  });

  it("take nothing from what the language says itself", () => {
    const reading = readingOf("combien de commandes en mars depuis 2 semaines", "fr");
    expect(linksOf(reading, "window").map(({ start, end }) => reading.text.slice(start, end))).toContain(
      "en mars",
    );
  });
});
