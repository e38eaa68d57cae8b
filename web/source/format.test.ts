import { describe, expect, it } from "vitest";
import { formatQuantity } from "../../agent/evidence/format.ts";
import {
  formatFromNow,
  formatInstant,
  formatUnknown,
  formatValue,
  writeDuration,
  writeValue,
} from "./format.ts";

/** Locales separate with no-break spaces; the tests are about the words. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("values", () => {
  it.each([
    [45, "en-GB", "45 seconds"],
    [93_600, "en-GB", "26 hours"],
    [5_400, "en-GB", "1.5 hours"],
    [187_200, "de-DE", "2,2 Tage"],
    [187_200, "fr-FR", "2,2 jours"],
    [0, "en-GB", "0 seconds"],
    [-7_200, "en-GB", "-2 hours"],
  ])("%d seconds in %s are %s", (seconds, locale, expected) => {
    expect(plain(formatValue(seconds, "s", locale))).toBe(expected);
  });

  it.each([
    [0.618, "share", "en-GB", "61.8%"],
    [0.0123, "share", "en-GB", "1.2%"],
    [61.8, "%", "en-GB", "61.8%"],
    [48_200, "EUR", "en-GB", "€48,200"],
    [48_200, "EUR", "de-DE", "48.200 €"],
    [12.5, "USD", "en-US", "$12.50"],
    [412, "cases", "en-GB", "412 cases"],
    [12_345, "cases", "de-DE", "12.345 cases"],
  ])("%d %s in %s is %s", (value, unit, locale, expected) => {
    expect(plain(formatValue(value, unit, locale))).toBe(expected);
  });

  it("keeps the unit apart from the number where the number does not hold it", () => {
    expect(writeDuration(187_200, "en-GB")).toEqual({ value: "2.2", unit: "days" });
    expect(writeValue(0.5, "share", "en-GB")).toEqual({ value: "50%", unit: "" });
  });
});

describe("instants", () => {
  it("what is not an instant is shown as it stands in the log", () => {
    expect(formatInstant("yesterday", "en-GB")).toBe("yesterday");
  });

  it("how long from now is said in the largest unit", () => {
    const now = Date.parse("2026-11-21T00:00:00Z");
    expect(formatFromNow("2026-11-24T00:00:00Z", now, "en-GB")).toBe("in 3 days");
    expect(formatFromNow("2026-11-20T22:00:00Z", now, "en-GB")).toBe("2 hours ago");
  });
});

it("a structured example is written in words, not in JSON", () => {
  expect(formatUnknown({ case: "O-17", days: [1, 2], at: { line: 3 } })).toBe(
    "case O-17, days (1, 2), at (line 3)",
  );
  expect(formatUnknown(null)).toBe("");
});

it("a tile agrees with the sentence above it, which the server wrote", () => {
  const numberIn = (text: string): string => /[\d.,-]+/.exec(text)?.[0] ?? "";
  for (const seconds of [61, 3_599, 5_400, 93_600, 109_800, 172_799, 187_200, 700_000]) {
    expect(numberIn(formatValue(seconds, "s", "en"))).toBe(numberIn(formatQuantity(seconds, "s", "en")));
  }
  for (const share of [0.5, 0.618, 0.0123, 0.894, 1]) {
    expect(numberIn(formatValue(share, "share", "en"))).toBe(numberIn(formatQuantity(share, "share", "en")));
  }
});
