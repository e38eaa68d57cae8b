import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { english } from "../languages/en.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { utterance } from "../text/utterance.ts";
import { linkAmounts, readNumber } from "./amounts.ts";

const amounts = (text: string, language: Language = english) =>
  linkAmounts(utterance(text, language)).map(({ start: _start, end: _end, score: _score, ...rest }) => rest);

describe("amounts in words", () => {
  it.each([
    ["2h", { kind: "duration", seconds: 7200, unit: "h" }],
    ["48 h", { kind: "duration", seconds: 172_800, unit: "h" }],
    ["five days", { kind: "duration", seconds: 432_000, unit: "days" }],
    ["half an hour", { kind: "duration", seconds: 1800, unit: "hour" }],
    ["90 min", { kind: "duration", seconds: 5400, unit: "min" }],
    ["$500", { kind: "money", amount: 500, currency: "USD" }],
    ["1,500.50 euros", { kind: "money", amount: 1500.5, currency: "EUR" }],
    ["$5k", { kind: "money", amount: 5000, currency: "USD" }],
    ["10k", { kind: "number", value: 10_000 }],
    ["2 million", { kind: "number", value: 2_000_000 }],
    ["80%", { kind: "share", share: 0.8 }],
    ["5 percent", { kind: "share", share: 0.05 }],
  ])("%s", (text, wanted) => {
    expect(amounts(text)).toEqual([wanted]);
  });

  it("a unit right behind a comparison is one of it where a language has no article", () => {
    expect(amounts("dłużej niż dzień", languageOf("pl"))).toEqual([
      { kind: "duration", seconds: 86_400, unit: "dzień" },
    ]);
  });

  it("a case number is not split into digits and letters", () => {
    expect(amounts("p95 and KW12 and order-A7")).toEqual([]);
  });

  it("numbers are read as they were written, with either decimal sign", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 1, max: 99 }),
        (whole, cents) => {
          const value = whole + cents / 100;
          const options = { minimumFractionDigits: 2 };
          expect(readNumber(value.toLocaleString("en", options), ".")).toBeCloseTo(value, 6);
          expect(readNumber(value.toLocaleString("de", options), ",")).toBeCloseTo(value, 6);
        },
      ),
    );
  });
});
