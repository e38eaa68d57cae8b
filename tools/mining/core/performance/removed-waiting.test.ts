import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TinyEvent, tinyLog } from "../../../../tests/fixtures/tiny-log.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { cycleTimes } from "../case-measures.ts";
import { steps } from "../steps.ts";
import { stepTimes } from "../waiting-and-service.ts";
import { removedWaiting } from "./removed-waiting.ts";

function ranked(log: EventLog) {
  const found = steps(log);
  return removedWaiting(found, stepTimes(found), log.cases, log.activities.length).map(
    ({ activity, ...rest }) => ({
      activity: log.activities[activity]!,
      ...rest,
    }),
  );
}

const step = (activity: string, started: number, at: number): TinyEvent => ({ activity, started, at });

describe("what removing waiting would give", () => {
  it("is all of it where steps come one after the other", () => {
    const log = tinyLog([[step("a", 0, 10), step("b", 110, 120), step("c", 150, 160)]]);
    expect(ranked(log)).toMatchObject([
      { activity: "b", waiting: 100, removed: 100, halved: 50, low: 100, high: 100, cases: 1 },
      { activity: "c", waiting: 30, removed: 30, halved: 15 },
    ]);
  });

  it("is only what the other branch leaves of it where steps run side by side", () => {
    // b and c both follow a; b waits 85 and ends at 110, c waits 80 and ends at 100; d needs both.
    const log = tinyLog([[step("a", 0, 10), step("b", 95, 110), step("c", 90, 100), step("d", 110, 120)]]);
    const [first, second] = ranked(log);
    expect(first).toMatchObject({ activity: "b", waiting: 85, removed: 10 });
    expect(second).toMatchObject({ activity: "c", waiting: 80, removed: 0, cases: 0 });
  });

  it("ranks a frequent short wait above a rare long one", () => {
    const often = Array.from({ length: 9 }, () => [step("a", 0, 1), step("often", 51, 52)]);
    const log = tinyLog([...often, [step("a", 0, 1), step("rare", 201, 202)]]);
    expect(ranked(log).map(({ activity, removed }) => [activity, removed])).toEqual([
      ["often", 45],
      ["rare", 20],
    ]);
  });

  it("is never more than the waiting, never less than nothing, and shortens no case below its work", () => {
    const event = fc
      .record({ activity: fc.constantFrom("a", "b", "c"), started: fc.nat(50), took: fc.nat(20) })
      .map(({ activity, started, took }) => step(activity, started, started + took));
    fc.assert(
      fc.property(
        fc.array(fc.array(event, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        (cases) => {
          const log = tinyLog(cases);
          const mean = cycleTimes(log).reduce((sum, time) => sum + time, 0) / log.cases;
          for (const { waiting, removed, halved } of ranked(log)) {
            expect(removed).toBeGreaterThanOrEqual(0);
            expect(removed).toBeLessThanOrEqual(waiting + 1e-9);
            expect(removed).toBeLessThanOrEqual(mean + 1e-9);
            expect(halved).toBeLessThanOrEqual(removed + 1e-9);
            expect(halved).toBeGreaterThanOrEqual(removed / 2 - 1e-9);
          }
        },
      ),
    );
  });
});
