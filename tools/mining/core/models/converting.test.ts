import { BpmnModdle } from "bpmn-moddle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { language } from "../../../../tests/fixtures/language.ts";
import { trees, treesWithTurns } from "../../../../tests/fixtures/trees.ts";
import { bpmnOf, bpmnOfGraph } from "../bpmn.ts";
import type { BpmnGraph, BpmnNode, EventTrigger, Repetition } from "../bpmn-graph.ts";
import { treeToBpmn } from "../bpmn-model.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";
import { childrenOf, exclusive, loop, type ProcessTree, printTree } from "../process-tree.ts";
import { bpmnToNet } from "./bpmn-to-net.ts";
import { drawBpmn } from "./draw-bpmn.ts";
import { NotConvertibleError } from "./errors.ts";
import { netToBpmn } from "./net-to-bpmn.ts";
import { netToTree } from "./net-to-tree.ts";
import { readBpmn } from "./read-bpmn.ts";
import { reduceNet } from "./reduce-net.ts";
import { soundness } from "./soundness.ts";

const LONGEST = 5;

/** Whether two nets have the same words, up to a length; left out where there are too many. */
function sameLanguage(one: PetriNet, other: PetriNet): void {
  const expected = language(one, LONGEST, 4_000);
  const found = language(other, LONGEST, 12_000);
  if (expected !== null && found !== null) expect(found).toEqual(expected);
}

describe("conversions keep the language", () => {
  it("of a tree as BPMN, read back and as a net", () => {
    fc.assert(
      fc.property(treesWithTurns, (tree) => {
        const { model } = bpmnToNet(readBpmn(bpmnOf(tree).xml).model);
        sameLanguage(toPetriNet(tree), model);
      }),
      { numRuns: 60 },
    );
  });

  it("of a net without its silent transitions, as sound as before", () => {
    fc.assert(
      fc.property(treesWithTurns, (tree) => {
        const net = reduceNet(toPetriNet(tree));
        sameLanguage(toPetriNet(tree), net);
        expect(soundness(net).verdict).toBe("sound");
      }),
      { numRuns: 60 },
    );
  });

  it("of a net as BPMN and back", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { model, notes } = netToBpmn(toPetriNet(tree));
        sameLanguage(toPetriNet(tree), bpmnToNet(model).model);
        expect(notes).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("of a tree as a net and back, with silent transitions and without", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        sameLanguage(toPetriNet(tree), toPetriNet(netToTree(toPetriNet(tree))));
      }),
      { numRuns: 60 },
    );
  });
});

const t = (label: string | null, inputs: number[], outputs: number[]) => ({ label, inputs, outputs });

describe("nets that are no trees", () => {
  /** a, then c; b; and d after a and b: the N that no tree can say. */
  const n: PetriNet = {
    places: 9,
    transitions: [
      t(null, [0], [2, 3]),
      t("a", [2], [4, 5]),
      t("b", [3], [6]),
      t("c", [4], [7]),
      t("d", [5, 6], [8]),
      t(null, [7, 8], [1]),
    ],
    initial: [1, 0, 0, 0, 0, 0, 0, 0, 0],
    final: [0, 1, 0, 0, 0, 0, 0, 0, 0],
  };

  it("become BPMN with the same language", () => {
    expect(soundness(n).verdict).toBe("sound");
    const { model, notes } = netToBpmn(n);
    expect(notes).toEqual([]);
    expect(language(bpmnToNet(model).model, 4)).toEqual(language(n, 4));
    expect(language(n, 4)).toHaveLength(5);
  });

  it("are refused as trees", () => {
    expect(() => netToTree(n)).toThrow(NotConvertibleError);
    expect(() => netToTree(n)).toThrow(/not block-structured: \d parts/);
    expect(() => netToTree({ ...n, final: [0, 2, 0, 0, 0, 0, 0, 0, 0] })).toThrow(/no workflow net/);
  });

  it("synchronise before they choose, where both steps wait for the same", () => {
    const net: PetriNet = {
      places: 4,
      transitions: [t(null, [0], [2, 3]), t("a", [2, 3], [1]), t("b", [2, 3], [1])],
      initial: [1, 0, 0, 0],
      final: [0, 1, 0, 0],
    };
    const { model } = bpmnToNet(netToBpmn(net).model);
    expect(language(model, 3)).toEqual(["a", "b"]);
    expect(soundness(model).verdict).toBe("sound");
  });

  it("say in words where BPMN has to choose too early", () => {
    const memory: PetriNet = {
      places: 6,
      transitions: [
        t("a", [0], [2, 3]),
        t("b", [0], [2, 4]),
        t("c", [2], [5]),
        t("d", [5, 3], [1]),
        t("e", [5, 4], [1]),
      ],
      initial: [1, 0, 0, 0, 0, 0],
      final: [0, 1, 0, 0, 0, 0],
    };
    const { model, notes } = netToBpmn(memory);
    expect(notes.join(" ")).toMatch(/choice among “d”, “e” depends on what was chosen before/);
    expect(language(bpmnToNet(model).model, 4)).toEqual(language(memory, 4));
    expect(soundness(bpmnToNet(model).model).verdict).toBe("unsound");
  });

  it("are refused with weights or with more than one start", () => {
    const weighted: PetriNet = {
      places: 2,
      transitions: [t("a", [0, 0], [1])],
      initial: [1, 0],
      final: [0, 1],
    };
    expect(() => netToBpmn(weighted)).toThrow(/weighs more than one token/);
    expect(() => netToTree(weighted)).toThrow(/weighs more than one token/);
    expect(() => netToBpmn({ ...weighted, transitions: [t("a", [0], [1])], initial: [2, 0] })).toThrow(
      /one token in one place/,
    );
  });
});

