import type { BpmnGraph, BpmnNode } from "./bpmn-graph.ts";
import type { Point, Rectangle } from "./geometry.ts";
import { spelledOut } from "./interleaving.ts";
import type { ProcessTree } from "./process-tree.ts";

export interface DrawnNode {
  readonly id: string;
  readonly kind: "startEvent" | "endEvent" | "task" | "exclusiveGateway" | "parallelGateway";
  readonly name: string;
  readonly bounds: Rectangle;
}

export interface DrawnFlow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** From the source's border to the target's, each segment horizontal or vertical. */
  readonly waypoints: readonly Point[];
}

export interface DrawnBpmn {
  readonly nodes: readonly DrawnNode[];
  readonly flows: readonly DrawnFlow[];
}

/** Where the parts of a BPMN graph lie, by the ids of its nodes and flows, sub-processes included. */
export interface BpmnDrawing {
  readonly bounds: ReadonlyMap<string, Rectangle>;
  readonly waypoints: ReadonlyMap<string, readonly Point[]>;
}

/** A BPMN graph with its drawing. */
export interface BpmnModel {
  readonly graph: BpmnGraph;
  readonly drawing: BpmnDrawing;
}

/** The process of a tree and its drawing in blocks. @throws NotConvertibleError where more than three branches take turns. */
export function treeToBpmn(tree: ProcessTree): BpmnModel {
  const { nodes, flows } = toBpmn(tree);
  return {
    graph: {
      nodes: nodes.map(undrawn),
      flows: flows.map(({ id, source, target }) => ({ id, name: "", source, target, condition: null })),
    },
    drawing: {
      bounds: new Map(nodes.map(({ id, bounds }) => [id, bounds])),
      waypoints: new Map(flows.map(({ id, waypoints }) => [id, waypoints])),
    },
  };
}

function undrawn({ id, name, kind }: DrawnNode): BpmnNode {
  switch (kind) {
    case "task":
      return { id, name, kind, repetition: "once", defaultFlow: null };
    case "startEvent":
    case "endEvent":
      return { id, name, kind, trigger: "none" };
    default:
      return { id, name, kind, defaultFlow: null };
  }
}

const TASK = { width: 120, height: 80 };
const GATEWAY = 50;
const EVENT = 36;
/** Free space between neighbours: along the flow, and across it. */
const GAP_X = 50;
const GAP_Y = 40;
const MARGIN = 60;

/**
 * A BPMN process with its drawing from a process tree. Every block becomes a box with one way in on the left and one way
 * out on the right, both at the height of its baseline; boxes are put side by side (sequence) or below each other
 * (choice, parallel, loop), so no two shapes overlap. Only what a loop repeats runs from right to left.
 */
export function toBpmn(tree: ProcessTree): DrawnBpmn {
  const builder = new Builder();
  const root = measure(spelledOut(tree));
  const baseline = MARGIN + Math.max(root.above, EVENT / 2);
  const start = builder.node("startEvent", "", MARGIN, baseline, EVENT, EVENT);
  const left = MARGIN + EVENT + GAP_X;
  const exit = builder.place(root, start, { near: left, baseline, direction: 1 });
  const end = builder.node("endEvent", "", left + root.width + GAP_X, baseline, EVENT, EVENT);
  builder.connect(exit, end, 1);
  return { nodes: builder.nodes, flows: builder.flows };
}

/** A block's size: `above` and `below` its baseline. */
interface Box {
  readonly tree: ProcessTree;
  readonly children: readonly Box[];
  readonly width: number;
  readonly above: number;
  readonly below: number;
}

function measure(tree: ProcessTree): Box {
  switch (tree.kind) {
    case "silent":
      return { tree, children: [], width: 0, above: 0, below: 0 };
    case "activity":
      return { tree, children: [], width: TASK.width, above: TASK.height / 2, below: TASK.height / 2 };
    case "sequence":
      return measureSequence(tree, tree.children.map(measure));
    case "loop":
      return measureStack(tree, [measure(tree.body), measure(tree.redo)]);
    default:
      return measureStack(tree, silentLast(tree.children).map(measure));
  }
}

