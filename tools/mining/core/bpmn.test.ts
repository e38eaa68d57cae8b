import { BpmnModdle } from "bpmn-moddle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trees } from "../../../tests/fixtures/trees.ts";
import { bpmnOf } from "./bpmn.ts";
import { type DrawnNode, toBpmn } from "./bpmn-model.ts";
import { activitiesOf, activityLeaf, sequence } from "./process-tree.ts";

describe("BPMN of a process tree", () => {
  it("is read by bpmn-moddle without a warning, with every reference resolved", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const { xml, tasks } = bpmnOf(tree);
        const { rootElement, warnings, references, elementsById } = await new BpmnModdle().fromXML(xml);
        expect(warnings).toEqual([]);
        for (const { element, id } of references)
          expect(elementsById[id], `${element.id} → ${id}`).toBeDefined();
        expect(rootElement.$type).toBe("bpmn:Definitions");
        expect([...tasks.keys()].sort()).toEqual(activitiesOf(tree).sort());
        for (const [name, ids] of tasks) expect(elementsById[ids[0]!]!["name"]).toBe(name);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps names with markup, quotes, line breaks and characters that XML forbids", async () => {
    const names = ['a < b & "c"', "line\nbreak", "Prüfung ✓ 支払い", "bell\u0007"];
    const { xml } = bpmnOf(sequence(names.map(activityLeaf)));
    const { elementsById, warnings } = await new BpmnModdle().fromXML(xml);
    expect(warnings).toEqual([]);
    const read = Object.values(elementsById).filter(({ $type }) => $type === "bpmn:Task");
    expect(read.map((task) => task["name"])).toEqual([...names.slice(0, 3), "bell\uFFFD"]);
  });
});

describe("layout", () => {
  it("never lets two shapes overlap or leaves a flow off the border of what it joins", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { nodes, flows } = toBpmn(tree);
        for (const [i, a] of nodes.entries()) {
          for (const b of nodes.slice(i + 1)) expect(overlap(a, b), `${a.id} ${b.id}`).toBe(false);
        }
        const byId = new Map(nodes.map((node) => [node.id, node]));
        for (const { source, target, waypoints } of flows) {
          expect(onBorder(byId.get(source)!, waypoints[0]!)).toBe(true);
          expect(onBorder(byId.get(target)!, waypoints.at(-1)!)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("draws every segment straight, and none through a task", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { nodes, flows } = toBpmn(tree);
        for (const { id, waypoints } of flows) {
          for (const [i, to] of waypoints.slice(1).entries()) {
            const from = waypoints[i]!;
            expect(from.x === to.x || from.y === to.y, id).toBe(true);
            const crossed = nodes.filter((node) => passesThrough(from, to, node));
            expect(crossed, id).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

const overlap = ({ bounds: a }: DrawnNode, { bounds: b }: DrawnNode): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

interface At {
  readonly x: number;
  readonly y: number;
}

function onBorder({ bounds }: DrawnNode, { x, y }: At): boolean {
  const inside =
    x >= bounds.x && x <= bounds.x + bounds.width && y >= bounds.y && y <= bounds.y + bounds.height;
  const strictlyInside =
    x > bounds.x && x < bounds.x + bounds.width && y > bounds.y && y < bounds.y + bounds.height;
  return inside && !strictlyInside;
}

function passesThrough(from: At, to: At, { bounds }: DrawnNode): boolean {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return (
    left < bounds.x + bounds.width && right > bounds.x && top < bounds.y + bounds.height && bottom > bounds.y
  );
}
