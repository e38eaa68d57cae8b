import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endId, type Graph, type GraphEdge, graphOf, happyPath, likeliestWays, startId } from "./graph.ts";
import { layersOf } from "./layers.ts";
import { layOut, type PlacedNode } from "./layout.ts";
import { simplify } from "./simplify.ts";

const edge = (from: string, to: string, count: number): GraphEdge => ({ from, to, count, seconds: 60 });

/** Start, a line of activities, end, and any further steps between them. */
const graphs: fc.Arbitrary<Graph> = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.integer({ min: 1, max: 500 })), { maxLength: 25 }),
  )
  .map(([length, further]) => {
    const nodes = Array.from({ length }, (_, index) => `a${index}`);
    const line = [startId, ...nodes, endId];
    const edges = line.slice(1).map((to, index) => edge(line[index] as string, to, 1_000));
    for (const [from, to, count] of further) {
      const [left, right] = [nodes[from % length] as string, nodes[to % length] as string];
      if (!edges.some((known) => known.from === left && known.to === right))
        edges.push(edge(left, right, count));
    }
    return { nodes, edges };
  });

const overlap = (a: PlacedNode, b: PlacedNode): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

describe("the layout of a process map", () => {
  it("puts the happy path on one straight line from left to right", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes } = layOut(graph);
        const path = happyPath(graph.edges).map((id) => nodes.find((node) => node.id === id) as PlacedNode);
        expect(new Set(path.map((node) => node.y)).size).toBe(1);
        for (let index = 1; index < path.length; index++) {
          expect(path[index]?.x).toBeGreaterThan(path[index - 1]?.x as number);
        }
      }),
    );
  });

  it("never lets two nodes overlap", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes } = layOut(graph);
        for (const [index, a] of nodes.entries()) {
          for (const b of nodes.slice(index + 1)) expect(overlap(a, b), `${a.id} and ${b.id}`).toBe(false);
        }
      }),
    );
  });

  it("draws every step once and every activity once, inside its frame", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layOut(graph);
        expect(new Set(layout.edges.map((placed) => placed.edge))).toEqual(new Set(graph.edges));
        expect(layout.edges).toHaveLength(graph.edges.length);
        expect(layout.nodes.map((node) => node.id).sort()).toEqual([...graph.nodes, startId, endId].sort());
        for (const node of layout.nodes) {
          expect(node.x - node.width / 2).toBeGreaterThanOrEqual(layout.left);
          expect(node.x + node.width / 2).toBeLessThanOrEqual(layout.left + layout.width);
          expect(node.y - node.height / 2).toBeGreaterThanOrEqual(layout.top);
          expect(node.y + node.height / 2).toBeLessThanOrEqual(layout.top + layout.height);
        }
        expect(layout.edges.every(({ path }) => !path.includes("NaN"))).toBe(true);
      }),
    );
  });

  it("lets every edge that is not a way back run from left to right through each layer once", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { slots, routes, back } = layersOf(graph);
        const layer = new Map(
          slots.flatMap((group, index) => group.map((slot) => [slot.id, index] as const)),
        );
        for (const route of routes.values()) {
          const ranks = route.map((id) => layer.get(id) as number);
          expect(ranks).toEqual(ranks.map((_, index) => (ranks[0] as number) + index));
        }
        expect(routes.size + back.length).toBe(graph.edges.length);
      }),
    );
  });

  it("gives the same picture for the same graph", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(layOut(graph)).toEqual(layOut(structuredClone(graph)));
      }),
    );
  });
});

describe("the slider", () => {
  it("shows everything at full detail", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { graph: shown, share } = simplify(graph, 1);
        expect(new Set(shown.edges)).toEqual(new Set(graph.edges));
        expect(share).toBeCloseTo(1);
      }),
    );
  });

  it("keeps the happy path and cuts no shown activity off, whatever the detail", () => {
    fc.assert(
      fc.property(graphs, fc.double({ min: 0, max: 1, noNaN: true }), (graph, detail) => {
        const { graph: shown } = simplify(graph, detail);
        const [fromStart, toEnd] = [
          likeliestWays(shown.edges, startId, "forward"),
          likeliestWays(shown.edges, endId, "backward"),
        ];
        expect(happyPath(shown.edges)).toEqual(expect.arrayContaining([startId, endId]));
        for (const node of shown.nodes) {
          expect(fromStart.has(node), `from the start to ${node}`).toBe(true);
          expect(toEnd.has(node), `from ${node} to the end`).toBe(true);
        }
      }),
    );
  });

  it("prints the share of all steps that the shown edges carry", () => {
    const graph: Graph = {
      nodes: ["a", "b"],
      edges: [edge(startId, "a", 90), edge("a", endId, 80), edge("a", "b", 10), edge("b", endId, 20)],
    };
    const { graph: shown, share } = simplify(graph, 0.5);
    const carried = shown.edges.reduce((sum, step) => sum + step.count, 0);
    expect(share).toBeCloseTo(carried / 200);
    expect(share).toBeLessThan(1);
  });
});

describe("the graph behind a map", () => {
  it("takes the most likely way for the happy path, not the shortest", () => {
    const edges = [
      edge(startId, "a", 100),
      edge("a", "b", 90),
      edge("a", endId, 10),
      edge("b", "c", 88),
      edge("b", endId, 2),
      edge("c", endId, 88),
    ];
    expect(happyPath(edges)).toEqual([startId, "a", "b", "c", endId]);
  });

  it("leaves out steps that name an activity the map has not", () => {
    const node = { label: "A", count: 1, waiting: null, service: null, bottleneck: false };
    const graph = graphOf({
      nodes: [{ id: "a", ...node }],
      edges: [
        { from: null, to: "a", count: 1, seconds: null },
        { from: "a", to: "ghost", count: 1, seconds: 5 },
      ],
    });
    expect(graph.edges).toEqual([{ from: startId, to: "a", count: 1, seconds: null }]);
  });

  it("lays out an activity that no case starts or ends with", () => {
    const layout = layOut({ nodes: ["a"], edges: [edge("a", "a", 3)] });
    expect(layout.nodes.map((node) => node.id)).toContain("a");
    expect(layout.width).toBeGreaterThan(0);
  });
});
