import { describe, expect, it } from "vitest";
import { briefing, orders } from "../fixtures/briefing.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "./read.ts";
import { linksOf } from "./reading.ts";

const things = (text: string, code = "de", log = orders): string[] =>
  linksOf(read(text, languageOf(code), { ...briefing(text), log }), "thing").map(({ thing }) => thing.name);

describe("names of an English log in German", () => {
  it.each([
    ["vor der Bonitätsprüfung", "Credit check"],
    ["vor der Bonitatsprufung", "Credit check"],
    ["bei Bonitätsprüfungen", "Credit check"],
    ["in Deutschland", "Germany"],
    ["deutsche Aufträge", "Germany"],
    ["nach Land", "country"],
    ["beim Rechnungsversand", "Send invoice"],
    ["nach Kundentyp", "customer type"],
    ["vor dem Zahlungseingang", "Receive payment"],
  ])("%s is %s", (text, name) => {
    expect(things(text)).toContain(name);
  });

  it("countries of logs that have codes are found by their names, in any language", () => {
    const country = { ...orders.vocabulary.attributes[0]!, name: "country", values: ["DE", "FR"] };
    const log = { ...orders, id: "codes", vocabulary: { ...orders.vocabulary, attributes: [country] } };
    expect(things("nur Frankreich", "de", log)).toEqual(["FR"]);
    expect(things("only France", "en", log)).toEqual(["FR"]);
  });

  it("a compound is cut into words that the language or the log has", () => {
    expect(things("Freigabedauer")).toEqual(["Approve order"]);
    expect(things("Freigabewartezeit")).toEqual(["Approve order"]);
  });
});
