import type { Point, Rectangle } from "../geometry.ts";
import { GAPS, type Layout, type LayoutEdge, type LayoutNode } from "./layout-graph.ts";
import type { Layers } from "./layout-layers.ts";

/** A vertical piece of an edge, in the gap before a layer. */
interface Vertical {
  readonly gap: number;
  /** The height that it comes from, and the one that it goes to. */
  readonly from: number;
  readonly to: number;
  /** Pieces with the same key may lie on each other: they leave the same node. */
  readonly key: string;
}

/** Places an edge runs along: verticals, joined by horizontal lines. */
interface Course {
  readonly edge: LayoutEdge;
  readonly verticals: readonly Vertical[];
  /** Where it runs back, the height of its lane, and whether it leaves and arrives from below, with nothing between. */
  readonly back: {
    readonly lane: number;
    readonly leavesBelow: boolean;
    readonly arrivesBelow: boolean;
  } | null;
}

/** Free space between a node and the line of an edge that returns to it. */
const LOOP = 16;

/** Gives layers their columns, edges their tracks between the columns, and returning edges their lanes below. */
export function routeEdges(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  layers: Layers,
  order: readonly (readonly number[])[],
  rows: readonly number[],
): Layout {
  const heights = layers.slots.map(({ height }, slot) => [
    rows[slot]! - height / 2,
    rows[slot]! + height / 2,
  ]);
  const top = Math.min(...heights.map(([y]) => y!));
  const bottom = Math.max(...heights.map(([, y]) => y!));
  const startOf = (edge: LayoutEdge): number => {
    const slot = layers.slotOf.get(edge.source)!;
    const leaves = edge.leaves?.at(-1);
    return leaves === undefined ? rows[slot]! : rows[slot]! - layers.slots[slot]!.height / 2 + leaves.y;
  };
  const lanes = lanesOf(layers, bottom + GAPS.y);
  const lowest = new Set(order.flatMap((slots) => slots.at(-1) ?? []));
  const courses = edges.map((edge) => courseOf(edge, layers, rows, startOf(edge), lanes, lowest));
  const tracks = tracksOf(courses, order.length + 1);
  const columns = columnsOf(layers, order, tracks.counts);
  const bounds = new Map(nodes.map((node) => [node.id, boundsOf(node, layers, rows, columns, top)] as const));
  const routes = new Map(
    courses.map((course) => [
      course.edge.id,
      draw(course, bounds, startOf(course.edge) - top + GAPS.margin, tracks.trackOf, columns, top),
    ]),
  );
  const end = Math.max(bottom, ...lanes.values());
  return {
    bounds,
    routes,
    width: columns.right + GAPS.margin,
    height: end - top + 2 * GAPS.margin,
  };
}

/** Below everything, each edge that runs back has a line where no other is; short ones lie above long ones. */
function lanesOf({ back, slotOf, slots }: Layers, first: number): ReadonlyMap<LayoutEdge, number> {
  const spans = back
    .filter(({ source, target }) => source !== target)
    .map((edge) => ({
      edge,
      left: slots[slotOf.get(edge.target)!]!.layer,
      right: slots[slotOf.get(edge.source)!]!.layer + 1,
    }))
    .sort((a, b) => a.right - a.left - (b.right - b.left));
  const lanes: { left: number; right: number }[][] = [];
  return new Map(
    spans.map((span) => {
      let lane = lanes.findIndex((taken) =>
        taken.every(({ left, right }) => right < span.left || left > span.right),
      );
      if (lane === -1) lane = lanes.push([]) - 1;
      lanes[lane]!.push(span);
      return [span.edge, first + lane * LOOP];
    }),
  );
}

function courseOf(
  edge: LayoutEdge,
  layers: Layers,
  rows: readonly number[],
  start: number,
  lanes: ReadonlyMap<LayoutEdge, number>,
  lowest: ReadonlySet<number>,
): Course {
  const chain = layers.chains.get(edge);
  const key = edge.leaves === undefined ? edge.source : edge.id;
  if (chain !== undefined) {
    const verticals = chain.slice(1).map((slot, i) => ({
      gap: layers.slots[slot]!.layer,
      from: i === 0 ? start : rows[chain[i]!]!,
      to: rows[slot]!,
      key: i === 0 ? key : `${edge.id} ${i}`,
    }));
    return { edge, verticals, back: null };
  }
  const [source, target] = [layers.slotOf.get(edge.source)!, layers.slotOf.get(edge.target)!];
  const lane = lanes.get(edge);
  const line = lane ?? rows[source]! + layers.slots[source]!.height / 2 + LOOP;
  const isReturnedTo = layers.back.some((other) => other.target === edge.source && other !== edge);
  const leavesBelow = lane !== undefined && lowest.has(source) && !isReturnedTo && edge.leaves === undefined;
  const arrivesBelow = lane !== undefined && lowest.has(target);
  const away = { gap: layers.slots[source]!.layer + 1, from: start, to: line, key: `${edge.id} away` };
  const home = { gap: layers.slots[target]!.layer, from: line, to: rows[target]!, key: `${edge.id} home` };
  const verticals = [...(leavesBelow ? [] : [away]), ...(arrivesBelow ? [] : [home])];
  return { edge, verticals, back: { lane: line, leavesBelow, arrivesBelow } };
}

interface Tracks {
  readonly trackOf: ReadonlyMap<string, number>;
  /** How many each gap has. */
  readonly counts: readonly number[];
}

interface Group {
  readonly key: string;
  readonly top: number;
  readonly bottom: number;
  readonly leaves: readonly number[];
  readonly arrives: readonly number[];
}