/** Graphs with every kind of node. */
const graphs: fc.Arbitrary<BpmnGraph> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }))
  .map(([size, choices]) => {
    let at = 0;
    const choose = <Value>(values: readonly Value[]): Value =>
      values[choices[at++ % choices.length]! % values.length]!;
    const level = (prefix: string, depth: number): BpmnGraph => {
      const nodes: BpmnNode[] = [];
      for (let i = 0; i < size; i++) nodes.push(...node(`${prefix}n${i}`, depth));
      const targets = nodes.filter(({ kind }) => kind !== "boundaryEvent");
      const flows = Array.from({ length: size + 2 }, (_, i) => ({
        id: `${prefix}f${i}`,
        name: choose(["", "yes & no"]),
        source: choose(nodes).id,
        target: choose(targets).id,
        condition: choose([null, "x < 1"]),
      }));
      return { nodes, flows };
    };
    const node = (id: string, depth: number): BpmnNode[] => {
      const name = choose(["", "A “b” <c>"]);
      const repetition = choose<Repetition>(["once", "loop", "parallel-instances", "sequential-instances"]);
      const trigger = choose<EventTrigger>(["none", "timer", "message", "multiple", "terminate"]);
      const lanes = depth === 0 ? choose([undefined, ["Us"], ["Us", "Desk"]]) : undefined;
      const named = { id, name, ...(lanes === undefined ? {} : { lanes }) };
      const defaultFlow = null;
      const kind = choose(["task", "gateway", "event", "host", "subProcess"] as const);
      if (kind === "gateway")
        return [
          {
            ...named,
            kind: choose([
              "exclusiveGateway",
              "parallelGateway",
              "inclusiveGateway",
              "eventBasedGateway",
            ] as const),
            defaultFlow,
          },
        ];
      if (kind === "event")
        return [
          { ...named, kind: choose(["startEvent", "endEvent", "intermediateCatchEvent"] as const), trigger },
        ];
      if (kind === "subProcess" && depth < 2)
        return [{ ...named, kind, repetition, defaultFlow, graph: level(`${id}_`, depth + 1) }];
      const task: BpmnNode = {
        ...named,
        kind: choose(["task", "userTask", "callActivity"] as const),
        repetition,
        defaultFlow,
      };
      const event: BpmnNode = {
        id: `${id}_b`,
        name,
        kind: "boundaryEvent",
        trigger: "timer",
        attachedTo: id,
        interrupting: choose([true, false]),
      };
      return kind === "host" ? [task, event] : [task];
    };
    return level("", 0);
  });

describe("BPMN of any graph", () => {
  it("is read back as the same graph, and by bpmn-moddle without a warning", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const { xml } = bpmnOfGraph(graph);
        expect(readBpmn(xml).model).toEqual(graph);
        const { warnings, references, elementsById } = await new BpmnModdle().fromXML(xml);
        expect(warnings).toEqual([]);
        for (const { id } of references) expect(elementsById[id]).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });

  it("has every node of a level apart from the others, and boundary events on their hosts' border", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { bounds } = drawBpmn(graph);
        const levels = [
          graph,
          ...graph.nodes.flatMap((node) => (node.kind === "subProcess" ? [node.graph] : [])),
        ];
        for (const { nodes } of levels) {
          const boxes = nodes.filter(({ kind }) => kind !== "boundaryEvent").map(({ id }) => bounds.get(id)!);
          boxes.forEach((a, i) => {
            for (const b of boxes.slice(i + 1)) {
              expect(
                a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
              ).toBe(false);
            }
          });
          for (const node of nodes) {
            if (node.kind !== "boundaryEvent") continue;
            const [event, host] = [bounds.get(node.id)!, bounds.get(node.attachedTo)!];
            expect(event.y + event.height / 2).toBe(host.y + host.height);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** The tree with its unordered children in a fixed order; a loop around a loop is one with either redo. */
function canonical(tree: ProcessTree): string {
  if (tree.kind === "loop" && tree.body.kind === "loop") {
    return canonical(loop(tree.body.body, exclusive([tree.body.redo, tree.redo])));
  }
  if (tree.kind !== "exclusive" && tree.kind !== "parallel") {
    const children = childrenOf(tree).map(canonical);
    return children.length === 0 ? printTree(tree) : `${tree.kind}(${children.join(",")})`;
  }
  return `${tree.kind}(${childrenOf(tree).map(canonical).toSorted().join(",")})`;
}

describe("the diagram that is drawn of a mined model", () => {
  it("has a shape for each node, a line for each flow, and the tree's structure", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { graph } = treeToBpmn(tree);
        const { xml } = bpmnOf(tree);
        expect(readBpmn(xml).model).toEqual(graph);
        const shapes = [...xml.matchAll(/<bpmndi:BPMNShape [^>]*bpmnElement="([^"]+)"/g)].map(
          (match) => match[1],
        );
        const lines = [...xml.matchAll(/<bpmndi:BPMNEdge [^>]*bpmnElement="([^"]+)"/g)].map(
          (match) => match[1],
        );
        expect(shapes.toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
        expect(lines.toSorted()).toEqual(graph.flows.map(({ id }) => id).toSorted());
        const drawn = netToTree(bpmnToNet(readBpmn(xml).model).model);
        expect(canonical(drawn)).toBe(canonical(tree));
      }),
      { numRuns: 50 },
    );
  });
});
