import { type BpmnGraph, type BpmnNode, isGateway } from "../bpmn-graph.ts";
import type { BpmnDrawing } from "../bpmn-model.ts";
import type { Point, Rectangle } from "../geometry.ts";
import type { PetriNet } from "../petri-net.ts";
import type { ProcessMap } from "../process-map.ts";
import { layeredLayout } from "./layered-layout.ts";
import type { LayoutEdge } from "./layout-graph.ts";
import { arrow, box, centreOf, circle, svgDocument, textIn } from "./svg.ts";

const MARGIN = 40;

/** A BPMN process as an SVG picture in the standard's shapes. The same graph and drawing give the same bytes. */
export function bpmnSvg(graph: BpmnGraph, drawing: BpmnDrawing, title: string): string {
  const points = [
    ...[...drawing.bounds.values()].map(({ x, y, width, height }) => ({ x: x + width, y: y + height })),
    ...[...drawing.waypoints.values()].flat(),
  ];
  const width = Math.max(...points.map(({ x }) => x)) + MARGIN;
  const height = Math.max(...points.map(({ y }) => y)) + MARGIN;
  return svgDocument(width, height, title, levelSvg(graph, drawing));
}

function levelSvg(graph: BpmnGraph, drawing: BpmnDrawing): string[] {
  const boundary = graph.nodes.filter(({ kind }) => kind === "boundaryEvent");
  const others = graph.nodes.filter(({ kind }) => kind !== "boundaryEvent");
  return [
    ...graph.flows.map(({ id, name }) => arrow(drawing.waypoints.get(id)!, name)),
    ...[...others, ...boundary].flatMap((node) => nodeSvg(node, drawing.bounds.get(node.id)!)),
    ...graph.nodes.flatMap((node) => (node.kind === "subProcess" ? levelSvg(node.graph, drawing) : [])),
  ];
}

function nodeSvg(node: BpmnNode, bounds: Rectangle): string[] {
  const centre = centreOf(bounds);
  if (isGateway(node)) return [diamond(bounds), gatewayMark(node.kind, centre), below(node.name, bounds)];
  if (node.kind === "subProcess" && node.graph.nodes.length > 0) {
    return [box(bounds, 10), textIn(node.name, { x: centre.x, y: bounds.y + 16 }, bounds.width - 20, 1)];
  }
  if (!("trigger" in node)) {
    return [box(bounds, 10), textIn(node.name, centre, bounds.width - 12, 4), repetitionMark(node, bounds)];
  }
  const radius = bounds.width / 2;
  const inner =
    node.kind === "boundaryEvent" || node.kind.startsWith("intermediate") ? [circle(centre, radius - 4)] : [];
  const classes = node.kind === "endEvent" ? "shape heavy" : "shape";
  return [
    circle(centre, radius, classes),
    ...inner,
    triggerMark(node.trigger, centre),
    below(node.name, bounds),
  ];
}

const diamond = ({ x, y, width, height }: Rectangle): string =>
  `<path class="shape" d="M${x + width / 2} ${y} L${x + width} ${y + height / 2} L${x + width / 2} ${y + height} L${x} ${y + height / 2} z" />`;

function gatewayMark(kind: string, { x, y }: Point): string {
  if (kind === "inclusiveGateway") return `<circle class="mark" cx="${x}" cy="${y}" r="10" />`;
  if (kind === "eventBasedGateway")
    return `<path class="mark" d="M${x} ${y - 10} L${x + 10} ${y - 2} L${x + 6} ${y + 9} L${x - 6} ${y + 9} L${x - 10} ${y - 2} z" />`;
  const r = kind === "parallelGateway" ? 11 : 8;
  return kind === "parallelGateway"
    ? `<path class="mark" d="M${x - r} ${y} L${x + r} ${y} M${x} ${y - r} L${x} ${y + r}" />`
    : `<path class="mark" d="M${x - r} ${y - r} L${x + r} ${y + r} M${x - r} ${y + r} L${x + r} ${y - r}" />`;
}

const LETTERS: Readonly<Record<string, string>> = {
  message: "✉",
  timer: "◷",
  error: "↯",
  signal: "△",
  conditional: "≡",
  escalation: "↑",
  cancel: "✕",
  compensate: "«",
  terminate: "●",
  multiple: "⬠",
};

const triggerMark = (trigger: string, centre: Point): string =>
  trigger === "none" ? "" : textIn(LETTERS[trigger] ?? "", centre, 40, 1);

function repetitionMark(node: BpmnNode, { x, y, width, height }: Rectangle): string {
  if (!("repetition" in node) || node.repetition === "once") return "";
  const marks = { loop: "↻", "parallel-instances": "|||", "sequential-instances": "≡" };
  return textIn(marks[node.repetition], { x: x + width / 2, y: y + height - 9 }, 40, 1);
}

const below = (name: string, { x, y, width, height }: Rectangle): string =>
  textIn(name, { x: x + width / 2, y: y + height + 12 }, 110, 1, "small onpage");

const PLACE = 36;
const TRANSITION = { width: 120, height: 50 };
const SILENT = { width: 14, height: 50 };

