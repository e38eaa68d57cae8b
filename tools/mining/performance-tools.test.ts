import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, type Reader, run } from "../../tests/fixtures/tool-results.ts";
import type { Filter } from "../inputs.ts";
import { generateSample, type SampleName } from "../logs/samples/generate.ts";
import deviating from "./deviating.tool.ts";
import drift from "./drift.tool.ts";
import rework from "./rework.tool.ts";
import rootCause from "./root-cause.tool.ts";
import waitingKinds from "./waiting-kinds.tool.ts";
import workload from "./workload.tool.ts";

describe.each(["order-to-cash", "helpdesk", "loan"] as const satisfies readonly SampleName[])(
  "on the %s sample",
  (name) => {
    let world: MiningWorld;
    let bottleneck: string;
    let early: Filter[];

    beforeAll(async () => {
      const sample = generateSample(name, { cases: 400 });
      world = await worldOfCsv(sample.csv);
      bottleneck = sample.truth.bottleneck;
      const times = Array.from(world.open.log.completed!).sort((a, b) => a - b);
      const middle = new Date(times[times.length >> 1]! / 1000).toISOString();
      early = [{ kind: "window", from: null, to: middle, by: "completed" }];
    });
    afterAll(() => world.close());

    const asked: readonly (readonly [string, Reader, () => unknown])[] = [
      ["kinds of waiting", waitingKinds, () => ({})],
      ["kinds of waiting before one step", waitingKinds, () => ({ activity: bottleneck, filters: early })],
      ["causes of deviation", deviating, () => ({})],
      ["causes of deviation, filtered", deviating, () => ({ filters: early })],
      ["rework", rework, () => ({})],
      ["rework, filtered", rework, () => ({ filters: early })],
      ["workload", workload, () => ({})],
      ["workload, filtered", workload, () => ({ filters: early })],
      ["drift", drift, () => ({})],
      ["drift, filtered", drift, () => ({ filters: early })],
    ];

    it.each(asked)("%s: SQL gives every fact again", async (_, tool, input) => {
      const result = await run(world, tool, input());
      expectWellFormed(result);
      expect(result.facts.length).toBeGreaterThan(0);
      await expectFactsToHold(world, result.facts);
    });

    it("kinds of waiting add up to all waiting", async () => {
      const { data } = await run(world, waitingKinds, {});
      const { total, kinds } = data as { total: number; kinds: Record<string, number> };
      const added = Object.values(kinds).reduce((sum, seconds) => sum + seconds, 0);
      expect(Math.abs(added - total)).toBeLessThan(1e-6 * total);
    });
  },
);

it("what cases have in common may be when they begin, on the clock of the zone that is meant", async () => {
  const lines = Array.from({ length: 600 }, (_, n) => {
    // Every five hours through the change to summer time in Berlin on 29 March 2026.
    const begin = Date.parse("2026-03-01T00:00:00Z") + n * 5 * 3_600_000;
    const zone = { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" } as const;
    const isEvening = Number(new Intl.DateTimeFormat("en", zone).format(begin)) >= 18;
    const end = begin + (isEvening ? 40_000 : 10_000) * 1000 + (n % 7) * 60_000;
    return [begin, end]
      .map((at, i) => `${n},${i === 0 ? "Ask" : "Answer"},${new Date(at).toISOString()}`)
      .join("\n");
  });
  const world = await worldOfCsv(`case,activity,timestamp\n${lines.join("\n")}\n`);
  try {
    const result = await rootCause.execute(
      { log: undefined, filters: [] },
      { ...world.context, zone: "Europe/Berlin" },
    );
    expect(result.data.features[0]?.feature).toEqual({ kind: "begins-in", part: "evening" });
    expect(result.data.features[0]?.explained).toBeGreaterThan(0.99);
    await expectFactsToHold(world, result.facts);
  } finally {
    await world.close();
  }
});