/** An empty way is drawn as the lowest branch, so that the work stands on the baseline. */
function silentLast(children: readonly ProcessTree[]): ProcessTree[] {
  const visible = children.filter((child) => child.kind !== "silent");
  return [...visible, ...children.filter((child) => child.kind === "silent")];
}

function measureSequence(tree: ProcessTree, children: readonly Box[]): Box {
  return {
    tree,
    children,
    width: sum(children.map((child) => child.width)) + GAP_X * (children.length - 1),
    above: Math.max(...children.map((child) => child.above)),
    below: Math.max(...children.map((child) => child.below)),
  };
}

/** Gateway, branches below each other, gateway. */
function measureStack(tree: ProcessTree, children: readonly Box[]): Box {
  const [first, ...rest] = children;
  const stacked = rest.map((child) => GAP_Y + Math.max(child.above + child.below, GATEWAY / 2));
  return {
    tree,
    children,
    width: 2 * (GATEWAY + GAP_X) + Math.max(...children.map((child) => child.width)),
    above: Math.max(first!.above, GATEWAY / 2),
    below: Math.max(first!.below, GATEWAY / 2) + sum(stacked),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const KIND_PREFIX = {
  startEvent: "StartEvent",
  endEvent: "EndEvent",
  task: "Task",
  exclusiveGateway: "Gateway",
  parallelGateway: "Gateway",
} as const;

/** Where a block goes: the edge where its flow enters, its baseline, and 1 for rightward flow, -1 for leftward. */
interface Spot {
  readonly near: number;
  readonly baseline: number;
  readonly direction: Direction;
}
type Direction = 1 | -1;

class Builder {
  readonly nodes: DrawnNode[] = [];
  readonly flows: DrawnFlow[] = [];

  node(
    kind: DrawnNode["kind"],
    name: string,
    x: number,
    baseline: number,
    width: number,
    height: number,
  ): DrawnNode {
    const id = `${KIND_PREFIX[kind]}_${this.nodes.length + 1}`;
    const node = { id, kind, name, bounds: { x, y: baseline - height / 2, width, height } };
    this.nodes.push(node);
    return node;
  }

  /** Draws a block after `entry`; returns the node that the way on starts from. */
  place(box: Box, entry: DrawnNode, spot: Spot): DrawnNode {
    switch (box.tree.kind) {
      case "silent":
        return entry;
      case "activity":
        return this.#placeTask(box.tree.name, entry, spot);
      case "sequence":
        return this.#placeSequence(box, entry, spot);
      case "loop":
        return this.#placeLoop(box, entry, spot);
      default:
        return this.#placeBranches(box, entry, spot);
    }
  }

  #placeTask(name: string, entry: DrawnNode, spot: Spot): DrawnNode {
    const x = leftEdge(spot, TASK.width);
    const task = this.node("task", name, x, spot.baseline, TASK.width, TASK.height);
    this.connect(entry, task, spot.direction);
    return task;
  }

  #placeSequence(box: Box, entry: DrawnNode, spot: Spot): DrawnNode {
    let near = spot.near;
    let last = entry;
    for (const child of box.children) {
      last = this.place(child, last, { ...spot, near });
      near += spot.direction * (child.width + GAP_X);
    }
    return last;
  }

  /** The gateways that open and close a block. */
  #gateways(box: Box, spot: Spot): readonly [DrawnNode, DrawnNode] {
    const kind = box.tree.kind === "parallel" ? "parallelGateway" : "exclusiveGateway";
    const far = spot.near + spot.direction * (box.width - GATEWAY);
    const open = this.node(kind, "", leftEdge(spot, GATEWAY), spot.baseline, GATEWAY, GATEWAY);
    const x = leftEdge({ ...spot, near: far }, GATEWAY);
    return [open, this.node(kind, "", x, spot.baseline, GATEWAY, GATEWAY)];
  }

  #placeBranches(box: Box, entry: DrawnNode, spot: Spot): DrawnNode {
    const [split, join] = this.#gateways(box, spot);
    this.connect(entry, split, spot.direction);
    branchBaselines(box, spot.baseline).forEach((baseline, i) => {
      const child = box.children[i]!;
      if (child.tree.kind === "silent") {
        this.#bypass(split, join, baseline);
      } else {
        const exit = this.place(child, split, { ...spot, near: first(spot), baseline });
        this.connect(exit, join, spot.direction);
      }
    });
    return join;
  }

  #placeLoop(box: Box, entry: DrawnNode, spot: Spot): DrawnNode {
    const [merge, decide] = this.#gateways(box, spot);
    const [body, redo] = [box.children[0]!, box.children[1]!];
    const baseline = branchBaselines(box, spot.baseline)[1]!;
    this.connect(entry, merge, spot.direction);
    const done = this.place(body, merge, { ...spot, near: centred(box, body, spot) });
    this.connect(done, decide, spot.direction);
    if (redo.tree.kind === "silent") {
      this.#bypass(decide, merge, baseline);
    } else {
      const direction = spot.direction === 1 ? -1 : 1;
      const near = centred(box, redo, spot) + spot.direction * redo.width;
      this.connect(this.place(redo, decide, { near, baseline, direction }), merge, direction);
    }
    return decide;
  }

  #bypass(source: DrawnNode, target: DrawnNode, y: number): void {
    const [a, b] = [centreX(source), centreX(target)];
    this.#flow(source, target, [
      { x: a, y: bottom(source) },
      { x: a, y },
      { x: b, y },
      { x: b, y: bottom(target) },
    ]);
  }

  connect(source: DrawnNode, target: DrawnNode, direction: Direction): void {
    this.#flow(source, target, route(source, target, direction));
  }

  #flow(source: DrawnNode, target: DrawnNode, waypoints: readonly Point[]): void {
    this.flows.push({ id: `Flow_${this.flows.length + 1}`, source: source.id, target: target.id, waypoints });
  }
}

