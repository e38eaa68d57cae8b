import { describe, expect, it } from "vitest";
import { queueWorld } from "../../../../tests/fixtures/queue-world.ts";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import { workload } from "./workload.ts";

const utc = (instant: number): number => instant;
const DAY = 86_400;

describe("workload", () => {
  it("counts who comes, who goes, who is there and who waits, day by day", () => {
    const log = tinyLog([
      [
        { activity: "a", started: 0, at: 0 },
        { activity: "b", started: DAY, at: 1.5 * DAY },
      ],
      [
        { activity: "a", started: 0.5 * DAY, at: 0.5 * DAY },
        { activity: "b", started: 0.75 * DAY, at: 0.75 * DAY },
      ],
    ]);
    const found = workload(log, log, utc)!;
    expect([...found.arrivals]).toEqual([2, 0]);
    expect([...found.completions]).toEqual([1, 1]);
    expect([...found.inProgress]).toEqual([1.25, 0.5]);
    expect([...found.queue!]).toEqual([1.25, 0]);
    expect(found.queues).toMatchObject([{ mean: 1.25 / 1.5, most: 2 }]);
    expect(found.utilisation).toBeNull();
  });

  it("keeps to Little's law in a steady state", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const log = queueWorld({ seed, cases: 3000, gap: 1000, work: 600 });
      const { inProgress, rate, seconds } = workload(log, log, utc)!.little!;
      expect(inProgress / (rate * seconds)).toBeGreaterThan(0.98);
      expect(inProgress / (rate * seconds)).toBeLessThan(1.02);
    }
  });

  it("sees work pile up where more comes than goes, and nothing of the kind in a steady state", () => {
    const trend = (seed: number, work: number) => {
      const log = queueWorld({ seed, cases: 1000, gap: 600, work });
      return workload(log, log, utc)!.little!.trend;
    };
    for (let seed = 1; seed <= 20; seed++) {
      expect(trend(seed, 900)).toBe(1);
      expect(trend(seed, 300)).toBe(0);
    }
  });

  it("finds how busy people are in the hours in which they are there", () => {
    const log = queueWorld({ seed: 1, cases: 1500, gap: 1500, work: 900, arrivals: [9, 17], hours: [9, 17] });
    const { utilisation } = workload(log, log, utc)!;
    const inner = utilisation!.slice(1, -1);
    const mean = inner.reduce((sum, share) => sum + share, 0) / inner.length;
    expect(mean).toBeGreaterThan(0.55);
    expect(mean).toBeLessThan(0.7);
  });

  it("is not there without times", () => {
    expect(workload(traces("ab"), traces("ab"), utc)).toBeNull();
  });
});
