import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import { seeded, simulate, trees } from "../../../../tests/fixtures/trees.ts";
import { treeToBpmn } from "../bpmn-model.ts";
import { netAutomaton } from "../conformance/net-automaton.ts";
import { inductiveMiner } from "../inductive-miner.ts";
import { modelQuality } from "../model-quality.ts";
import { soundness } from "../models/soundness.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";
import { printTree } from "../process-tree.ts";
import { treeAutomaton } from "../tree-automaton.ts";
import { type Variants, variants } from "../variants.ts";
import { ALGORITHMS, type Algorithm, discoverWith, soundnessOf } from "./algorithms.ts";
import { alphaMiner, TooManyPlacesError } from "./alpha-miner.ts";
import { automatonFitness, automatonPrecision, explore } from "./automaton-quality.ts";
import { chooseModel, F_TIE } from "./choose-model.ts";
import { directlyFollowsModel } from "./directly-follows-model.ts";
import { branchingOf } from "./gateways.ts";
import { heuristicsMiner, heuristicsNet } from "./heuristics-miner.ts";
import { inductiveGraphMiner } from "./inductive-graph-miner.ts";
import { graphSize, treeSize } from "./model-size.ts";
import { prefixTree, sampleVariants } from "./prefix-tree.ts";
import { fScore } from "./refine-tree.ts";
import { splitMiner } from "./split-miner.ts";
import { treeMoves } from "./tree-moves.ts";

const of = (...words: string[]): Variants => variants(traces(...words));
const repeat = (words: Readonly<Record<string, number>>): string[] =>
  Object.entries(words).flatMap(([word, count]) => Array<string>(count).fill(word));
const codesOf = (found: Variants) => new Map(found.activities.map((name, code) => [name, code]));
const never = () => false;

/** Whether a net, or a tree's net, has exactly the traces of a log among those of at most a length. */
function language(net: PetriNet, longest: number): string[] {
  const names = [...new Set(net.transitions.flatMap(({ label }) => (label === null ? [] : [label])))].sort();
  const automaton = netAutomaton(net, new Map(names.map((name, code) => [name, code])));
  const found: string[] = [];
  let layer = [{ word: "", state: automaton.initial }];
  for (let length = 0; length <= longest; length++) {
    found.push(...layer.filter(({ state }) => automaton.accepts(state)).map(({ word }) => word));
    layer = layer.flatMap(({ word, state }) =>
      automaton
        .enabled(state)
        .map((code) => ({ word: word + names[code]!, state: automaton.step(state, code) })),
    );
  }
  return found.sort();
}

describe("alpha miner", () => {
  it("finds the net of the paper's first log: L1 = abcd, acbd, aed", () => {
    const net = alphaMiner(of(...repeat({ abcd: 3, acbd: 2, aed: 1 })));
    expect(net.places).toBe(6);
    expect(language(net, 6)).toEqual(["abcd", "acbd", "aed"]);
    expect(soundness(net).verdict).toBe("sound");
  });

  it("finds a loop of length two, as alpha+ does", () => {
    const net = alphaMiner(of("abd", "abcbd", "abcbcbd"));
    expect(language(net, 7)).toEqual(["abcbcbd", "abcbd", "abd"]);
  });

  it("finds a loop of length one, as alpha+ does", () => {
    const net = alphaMiner(of("ac", "abc", "abbc"));
    expect(language(net, 5)).toEqual(["abbbc", "abbc", "abc", "ac"]);
  });

  it("says so where the sets of activities become too many", () => {
    const names = Array.from({ length: 40 }, (_, i) => ({ activity: `step ${i}` }));
    const log = tinyLog(names.map((name) => [{ activity: "start" }, name, { activity: "end" }]));
    expect(() => alphaMiner(variants(log))).toThrow(TooManyPlacesError);
  });
});

