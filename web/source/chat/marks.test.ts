import fc from "fast-check";
import { expect, it } from "vitest";
import type { Fact } from "../../../channels/contract.ts";
import { factOfLink, markdownWithMarks, marksWithin, numbersOf, piecesOf } from "./marks.ts";

const reply = "Orders wait 2.2 days before Check credit, 62 % of all waiting.";
const mark = (piece: string, fact: string) => ({
  start: reply.indexOf(piece),
  end: reply.indexOf(piece) + piece.length,
  fact,
});
const marks = [mark("62 %", "f2"), mark("2.2 days", "f1")];
const fact = (id: string): Fact => ({
  id,
  value: 1,
  unit: "s",
  label: id,
  sql: null,
  source: { kind: "log", log: "l" },
  rows: 1,
  hash: id,
});

it("pieces put together are the text, whatever the marks", () => {
  const anyMark = fc.record({ start: fc.nat(80), end: fc.nat(80), fact: fc.constantFrom("f1", "f2") });
  fc.assert(
    fc.property(fc.array(anyMark), (any) => {
      expect(
        piecesOf(reply, any)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(reply);
    }),
  );
});

it("numbers facts by their first mention, then the figures that are not mentioned", () => {
  const facts = [fact("f1"), fact("f2"), fact("f3")];
  const answer = { headline: "", figures: ["f3", "f1"], assumptions: "", notes: [], next: null };
  expect([...numbersOf({ marks, facts, answer })]).toEqual([
    ["f1", 1],
    ["f2", 2],
    ["f3", 3],
  ]);
});

it("marks of a part are moved into it, and those outside of it are left", () => {
  const part = "before Check credit, 62 % of all waiting.";
  const [moved, ...rest] = marksWithin(reply, marks, part);
  expect(rest).toEqual([]);
  expect(part.slice(moved?.start, moved?.end)).toBe("62 %");
  expect(marksWithin(reply, marks, "not in it")).toEqual([]);
});

it("marks survive markdown as links that no address can imitate", () => {
  const text = markdownWithMarks(reply, marks, new Map([["f1", 1]]));
  expect(text).toContain("2.2 days[1](#fact-f1) before");
  expect(factOfLink("#fact-f1")).toBe("f1");
  expect(factOfLink("https://example.com/#fact-f1")).toBeNull();
});
