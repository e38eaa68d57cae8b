import { type BoundaryEvent, type BpmnGraph, type BpmnNode, isGateway, isTask } from "../bpmn-graph.ts";
import type { BpmnDrawing } from "../bpmn-model.ts";
import type { Point, Rectangle } from "../geometry.ts";
import { layeredLayout } from "./layered-layout.ts";
import type { LayoutEdge, LayoutNode } from "./layout-graph.ts";

const TASK = { width: 120, height: 80 };
const GATEWAY = 50;
const EVENT = 36;
/** How far below a boundary event its flow turns, and how much farther for each event before it. */
const TURN = 12;
const TURN_STEP = 6;

/**
 * The drawing of any BPMN graph in layers from left to right: see `layeredLayout`. Sub-processes are drawn open, around what
 * is in them; boundary events sit on the lower side of what they belong to.
 */
export function drawBpmn(graph: BpmnGraph): BpmnDrawing {
  const drawn = drawLevel(graph);
  return { bounds: drawn.bounds, waypoints: drawn.waypoints };
}

interface DrawnLevel {
  readonly bounds: Map<string, Rectangle>;
  readonly waypoints: Map<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

function drawLevel(graph: BpmnGraph): DrawnLevel {
  const inner = new Map<string, DrawnLevel>();
  for (const node of graph.nodes) {
    if (node.kind === "subProcess" && node.graph.nodes.length > 0) inner.set(node.id, drawLevel(node.graph));
  }
  const hosts = new Map(
    graph.nodes.flatMap((node) => (node.kind === "boundaryEvent" ? [[node.id, node]] : [])),
  );
  const nodes = graph.nodes
    .filter(({ kind }) => kind !== "boundaryEvent")
    .map((node): LayoutNode => ({ id: node.id, ...(inner.get(node.id) ?? sizeOf(node)) }));
  const spots = boundarySpots(nodes, [...hosts.values()]);
  const edges = graph.flows.map((flow): LayoutEdge => {
    const event = hosts.get(flow.source);
    if (event === undefined) return { id: flow.id, source: flow.source, target: flow.target };
    return {
      id: flow.id,
      source: event.attachedTo,
      target: flow.target,
      leaves: spots.get(event.id)!.leaves,
      weight: 0,
    };
  });
  const layout = layeredLayout(nodes, edges);
  const bounds = new Map(layout.bounds);
  const waypoints = new Map(layout.routes);
  for (const event of hosts.values()) {
    const host = layout.bounds.get(event.attachedTo)!;
    const { x, y } = spots.get(event.id)!.at;
    bounds.set(event.id, { x: host.x + x, y: host.y + y, width: EVENT, height: EVENT });
  }
  for (const [id, level] of inner) moveInto(bounds.get(id)!, level, bounds, waypoints);
  return { bounds, waypoints, width: layout.width, height: layout.height };
}

function sizeOf(node: BpmnNode): { width: number; height: number } {
  if (isTask(node) || node.kind === "subProcess") return TASK;
  const side = isGateway(node) ? GATEWAY : EVENT;
  return { width: side, height: side };
}

interface BoundarySpot {
  /** Its top left corner, and where its flow runs, from the host's top left corner. */
  readonly at: Point;
  readonly leaves: readonly Point[];
}

/** Events on one host stand side by side on its lower side; the first one's flow turns lowest, so that none cross. */
function boundarySpots(
  nodes: readonly LayoutNode[],
  events: readonly BoundaryEvent[],
): ReadonlyMap<string, BoundarySpot> {
  const sizes = new Map(nodes.map((node) => [node.id, node]));
  const spots = new Map<string, BoundarySpot>();
  for (const [host, own] of Map.groupBy(events, ({ attachedTo }) => attachedTo)) {
    const { width, height } = sizes.get(host)!;
    own.forEach(({ id }, i) => {
      const middle = ((i + 1) * width) / (own.length + 1);
      const turn = height + EVENT / 2 + TURN + Math.min(own.length - 1 - i, 2) * TURN_STEP;
      spots.set(id, {
        at: { x: middle - EVENT / 2, y: height - EVENT / 2 },
        leaves: [
          { x: middle, y: height + EVENT / 2 },
          { x: middle, y: turn },
        ],
      });
    });
  }
  return spots;
}

function moveInto(
  { x, y }: Rectangle,
  level: DrawnLevel,
  bounds: Map<string, Rectangle>,
  waypoints: Map<string, readonly Point[]>,
): void {
  const moved = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + x, y: place.y + y });
  for (const [id, box] of level.bounds) bounds.set(id, moved(box));
  for (const [id, points] of level.waypoints) waypoints.set(id, points.map(moved));
}
