import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TinyEvent, tinyLog, traces } from "../../../tests/fixtures/tiny-log.ts";
import { bottlenecks } from "./bottlenecks.ts";
import { activityCounts, directlyFollows } from "./directly-follows.ts";
import { quantile, summarize } from "./quantiles.ts";
import { rework } from "./rework.ts";
import { steps } from "./steps.ts";
import { throughput } from "./throughput.ts";
import { namesOf, variants } from "./variants.ts";
import { activityTimes, stepTimes } from "./waiting-and-service.ts";

describe("quantiles", () => {
  it("interpolate linearly between order statistics", () => {
    expect(quantile(Float64Array.of(4, 1, 3, 2), 0.5)).toBe(2.5);
    expect(quantile(Float64Array.of(10, 0), 0.95)).toBeCloseTo(9.5, 12);
    expect(quantile(Float64Array.of(7), 0.95)).toBe(7);
  });

  it("agree with sorting", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, share) => {
        const sorted = Float64Array.from(numbers).sort();
        const position = (sorted.length - 1) * share;
        const [low, high] = [Math.floor(position), Math.ceil(position)];
        const expected = sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
        expect(quantile(Float64Array.from(numbers), share)).toBeCloseTo(expected, 9);
      }),
    );
  });

  it("are null for nothing", () => expect(summarize(new Float64Array(0))).toBeNull());
});

describe("directly-follows graph", () => {
  it("counts neighbours, starts and ends, and times from completion to completion", () => {
    const log = tinyLog([
      [
        { activity: "a", at: 0 },
        { activity: "b", at: 10 },
        { activity: "b", at: 30 },
      ],
      [
        { activity: "a", at: 5 },
        { activity: "b", at: 25 },
      ],
    ]);
    const graph = directlyFollows(log);
    expect(graph.edges).toEqual([
      { from: "a", to: "b", count: 2, seconds: { mean: 15, median: 15, p95: 19.5 } },
      { from: "b", to: "b", count: 1, seconds: { mean: 20, median: 20, p95: 20 } },
    ]);
    expect([...graph.starts]).toEqual([["a", 2]]);
    expect([...graph.ends]).toEqual([["b", 2]]);
    expect([...activityCounts(log)]).toEqual([
      ["b", 3],
      ["a", 2],
    ]);
  });

  it("has no times where the log has none", () => {
    const graph = directlyFollows(traces("ab"));
    expect(graph.edges).toEqual([{ from: "a", to: "b", count: 1, seconds: null }]);
    expect(throughput(traces("ab"))).toEqual({ seconds: null, first: null, last: null });
  });

  it("numbers thousands of activities without a matrix", () => {
    const log = tinyLog([Array.from({ length: 5000 }, (_, i) => ({ activity: `a${i}`, at: i }))]);
    expect(directlyFollows(log).edges).toHaveLength(4999);
  });
});

describe("variants", () => {
  it("groups equal sequences, most frequent first, ties by name", () => {
    const found = variants(traces("ba", "ab", "abc", "abc", "c"));
    expect(found.counts).toEqual([2, 1, 1, 1]);
    expect(found.sequences.map((_, v) => namesOf(found, v).join(""))).toEqual(["abc", "ab", "ba", "c"]);
    expect([...found.variantOf]).toEqual([2, 1, 0, 0, 3]);
  });

  it("agrees with grouping by text", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[abc]{1,5}$/), { minLength: 1 }), (words) => {
        const found = variants(traces(...words));
        const expected = Map.groupBy(words, (word) => word);
        expect(found.counts.length).toBe(expected.size);
        found.sequences.forEach((_, v) => {
          expect(found.counts[v]).toBe(expected.get(namesOf(found, v).join(""))!.length);
        });
      }),
    );
  });
});

describe("throughput", () => {
  it("runs from the earliest start or completion to the latest completion", () => {
    const log = tinyLog([
      [
        { activity: "a", started: 50, at: 100 },
        { activity: "b", started: 20, at: 200 },
      ],
    ]);
    expect(throughput(log)).toEqual({
      seconds: { mean: 180, median: 180, p95: 180 },
      first: 20_000_000,
      last: 200_000_000,
    });
  });
});

