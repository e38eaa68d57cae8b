import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traces } from "../../../../tests/fixtures/tiny-log.ts";
import { variants } from "../variants.ts";
import { declarativeConstraints, violatingVariants } from "./declarative-constraints.ts";
import { BINARY_TEMPLATES, type BinaryTemplate, TESTS } from "./declare-templates.ts";
import { logSkeleton } from "./log-skeleton.ts";
import { type PairCounts, pairCounts } from "./pair-counts.ts";

const words = fc.array(fc.stringMatching(/^[a-d]{1,7}$/), { minLength: 1, maxLength: 15 });
const of = (...list: string[]) => variants(traces(...list));
const said = (...list: string[]) =>
  declarativeConstraints(of(...list), { leastConfidence: 1, leastSupport: 0.5 }).map(
    ({ template, a, b }) => `${template} ${a}${b ?? ""}`,
  );

describe("pair counts", () => {
  /** Cases in which both happen and the template's test holds. */
  const COUNTED: readonly [keyof PairCounts, BinaryTemplate][] = [
    ["response", "response"],
    ["alternateResponse", "alternate-response"],
    ["chainResponse", "chain-response"],
    ["precedence", "precedence"],
    ["alternatePrecedence", "alternate-precedence"],
    ["chainPrecedence", "chain-precedence"],
    ["succession", "succession"],
    ["alternateSuccession", "alternate-succession"],
    ["chainSuccession", "chain-succession"],
  ];

  it("agree with the definition of each template, trace by trace", () => {
    fc.assert(
      fc.property(words, (list) => {
        const found = of(...list);
        const counts = pairCounts(found);
        const n = found.activities.length;
        for (const [array, template] of COUNTED) {
          for (let pair = 0; pair < n * n; pair++) {
            const [a, b] = [Math.floor(pair / n), pair % n];
            if (a === b) continue;
            const expected = found.sequences.reduce((sum, trace, v) => {
              const both = trace.includes(a) && trace.includes(b);
              return sum + (both && TESTS[template](trace, a, b) ? found.counts[v]! : 0);
            }, 0);
            expect((counts[array] as Float64Array)[pair], `${template} ${a} ${b} ${list}`).toBe(expected);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("declarative constraints", () => {
  it("say a sequence by its chain", () =>
    expect(said("abc", "abc", "abc")).toEqual(
      expect.arrayContaining(["init a", "end c", "chain-succession ab"]),
    ));

  it("leave out what follows from a stronger one", () => {
    const found = said("abc", "abc", "abc");
    expect(found).not.toContain("response ab");
    expect(found).not.toContain("co-existence ab");
    expect(found).not.toContain("existence a");
  });

  it("find what never happens together", () =>
    expect(said(...Array(10).fill("ab"), ...Array(10).fill("ac"))).toContain("not-co-existence bc"));

  it("say nothing negative about what is too rare to meet", () =>
    expect(said(...Array(30).fill("ax"), "bx", "cx").filter((text) => text.startsWith("not-co"))).toEqual(
      [],
    ));

  it("count kept and broken cases as their tests do, with the variants that break them", () => {
    fc.assert(
      fc.property(words, (list) => {
        const found = of(...list);
        const cases = list.length;
        for (const one of declarativeConstraints(found, { leastConfidence: 0.5, leastSupport: 0 })) {
          const broken = violatingVariants(one, found).reduce((sum, v) => sum + found.counts[v]!, 0);
          expect(one.activated - one.kept, `${one.template} ${one.a} ${one.b} ${list}`).toBe(broken);
          expect(one.confidence).toBeGreaterThanOrEqual(0.5);
          expect(one.support).toBeCloseTo(one.kept / cases, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("every template holds on an empty trace or needs an activity", () => {
    for (const template of BINARY_TEMPLATES) expect(TESTS[template]([], 0, 1), template).toBe(true);
  });
});

describe("log skeleton", () => {
  it("has the relations of the 2018 paper's definitions", () => {
    const found = logSkeleton(of("abcd", "acbd", "aed"));
    expect(found.equivalence).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
    expect(found.alwaysAfter).toContainEqual(["b", "d"]);
    expect(found.alwaysAfter).not.toContainEqual(["b", "c"]);
    expect(found.alwaysBefore).toContainEqual(["d", "a"]);
    expect(found.neverTogether).toEqual([
      ["b", "e"],
      ["c", "e"],
    ]);
    expect(found.directlyFollows).toEqual(expect.arrayContaining([["e", "d"]]));
    expect(found.activeFrequencies.get("b")).toEqual([0, 1]);
  });

  it("is kept by every case that it was made from", () => {
    fc.assert(
      fc.property(words, (list) => {
        const found = of(...list);
        const skeleton = logSkeleton(found);
        const code = (name: string) => found.activities.indexOf(name);
        const holds = (template: BinaryTemplate, a: string, b: string) =>
          found.sequences.every((trace) => TESTS[template](trace, code(a), code(b)));
        for (const [a, b] of skeleton.alwaysAfter) expect(holds("response", a, b)).toBe(true);
        for (const [a, b] of skeleton.alwaysBefore) expect(holds("precedence", b, a)).toBe(true);
        for (const [a, b] of skeleton.neverTogether) expect(holds("not-co-existence", a, b)).toBe(true);
        for (const [a, b] of skeleton.directlyFollows) expect(holds("chain-response", a, b)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
