import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../../tests/fixtures/mining-context.ts";
import { tinyLog } from "../../../tests/fixtures/tiny-log.ts";
import { metrics, statistics } from "../../inputs.ts";
import { generateSample, type SampleName, sampleNames } from "../../logs/samples/generate.ts";
import { metricSql } from "./metric-sql.ts";
import { type KpiDefinition, observe } from "./metrics.ts";
import { bucketsBetween } from "./periods.ts";
import { bootstrapInterval, summarizeValues } from "./summarize.ts";

const close = (left: number, right: number): boolean =>
  Math.abs(left - right) <= Math.max(1e-6, 1e-9 * Math.abs(right));

describe.each(sampleNames)("KPIs of %s", (name: SampleName) => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv(generateSample(name, { cases: 150 }).csv);
  });
  afterAll(() => world.close());

  it.each(metrics)("%s is the same in typed arrays and in SQL, by every statistic", async (metric) => {
    const { log } = world.open;
    const kpi: KpiDefinition = {
      metric,
      activities:
        metric === "time_to" || metric === "error_rate" ? [log.activities[1]!, log.activities[2]!] : null,
      limit: null,
      deadline: null,
    };
    const { value } = observe(log, kpi);
    expect(value.length).toBeGreaterThan(0);
    for (const statistic of statistics) {
      const [row] = (await world.open.query(metricSql({ kpi, statistic }))).rows;
      expect(close(summarizeValues(value, statistic), Number(row?.[0])), statistic).toBe(true);
      expect(row?.[1]).toBe(value.length);
    }
  });
});

describe("KPIs by hand", () => {
  const log = tinyLog([
    [
      { activity: "a", started: 0, at: 10 },
      { activity: "b", started: 40, at: 50 },
      { activity: "b", started: 60, at: 100 },
    ],
    [
      { activity: "a", started: 0, at: 20 },
      { activity: "b", started: 20, at: 30 },
    ],
  ]);
  const kpi = (metric: KpiDefinition["metric"], rest: Partial<KpiDefinition> = {}): KpiDefinition => ({
    metric,
    activities: null,
    limit: null,
    deadline: null,
    ...rest,
  });

  it("are what the definitions say", () => {
    expect([...observe(log, kpi("cycle_time")).value]).toEqual([100, 30]);
    expect([...observe(log, kpi("time_to", { activities: ["b"] })).value]).toEqual([50, 30]);
    expect([...observe(log, kpi("waiting_time")).value]).toEqual([30, 10, 0]);
    expect([...observe(log, kpi("rework")).value]).toEqual([1, 0]);
    expect([...observe(log, kpi("error_rate", { limit: 50 })).value]).toEqual([1, 0]);
    expect([...observe(log, kpi("throughput")).value]).toEqual([1, 1]);
  });

  it("refuse what cannot be measured, and say why", () => {
    const timeless = tinyLog([[{ activity: "a" }]]);
    expect(() => observe(timeless, kpi("cycle_time"))).toThrow("no times");
    expect(() => observe(log, kpi("time_to", { activities: ["x"] }))).toThrow('no activity "x"');
    expect(() => observe(log, kpi("error_rate"))).toThrow("what an error is");
  });
});

describe("periods", () => {
  it("follow each other without gaps, in a zone with summer time too", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "day" as const,
          "week" as const,
          "month" as const,
          "quarter" as const,
          "year" as const,
        ),
        fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"),
        fc.integer({ min: 1_000_000_000, max: 1_800_000_000 }),
        fc.integer({ min: 0, max: 20_000_000 }),
        (period, zone, from, length) => {
          const buckets = bucketsBetween(from * 1e6, (from + length) * 1e6, period, zone);
          expect(buckets[0]!.start).toBeLessThanOrEqual(from * 1e6);
          expect(buckets.at(-1)!.end).toBeGreaterThan((from + length) * 1e6);
          buckets.slice(1).forEach((bucket, index) => {
            expect(bucket.start).toBe(buckets[index]!.end);
            expect(bucket.key > buckets[index]!.key).toBe(true);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts ISO weeks", () => {
    const week = (day: string): string => {
      const time = Date.parse(`${day}T12:00:00Z`) * 1000;
      return bucketsBetween(time, time, "week", "UTC")[0]!.key;
    };
    expect(week("2026-01-01")).toBe("2026-W01");
    expect(week("2027-01-01")).toBe("2026-W53");
    expect(week("2024-12-30")).toBe("2025-W01");
  });
});

it("the bootstrap covers the true mean about 95 times in 100", () => {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  let covered = 0;
  for (let round = 0; round < 200; round++) {
    const values = Float64Array.from({ length: 80 }, () => -Math.log(1 - random()));
    const { low, high } = bootstrapInterval(values, Uint32Array.from(values.keys()), "mean", random, 200);
    if (low <= 1 && high >= 1) covered++;
  }
  expect(covered).toBeGreaterThan(176);
});
