import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traces } from "../../../tests/fixtures/tiny-log.ts";
import { seeded, simulate, trees } from "../../../tests/fixtures/trees.ts";
import { type PetriNet, toPetriNet } from "./petri-net.ts";
import {
  activitiesOf,
  activityLeaf,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "./process-tree.ts";
import { tokenReplay } from "./token-replay.ts";
import { treeAligner } from "./tree-alignment.ts";
import { variants } from "./variants.ts";

const never = () => false;
const [a, b, c] = ["a", "b", "c"].map(activityLeaf) as [ProcessTree, ProcessTree, ProcessTree];
const replay = (tree: ProcessTree, ...words: string[]) =>
  tokenReplay(toPetriNet(tree), variants(traces(...words)), never)!;

describe("token replay", () => {
  it("counts tokens as the paper does", () => {
    expect(replay(sequence([a, b, c]), "ac")).toMatchObject({
      produced: 3,
      consumed: 3,
      missing: 1,
      remaining: 1,
      fitness: 1 - 1 / 3,
      fittingCases: 0,
    });
  });

  it("weights traces with their cases", () => {
    const { fitness, fittingCases } = replay(sequence([a, b]), "ab", "ab", "ab", "a");
    expect(fittingCases).toBe(3);
    expect(fitness).toBeCloseTo(1 - 0.5 * (1 / 11) - 0.5 * (1 / 11), 12);
  });

  it("goes through loops and concurrency", () => {
    const tree = loop(sequence([a, parallel([b, c])]), silent);
    expect(replay(tree, "abc", "acbabc", "abcacb").fitness).toBe(1);
  });

  it("fits every trace of a tree, whatever silent steps it takes", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, seed) => {
        const random = seeded(seed);
        const words = Array.from({ length: 20 }, () => simulate(tree, random)).filter((word) => word !== "");
        fc.pre(words.length > 0);
        const { fitness, fittingCases } = replay(tree, ...words);
        expect(fitness).toBe(1);
        expect(fittingCases).toBe(words.length);
      }),
      { numRuns: 300 },
    );
  });

  it("fits just the traces that alignments do", () => {
    fc.assert(
      fc.property(trees, fc.array(fc.constantFrom(..."abcde"), { maxLength: 7 }), (tree, trace) => {
        const codes = new Map([..."abcdefghij"].map((name, code) => [name, code]));
        const known = trace.filter((name) => activitiesOf(tree).includes(name));
        fc.pre(known.length > 0);
        const cost = treeAligner(tree, codes)(known.map((name) => codes.get(name)!));
        expect(replay(tree, known.join("")).fittingCases).toBe(cost === 0 ? 1 : 0);
      }),
    );
  });

  it("counts how often each transition fires, silent ones too", () => {
    const net = toPetriNet(loop(a, silent));
    const { fired } = tokenReplay(net, variants(traces("aa", "aa", "a")), never)!;
    // Into the loop, the step, back, and out of it.
    expect([...fired].sort()).toEqual([2, 3, 3, 5]);
  });

  it("adds up the tokens of a case that skips a step and one that does not", () => {
    const { produced, consumed, missing, remaining } = replay(sequence([a, b, c]), "ac", "abc");
    expect({ produced, consumed, missing, remaining }).toEqual({
      produced: 7,
      consumed: 7,
      missing: 1,
      remaining: 1,
    });
  });

  it("asks for as many tokens as arcs weigh, and for the marking that is final", () => {
    const net: PetriNet = {
      places: 2,
      transitions: [
        { label: "a", inputs: [], outputs: [0] },
        { label: "b", inputs: [0, 0], outputs: [1] },
      ],
      initial: [0, 0],
      final: [0, 1],
    };
    const on = (...words: string[]) => tokenReplay(net, variants(traces(...words)), never)!;
    expect(on("aab")).toMatchObject({ missing: 0, remaining: 0, fitness: 1 });
    expect(on("ab")).toMatchObject({ produced: 2, consumed: 3, missing: 1, remaining: 0 });
    expect(on("aaab")).toMatchObject({ missing: 0, remaining: 1 });
    expect(on("aa")).toMatchObject({ missing: 1, remaining: 2 });
  });

  it("gives nothing when time is up", () => {
    expect(tokenReplay(toPetriNet(a), variants(traces("a")), () => true)).toBeNull();
  });
});
