import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import { lifecycleTrees, seeded, simulateLifecycles, trees } from "../../../../tests/fixtures/trees.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { modelQuality } from "../model-quality.ts";
import { childrenOf, type ProcessTree, printTree } from "../process-tree.ts";
import { steps } from "../steps.ts";
import { variants } from "../variants.ts";
import { lifecycleMiner } from "./lifecycle-miner.ts";
import { executionsOf } from "./lifecycle-traces.ts";

const never = () => false;

/** A log of traces of starts (`a`) and completions (`A`), one second apart. */
const overlapping = (words: readonly string[]): EventLog =>
  tinyLog(
    words.map((word) => {
      const codes = [...word].map(
        (letter) => 2 * letter.toLowerCase().charCodeAt(0) + (letter < "a" ? 1 : 0),
      );
      return executionsOf(String.fromCharCode(...codes)).map(({ activity, start, end }) => ({
        activity: String.fromCharCode(activity),
        started: start,
        at: end,
      }));
    }),
  );

function mined(words: readonly string[], noise = 0): ProcessTree {
  const log = overlapping(words);
  return lifecycleMiner(steps(log), log.activities, { noise })!;
}

/** With the children of what has no order in one order. */
function canonical(tree: ProcessTree): string {
  if (tree.kind === "activity" || tree.kind === "silent") return printTree(tree);
  const children = childrenOf(tree).map(canonical);
  const ordered = tree.kind === "sequence" || tree.kind === "loop" ? children : children.sort();
  return `${tree.kind}(${ordered.join(",")})`;
}

describe("inductive miner with starts and completions", () => {
  it("calls parallel what overlaps", () =>
    expect(printTree(mined(["aAbcBCdD", "aAcbCBdD"]))).toBe("->( 'a', +( 'b', 'c' ), 'd' )"));

  it("lets take turns what comes in any order and never overlaps, as a whole", () => {
    expect(printTree(mined(["aAbBcCdD", "aAcCbBdD"]))).toBe("->( 'a', <>( 'b', 'c' ), 'd' )");
    expect(printTree(mined(["aAbBcC", "cCaAbB"]))).toBe("<>( ->( 'a', 'b' ), 'c' )");
  });

  it("calls parallel what comes in between, though it never overlaps", () =>
    expect(printTree(mined(["aAbBcC", "cCaAbB", "aAcCbB"]))).toBe("+( 'c', ->( 'a', 'b' ) )"));

  it("takes turns for a loop where they are taken more than once", () =>
    expect(printTree(mined(["bBcCbBcCbB", "bB"]))).toBe("*( 'b', 'c' )"));

  it("finds a loop of what overlaps, which completions alone mistake for concurrency with itself", () =>
    expect(printTree(mined(["abABcCabBA", "baBA", "abBAcCbaAB"]))).toBe("*( +( 'a', 'b' ), 'c' )"));

  it("leaves out an overlap that is rarer than the noise, where nothing is found with it", () => {
    const usual = Array.from({ length: 40 }, () => "aAbBcC");
    expect(printTree(mined([...usual, "acACbB"], 0.2))).toBe("->( 'a', 'b', 'c' )");
    expect(printTree(mined([...usual, "acACbB"]))).toBe("+( 'b', 'a', 'c' )");
  });

  it("has nothing to say without starts", () =>
    expect(lifecycleMiner(steps(traces("ab")), ["a", "b"])).toBeNull());

  it("finds the tree again from which cases with overlapping steps were simulated", () => {
    fc.assert(
      fc.property(lifecycleTrees, fc.nat(), (tree, seed) => {
        const random = seeded(seed);
        const words = Array.from({ length: 400 }, () => simulateLifecycles(tree, random));
        expect(canonical(mined(words))).toBe(canonical(tree));
      }),
      { numRuns: 150 },
    );
  });

  it("fits every case of any tree, by its completions, whatever overlaps", () => {
    fc.assert(
      fc.property(fc.oneof(trees, lifecycleTrees), fc.nat(), (tree, seed) => {
        const random = seeded(seed);
        const words = Array.from({ length: 30 }, () => simulateLifecycles(tree, random)).filter(
          (word) => word,
        );
        fc.pre(words.length > 0);
        const log = overlapping(words);
        const found = lifecycleMiner(steps(log), log.activities)!;
        expect(modelQuality(found, variants(log), never).fitness, printTree(found)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});
