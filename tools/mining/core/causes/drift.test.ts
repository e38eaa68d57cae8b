import { describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../../../tests/fixtures/needs.ts";
import { QUEUE_WORLD_BEGINS, queueWorld } from "../../../../tests/fixtures/queue-world.ts";
import { type TinyEvent, tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import { buildEventLog } from "../../../logs/core/build-event-log.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { readLogFile } from "../../../logs/read-log.ts";
import { cycleTimes } from "../case-measures.ts";
import { mulberry32 } from "../effects.ts";
import { DRIFT_LEVEL, type DriftReport, findDrifts } from "./drift.ts";

const HOUR = 3600;

interface Plan {
  readonly seed: number;
  readonly cases: number;
  /** Chance that a case has the extra check, and mean hours of its last step; by number of the case. */
  check(number: number): number;
  hours(number: number): number;
}

/** One case an hour: order, perhaps a check, ship or reject. */
function world({ seed, cases, check, hours }: Plan): EventLog {
  const random = mulberry32(seed);
  return tinyLog(
    Array.from({ length: cases }, (_, number): TinyEvent[] => {
      const begin = QUEUE_WORLD_BEGINS + number * HOUR;
      const took = hours(number) * HOUR * -Math.log(1 - random());
      return [
        { activity: "order", at: begin },
        ...(random() < check(number) ? [{ activity: "check", at: begin + 60 }] : []),
        { activity: random() < 0.3 ? "reject" : "ship", at: begin + 120 + took },
      ];
    }),
  );
}

const drifts = (log: EventLog, seed: number): DriftReport["drifts"] =>
  findDrifts(log, [{ name: "cycle time", values: cycleTimes(log) }], mulberry32(seed))!.drifts;

const caseAt = (instant: number): number => (instant / 1e6 - QUEUE_WORLD_BEGINS) / HOUR;

describe("drift", () => {
  it("is found in few of 200 worlds in which nothing changes", () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const log = world({ seed, cases: 400, check: () => 0.5, hours: () => 5 });
      if (drifts(log, seed).length > 0) found++;
    }
    // Paths and one measure, each at its level.
    expect(found / 200).toBeLessThanOrEqual(2 * DRIFT_LEVEL + 0.01);
  });

  it("is found in few of 100 worlds of a queue, whose cases depend on each other and on nights and weekends", () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const log = queueWorld({ seed, cases: 500, gap: 5400, work: 700, hours: [8, 18] });
      if (drifts(log, seed).length > 0) found++;
    }
    expect(found / 100).toBeLessThanOrEqual(2 * DRIFT_LEVEL + 0.01);
  });

  it("of paths is found within 40 cases of where it was planted, and says which step", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const check = (number: number) => (number < 500 ? 0.2 : 0.7);
      const found = drifts(world({ seed, cases: 900, check, hours: () => 5 }), seed);
      const paths = found.filter((drift) => drift.of === "paths");
      expect(paths.length).toBe(1);
      expect(Math.abs(caseAt(paths[0]!.at) - 500)).toBeLessThan(40);
      const told = paths[0]!.relations.map(({ from, to }) => `${from} → ${to}`);
      expect(told).toContain("order → check");
      const change = paths[0]!.relations.find(({ to }) => to === "check")!;
      expect(change.before).toBeLessThan(0.3);
      expect(change.after).toBeGreaterThan(0.6);
    }
  });

  it("of time is found within 100 cases of where it was planted, with its size and where it may lie", () => {
    let held = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const hours = (number: number) => (number < 600 ? 5 : 10);
      const found = drifts(world({ seed, cases: 900, check: () => 0.5, hours }), seed);
      expect(found.map((drift) => drift.of)).toEqual(["cycle time"]);
      expect(Math.abs(caseAt(found[0]!.at) - 600)).toBeLessThan(100);
      expect(found[0]!.level!.after).toBeGreaterThan(1.4 * found[0]!.level!.before);
      if (caseAt(found[0]!.earliest) <= 600 && 600 <= caseAt(found[0]!.latest)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(17);
  });

  it("is found twice where the process changes and changes back", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const check = (number: number) => (number < 400 || number >= 800 ? 0.2 : 0.8);
      const found = drifts(world({ seed, cases: 1200, check, hours: () => 5 }), seed);
      expect(found.filter((drift) => drift.of === "paths").length).toBe(2);
    }
  });

  it("is not sought without times or in a handful of cases", () => {
    expect(findDrifts(traces("ab", "ab"), [], mulberry32(1))).toBeNull();
    expect(drifts(world({ seed: 1, cases: 40, check: () => 0.5, hours: () => 5 }), 1)).toEqual([]);
  });
});

describeWithShared("drift of travel declarations", () => {
  it("is found at the new year of 2018, when all departments joined the pilot's two", async () => {
    const { columns } = await readLogFile(shared("logs/bpic2020_DomesticDeclarations.xes.gz"));
    const log = buildEventLog(columns);
    const [change, ...others] = findDrifts(log, [], mulberry32(1))!.drifts;
    expect(others).toEqual([]);
    const day = (instant: number) => new Date(instant / 1000).toISOString().slice(0, 10);
    expect(day(change!.at) >= "2017-12-15" && day(change!.at) <= "2018-01-15").toBe(true);
    expect(change!.relations[0]).toMatchObject({
      from: "Declaration SUBMITTED by EMPLOYEE",
      to: "Declaration APPROVED by ADMINISTRATION",
    });
  });
});