/** A Petri net as an SVG picture: circles and boxes, silent transitions dark and narrow, final places with a double line. */
export function netSvg(net: PetriNet, title: string): string {
  const nodes = [
    ...net.initial.map((_, p) => ({ id: `p${p}`, width: PLACE, height: PLACE })),
    ...net.transitions.map(({ label }, t) => ({ id: `t${t}`, ...(label === null ? SILENT : TRANSITION) })),
  ];
  const weights = new Map<string, number>();
  const edges: LayoutEdge[] = [];
  const arc = (source: string, target: string) => {
    const id = `${source} ${target}`;
    weights.set(id, (weights.get(id) ?? 0) + 1);
    if (weights.get(id) === 1) edges.push({ id, source, target });
  };
  net.transitions.forEach(({ inputs, outputs }, t) => {
    for (const p of inputs) arc(`p${p}`, `t${t}`);
    for (const p of outputs) arc(`t${t}`, `p${p}`);
  });
  const layout = layeredLayout(nodes, edges);
  const places = net.initial.flatMap((tokens, p) =>
    placeSvg(layout.bounds.get(`p${p}`)!, tokens, net.final[p]! > 0),
  );
  const transitions = net.transitions.flatMap(({ label }, t) => {
    const bounds = layout.bounds.get(`t${t}`)!;
    return label === null
      ? [box(bounds, 0, "dark")]
      : [box(bounds, 2), textIn(label, centreOf(bounds), bounds.width - 10, 3)];
  });
  const arcs = edges.map(({ id }) => {
    const weight = weights.get(id)!;
    return arrow(layout.routes.get(id)!, weight === 1 ? "" : `weight ${weight}`);
  });
  return svgDocument(layout.width, layout.height, title, [...arcs, ...places, ...transitions]);
}

function placeSvg(bounds: Rectangle, tokens: number, isFinal: boolean): string[] {
  const centre = centreOf(bounds);
  const inner = isFinal ? [circle(centre, bounds.width / 2 - 4)] : [];
  const mark =
    tokens === 1 ? [circle(centre, 5, "dark")] : tokens > 1 ? [textIn(String(tokens), centre, 30, 1)] : [];
  return [circle(centre, bounds.width / 2), ...inner, ...mark];
}

const ACTIVITY = { width: 150, height: 56 };
/** Widths of the rarest and the most frequent edge, pixels. */
const WIDTHS = { least: 1, most: 6 };
const numbers = new Intl.NumberFormat("en-US");

/**
 * A process map as an SVG picture from left to right: activities with their events, edges as thick as the logarithm of their
 * count, with the count on them; bottlenecks stand out. The most common way lies on one line.
 */
export function mapSvg(map: ProcessMap, title: string): string {
  const end = (name: string | null, otherwise: string) => (name === null ? otherwise : `a ${name}`);
  const nodes = [
    { id: "start", width: 28, height: 28 },
    ...map.nodes.map(({ id }) => ({ id: `a ${id}`, ...ACTIVITY })),
    { id: "end", width: 28, height: 28 },
  ];
  const edges = map.edges.map(({ from, to, count }, i) => ({
    id: String(i),
    source: end(from, "start"),
    target: end(to, "end"),
    weight: count,
  }));
  const layout = layeredLayout(nodes, edges);
  const width = widthOf(map.edges.map(({ count }) => count));
  const lines = map.edges.map(({ from, to, count }, i) =>
    arrow(
      layout.routes.get(String(i))!,
      `${from ?? "Start"} → ${to ?? "End"}: ${numbers.format(count)}`,
      width(count),
    ),
  );
  const labels = map.edges.map(({ count }, i) => {
    const { x, y } = labelSpot(layout.routes.get(String(i))!);
    return textIn(numbers.format(count), { x, y: y - 10 }, 80, 1, "small onpage");
  });
  const shapes = map.nodes.flatMap(({ id, label, count, bottleneck }) => {
    const bounds = layout.bounds.get(`a ${id}`)!;
    const { x, y } = centreOf(bounds);
    return [
      box(bounds, 8, bottleneck ? "shape hot" : "shape"),
      textIn(label, { x, y: y - 8 }, bounds.width - 12, 2),
      textIn(numbers.format(count), { x, y: y + 19 }, bounds.width, 1, "small"),
    ];
  });
  const ends = [
    circle(centreOf(layout.bounds.get("start")!), 14),
    circle(centreOf(layout.bounds.get("end")!), 14, "shape heavy"),
  ];
  return svgDocument(layout.width, layout.height, title, [...lines, ...shapes, ...ends, ...labels]);
}

/** By the logarithm of the count, between the rarest and the most frequent. */
function widthOf(counts: readonly number[]): (count: number) => number {
  const [low, high] = [Math.log(Math.min(...counts)), Math.log(Math.max(...counts))];
  return (count) => {
    const share = high > low ? (Math.log(count) - low) / (high - low) : 1;
    return Math.round(10 * (WIDTHS.least + (WIDTHS.most - WIDTHS.least) * share)) / 10;
  };
}

/** The middle of an edge's longest horizontal piece. */
function labelSpot(route: readonly Point[]): Point {
  let best = { length: -1, x: route[0]!.x, y: route[0]!.y };
  route.slice(1).forEach((to, i) => {
    const from = route[i]!;
    const length = from.y === to.y ? Math.abs(from.x - to.x) : 0;
    if (length > best.length) best = { length, x: (from.x + to.x) / 2, y: to.y };
  });
  return best;
}
