/** Where everything of a process map stands, in pixels: left to right, the happy path on one straight line. */
import { endId, type Graph, type GraphEdge, startId } from "./graph.ts";
import { lanesOf } from "./lanes.ts";
import { type Layers, layersOf } from "./layers.ts";
import { returnsOf } from "./returns.ts";

export const size = { node: { width: 150, height: 54 }, end: 18, column: 206, row: 78, margin: 26 } as const;

/** Length of an arrow's head: lines end where it begins. */
export const arrow = 9;

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
  /** Where the arrow's tip is, and which way it points: degrees clockwise from the right. */
  readonly tip: Point & { readonly angle: number };
  readonly label: Point;
  readonly happy: boolean;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The frame around everything. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Lays a graph out. The same graph always gives the same picture. */
export function layOut(graph: Graph): Layout {
  const layers = layersOf(graph);
  const points = pointsOf(layers);
  const placed = new Map(placeNodes(layers, points).map((node) => [node.id, node]));
  const axis = placed.get(startId)?.y ?? 0;
  const returns = returnsOf(layers.back, placed, axis);
  const forward = [...layers.routes].map(([edge, route]) => forwardEdge(edge, route, placed, points, layers));
  const nodes = [...placed.values()];
  const bends = [...points.values()];
  const top = Math.min(returns.top, ...bends.map((point) => point.y)) - size.margin;
  const bottom = Math.max(returns.bottom, ...bends.map((point) => point.y)) + size.margin;
  const left = -size.end / 2 - size.margin;
  const right = Math.max(...nodes.map((node) => node.x + node.width / 2)) + size.margin;
  const edges = [...forward, ...returns.edges];
  return { nodes, edges, left, top, width: right - left, height: bottom - top };
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
  const tip = { x: to.x - to.width / 2 - 1, y: to.y, angle: 0 };
  const stops = [{ x: from.x + from.width / 2, y: from.y }, ...bends, { x: tip.x - arrow, y: tip.y }];
  const at = layers.happy.indexOf(edge.from);
  return {
    edge,
    path: smooth(stops),
    tip,
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
