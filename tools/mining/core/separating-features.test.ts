import { describe, expect, it } from "vitest";
import { traces } from "../../../tests/fixtures/tiny-log.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import {
  bootstrapDifference,
  differenceOfMeans,
  holm,
  mulberry32,
  normalCdf,
  ranks,
  rankTest,
  sampleOf,
} from "./effects.ts";
import { separatingFeatures } from "./separating-features.ts";

/** Cases with ten random attributes, of which none has to do with anything. */
function randomLog(cases: number, random: () => number): EventLog {
  const log = traces(...Array.from({ length: cases }, () => (random() < 0.5 ? "ab" : "abb")));
  const column = () => ({
    kind: "text" as const,
    codes: Uint32Array.from({ length: cases }, () => Math.floor(random() * 4)),
    dictionary: ["w", "x", "y", "z"],
  });
  return {
    ...log,
    caseAttributes: new Map(Array.from({ length: 10 }, (_, i) => [`attribute ${i}`, column()])),
  };
}

describe("features that separate slow from fast", () => {
  it("are almost never found in noise", () => {
    const random = mulberry32(7);
    let findings = 0;
    for (let world = 0; world < 100; world++) {
      const log = randomLog(200, random);
      const values = Float64Array.from({ length: 200 }, () => random() ** 3 * 1000);
      findings += separatingFeatures(log, values).length;
    }
    expect(findings).toBeLessThanOrEqual(2);
  });

  it("are found where one was planted, strongest first, with an interval that holds the truth", () => {
    const random = mulberry32(11);
    const log = randomLog(600, random);
    const planted = log.caseAttributes.get("attribute 3")!;
    if (planted.kind !== "text") throw new Error("the planted attribute is text");
    const values = Float64Array.from(
      { length: 600 },
      (_, c) => random() * 100 + (planted.codes[c] === 2 ? 40 : 0),
    );
    const [best] = separatingFeatures(log, values);
    expect(best?.feature).toEqual({ kind: "value", attribute: "attribute 3", value: "y" });
    expect(best!.effect.low).toBeLessThan(40);
    expect(best!.effect.high).toBeGreaterThan(40);
  });
});

describe("effects", () => {
  it("cover the true difference of means in about 95 of 100 samples", () => {
    const random = mulberry32(3);
    const sample = (shift: number) => sampleOf(Array.from({ length: 80 }, () => random() ** 2 * 10 + shift));
    let covered = 0;
    for (let i = 0; i < 1000; i++) {
      const { low, high } = differenceOfMeans(sample(2), sample(0));
      if (low <= 2 && 2 <= high) covered++;
    }
    expect(covered).toBeGreaterThan(930);
    expect(covered).toBeLessThan(970);
  });

  it("bootstrap the same interval from the same input", () => {
    const [a, b] = [Float64Array.of(1, 2, 3, 4, 9), Float64Array.of(2, 2, 5, 7, 8)];
    const maximum = (values: Float64Array) => Math.max(...values);
    expect(bootstrapDifference(a, b, maximum)).toEqual(bootstrapDifference(a, b, maximum));
  });

  it("rank with ties averaged", () => {
    expect([...ranks(Float64Array.of(3, 1, 3, 2))]).toEqual([3.5, 1, 3.5, 2]);
  });

  it("see a clear separation and none in equal groups", () => {
    const ranked = ranks(Float64Array.from({ length: 40 }, (_, i) => i));
    expect(
      rankTest(
        ranked,
        Uint8Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 0)),
      ),
    ).toBeLessThan(1e-6);
    expect(
      rankTest(
        ranked,
        Uint8Array.from({ length: 40 }, (_, i) => i % 2),
      ),
    ).toBeGreaterThan(0.5);
  });

  it("correct for many comparisons as Holm does", () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it("know the normal distribution", () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 6);
    expect(normalCdf(-1)).toBeCloseTo(0.158655, 5);
  });
});
