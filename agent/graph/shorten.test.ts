import fc from "fast-check";
import { expect, it } from "vitest";
import { shorten } from "./shorten.ts";

it("leaves alone what is short, with figures of four digits", () => {
  expect(shorten({ a: 1.23456, n: 123456 }, 100)).toEqual({ shown: { a: 1.235, n: 123456 }, whole: true });
  expect(shorten(undefined, 100)).toEqual({ shown: null, whole: true });
});

it("shows the beginning of long lists and says how much more there is", () => {
  const rows = Array.from({ length: 500 }, (_, index) => ({ index, name: `case ${index}` }));
  const { shown, whole } = shorten({ rows }, 1_000);
  expect(whole).toBe(false);
  const kept = (shown as { rows: unknown[] }).rows;
  expect(kept[0]).toEqual({ index: 0, name: "case 0" });
  expect(kept.at(-1)).toBe(`(${500 - kept.length + 1} more)`);
});

it("never is longer than it may be", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 60, max: 600 }), (value, most) => {
      expect(JSON.stringify(shorten(value, most).shown).length).toBeLessThanOrEqual(most * 2);
    }),
  );
});
