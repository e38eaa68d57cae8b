/** Where everything of a process map stands, in pixels: left to right, the happy path on one straight line. */
import { endId, type Graph, type GraphEdge, startId } from "./graph.ts";
import { lanesOf } from "./lanes.ts";
import { type Layers, layersOf } from "./layers.ts";

export const size = { node: { width: 156, height: 56 }, end: 18, column: 220, row: 84, margin: 28 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Centre of a node with its size. */
export interface PlacedNode extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** SVG path data, from the source's border to the target's. */
  readonly path: string;
  readonly label: Point;
  readonly happy: boolean;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** Lays a graph out. The same graph always gives the same picture. */
export function layOut(graph: Graph): Layout {
  const layers = layersOf(graph);
  const points = pointsOf(layers);
  const placed = new Map(placeNodes(layers, points).map((node) => [node.id, node]));
  const floor = Math.max(...[...points.values()].map((point) => point.y)) + size.row * 0.75;
  const edges = [
    ...[...layers.routes].map(([edge, route]) => forwardEdge(edge, route, placed, points, layers)),
    ...backEdges(layers.back, placed, floor),
  ];
  return framed([...placed.values()], edges, layers.back.length, floor);
}

function pointsOf(layers: Layers): ReadonlyMap<string, Point> {
  const lanes = lanesOf(layers);
  const top = Math.min(0, ...lanes.values());
  const points = new Map<string, Point>();
  layers.slots.forEach((layer, index) => {
    for (const slot of layer) {
      const lane = (lanes.get(slot.id) ?? 0) - top;
      points.set(slot.id, { x: columnAt(index, layers.slots.length), y: lane * size.row });
    }
  });
  return points;
}

/** Start and end are small, so their columns are narrow. */
function columnAt(layer: number, count: number): number {
  const narrow = size.column / 2 - size.node.width / 2 + size.end;
  const x = layer * size.column - (layer > 0 ? narrow : 0);
  return layer === count - 1 ? x - narrow : x;
}

function placeNodes(layers: Layers, points: ReadonlyMap<string, Point>): PlacedNode[] {
  return layers.slots.flat().flatMap((slot) => {
    const point = points.get(slot.id);
    if (slot.bend || !point) return [];
    const isEnd = slot.id === startId || slot.id === endId;
    const width = isEnd ? size.end : size.node.width;
    return [{ id: slot.id, ...point, width, height: isEnd ? size.end : size.node.height }];
  });
}

function forwardEdge(
  edge: GraphEdge,
  route: readonly string[],
  placed: ReadonlyMap<string, PlacedNode>,
  points: ReadonlyMap<string, Point>,
  layers: Layers,
): PlacedEdge {
  const from = placed.get(edge.from) as PlacedNode;
  const to = placed.get(edge.to) as PlacedNode;
  const bends = route.slice(1, -1).map((id) => points.get(id) as Point);
  const stops = [
    { x: from.x + from.width / 2, y: from.y },
    ...bends,
    { x: to.x - to.width / 2 - 2, y: to.y },
  ];
  const at = layers.happy.indexOf(edge.from);
  return {
    edge,
    path: smooth(stops),
    label: labelPoint(stops),
    happy: at >= 0 && layers.happy[at + 1] === edge.to,
  };
}

/** Level at every stop, so that long steps run straight through the columns they pass. */
function smooth(stops: readonly Point[]): string {
  const pieces = stops.slice(1).map((stop, index) => {
    const before = stops[index] as Point;
    const middle = (before.x + stop.x) / 2;
    return before.y === stop.y
      ? `L${stop.x} ${stop.y}`
      : `C${middle} ${before.y} ${middle} ${stop.y} ${stop.x} ${stop.y}`;
  });
  const first = stops[0] as Point;
  return `M${first.x} ${first.y}${pieces.join("")}`;
}

function labelPoint(stops: readonly Point[]): Point {
  const left = stops[(stops.length >> 1) - 1] ?? (stops[0] as Point);
  const right = stops[stops.length >> 1] as Point;
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
}

/** Steps back run below the map, each on its own line, the short ones nearest; a step to itself is a loop on top. */
function backEdges(
  back: readonly GraphEdge[],
  placed: ReadonlyMap<string, PlacedNode>,
  floor: number,
): PlacedEdge[] {
  const span = (edge: GraphEdge) => (placed.get(edge.from)?.x ?? 0) - (placed.get(edge.to)?.x ?? 0);
  const ordered = back.filter((edge) => edge.from !== edge.to).sort((a, b) => span(a) - span(b));
  const loops = back.filter((edge) => edge.from === edge.to);
  return [
    ...loops.map((edge) => loopEdge(edge, placed.get(edge.from) as PlacedNode)),
    ...ordered.map((edge, index) =>
      returnEdge(
        edge,
        placed.get(edge.from) as PlacedNode,
        placed.get(edge.to) as PlacedNode,
        floor + index * 22,
      ),
    ),
  ];
}

function loopEdge(edge: GraphEdge, node: PlacedNode): PlacedEdge {
  const top = node.y - node.height / 2;
  const [left, right] = [node.x + 22, node.x + 54];
  return {
    edge,
    path: `M${left} ${top}C${left} ${top - 24} ${right} ${top - 24} ${right} ${top - 2}`,
    label: { x: (left + right) / 2, y: top - 22 },
    happy: false,
  };
}

function returnEdge(edge: GraphEdge, from: PlacedNode, to: PlacedNode, y: number): PlacedEdge {
  const radius = 14;
  const [right, left] = [from.x - 10, to.x + 10];
  const [out, into] = [from.y + from.height / 2, to.y + to.height / 2 + 2];
  return {
    edge,
    path:
      `M${right} ${out}L${right} ${y - radius}Q${right} ${y} ${right - radius} ${y}` +
      `L${left + radius} ${y}Q${left} ${y} ${left} ${y - radius}L${left} ${into}`,
    label: { x: (left + right) / 2, y },
    happy: false,
  };
}

/** Moves everything so that the drawing begins at its margin. */
function framed(
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
  backCount: number,
  floor: number,
): Layout {
  const right = Math.max(...nodes.map((node) => node.x + node.width / 2));
  const bottom = Math.max(
    ...nodes.map((node) => node.y + node.height / 2),
    backCount > 0 ? floor + backCount * 22 : 0,
  );
  return {
    nodes,
    edges,
    width: right + size.margin * 2,
    height: bottom + size.node.height / 2 + size.margin * 2,
  };
}