const trackKey = (gap: number, key: string): string => `${gap} ${key}`;

/** Tracks in which verticals of a gap do not touch; what leaves a height lies left of what arrives at it, where it can. */
function tracksOf(courses: readonly Course[], gaps: number): Tracks {
  const trackOf = new Map<string, number>();
  const counts = Array.from({ length: gaps }, () => 0);
  const bent = courses.flatMap(({ verticals }) => verticals.filter(({ from, to }) => from !== to));
  for (const [gap, verticals] of Map.groupBy(bent, (vertical) => vertical.gap)) {
    const groups = groupsOf(verticals);
    const placed = new Map<Group, number>();
    const open = new Set(groups);
    while (open.size > 0) {
      const mustBeLeft = (group: Group) =>
        [...open].some((other) => other !== group && isLeftOf(other, group));
      const next = [...open].find((group) => !mustBeLeft(group)) ?? [...open][0]!;
      open.delete(next);
      placed.set(next, firstFree(next, placed));
    }
    for (const [group, track] of placed) trackOf.set(trackKey(gap, group.key), track);
    counts[gap] = Math.max(...placed.values()) + 1;
  }
  return { trackOf, counts };
}

const isLeftOf = (left: Group, right: Group): boolean =>
  left.leaves.some((height) => right.arrives.includes(height));

function groupsOf(verticals: readonly Vertical[]): Group[] {
  return [...Map.groupBy(verticals, ({ key }) => key)].map(([key, own]) => ({
    key,
    top: Math.min(...own.flatMap(({ from, to }) => [from, to])),
    bottom: Math.max(...own.flatMap(({ from, to }) => [from, to])),
    leaves: own.map(({ from }) => from),
    arrives: own.map(({ to }) => to),
  }));
}

function firstFree(group: Group, placed: ReadonlyMap<Group, number>): number {
  let track = 0;
  for (const [other, at] of placed) if (isLeftOf(other, group)) track = Math.max(track, at + 1);
  const collides = (at: number) =>
    [...placed].some(
      ([other, theirs]) => theirs === at && other.top <= group.bottom && other.bottom >= group.top,
    );
  while (collides(track)) track++;
  return track;
}

interface Columns {
  readonly left: readonly number[];
  readonly width: readonly number[];
  /** Where the first track of each gap lies. */
  readonly tracks: readonly number[];
  readonly right: number;
}

function columnsOf(
  { slots }: Layers,
  order: readonly (readonly number[])[],
  counts: readonly number[],
): Columns {
  let x = GAPS.margin;
  const columns = { left: [] as number[], width: [] as number[], tracks: [] as number[] };
  order.forEach((layer, i) => {
    const room = counts[i]! * GAPS.track;
    columns.tracks.push(x + (i === 0 ? 0 : GAPS.x / 2));
    x += i === 0 ? (room === 0 ? 0 : room + GAPS.x / 2) : room + GAPS.x;
    const width = Math.max(0, ...layer.map((slot) => slots[slot]!.node?.width ?? 0));
    columns.left.push(x);
    columns.width.push(width);
    x += width;
  });
  columns.tracks.push(x + GAPS.x / 2);
  const after = counts[order.length]!;
  return { ...columns, right: after === 0 ? x : x + GAPS.x / 2 + after * GAPS.track };
}

function boundsOf(
  { id, width, height }: LayoutNode,
  { slots, slotOf }: Layers,
  rows: readonly number[],
  columns: Columns,
  top: number,
): Rectangle {
  const slot = slotOf.get(id)!;
  const { layer } = slots[slot]!;
  const x = columns.left[layer]! + (columns.width[layer]! - width) / 2;
  return { x, y: rows[slot]! - height / 2 - top + GAPS.margin, width, height };
}

function draw(
  { edge, verticals, back }: Course,
  bounds: ReadonlyMap<string, Rectangle>,
  start: number,
  trackOf: ReadonlyMap<string, number>,
  columns: Columns,
  top: number,
): readonly Point[] {
  const [source, target] = [bounds.get(edge.source)!, bounds.get(edge.target)!];
  const down = (height: number) => height - top + GAPS.margin;
  const points = leaving(edge, source, start, back?.leavesBelow ? down(back.lane) : null);
  for (const { gap, from, to, key } of verticals) {
    const track = trackOf.get(trackKey(gap, key));
    if (track === undefined || from === to) continue;
    const x = columns.tracks[gap]! + track * GAPS.track;
    points.push({ x, y: down(from) }, { x, y: down(to) });
  }
  const x = target.x + target.width / 2;
  if (back?.arrivesBelow) points.push({ x, y: down(back.lane) }, { x, y: target.y + target.height });
  else points.push({ x: target.x, y: target.y + target.height / 2 });
  return points.filter((point, i) => i === 0 || i === points.length - 1 || !isBetween(points, i, point));
}

/** The first points of an edge: below, where it goes down to a lane at once; where it says itself; or on the right. */
function leaving(edge: LayoutEdge, source: Rectangle, start: number, lane: number | null): Point[] {
  const x = source.x + source.width / 2;
  if (lane !== null)
    return [
      { x, y: source.y + source.height },
      { x, y: lane },
    ];
  if (edge.leaves !== undefined) return edge.leaves.map((at) => ({ x: source.x + at.x, y: source.y + at.y }));
  return [{ x: source.x + source.width, y: start }];
}

/** Whether a point lies on the line between its neighbours. */
function isBetween(points: readonly Point[], i: number, point: Point): boolean {
  const [before, after] = [points[i - 1]!, points[i + 1]!];
  return (before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y);
}
