import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, onTrino, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, type Reader, run } from "../../tests/fixtures/tool-results.ts";
import type { Filter } from "../inputs.ts";
import { generateSample, type SampleName, type SampleTruth } from "../logs/samples/generate.ts";
import activities from "./activities.tool.ts";
import between from "./between.tool.ts";
import bottlenecks from "./bottlenecks.tool.ts";
import cases from "./cases.tool.ts";
import compare from "./compare.tool.ts";
import type { SeparatingFeature } from "./core/separating-features.ts";
import discover from "./discover.tool.ts";
import rootCause from "./root-cause.tool.ts";
import variants from "./variants.tool.ts";

const samples: readonly SampleName[] = onTrino ? ["loan"] : ["order-to-cash", "helpdesk", "loan"];

describe.each(samples)("on the %s sample", (name) => {
  let world: MiningWorld;
  let truth: SampleTruth;
  let halves: readonly [Filter[], Filter[]];

  beforeAll(async () => {
    const sample = generateSample(name, { cases: 400 });
    world = await worldOfCsv(sample.csv);
    truth = sample.truth;
    const times = Array.from(world.open.log.completed!).sort((a, b) => a - b);
    const middle = new Date(times[times.length >> 1]! / 1000).toISOString();
    halves = [
      [{ kind: "window", from: null, to: middle, by: "completed" }],
      [{ kind: "window", from: middle, to: null, by: "completed" }],
    ];
  });
  afterAll(() => world.close());

  it("finds the planted bottleneck", async () => {
    const { data } = await run(world, bottlenecks, {});
    expect(data.bottlenecks[0]?.activity).toBe(truth.bottleneck);
  });

  it("finds a planted cause", async () => {
    const { data } = await run(world, rootCause, { metric: "waiting_time" });
    const { features } = data as { features: readonly SeparatingFeature[] };
    const attributes = features.map(({ feature }) => ("attribute" in feature ? feature.attribute : ""));
    expect(truth.causes.some(({ attribute }) => attributes.includes(attribute))).toBe(true);
  });

  it("names the rarest step and lists it first when asked", async () => {
    const { data } = await run(world, activities, { order: "rarest" });
    const { activities: all } = data as { activities: readonly { readonly events: number }[] };
    expect(all[0]?.events).toBe(Math.min(...all.map(({ events }) => events)));
  });

  const asked: readonly (readonly [string, Reader, () => unknown])[] = [
    ["discover", discover, () => ({})],
    ["discover, common paths", discover, () => ({ shown: 0.7 })],
    ["discover, filtered", discover, () => ({ filters: halves[0] })],
    ["variants", variants, () => ({})],
    ["variants that cover", variants, () => ({ cover: 0.8 })],
    ["variants, slowest, filtered", variants, () => ({ order: "slowest", filters: halves[1] })],
    ["bottlenecks", bottlenecks, () => ({})],
    ["bottlenecks, filtered", bottlenecks, () => ({ filters: halves[0], threshold: 14_400 })],
    ["one activity's waiting", bottlenecks, () => ({ activity: world.open.log.activities[1] })],
    ["the most frequent step", activities, () => ({})],
    ["the rarest step", activities, () => ({ order: "rarest" })],
    ["how often one step happens", activities, () => ({ activity: truth.bottleneck, filters: halves[0] })],
    [
      "time between two steps",
      between,
      () => ({ activities: [first(), truth.bottleneck], filters: halves[1] }),
    ],
    ["single cases", cases, () => ({ filters: [{ kind: "duration", comparator: ">", seconds: 86_400 }] })],
    ["causes", rootCause, () => ({})],
    ["causes of waiting", rootCause, () => ({ metric: "waiting_time", activity: truth.bottleneck })],
    ["causes of rework", rootCause, () => ({ metric: "rework", filters: halves[1] })],
    ["a comparison", compare, () => sides({})],
    ["a comparison of medians", compare, () => sides({ statistic: "median" })],
    ["a comparison of waiting", compare, () => sides({ metric: "waiting_time", activity: truth.bottleneck })],
    ["a comparison of rework", compare, () => sides({ metric: "rework" })],
    [
      "a comparison of time to a step",
      compare,
      () => sides({ metric: "time_to", activity: truth.bottleneck }),
    ],
  ];
  const first = () => world.open.log.activities[world.open.log.activity[0]!]!;
  const sides = (input: object) => ({
    ...input,
    a: { label: "later", filters: halves[1] },
    b: { label: "earlier", filters: halves[0] },
  });

  it.each(asked)("%s: SQL gives every fact again", async (_, tool, input) => {
    const result = await run(world, tool, input());
    expectWellFormed(result);
    expect(result.facts.length).toBeGreaterThan(0);
    await expectFactsToHold(world, result.facts);
  });
});
