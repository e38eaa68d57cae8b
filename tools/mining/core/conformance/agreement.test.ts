import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trees } from "../../../../tests/fixtures/trees.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";
import {
  activityLeaf,
  exclusive,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";
import { agreement } from "./agreement.ts";

const [a, b, c, d] = [..."abcd"].map(activityLeaf) as [ProcessTree, ProcessTree, ProcessTree, ProcessTree];
const of = (first: ProcessTree, second: ProcessTree) => agreement(toPetriNet(first), toPetriNet(second));

/** The same net with places and transitions in another order, and a silent step before and after. */
function disguised(net: PetriNet): PetriNet {
  const flip = (p: number) => net.places - 1 - p;
  const [start, end] = [net.places, net.places + 1];
  const source = flip(net.initial.indexOf(1));
  const sink = flip(net.final.indexOf(1));
  const zeros = Array.from({ length: net.places + 2 }, () => 0);
  return {
    places: net.places + 2,
    transitions: [
      { label: null, inputs: [start], outputs: [source] },
      ...net.transitions
        .map((each) => ({ ...each, inputs: each.inputs.map(flip), outputs: each.outputs.map(flip) }))
        .reverse(),
      { label: null, inputs: [sink], outputs: [end] },
    ],
    initial: zeros.with(start, 1),
    final: zeros.with(end, 1),
  };
}

describe("agreement of two models", () => {
  it("is 1 for a model and itself, however it is drawn", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const net = toPetriNet(tree);
        expect(agreement(net, disguised(net)).score).toBe(1);
      }),
    );
  });

  it("is the same the other way round, between 0 and 1", () => {
    fc.assert(
      fc.property(trees, trees, (first, second) => {
        const [one, other] = [of(first, second), of(second, first)];
        expect(one.score).toBeCloseTo(other.score, 12);
        expect(one.precision).toBeCloseTo(other.recall, 12);
        expect(one.score).toBeGreaterThanOrEqual(0);
        expect(one.score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is the worked example of docs/conformance.md", () => {
    // abc: begins with a, ends with c, a>b, b>c, a…b, a…c, b…c: 7. a, then b and c in any order: these 7 and
    // a>c, c>b, ends with b, c…b: 11.
    const { score, precision, recall, onlySecond } = of(sequence([a, b, c]), sequence([a, parallel([b, c])]));
    expect([precision, recall]).toEqual([1, 7 / 11]);
    expect(score).toBeCloseTo(14 / 18, 12);
    expect(onlySecond).toContain("“b” directly after “c”");
    expect(onlySecond).toContain("a case may end with “b”");
  });

  it("is 0 for models that have nothing in common", () => {
    expect(of(sequence([a, b]), sequence([c, d])).score).toBe(0);
  });

  it("sees a dependence over a distance that the footprint alone does not", () => {
    // a or b, then c, then d or a: after a never a again only in the first.
    const first = exclusive([sequence([a, c, d]), sequence([b, c, a])]);
    const second = sequence([exclusive([a, b]), c, exclusive([d, a])]);
    const { score, onlySecond } = of(first, second);
    expect(score).toBeLessThan(1);
    expect(onlySecond).toContain("“a” some time after “a”");
  });

  it("sees an optional step and a loop", () => {
    expect(of(a, exclusive([silent, a])).score).toBeCloseTo(4 / 5, 12);
    expect(of(a, loop(a, silent)).onlySecond).toContain("“a” directly after “a”");
  });

  it("leaves out what never completes", () => {
    const net = toPetriNet(sequence([a, b]));
    const stuck: PetriNet = {
      ...net,
      places: net.places + 1,
      transitions: [
        ...net.transitions,
        { label: "c", inputs: [net.initial.indexOf(1)], outputs: [net.places] },
      ],
      initial: [...net.initial, 0],
      final: [...net.final, 0],
    };
    expect(agreement(net, stuck).score).toBe(1);
  });
});
