import { describe, expect, it } from "vitest";
import { toPetriNet } from "../petri-net.ts";
import { activityLeaf, exclusive, parallel, sequence, silent } from "../process-tree.ts";
import { deviations } from "./deviations.ts";
import { alignTraces } from "./net-alignment.ts";

const [a, b, c, d] = [..."abcd"].map(activityLeaf);
const tree = sequence([a!, parallel([b!, exclusive([silent, c!])]), d!]);

function found(counts: readonly number[], ...words: string[]) {
  const net = toPetriNet(tree);
  const traces = words.map((word) => [...word]);
  return deviations(
    net,
    traces,
    counts,
    alignTraces(net, traces, () => false),
  ).map(({ kind, activity, cases, occurrences }) => `${kind} ${activity} ${cases} ${occurrences}`);
}

describe("deviations from a model", () => {
  it("are none where a case is a run of the model", () => expect(found([3, 2], "abcd", "acbd")).toEqual([]));
  it("tell a step that was skipped", () => expect(found([3], "ad")).toEqual(["skipped b 3 3"]));
  it("tell a step that came again", () => expect(found([2], "abbbd")).toEqual(["repeated b 2 4"]));
  it("tell a step in the wrong place", () => expect(found([1], "badc".slice(0, 3))).toEqual(["moved b 1 1"]));
  it("tell what the model does not have", () => expect(found([1], "axbd")).toEqual(["unknown x 1 1"]));
  it("tell a step that such a case does not have", () => {
    const net = toPetriNet(exclusive([sequence([a!, b!, b!]), c!]));
    const traces = [[..."abbc"]];
    const all = deviations(
      net,
      traces,
      [1],
      alignTraces(net, traces, () => false),
    );
    expect(all).toMatchObject([{ kind: "inserted", activity: "c" }]);
  });
  it("count a case once and put what most cases have first", () => {
    expect(found([5, 1, 2], "ad", "axxbd", "adx")).toEqual(["skipped b 7 7", "unknown x 3 4"]);
  });
  it("name the model's elements", () => {
    const net = toPetriNet(sequence([a!, b!]));
    const named = {
      ...net,
      transitions: net.transitions.map((each, i) => ({ ...each, element: `Task_${i}` })),
    };
    const all = deviations(
      named,
      [["b"]],
      [1],
      alignTraces(named, [["b"]], () => false),
    );
    expect(all).toMatchObject([{ kind: "skipped", activity: "a", elements: ["Task_0"], variants: [0] }]);
  });
});
