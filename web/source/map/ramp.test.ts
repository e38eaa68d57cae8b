import { expect, it } from "vitest";
import { rampLimits, rampStep, strokeWidth, wrapLabel } from "./ramp.ts";

it("the width grows with the logarithm of the count, from thin to thick", () => {
  expect(strokeWidth(1, 10_000)).toBeCloseTo(1.5);
  expect(strokeWidth(100, 10_000)).toBeCloseTo(4.75);
  expect(strokeWidth(10_000, 10_000)).toBeCloseTo(8);
  expect(strokeWidth(1, 1)).toBe(1.5);
});

it("the legend's limits are where the colour changes", () => {
  for (const [step, limit] of rampLimits(1_000).entries()) {
    expect(rampStep(limit + 1e-6, 1_000)).toBe(step);
    if (step > 0) expect(rampStep(limit - 1e-6, 1_000)).toBe(step - 1);
  }
});

it("a step without times has the neutral colour", () => {
  expect(rampStep(null, 100)).toBe(0);
  expect(rampStep(50, 0)).toBe(0);
});

it("a label is cut into lines at words and ends in an ellipsis where it does not fit", () => {
  expect(wrapLabel("Check credit", 20, 2)).toEqual(["Check credit"]);
  expect(wrapLabel("Request documents from customer", 20, 2)).toEqual(["Request documents", "from customer"]);
  expect(wrapLabel("one two three four", 5, 2)).toEqual(["one", "two…"]);
  expect(wrapLabel("Donaudampfschifffahrtsgesellschaft", 10, 2)).toEqual(["Donaudamp…"]);
});