/** Log of figure 3 in the heuristics miner's report (Weijters, van der Aalst & Alves de Medeiros 2006), with its noise. */
describe("heuristics miner", () => {
  const found = of(...repeat({ abcd: 10, acbd: 10, aed: 10 }), "ad");

  it("computes dependencies as (|ab| - |ba|) / (|ab| + |ba| + 1)", () => {
    const { dependency, graph } = heuristicsNet(found);
    const of = (a: string, b: string) =>
      dependency[graph.names.indexOf(a) * graph.nodes + graph.names.indexOf(b)];
    expect(of("a", "e")).toBeCloseTo(10 / 11, 12);
    expect(of("b", "c")).toBe(0);
    expect(of("a", "d")).toBe(0.5);
  });

  it("leaves out what is rare, and finds concurrency", () => {
    const { net } = heuristicsMiner(found);
    expect(language(net, 5)).toEqual(["abcd", "acbd", "aed"]);
    expect(soundness(net).verdict).toBe("sound");
  });

  it("computes loops of length two by |aba| + |bab|", () => {
    const { dependency, graph } = heuristicsNet(of("abcd", "abcbcd", "abcbcd", "abcbcbcd"));
    const [b, c] = [graph.names.indexOf("b"), graph.names.indexOf("c")];
    expect(dependency[c * graph.nodes + b]).toBeCloseTo(8 / 9, 12);
  });

  it("finds a long-distance dependency where it is asked for", () => {
    const log = of(...repeat({ acd: 10, bce: 10 }));
    const edges = (longDistance?: number) => {
      const { kept, graph } = heuristicsNet(log, longDistance === undefined ? {} : { longDistance });
      return kept[graph.names.indexOf("a") * graph.nodes + graph.names.indexOf("d")]!;
    };
    expect(edges()).toBe(0);
    expect(edges(0.9)).toBe(10);
  });
});

describe("split miner", () => {
  it("tells gateways as the paper's figure does: b beside c or d", () => {
    const beside = new Set(["12", "21", "13", "31"]);
    expect(branchingOf([1, 2, 3], (a, b) => beside.has(`${a}${b}`))).toEqual({
      kind: "parallel",
      branches: [
        { kind: "neighbour", node: 1 },
        {
          kind: "exclusive",
          branches: [
            { kind: "neighbour", node: 2 },
            { kind: "neighbour", node: 3 },
          ],
        },
      ],
    });
  });

  it("finds concurrency, a choice and a loop", () => {
    const { net } = splitMiner(of(...repeat({ abcf: 10, acbf: 10, adf: 9, adedf: 5 })), { percentile: 0 });
    expect(language(net, 6)).toEqual(["abcf", "acbf", "adedf", "adf"]);
  });

  it("is sound on any log", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-f]{1,7}$/), { minLength: 1, maxLength: 30 }), (words) => {
        for (const percentile of [0, 0.4]) {
          const { net } = splitMiner(of(...words), { percentile, concurrency: 0.5 });
          expect(soundness(net).verdict, words.join(" ")).toBe("sound");
        }
        expect(soundness(directlyFollowsModel(of(...words), 0.8).net).verdict).toBe("sound");
      }),
      { numRuns: 150 },
    );
  });
});

