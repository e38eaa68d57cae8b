/** Edges that run back, and steps from an activity to itself: around the map instead of through it. */
import type { GraphEdge } from "./graph.ts";
import { arrow, type PlacedEdge, type PlacedNode } from "./layout.ts";

const gap = 22;
const radius = 12;

export interface Returns {
  readonly edges: readonly PlacedEdge[];
  /** How far the lines reach above and below the nodes. */
  readonly top: number;
  readonly bottom: number;
}

/**
 * Each step back gets a line of its own: above the map when it leaves a node above the happy path (at `axis`), else
 * below; the short ones run nearest to the nodes.
 */
export function returnsOf(
  back: readonly GraphEdge[],
  placed: ReadonlyMap<string, PlacedNode>,
  axis: number,
): Returns {
  const nodes = [...placed.values()];
  const ceiling = Math.min(...nodes.map((node) => node.y - node.height / 2)) - gap;
  const floor = Math.max(...nodes.map((node) => node.y + node.height / 2)) + gap;
  const at = (id: string) => placed.get(id) as PlacedNode;
  const span = (edge: GraphEdge) => at(edge.from).x - at(edge.to).x;
  const around = back.filter((edge) => edge.from !== edge.to).sort((a, b) => span(a) - span(b));
  const isAbove = (edge: GraphEdge) =>
    at(edge.from).y < axis || (at(edge.from).y === axis && at(edge.to).y < axis);
  const above = around.filter(isAbove);
  const below = around.filter((edge) => !isAbove(edge));
  const loops = back.filter((edge) => edge.from === edge.to);
  return {
    edges: [
      ...loops.map((edge) => loop(edge, at(edge.from))),
      ...above.map((edge, line) => turn(edge, at(edge.from), at(edge.to), ceiling - line * gap, line)),
      ...below.map((edge, line) => turn(edge, at(edge.from), at(edge.to), floor + line * gap, line)),
    ],
    top: ceiling - Math.max(0, above.length - 1) * gap,
    bottom: floor + Math.max(0, below.length - 1) * gap,
  };
}

function loop(edge: GraphEdge, node: PlacedNode): PlacedEdge {
  const top = node.y - node.height / 2;
  const [left, right] = [node.x + 22, node.x + 54];
  return {
    edge,
    path: `M${left} ${top}C${left} ${top - 30} ${right} ${top - 30} ${right} ${top - 1 - arrow}`,
    tip: { x: right, y: top - 1, angle: 90 },
    label: { x: (left + right) / 2, y: top - 18 },
    happy: false,
  };
}

/** Out of one node, along the line at y, into the other; where they leave a node shifts a little from line to line. */
function turn(edge: GraphEdge, from: PlacedNode, to: PlacedNode, y: number, line: number): PlacedEdge {
  const side = y < from.y ? -1 : 1;
  const shift = (line % 5) * 9;
  const [right, left] = [from.x - 8 - shift, to.x + 8 + shift];
  const out = from.y + (side * from.height) / 2;
  const into = to.y + side * (to.height / 2 + 1);
  const near = y - side * radius;
  return {
    edge,
    path:
      `M${right} ${out}L${right} ${near}Q${right} ${y} ${right - radius} ${y}` +
      `L${left + radius} ${y}Q${left} ${y} ${left} ${near}L${left} ${into + side * arrow}`,
    tip: { x: left, y: into, angle: side < 0 ? 90 : -90 },
    label: { x: (left + right) / 2, y },
    happy: false,
  };
}
