import type { BpmnGraph } from "../bpmn-graph.ts";
import { bpmnToNet } from "../models/bpmn-to-net.ts";
import type { PetriNet } from "../petri-net.ts";
import { branchingGraph } from "./branching-graph.ts";
import type { DependencyGraph } from "./dependency-graph.ts";
import { range } from "./edge-filter.ts";
import { branchingOf } from "./gateways.ts";

/** A model of gateways: as BPMN without a drawing, and as the net with its meaning. */
export interface GatewayModel {
  readonly graph: BpmnGraph;
  readonly net: PetriNet;
}

/** Whether two neighbours of a node happen beside each other: after it (`out`) or before it (`into`). */
export type Concurrency = (a: number, b: number, node: number, direction: "into" | "out") => boolean;

/**
 * The model whose flows are the edges of positive `weight`, self-loops apart, which make an activity repeat: gateways from
 * the concurrency of the neighbours. Every node is to lie on a way from start to end.
 */
export function gatewayModel(
  graph: DependencyGraph,
  weight: Float64Array,
  concurrent: Concurrency,
): GatewayModel {
  const { nodes, names, start, end } = graph;
  const neighbours = (node: number, direction: "into" | "out") =>
    range(nodes).filter((other) => {
      const edge = direction === "out" ? node * nodes + other : other * nodes + node;
      return other !== node && weight[edge]! > 0;
    });
  const branching = (node: number, direction: "into" | "out") =>
    branchingOf(neighbours(node, direction), (a, b) => concurrent(a, b, node, direction));
  const bpmn = branchingGraph(
    range(nodes).map((node) => ({
      name: names[node] ?? null,
      into: node === start ? null : branching(node, "into"),
      out: node === end ? null : branching(node, "out"),
      repeats: weight[node * nodes + node]! > 0,
    })),
  );
  return { graph: bpmn, net: bpmnToNet(bpmn).model };
}
