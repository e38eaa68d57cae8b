import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../../tests/fixtures/mining-context.ts";
import { tinyLog } from "../../../tests/fixtures/tiny-log.ts";
import { generateSample, sampleNames } from "../../logs/samples/generate.ts";
import { parseCondition } from "../../rules/core/parse-condition.ts";
import { seededRandom } from "../../rules/core/statistics.ts";
import { addWork, alwaysOpen, calendarOf, nextOpen, workBetween } from "./calendar.ts";
import { effectOf, replayError } from "./effect.ts";
import { type ReplayModel, replayModel } from "./replay-model.ts";
import { replay } from "./simulate.ts";
import { changedReplay } from "./what-if.ts";

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(sampleNames)("the replay of %s", (name) => {
  let world: MiningWorld;
  let model: ReplayModel;
  beforeAll(async () => {
    world = await worldOfCsv(generateSample(name, { cases: 600 }).csv);
    model = replayModel(world.open.log);
  });
  afterAll(() => world.close());

  it("gives the log's mean waiting and cycle time back, within 2 %", () => {
    const same = replay(model);
    expect(Math.abs(replayError(model.table.waiting, same.waiting))).toBeLessThan(0.02);
    const cycle = model.table.lastEvent.map((last, index) => (last - model.table.firstEvent[index]!) / 1e6);
    expect(Math.abs(mean(same.cycle) / mean(cycle) - 1)).toBeLessThan(0.02);
  });

  it("says that help, speed and leaving out do not make cases longer on average", () => {
    const same = replay(model);
    const activity = model.log.activities[1]!;
    for (const change of [
      { kind: "skip", activity, when: null },
      { kind: "faster", activity, factor: 0.5 },
      { kind: "add-resource", activity, count: 1 },
    ] as const) {
      const changed = changedReplay(model, change);
      const effect = effectOf(same, replay(model, changed.change), seededRandom(1));
      expect(effect.difference).toBeLessThanOrEqual(0);
      expect(effect.interval.low).toBeLessThanOrEqual(effect.difference);
      expect(effect.interval.high).toBeGreaterThanOrEqual(effect.difference);
    }
  });

  it("changes nothing where nothing is changed", () => {
    const activity = model.log.activities[1]!;
    const changed = changedReplay(model, { kind: "skip", activity, when: parseCondition("elapsed() < 0s") });
    expect(changed.affected.size).toBe(0);
    expect(effectOf(replay(model), replay(model, changed.change), seededRandom(1)).difference).toBe(0);
  });
});

it("leaving a step out takes its time out of the case, and lets the next one follow", () => {
  const log = tinyLog([
    [
      { activity: "a", started: 0, at: 10 },
      { activity: "b", started: 30, at: 60 },
      { activity: "c", started: 70, at: 100 },
    ],
  ]);
  const model = replayModel(log);
  const { change } = changedReplay(model, { kind: "skip", activity: "b", when: null });
  const changed = replay(model, change);
  expect(changed.cycle[0]).toBe(50);
  expect(changed.waiting[2]).toBe(10);
});

describe("a calendar", () => {
  const hour = 3_600e6;
  const nineToFive = calendarOf(
    Uint8Array.from({ length: 168 }, (_, slot) => Number(slot % 24 >= 9 && slot % 24 < 17 && slot < 120)),
  );
  const time = fc.integer({ min: 0, max: 400 * 24 * 3600 }).map((seconds) => seconds * 1e6);

  it("finds the instant at which so much open time has passed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(nineToFive, alwaysOpen),
        time,
        fc.integer({ min: 1, max: 60 * 3600 }),
        (calendar, from, seconds) => {
          const end = addWork(calendar, from, seconds * 1e6);
          expect(workBetween(calendar, from, end)).toBeCloseTo(seconds * 1e6, 0);
          expect(workBetween(calendar, from, end - 1)).toBeLessThan(seconds * 1e6);
        },
      ),
    );
  });

  it("opens on Monday at nine", () => {
    const friday = Date.parse("2026-11-20T17:30:00Z") * 1000;
    expect(new Date(nextOpen(nineToFive, friday) / 1000).toISOString()).toBe("2026-11-23T09:00:00.000Z");
    expect(new Date(addWork(nineToFive, friday, 2 * hour) / 1000).toISOString()).toBe(
      "2026-11-23T11:00:00.000Z",
    );
  });
});
