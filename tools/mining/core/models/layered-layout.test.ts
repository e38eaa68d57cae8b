import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point, Rectangle } from "../geometry.ts";
import { layeredLayout } from "./layered-layout.ts";
import type { LayoutEdge, LayoutNode } from "./layout-graph.ts";

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    nodes: fc.array(fc.tuple(fc.constantFrom(36, 50, 120), fc.constantFrom(36, 50, 80)), {
      minLength: size,
      maxLength: size,
    }),
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.nat(9)), { maxLength: 25 }),
  }),
);

function laidOut({ nodes, edges }: typeof graphs extends fc.Arbitrary<infer Graph> ? Graph : never) {
  const layoutNodes: LayoutNode[] = nodes.map(([width, height], i) => ({ id: `n${i}`, width, height }));
  const layoutEdges: LayoutEdge[] = edges.map(([source, target, weight], i) => ({
    id: `e${i}`,
    source: `n${source}`,
    target: `n${target}`,
    weight,
  }));
  return { nodes: layoutNodes, edges: layoutEdges, layout: layeredLayout(layoutNodes, layoutEdges) };
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const between = (a: Point, b: Point): Rectangle => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

describe("layered layout", () => {
  it("overlaps no nodes, and draws every edge straight from border to border through no node", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges, layout } = laidOut(graph);
        const boxes = nodes.map(({ id }) => layout.bounds.get(id)!);
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
          expect(
            a.x >= 0 && a.y >= 0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height,
          ).toBe(true);
        });
        for (const { id, source, target } of edges) {
          const route = layout.routes.get(id)!;
          const [from, to] = [layout.bounds.get(source)!, layout.bounds.get(target)!];
          const below = ({ x, y, width, height }: Rectangle) => ({ x: x + width / 2, y: y + height });
          expect([{ x: from.x + from.width, y: from.y + from.height / 2 }, below(from)]).toContainEqual(
            route[0],
          );
          expect([{ x: to.x, y: to.y + to.height / 2 }, below(to)]).toContainEqual(route.at(-1));
          route.slice(1).forEach((point, i) => {
            const before = route[i]!;
            expect(point.x === before.x || point.y === before.y).toBe(true);
            expect(point.x <= layout.width && point.y <= layout.height && point.x >= 0 && point.y >= 0).toBe(
              true,
            );
            for (const box of boxes) expect(overlap(box, between(before, point))).toBe(false);
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it("lays the heaviest way on one straight line", () => {
    const nodes = ["s", "a", "b", "c", "e"].map((id) => ({ id, width: 100, height: 60 }));
    const edge = (source: string, target: string, weight: number) => ({
      id: `${source}${target}`,
      source,
      target,
      weight,
    });
    const edges = [
      edge("s", "b", 1),
      edge("s", "a", 9),
      edge("a", "c", 9),
      edge("b", "c", 1),
      edge("c", "e", 9),
      edge("c", "a", 5),
      edge("a", "a", 2),
    ];
    const { bounds } = layeredLayout(nodes, edges);
    const heights = ["s", "a", "c", "e"].map((id) => bounds.get(id)!.y);
    expect(new Set(heights).size).toBe(1);
    expect(bounds.get("b")!.y).not.toBe(heights[0]);
  });

  it("draws nothing of nothing", () => {
    expect(layeredLayout([], [])).toMatchObject({ width: 0, height: 0 });
  });
});
