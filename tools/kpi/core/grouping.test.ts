import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../../tests/fixtures/mining-context.ts";
import { generateSample } from "../../logs/samples/generate.ts";
import { byGroup, byPair } from "./breakdown.ts";
import { groupingOf, REST } from "./grouping.ts";
import { metricSql } from "./metric-sql.ts";
import { type KpiDefinition, observe, observedOf } from "./metrics.ts";

let world: MiningWorld;
beforeAll(async () => {
  world = await worldOfCsv(generateSample("order-to-cash", { cases: 200 }).csv);
});
afterAll(() => world.close());

const metrics = ["cycle_time", "waiting_time", "rework"] as const;
const kpiOf = (metric: KpiDefinition["metric"]): KpiDefinition => ({
  metric,
  activities: null,
  limit: null,
  deadline: null,
});

async function again(metric: KpiDefinition["metric"], where: readonly string[]) {
  const { rows } = await world.open.query(metricSql({ kpi: kpiOf(metric), statistic: "mean", where }));
  return rows[0] as [number, number];
}

const numbers = (): string[] =>
  [...world.open.log.caseAttributes, ...world.open.log.attributes].flatMap(([name, { kind }]) =>
    kind === "number" ? [name] : [],
  );

describe.each(metrics)("%s by group", (metric) => {
  it("of an attribute, a range of numbers, or the rest is the same in SQL", async () => {
    const { log } = world.open;
    const observations = observe(log, kpiOf(metric));
    const [amount] = numbers();
    const asked = [
      ["country", {}],
      ["country", { top: 2 }],
      ["resource", { top: 3 }],
      [amount!, {}],
      [amount!, { bins: 3 }],
    ] as const;
    for (const [attribute, options] of asked) {
      const grouping = groupingOf(log, observations, attribute, observedOf({ metric }), options);
      const groups = byGroup(grouping, observations, "mean", null);
      expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(observations.value.length);
      for (const { name, value, n } of groups) {
        const [inSql, count] = await again(metric, [grouping.conditionOf(name)]);
        expect(count, `${attribute} ${name}`).toBe(n);
        expect(Math.abs(inSql - value)).toBeLessThanOrEqual(Math.max(1e-6, 1e-9 * Math.abs(value)));
      }
    }
  });

  it("of two attributes adds up to all, and is the same in SQL", async () => {
    const { log } = world.open;
    const observations = observe(log, kpiOf(metric));
    const [first, second] = [
      groupingOf(log, observations, "country", observedOf({ metric })),
      groupingOf(log, observations, numbers()[0]!, observedOf({ metric }), { bins: 2 }),
    ];
    const pairs = byPair(first, second, observations, "mean", null);
    expect(pairs.reduce((sum, { n }) => sum + n, 0)).toBe(observations.value.length);
    for (const pair of pairs.slice(0, 6)) {
      const [, n] = await again(metric, [first.conditionOf(pair.name), second.conditionOf(pair.second)]);
      expect(n).toBe(pair.n);
    }
  });
});

describe("groups", () => {
  it("put many numbers into ranges that meet, and rare values together", () => {
    const { log } = world.open;
    const observations = observe(log, kpiOf("cycle_time"));
    const [amount] = numbers();
    const ranges = byGroup(groupingOf(log, observations, amount!, "case"), observations, "count", null);
    expect(ranges.length).toBeLessThanOrEqual(6);
    const rest = byGroup(
      groupingOf(log, observations, "country", "case", { top: 1 }),
      observations,
      "count",
      null,
    );
    expect(rest.map(({ name }) => name)).toContain(REST);
  });
});
