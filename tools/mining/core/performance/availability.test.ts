import { describe, expect, it } from "vitest";
import { instantToLocal } from "../../../logs/core/zones.ts";
import { availabilityOf, binomialTail, describeAvailability, dutyClock } from "./availability.ts";
import type { ResourceWork } from "./work-of-resources.ts";

const HOUR = 3_600_000_000;
const MONDAY = Date.parse("2026-03-02T00:00:00Z") * 1000;
const utc = (instant: number): number => instant;

/** Half an hour of work in each of these hours since Monday. */
function workIn(hours: readonly number[]): ResourceWork {
  const started = Float64Array.from(hours, (hour) => MONDAY + hour * HOUR);
  const completed = started.map((start) => start + HOUR / 2);
  const step = Uint32Array.from(hours, (_, i) => i);
  return {
    count: hours.length,
    step,
    started,
    completed,
    enabled: started,
    arrived: started,
    latest: completed,
    typical: HOUR / 2,
    concurrent: 1,
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const officeWeeks = (weeks: number) =>
  range(0, weeks * 7)
    .filter((day) => day % 7 < 5)
    .flatMap((day) => range(9, 17).map((hour) => day * 24 + hour));

describe("working hours", () => {
  it("are found where somebody works from nine to five on working days", () => {
    const found = availabilityOf([workIn(officeWeeks(6))], utc);
    expect(describeAvailability(found)).toBe("Mon–Fri 9–17 h");
    expect(found).toMatchObject({ from: "own", covered: 1, seen: 240 });
  });

  it("bear a little overtime", () => {
    const found = availabilityOf([workIn([...officeWeeks(20), 5 * 24 + 11, 20])], utc);
    expect(describeAvailability(found)).toBe("Mon–Fri 9–17 h");
    expect(found.covered).toBeLessThan(1);
  });

  it("are around the clock where work is", () => {
    expect(describeAvailability(availabilityOf([workIn(range(0, 24 * 30))], utc))).toBe("around the clock");
  });

  it("are not made up from little work", () => {
    expect(availabilityOf([workIn(officeWeeks(1).slice(0, 20))], utc).from).toBe("none");
  });

  it("are those of the zone", () => {
    const found = availabilityOf([workIn(officeWeeks(6))], instantToLocal("Asia/Kolkata"));
    expect(describeAvailability(found)).toBe("Mon–Fri 14–22 h");
  });

  it("say how long somebody is on duty between two instants", () => {
    const duty = dutyClock(availabilityOf([workIn(officeWeeks(6))], utc));
    expect(duty(MONDAY, MONDAY + 7 * 24 * HOUR)).toBe(40 * HOUR);
    expect(duty(MONDAY + 10 * HOUR, MONDAY + 34.5 * HOUR)).toBe(8.5 * HOUR);
    expect(duty(MONDAY + 17 * HOUR, MONDAY + 33 * HOUR)).toBe(0);
  });
});

it("a binomial tail is what adding up gives", () => {
  expect(binomialTail(1, 3, 0.5)).toBeCloseTo(0.5, 12);
  expect(binomialTail(0, 10, 0.1)).toBeCloseTo(0.9 ** 10, 12);
});
