import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded, simulate, trees } from "../../../../tests/fixtures/trees.ts";
import { fire, isEnabled, oneToken, type PetriNet, toPetriNet } from "../petri-net.ts";
import { activitiesOf, activityLeaf, parallel, sequence } from "../process-tree.ts";
import { treeAligner } from "../tree-alignment.ts";
import { alignmentFitness, alignTraces } from "./net-alignment.ts";

const never = () => false;
const align = (net: PetriNet, ...words: string[]) =>
  alignTraces(
    net,
    words.map((word) => [...word]),
    never,
  );

/** Any small net: one to four places, a few tokens at most, any arcs; the final marking is that of a random run. */
const nets: fc.Arbitrary<PetriNet> = fc
  .record({
    places: fc.integer({ min: 1, max: 4 }),
    transitions: fc.array(
      fc.record({
        label: fc.constantFrom("a", "b", "c", null),
        inputs: fc.array(fc.nat(3), { minLength: 1, maxLength: 2 }),
        outputs: fc.array(fc.nat(3), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    steps: fc.array(fc.nat(100), { maxLength: 6 }),
  })
  .map(({ places, transitions, steps }) => {
    const within = (at: readonly number[]) => at.map((p) => p % places);
    const net = {
      places,
      transitions: transitions
        .map(({ label, inputs, outputs }) => ({ label, inputs: within(inputs), outputs: within(outputs) }))
        // Never more tokens than before: the markings are finite, so brute force ends.
        .map((each) => ({ ...each, outputs: each.outputs.slice(0, each.inputs.length) })),
      initial: oneToken(places, 0).map((n) => n * 2),
      final: oneToken(places, 0),
    };
    let marking = net.initial as readonly number[];
    for (const step of steps) {
      const enabled = net.transitions.filter((each) => isEnabled(marking, each));
      if (enabled.length > 0) marking = fire(marking, enabled[step % enabled.length]!);
    }
    return { ...net, final: marking };
  });

/** Least cost by Bellman and Ford's relaxation over all markings and positions: no bound, no order, no cleverness. */
function bruteForce(net: PetriNet, word: string): number {
  const best = new Map<string, { marking: readonly number[]; at: number; cost: number }>();
  const relax = (marking: readonly number[], at: number, cost: number): boolean => {
    const key = `${marking.join(",")};${at}`;
    if ((best.get(key)?.cost ?? Number.POSITIVE_INFINITY) <= cost) return false;
    best.set(key, { marking, at, cost });
    return true;
  };
  relax(net.initial, 0, 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { marking, at, cost } of [...best.values()]) {
      if (at < word.length) changed = relax(marking, at + 1, cost + 1) || changed;
      for (const each of net.transitions) {
        if (!isEnabled(marking, each)) continue;
        const next = fire(marking, each);
        changed = relax(next, at, cost + (each.label === null ? 0 : 1)) || changed;
        if (each.label !== null && each.label === word[at]) changed = relax(next, at + 1, cost) || changed;
      }
    }
  }
  return best.get(`${net.final.join(",")};${word.length}`)?.cost ?? Number.POSITIVE_INFINITY;
}

/** Whether moves are a run of the net from start to end that reads the trace, and what they cost. */
function check(net: PetriNet, word: string, moves: Int32Array): number {
  let marking = net.initial;
  let at = 0;
  let cost = 0;
  for (let i = 0; i < moves.length; i += 2) {
    const [event, t] = [moves[i]!, moves[i + 1]!];
    const step = t < 0 ? null : net.transitions[t]!;
    if (event >= 0) expect(event).toBe(at++);
    if (step !== null) {
      expect(isEnabled(marking, step)).toBe(true);
      marking = fire(marking, step);
    }
    if (event >= 0 && step !== null) expect(step.label).toBe(word[event]);
    else if (step === null || step.label !== null) cost++;
  }
  expect(at).toBe(word.length);
  expect(marking).toEqual(net.final);
  return cost;
}

const words = fc
  .array(fc.constantFrom("a", "b", "c", "x"), { maxLength: 7 })
  .map((letters) => letters.join(""));

describe("alignments on nets", () => {
  it("cost what brute force finds, on any small net and trace", () => {
    fc.assert(
      fc.property(nets, words, (net, word) => {
        const { traces } = align(net, word);
        const expected = bruteForce(net, word);
        expect(traces[0]).toMatchObject({ cost: expected, lower: expected });
        expect(check(net, word, traces[0]!.moves)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("agree with the polynomial aligner on trees whose activities are distinct", () => {
    fc.assert(
      fc.property(trees, fc.nat(), words, (tree, seed, noise) => {
        const random = seeded(seed);
        const word = [...simulate(tree, random).slice(0, 12), ...noise].filter(() => random() > 0.2).join("");
        const names = [...new Set([...activitiesOf(tree), ..."abcx"])];
        const codeOf = new Map(names.map((name, code) => [name, code]));
        const exact = treeAligner(
          tree,
          codeOf,
        )([...word].map((letter) => codeOf.get(letter) ?? names.length));
        expect(align(toPetriNet(tree), word).traces[0]!.cost).toBe(exact);
      }),
      { numRuns: 300 },
    );
  });

  it("give the cost of Adriansyah's running example", () => {
    // Adriansyah 2014, figure 3.1 in miniature: a, then b and c in any order, then d; c came twice and b never.
    const [a, b, c, d] = [..."abcd"].map(activityLeaf);
    const net = toPetriNet(sequence([a!, parallel([b!, c!]), d!]));
    const { traces, shortest } = align(net, "accd", "abcd", "");
    expect(traces.map(({ cost }) => cost)).toEqual([2, 0, 4]);
    expect(shortest).toBe(4);
    expect(alignmentFitness({ traces, shortest }, [4, 4, 0], [1, 2, 1])).toEqual({
      low: 1 - 6 / 28,
      high: 1 - 6 / 28,
      meanTrace: (0.75 + 2 + 0) / 4,
      fittingCases: 2,
      open: 0,
    });
  });

  it("count activities that the net does not have as log moves, each where it stands", () => {
    const [a, b] = [..."ab"].map(activityLeaf);
    const net = toPetriNet(sequence([a!, b!]));
    const { traces } = align(net, "xaxyb");
    expect(traces[0]!.cost).toBe(3);
    expect(check(net, "xaxyb", traces[0]!.moves)).toBe(3);
  });

  it("have a bound and an alignment that exists when there is no time at all", () => {
    fc.assert(
      fc.property(nets, words, fc.nat(20), (net, word, calls) => {
        let asked = 0;
        const { traces } = alignTraces(net, [[...word]], () => asked++ >= calls);
        const { lower, cost, moves } = traces[0]!;
        const optimum = bruteForce(net, word);
        expect(lower).toBeLessThanOrEqual(optimum);
        expect(cost).toBeGreaterThanOrEqual(optimum);
        expect(check(net, word, moves)).toBe(cost);
      }),
    );
  });

  it("say that a net cannot complete", () => {
    const net = {
      places: 2,
      transitions: [{ label: "a", inputs: [0], outputs: [0] }],
      initial: [1, 0],
      final: [0, 1],
    };
    expect(() => align(net, "a")).toThrow("final marking cannot be reached");
  });

  it("say that a net makes tokens without end", () => {
    const net = {
      places: 2,
      transitions: [
        { label: null, inputs: [0], outputs: [0, 1, 1] },
        { label: "a", inputs: [0], outputs: [] },
      ],
      initial: [1, 0],
      final: [0, 1],
    };
    expect(() => align(net, "a")).toThrow(/No run|No complete run|states/);
  });

  it("do not depend on the names of activities or places", () => {
    fc.assert(
      fc.property(trees, words, (tree, word) => {
        const net = toPetriNet(tree);
        const renamed = {
          ...net,
          transitions: [...net.transitions]
            .reverse()
            .map((each) => ({ ...each, label: each.label === null ? null : `<${each.label}>` })),
        };
        const names = [...word].map((letter) => `<${letter}>`);
        expect(alignTraces(renamed, [names], never).traces[0]!.cost).toBe(align(net, word).traces[0]!.cost);
      }),
    );
  });
});
