import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../tests/fixtures/tiny-log.ts";
import { seeded, simulate, trees, treesWithTurns } from "../../../tests/fixtures/trees.ts";
import { inductiveMiner } from "./inductive-miner.ts";
import { modelQuality } from "./model-quality.ts";
import { activitiesOf, type ProcessTree, printTree } from "./process-tree.ts";
import { treeAligner } from "./tree-alignment.ts";
import { treeAutomaton } from "./tree-automaton.ts";
import { variants } from "./variants.ts";

const never = () => false;
const mine = (...words: string[]) => printTree(inductiveMiner(variants(traces(...words))));

describe("inductive miner", () => {
  it("finds a sequence", () => expect(mine("abc")).toBe("->( 'a', 'b', 'c' )"));
  it("finds a choice", () => expect(mine("ab", "cd")).toBe("X( ->( 'a', 'b' ), ->( 'c', 'd' ) )"));
  it("finds concurrency", () => expect(mine("abcd", "acbd")).toBe("->( 'a', +( 'b', 'c' ), 'd' )"));
  it("finds a loop", () => expect(mine("ab", "abcab")).toBe("*( ->( 'a', 'b' ), 'c' )"));
  it("finds an optional step", () => expect(mine("abc", "ac")).toBe("->( 'a', X( tau, 'b' ), 'c' )"));
  it("finds a repeated step", () => expect(mine("a", "aa")).toBe("*( 'a', tau )"));
  it("finds the loop over concurrency of the 2013 paper", () =>
    expect(mine("abcd", "acbd", "abcefbcd", "abcefcbd", "acbefbcd", "acbefcbd")).toBe(
      "->( 'a', *( +( 'b', 'c' ), ->( 'e', 'f' ) ), 'd' )",
    ));
  it("gives the flower model where nothing else holds every trace", () => {
    const tree = inductiveMiner(variants(traces("abcab", "cba", "bac", "ca")));
    expect(activitiesOf(tree).sort()).toEqual(["a", "b", "c"]);
  });
});

const logsOf = (tree: ProcessTree, seed: number, cases: number): string[] => {
  const random = seeded(seed);
  return Array.from({ length: cases }, () => simulate(tree, random)).filter((word) => word !== "");
};

const codes = new Map([..."abcdefghij"].map((name, code) => [name, code]));
const encode = (word: string) => [...word].map((name) => codes.get(name)!);

describe("trees, their automaton and alignments", () => {
  it("accept every trace that a tree can make, at cost 0", () => {
    fc.assert(
      fc.property(treesWithTurns, fc.nat(), (tree, seed) => {
        const automaton = treeAutomaton(tree, codes);
        const align = treeAligner(tree, codes);
        for (const word of logsOf(tree, seed, 20)) {
          const state = encode(word).reduce(automaton.step, automaton.initial);
          expect(automaton.accepts(state), `${printTree(tree)} ${word}`).toBe(true);
          expect(align(encode(word))).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("find the same cost as a shortest path through the automaton", () => {
    fc.assert(
      fc.property(treesWithTurns, fc.array(fc.nat(9), { maxLength: 8 }), (tree, trace) => {
        expect(treeAligner(tree, codes)(trace), `${printTree(tree)} ${trace}`).toBe(
          shortestPath(tree, trace),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("rediscover models that fit the log they were simulated from", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, seed) => {
        const words = logsOf(tree, seed, 60);
        fc.pre(words.length > 0);
        const found = variants(traces(...words));
        const quality = modelQuality(inductiveMiner(found), found, never);
        expect(quality.fitness).toBe(1);
        expect(quality.fittingCases).toBe(words.length);
        expect(quality.precision).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it("filter noise without ever failing", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-f]{1,7}$/), { minLength: 1, maxLength: 40 }), (words) => {
        const found = variants(traces(...words));
        const quality = modelQuality(inductiveMiner(found, { noise: 0.2 }), found, never);
        expect(quality.fitness).toBeGreaterThanOrEqual(0);
        expect(quality.fitness).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});

/** Dijkstra over (events done, state): the oracle for alignment costs. */
function shortestPath(tree: ProcessTree, trace: readonly number[]): number {
  const automaton = treeAutomaton(tree, codes);
  let layer = new Map([[`0/${automaton.initial}`, { at: 0, state: automaton.initial }]]);
  const done = new Set<string>();
  for (let cost = 0; ; cost++) {
    const free = [...layer.values()];
    const next: typeof layer = new Map();
    for (let place = free.pop(); place !== undefined; place = free.pop()) {
      const key = `${place.at}/${place.state}`;
      if (done.has(key)) continue;
      done.add(key);
      const { at, state } = place;
      if (at === trace.length && automaton.accepts(state)) return cost;
      if (at < trace.length) {
        const together = automaton.step(state, trace[at]!);
        if (together !== 0) free.push({ at: at + 1, state: together });
        next.set(`${at + 1}/${state}`, { at: at + 1, state });
      }
      for (const activity of automaton.enabled(state)) {
        const modelOnly = automaton.step(state, activity);
        next.set(`${at}/${modelOnly}`, { at, state: modelOnly });
      }
    }
    layer = next;
  }
}

describe("logs that are no process", () => {
  it("get a model that allows any order rather than none", () => {
    const names = Array.from({ length: 2500 }, (_, i) => ({ activity: `step ${i}` }));
    const found = variants(tinyLog([names, names.toReversed()]));
    const tree = inductiveMiner(found);
    expect(activitiesOf(tree)).toHaveLength(2500);
    expect(modelQuality(tree, found, never).fitness).toBe(1);
  });

  it("get a flower where time is up at once", () => {
    const found = variants(traces("abc", "acb"));
    expect(printTree(inductiveMiner(found, { deadline: () => true }))).toBe("*( X( 'a', 'b', 'c' ), tau )");
    expect(modelQuality(inductiveMiner(found), found, () => true)).toMatchObject({
      fitness: null,
      precision: null,
      reason: "The time allowed did not suffice.",
    });
  });
});
