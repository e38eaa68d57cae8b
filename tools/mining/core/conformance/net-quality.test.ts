import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traces } from "../../../../tests/fixtures/tiny-log.ts";
import { seeded, simulate, trees } from "../../../../tests/fixtures/trees.ts";
import { toPetriNet } from "../petri-net.ts";
import { escapingEdgesPrecision } from "../precision.ts";
import {
  activityLeaf,
  exclusive,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";
import { treeAutomaton } from "../tree-automaton.ts";
import { namesOf, variants } from "../variants.ts";
import { alignTraces } from "./net-alignment.ts";
import { netAutomaton } from "./net-automaton.ts";
import { fScore, generalisation, simplicity } from "./net-measures.ts";
import { netQuality } from "./net-quality.ts";

const never = () => false;
const [a, b, c, d] = [..."abcd"].map(activityLeaf) as [ProcessTree, ProcessTree, ProcessTree, ProcessTree];

function quality(tree: ProcessTree, ...words: string[]) {
  const net = toPetriNet(tree);
  const found = variants(traces(...words));
  const aligned = alignTraces(
    net,
    found.sequences.map((_, v) => namesOf(found, v)),
    never,
  );
  return netQuality(net, found, aligned, never);
}

const wordsOf = (tree: ProcessTree, seed: number) => {
  const random = seeded(seed);
  return Array.from({ length: 12 }, () => simulate(tree, random).slice(0, 30)).filter((word) => word !== "");
};

describe("the automaton of a net", () => {
  it("accepts and allows what the automaton of its tree does", () => {
    fc.assert(
      fc.property(trees, fc.array(fc.nat(9), { maxLength: 8 }), (tree, trace) => {
        const codes = new Map([..."abcdefghij"].map((name, code) => [name, code]));
        const [ofNet, ofTree] = [netAutomaton(toPetriNet(tree), codes), treeAutomaton(tree, codes)];
        let [state, expected] = [ofNet.initial, ofTree.initial];
        for (const activity of trace) {
          expect([...ofNet.enabled(state)].sort()).toEqual([...ofTree.enabled(expected)].sort());
          expect(ofNet.accepts(state)).toBe(ofTree.accepts(expected));
          [state, expected] = [ofNet.step(state, activity), ofTree.step(expected, activity)];
        }
      }),
      { numRuns: 300 },
    );
  });

  it("counts each activity that the log does not have", () => {
    const found = variants(traces("a"));
    const codes = new Map([["a", 0]]);
    const tree = exclusive([a, b, c]);
    expect(escapingEdgesPrecision(netAutomaton(toPetriNet(tree), codes), found, never)).toBeCloseTo(
      1 / 3,
      12,
    );
    expect(escapingEdgesPrecision(treeAutomaton(tree, codes), found, never)).toBeCloseTo(1 / 3, 12);
  });
});

describe("quality of a net", () => {
  it("gives both precisions alike where every trace fits", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, seed) => {
        const words = wordsOf(tree, seed).filter((word) => word.length < 30);
        fc.pre(words.length > 0);
        const { precision, alignedPrecision, fitness } = quality(tree, ...words);
        expect(fitness.low).toBe(1);
        // One alignment of a trace may pass a silent step elsewhere, but reads the same labels.
        expect(alignedPrecision).toBeCloseTo(precision!, 12);
      }),
      { numRuns: 100 },
    );
  });

  it("counts cases that do not fit in the aligned precision", () => {
    // "abc" fits; "axc" is aligned with "abc": both then do all that the sequence allows.
    const { precision, alignedPrecision, fitness, fScore: f } = quality(sequence([a, b, c]), "abc", "axc");
    expect(precision).toBe(1);
    expect(alignedPrecision).toBe(1);
    expect(fitness).toMatchObject({ low: 1 - 2 / 12, high: 1 - 2 / 12, fittingCases: 1 });
    expect(f).toBeCloseTo((2 * (10 / 12)) / (1 + 10 / 12), 12);
  });

  it("is not precise where a flower allows everything", () => {
    const flower = loop(exclusive([a, b, c, d]), silent);
    expect(quality(flower, "abcd").precision).toBeCloseTo(4 / 16, 12);
  });

  it("does not change when every case comes twice, but for generalisation, which grows", () => {
    const once = quality(parallel([a, b, c]), "abc", "acb", "ba");
    const twice = quality(parallel([a, b, c]), "abc", "acb", "ba", "abc", "acb", "ba");
    expect(twice.fitness.low).toBeCloseTo(once.fitness.low, 12);
    expect(twice.alignedPrecision).toBeCloseTo(once.alignedPrecision!, 12);
    expect(twice.generalisation).toBeGreaterThan(once.generalisation!);
    expect(twice.simplicity).toBe(once.simplicity);
  });

  it("says that time did not suffice, and keeps what it has", () => {
    const net = toPetriNet(sequence([a, b]));
    const found = variants(traces("ab", "a"));
    const aligned = alignTraces(net, [["a", "b"], ["a"]], () => true);
    const { fitness, replay, reason } = netQuality(net, found, aligned, () => true);
    expect(replay).toBeNull();
    expect(reason).toContain("time");
    expect(fitness.low).toBeLessThanOrEqual(fitness.high);
  });

  it("has what replay cannot do without bounds as a reason, not as an error", () => {
    const net = {
      places: 3,
      transitions: [
        { label: null, inputs: [0], outputs: [0, 1] },
        { label: "a", inputs: [0], outputs: [2] },
      ],
      initial: [1, 0, 0],
      final: [0, 0, 1],
    };
    const found = variants(traces("a"));
    const { precision, reason } = netQuality(net, found, alignTraces(net, [["a"]], never), never);
    expect(precision).toBeNull();
    expect(reason).toContain("states");
  });
});

describe("measures of a net", () => {
  it("call a chain simple and a knot less so", () => {
    expect(simplicity(toPetriNet(sequence([a, b, c])))).toBe(1);
    expect(simplicity(toPetriNet(exclusive([a, b, c, d])))).toBeCloseTo(1 / (1 + (16 / 6 - 2)), 12);
  });
  it("trust parts that fired often", () => {
    expect(generalisation(Float64Array.of(4, 16, 0))).toBeCloseTo(1 - (0.5 + 0.25 + 1) / 3, 12);
  });
  it("need both fitness and precision", () => {
    expect(fScore(0, 0)).toBe(0);
    expect(fScore(1, 0.5)).toBeCloseTo(2 / 3, 12);
  });
});
