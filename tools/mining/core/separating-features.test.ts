import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traces } from "../../../tests/fixtures/tiny-log.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import {
  benjaminiHochberg,
  bootstrapDifference,
  cliffsDelta,
  differenceOfMeans,
  hodgesLehmann,
  holm,
  mulberry32,
  normalCdf,
  ranks,
  rankTest,
  sampleOf,
} from "./effects.ts";
import { LEVEL, separatingFeatures } from "./separating-features.ts";

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
  it("are found in fewer than one in twenty of 400 worlds without any", () => {
    const random = mulberry32(7);
    let worlds = 0;
    for (let world = 0; world < 400; world++) {
      const log = randomLog(200, random);
      const values = Float64Array.from({ length: 200 }, () => random() ** 3 * 1000);
      if (separatingFeatures(log, values).length > 0) worlds++;
    }
    expect(worlds / 400).toBeLessThanOrEqual(LEVEL);
  });

  it("are found in at least nine of ten worlds with an effect of half a standard deviation", () => {
    const random = mulberry32(13);
    let found = 0;
    for (let world = 0; world < 50; world++) {
      const log = randomLog(1200, random);
      const planted = log.caseAttributes.get("attribute 3")!;
      if (planted.kind !== "text") throw new Error("the planted attribute is text");
      const shift = 0.5 * Math.sqrt(1 / 12);
      const values = Float64Array.from(planted.codes, (code) => random() + (code === 2 ? shift : 0));
      const [best] = separatingFeatures(log, values);
      if (best?.feature.kind === "value" && best.feature.attribute === "attribute 3") found++;
    }
    expect(found).toBeGreaterThanOrEqual(45);
  });

  it("say where an effect is only the mix of cases", () => {
    const random = mulberry32(17);
    const cases = 2000;
    const cause = Uint32Array.from({ length: cases }, () => (random() < 0.4 ? 1 : 0));
    // Goes with the cause four times in five, and has no effect of its own.
    const shadow = cause.map((own) => (random() < 0.8 ? own : 1 - own));
    const text = (codes: Uint32Array) => ({ kind: "text" as const, codes, dictionary: ["no", "yes"] });
    const log: EventLog = {
      ...randomLog(cases, random),
      caseAttributes: new Map([
        ["cause", text(cause)],
        ["shadow", text(shadow)],
      ]),
    };
    const values = Float64Array.from(cause, (own) => random() * 100 + own * 50);
    const found = separatingFeatures(log, values);
    const of = (attribute: string) =>
      found.find(({ feature }) => feature.kind === "value" && feature.attribute === attribute);
    expect(of("cause")?.within?.holds).toBe(true);
    expect(of("shadow")?.within?.holds).toBe(false);
    expect(found.indexOf(of("cause")!)).toBeLessThan(found.indexOf(of("shadow")!));
  });

  it("are told by the side that raises the figure, where two values part the cases alike", () => {
    const random = mulberry32(3);
    const sides = (values: readonly number[]) => ({
      ...randomLog(400, random),
      caseAttributes: new Map([
        [
          "category",
          { kind: "text" as const, codes: Uint32Array.from(values), dictionary: ["application", "network"] },
        ],
      ]),
    });
    const codes = Array.from({ length: 400 }, () => (random() < 0.4 ? 1 : 0));
    const values = Float64Array.from(codes, (code) => random() + code);
    const [best] = separatingFeatures(sides(codes), values);
    expect(best?.feature).toMatchObject({ attribute: "category", value: "network" });
  });

  it("leave out what says the figure again", () => {
    const random = mulberry32(19);
    const log = randomLog(200, random);
    const repeated = Float64Array.from(
      { length: 200 },
      (_, c) => log.caseStart[c + 1]! - log.caseStart[c]! - 2,
    );
    expect(separatingFeatures(log, repeated).length).toBeGreaterThan(0);
    expect(separatingFeatures(log, repeated, { isTautology: ({ kind }) => kind !== "value" })).toEqual([]);
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

  const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });

  it("give the shift and the delta that all pairs give", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const differences = a.flatMap((x) => b.map((y) => x - y)).sort((x, y) => x - y);
        const [x, y] = [Float64Array.from(a), Float64Array.from(b)];
        const middle = Math.round((differences.length + 1) / 2) - 1;
        expect(hodgesLehmann(x, y).difference).toBe(differences[middle]);
        const signs = differences.reduce((sum, each) => sum + Math.sign(each), 0);
        expect(cliffsDelta(x, y).difference).toBeCloseTo(signs / differences.length, 10);
      }),
    );
  });

  it("cover the true shift in about 95 of 100 samples, by means, ranks and delta", () => {
    const random = mulberry32(5);
    const draw = (shift: number) => Float64Array.from({ length: 60 }, () => random() ** 2 * 10 + shift);
    const [a, b] = [
      Float64Array.from({ length: 2000 }, () => random() ** 2 * 10 + 1),
      Float64Array.from({ length: 2000 }, () => random() ** 2 * 10),
    ];
    const delta = cliffsDelta(a, b).difference;
    let [shifts, deltas] = [0, 0];
    for (let i = 0; i < 600; i++) {
      const [x, y] = [draw(1), draw(0)];
      const shift = hodgesLehmann(x, y);
      if (shift.low <= 1 && 1 <= shift.high) shifts++;
      const own = cliffsDelta(x, y);
      if (own.low <= delta && delta <= own.high) deltas++;
    }
    expect(shifts / 600).toBeGreaterThan(0.92);
    expect(deltas / 600).toBeGreaterThan(0.91);
  });

  it("are found of what is asked about, though another attribute has the same cases", () => {
    const random = mulberry32(3);
    const log = randomLog(400, random);
    const twin = log.caseAttributes.get("attribute 0")!;
    const attributes = new Map(log.caseAttributes).set("twin", twin);
    const codes = twin.kind === "text" ? twin.codes : new Uint32Array(400);
    const values = Float64Array.from({ length: 400 }, (_, c) => (codes[c] === 0 ? 5 : 0) + random());
    const isAsked = (feature: object) => "attribute" in feature && feature.attribute === "twin";
    const [best] = separatingFeatures({ ...log, caseAttributes: attributes }, values, { isAsked });
    expect(best?.feature).toMatchObject({ attribute: "twin", value: "w" });
    expect(best?.within).toMatchObject({ by: { attribute: "attribute 0" }, effect: null, holds: false });
  });

  it("correct for many comparisons as Benjamini and Hochberg do", () => {
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.5]).map((p) => Math.round(p * 1e6) / 1e6)).toEqual([
      0.04, 0.053333, 0.053333, 0.5,
    ]);
  });

  it("correct for many comparisons as Holm does", () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it("know the normal distribution", () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 6);
    expect(normalCdf(-1)).toBeCloseTo(0.158655, 5);
  });
});