describe("inductive miner on the graph", () => {
  it("finds the blocks of a complete log", () =>
    expect(printTree(inductiveGraphMiner(of("abcd", "acbd", "aed")))).toBe(
      "->( 'a', X( +( 'b', 'c' ), 'e' ), 'd' )",
    ));

  it("makes optional what is passed over, and repeats what repeats", () =>
    expect(printTree(inductiveGraphMiner(of("abc", "ac", "abbc")))).toBe(
      "->( 'a', X( tau, *( 'b', tau ) ), 'c' )",
    ));

  it("fits what it was made from, where the log is that of a tree without optional steps and loops", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, seed) => {
        const random = seeded(seed);
        const words = Array.from({ length: 60 }, () => simulate(tree, random)).filter((word) => word !== "");
        fc.pre(words.length > 0 && !/tau|\*/.test(printTree(tree)));
        const found = of(...words);
        expect(modelQuality(inductiveGraphMiner(found), found, never).fitness, printTree(tree)).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("scoring over all prefixes at once", () => {
  it("gives the fitness and precision of the aligner by blocks and of the prefix automaton", () => {
    fc.assert(
      fc.property(
        trees,
        fc.array(fc.stringMatching(/^[a-i]{1,8}$/), { minLength: 1, maxLength: 12 }),
        (tree, words) => {
          const found = of(...words);
          const expected = modelQuality(tree, found, never);
          const log = prefixTree(found);
          for (const automaton of [
            treeAutomaton(tree, codesOf(found)),
            netAutomaton(toPetriNet(tree), codesOf(found)),
          ]) {
            const explored = explore(automaton, 5000)!;
            expect(automatonFitness(explored, log), printTree(tree)).toBeCloseTo(expected.fitness!, 9);
            expect(automatonPrecision(explored, log)).toBeGreaterThanOrEqual(0);
          }
          const known = found.activities.length === 9;
          const explored = explore(treeAutomaton(tree, codesOf(found)), 5000)!;
          if (known) expect(automatonPrecision(explored, log)).toBeCloseTo(expected.precision!, 9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("gives up where fitness cannot reach what is asked for", () => {
    const log = prefixTree(of("abc", "xyz"));
    const found = of("abc", "xyz");
    const automaton = explore(treeAutomaton(inductiveMiner(of("abc")), codesOf(found)), 100)!;
    expect(automatonFitness(automaton, log, { least: 0.99 })).toBeNull();
    expect(automatonFitness(automaton, log)).toBeLessThan(0.99);
  });

  it("a sample has as many cases as asked for, in proportion", () => {
    const words = repeat({ a: 50, b: 30, c: 20 });
    const sample = sampleVariants(of(...words, ..."defghij"), 5);
    expect(sample.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(sample.counts[0]).toBeGreaterThanOrEqual(2);
  });
});

describe("changes of a tree", () => {
  it("are trees over the same activities", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const own = new Set(printTree(tree).match(/'\w'/g));
        for (const moved of treeMoves(tree)) {
          for (const name of printTree(moved).match(/'\w'/g) ?? []) expect(own.has(name)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("a tree's size is that of its BPMN", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(treeSize(tree)).toBe(graphSize(treeToBpmn(tree).graph));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the chosen model", () => {
  it("explains enough, is sound, and no candidate that does so too has a better F-score, but for a tie", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-e]{1,6}$/), { minLength: 1, maxLength: 20 }), (words) => {
        const { chosen, candidates, leastFitness, mostElements } = chooseModel(of(...words));
        expect(chosen.fitness).toBeGreaterThanOrEqual(leastFitness);
        expect(soundnessOf(chosen.model).verdict).toBe("sound");
        for (const { fitness, precision, size, f } of candidates) {
          if (fitness! < leastFitness || size > mostElements) continue;
          expect(chosen.f).toBeGreaterThanOrEqual(f! - F_TIE);
          if (Math.abs(chosen.f! - f!) < 1e-9)
            expect(Math.floor(fitness! * 100)).toBeLessThanOrEqual(Math.floor(chosen.fitness! * 100));
          expect(f).toBeCloseTo(fScore({ fitness: fitness!, precision: precision! }), 12);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("prefers, of models whose F-scores tie, the one that explains more, then the smaller one", () => {
    const words = repeat({ abcd: 400, acbd: 400, abd: 1 });
    const { chosen, candidates } = chooseModel(of(...words));
    const ties = candidates.filter(({ f }) => chosen.f! - f! <= F_TIE && f! - chosen.f! <= F_TIE);
    const percents = ties.map(({ fitness }) => Math.floor(fitness! * 100));
    expect(Math.floor(chosen.fitness! * 100)).toBe(Math.max(...percents));
    const alike = ties.filter((_, at) => percents[at] === Math.max(...percents));
    expect(chosen.size).toBe(Math.min(...alike.map(({ size }) => size)));
  });

  it("says why where the limits cannot be kept", () => {
    const words = ["abcdef", "fedcba", "acebdf"];
    expect(chooseModel(of(...words), { mostElements: 1 }).because).toContain(
      "all are larger than 1 elements",
    );
  });
});

describe("metamorphic: what does not matter changes nothing", () => {
  const words = fc.array(fc.stringMatching(/^[a-e]{1,6}$/), { minLength: 1, maxLength: 15 });
  const RENAMED: Readonly<Record<string, string>> = { a: "A", b: "B", c: "C", d: "D", e: "E" };

  /** The figures of a model do not depend on how its parts are numbered. */
  function figures(algorithm: Algorithm, list: readonly string[]) {
    const found = of(...list);
    try {
      const model = discoverWith(algorithm, found, { noise: 0.1 });
      const net = model.kind === "tree" ? toPetriNet(model.tree) : model.net;
      const explored = explore(netAutomaton(net, codesOf(found), 2000), 500);
      if (explored === null) return "large";
      const log = prefixTree(found);
      return [
        explored.states,
        automatonFitness(explored, log)!.toFixed(9),
        automatonPrecision(explored, log).toFixed(9),
      ];
    } catch (error) {
      return (error as Error).name;
    }
  }

  for (const algorithm of ALGORITHMS) {
    it(`${algorithm}: shuffled cases, a doubled log and renamed activities`, () => {
      fc.assert(
        fc.property(words, (list) => {
          const expected = figures(algorithm, list);
          expect(figures(algorithm, [...list].sort()), "sorted").toEqual(expected);
          const renamed = list.map((word) => [...word].map((letter) => RENAMED[letter]).join(""));
          expect(figures(algorithm, renamed), "renamed").toEqual(expected);
          if (algorithm !== "heuristics")
            expect(figures(algorithm, [...list, ...list]), "doubled").toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  }
});
