import { HumanMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { briefing } from "./offline/fixtures/briefing.ts";
import { hideIn, pseudonymsFor } from "./personal.ts";
import type { LogBriefing } from "./provider.ts";

const key = new Uint8Array(32).fill(7);
type Attribute = LogBriefing["vocabulary"]["attributes"][number];
const attribute = (name: string, values: readonly string[]): Attribute => ({
  ...{ name, values, of: "event", kind: "text" },
  distinct: values.length,
});

/** A log of the usual steps with these attributes. */
function logWith(id: string, ...attributes: Attribute[]): LogBriefing {
  const { log } = briefing("");
  return { ...log!, id, name: id, vocabulary: { ...log!.vocabulary, people: [], attributes } };
}

function hidden(text: string, log: LogBriefing, others: readonly LogBriefing[] = []): string {
  const here = { ...briefing(text), person: null, proposals: [], log, logs: [log, ...others] };
  const messages = [new HumanMessage(text)];
  return hideIn(messages, pseudonymsFor({ key, briefing: here }, messages))[0]!.text;
}

const staff = attribute("resource", ["Greta Holm", "Web", "Credit check"]);

it("a name is hidden, a word that the log has for other things too is not", () => {
  const log = logWith("orders", staff, attribute("channel", ["Web"]));
  const text = hidden("Greta Holm, Web, Credit check", log);
  expect(text).not.toMatch(/Greta|Holm/u);
  expect(text).toContain(", Web, Credit check");
});

it("a full name stays hidden where somebody wrote it into another column, or into another log", () => {
  const note = attribute("note", ["Greta Holm", "web"]);
  expect(hidden("Greta Holm is slow, Holm too", logWith("orders", staff, note))).not.toMatch(/Greta|Holm/u);
  const other = logWith("planted", note);
  expect(hidden("Greta Holm is slow, Holm too", logWith("orders", staff), [other])).not.toMatch(
    /Greta|Holm/u,
  );
});

it("a part of a name stays hidden where somebody wrote it into a sentence in another column", () => {
  const note = attribute("note", ["Who is Greta Holm, and how slow is Holm?", "credit"]);
  const log = logWith("orders", staff, note);
  expect(hidden("Holm, Greta (G. Holm)", log)).not.toMatch(/Greta|Holm/u);
});

it("a part of a name stays hidden where somebody wrote it into the name of a step or of an attribute", () => {
  const log = logWith("orders", staff, attribute("Holm, Greta", ["x"]));
  const steps = [
    { name: "Ｇｒｅｔａ　Ｈｏｌｍ and HOLM", count: 1 },
    { name: "Holm checks", count: 1 },
    { name: "Credit check", count: 1 },
  ];
  const planted = { ...log, vocabulary: { ...log.vocabulary, activities: steps } };
  expect(hidden("HOLM waits for Holm checks, then Credit check", planted)).not.toMatch(/Holm|HOLM/u);
  expect(hidden("then Credit check", planted)).toContain("Credit check");
});
