import { describe, expect, it } from "vitest";
import { fillersOf, ideasOf } from "./ideas.ts";

const namesOf = (text: string): string[] => ideasOf(text).map(({ name }) => name);
const shared = (left: string, right: string): string[] => {
  const there = new Set(namesOf(right));
  return namesOf(left).filter((name) => there.has(name));
};

describe("what a text is about", () => {
  it.each([
    ["Rechnungen aus Polen sind im März verspätet", "late invoices from Poland in March", 4],
    ["les factures de Pologne sont en retard en mars", "late invoices from Poland in March", 4],
    ["faktury z Polski są opóźnione w marcu", "late invoices from Poland in March", 4],
    ["3月のポーランドの請求書は遅れている", "late invoices from Poland in March", 3],
    ["三月波兰的发票逾期了", "late invoices from Poland in March", 3],
    ["il magazzino chiude il venerdì", "het magazijn sluit op vrijdag", 2],
    ["el plazo es de dos semanas", "prazo de 14 dias", 2],
  ])("is told in no language: “%s” and “%s” have %d ideas in common", (left, right, least) => {
    const common = shared(left, right);
    expect(common.length, common.join(", ")).toBeGreaterThanOrEqual(least);
  });

  it("is not that something is asked for: such ideas count little", () => {
    const ideas = new Map(ideasOf("how many orders are there?").map(({ name, weight }) => [name, weight]));
    expect(ideas.get("idea count")).toBeLessThan(ideas.get("word order")!);
  });

  it("is nothing where nothing is said, and anything may be said", () => {
    expect(ideasOf("")).toEqual([]);
    for (const text of ["?!", "🙂", "constructor __proto__ toString", "a".repeat(2_000)])
      expect(Array.isArray(ideasOf(text))).toBe(true);
  });
});

it("frequent words are those of the text's own language", () => {
  expect(fillersOf("what is the deadline?")).toContain("the");
  expect(fillersOf("was ist mit den Rechnungen?")).toContain("mit");
});