const timesOf = (events: readonly TinyEvent[]) => {
  const log = tinyLog([events]);
  const found = steps(log);
  const times = stepTimes(found);
  return Array.from({ length: found.count }, (_, i) => ({
    activity: log.activities[found.activity[i]!]!,
    service: times.service[i]! / 1e6,
    waiting: times.waiting[i]! / 1e6,
  }));
};

describe("waiting and service", () => {
  it("waits from the latest completion that is not after the start", () => {
    expect(
      timesOf([
        { activity: "a", started: 0, at: 10 },
        { activity: "b", started: 15, at: 40 },
        { activity: "c", started: 20, at: 50 },
      ]),
    ).toEqual([
      { activity: "a", service: 10, waiting: Number.NaN },
      { activity: "b", service: 25, waiting: 5 },
      { activity: "c", service: 30, waiting: 10 },
    ]);
  });

  it("counts a start at the very moment of a completion as no waiting", () => {
    const [, second] = timesOf([
      { activity: "a", started: 0, at: 10 },
      { activity: "b", started: 10, at: 10 },
    ]);
    expect(second).toEqual({ activity: "b", service: 0, waiting: 0 });
  });

  it("pairs start and complete rows first in, first out", () => {
    expect(
      timesOf([
        { activity: "a", at: 0, lifecycle: "START" },
        { activity: "a", at: 1, lifecycle: "start" },
        { activity: "a", at: 5, lifecycle: "COMPLETE" },
        { activity: "a", at: 9, lifecycle: "complete" },
        { activity: "b", at: 12, lifecycle: "start" },
        { activity: "b", at: 13, lifecycle: "suspend" },
        { activity: "b", at: 20, lifecycle: "complete" },
        { activity: "c", at: 30, lifecycle: "complete" },
      ]),
    ).toEqual([
      { activity: "a", service: 5, waiting: Number.NaN },
      { activity: "a", service: 8, waiting: Number.NaN },
      { activity: "b", service: 8, waiting: 3 },
      { activity: "c", service: Number.NaN, waiting: Number.NaN },
    ]);
  });

  it("pairs by instance where the log says which", () => {
    expect(
      timesOf([
        { activity: "a", at: 0, lifecycle: "start", instance: "1" },
        { activity: "a", at: 1, lifecycle: "start", instance: "2" },
        { activity: "a", at: 5, lifecycle: "complete", instance: "2" },
        { activity: "a", at: 9, lifecycle: "complete", instance: "1" },
      ]).map(({ service }) => service),
    ).toEqual([4, 9]);
  });

  it("knows nothing without starts", () => {
    const log = tinyLog([[{ activity: "a", at: 1 }]]);
    expect(steps(log).hasStarts).toBe(false);
    expect(timesOf([{ activity: "a", at: 1 }])).toEqual([
      { activity: "a", service: Number.NaN, waiting: Number.NaN },
    ]);
  });
});

describe("bottlenecks", () => {
  it("are the activities whose mean waiting exceeds the threshold, worst first", () => {
    const log = tinyLog([
      [
        { activity: "a", started: 0, at: 0 },
        { activity: "b", started: 10_000, at: 10_000 },
        { activity: "c", started: 40_000, at: 40_000 },
        { activity: "d", started: 40_010, at: 40_010 },
      ],
    ]);
    const found = steps(log);
    const times = activityTimes(found, stepTimes(found), log.activities.length);
    const worst = bottlenecks(log.activities, times);
    expect(worst.map(({ activity, waiting }) => [activity, waiting.mean])).toEqual([
      ["c", 30_000],
      ["b", 10_000],
    ]);
    expect(worst[0]!.share).toBeCloseTo(30_000 / 40_010, 12);
    expect(bottlenecks(log.activities, times, 10_000)).toHaveLength(1);
  });
});

describe("rework", () => {
  it("counts repetitions beyond the first, the cases with them and direct repetitions", () => {
    const found = rework(traces("abab", "aaa", "abc"));
    expect(found.cases).toBe(2);
    expect([...found.repeatEvents]).toEqual([
      ["a", 3],
      ["b", 1],
    ]);
    expect([...found.casesByActivity]).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect([...found.selfLoops]).toEqual([["a", 2]]);
  });
});
