import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/read.ts";
import { linksOf } from "../link/reading.ts";

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

  it("are a period after the language's own word for it", () => {
    expect(linksOf(readingOf("quantos tickets por week?", "pt"), "period")).toMatchObject([
      { period: "week" },
    ]);
  });

  it.each([
    ["wenn wir den Check skippen", "de"],
    ["se skippiamo il controllo", "it"],
    ["als we de check skippen", "nl"],
  ])("are verbs with the language's own endings: %s", (text, code) => {
    expect([...readingOf(text, code).concepts]).toContain("skip");
  });
});

describe("the longest and the shortest", () => {
  it.each([
    ["max lead time per country", "max"],
    ["min order value in May", "min"],
  ])("are figures where no amount follows: %s", (text, statistic) => {
    expect(linksOf(readingOf(text, "en"), "statistic")).toMatchObject([{ statistic }]);
  });

  it("limit the amount that follows", () => {
    expect(linksOf(readingOf("orders of max 500 euros", "en"), "statistic")).toEqual([]);
  });
});

it("a value and what it is said to be of are one, with 'is' between them", () => {
  const text = "branch 是 Hamburg 的平均 cycle time";
  const things = linksOf(read(text, languageOf("zh"), sampleBriefing(text, "loan")), "thing");
  expect(things.map(({ thing }) => thing.name)).toEqual(["Hamburg"]);
});