const leftEdge = (spot: Spot, width: number): number =>
  spot.direction === 1 ? spot.near : spot.near - width;

/** Where a branch's flow enters it: right after the gateway, so that its first step is seen beside the split. */
const first = (spot: Spot): number => spot.near + spot.direction * (GATEWAY + GAP_X);

/** Where a child's flow enters it, with the child in the middle between the gateways of its block. */
const centred = (box: Box, child: Box, spot: Spot): number =>
  spot.near + (spot.direction * (box.width - child.width)) / 2;

/** The first child stays on the block's baseline, the others go below it. */
function branchBaselines(box: Box, baseline: number): number[] {
  let below = baseline + Math.max(box.children[0]!.below, GATEWAY / 2);
  return box.children.map((child, i) => {
    if (i === 0) return baseline;
    const height = Math.max(child.above + child.below, GATEWAY / 2);
    const own = below + GAP_Y + (child.above === 0 ? height / 2 : child.above);
    below += GAP_Y + height;
    return own;
  });
}

const centreX = ({ bounds }: DrawnNode): number => bounds.x + bounds.width / 2;
const centreY = ({ bounds }: DrawnNode): number => bounds.y + bounds.height / 2;
const bottom = ({ bounds }: DrawnNode): number => bounds.y + bounds.height;

/** Straight along one baseline; else down out of the gateway that opens a block, or up into the one that closes it. */
function route(source: DrawnNode, target: DrawnNode, direction: Direction): Point[] {
  const [from, to] = [centreY(source), centreY(target)];
  const out = { x: direction === 1 ? source.bounds.x + source.bounds.width : source.bounds.x, y: from };
  const into = { x: direction === 1 ? target.bounds.x : target.bounds.x + target.bounds.width, y: to };
  if (from === to) return [out, into];
  return from < to
    ? [{ x: centreX(source), y: bottom(source) }, { x: centreX(source), y: to }, into]
    : [out, { x: centreX(target), y: from }, { x: centreX(target), y: bottom(target) }];
}
