import { type BpmnGraph, type BpmnNode, isGateway } from "../bpmn-graph.ts";
import type { PetriNet } from "../petri-net.ts";
import type { ProcessMap } from "../process-map.ts";
import { childrenOf, type ProcessTree } from "../process-tree.ts";

/** A string of the DOT language; backslashes stay themselves. */
const quoted = (text: string): string =>
  `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\r?\n/g, "\\n")}"`;

const digraph = (name: string, lines: readonly string[]): string =>
  `digraph ${quoted(name)} {\n  rankdir=LR;\n  node [fontname="Helvetica", fontsize=11];\n  edge [fontname="Helvetica", fontsize=9];\n${lines.map((line) => `  ${line}`).join("\n")}\n}\n`;

/** A Petri net in the DOT language of Graphviz. */
export function netDot(net: PetriNet, name: string): string {
  const places = net.initial.map((tokens, p) => {
    const label = tokens === 0 ? "" : tokens === 1 ? "●" : String(tokens);
    const shape = net.final[p]! > 0 ? "doublecircle" : "circle";
    return `p${p} [shape=${shape}, width=0.4, fixedsize=true, label=${quoted(label)}];`;
  });
  const transitions = net.transitions.map(({ label }, t) =>
    label === null
      ? `t${t} [shape=box, style=filled, fillcolor=black, width=0.12, height=0.5, label=""];`
      : `t${t} [shape=box, label=${quoted(label)}];`,
  );
  const arcs = net.transitions.flatMap(({ inputs, outputs }, t) => [
    ...inputs.map((p) => `p${p} -> t${t};`),
    ...outputs.map((p) => `t${t} -> p${p};`),
  ]);
  return digraph(name, [...places, ...transitions, ...arcs]);
}

/** A process tree in DOT, from top to bottom. */
export function treeDot(tree: ProcessTree, name: string): string {
  const symbols = { sequence: "→", exclusive: "×", parallel: "∧", interleaved: "↔", loop: "↺" };
  const lines: string[] = ["rankdir=TB;", "ordering=out;"];
  let next = 0;
  const add = (node: ProcessTree): number => {
    const id = next++;
    if (node.kind === "activity") lines.push(`n${id} [shape=box, label=${quoted(node.name)}];`);
    else if (node.kind === "silent") lines.push(`n${id} [shape=box, label="τ"];`);
    else lines.push(`n${id} [shape=circle, label="${symbols[node.kind]}"];`);
    for (const child of childrenOf(node)) lines.push(`n${id} -> n${add(child)};`);
    return id;
  };
  add(tree);
  return digraph(name, lines);
}

const GATEWAYS = {
  exclusiveGateway: "×",
  parallelGateway: "+",
  inclusiveGateway: "○",
  eventBasedGateway: "⬠",
} as const;

/** A BPMN process in DOT; sub-processes are clusters. */
export function bpmnDot(graph: BpmnGraph, name: string): string {
  return digraph(name, levelDot(graph));
}

function levelDot(graph: BpmnGraph): string[] {
  return [
    ...graph.nodes.flatMap(nodeDot),
    ...graph.nodes.flatMap((node) =>
      node.kind === "boundaryEvent"
        ? [`${quoted(node.attachedTo)} -> ${quoted(node.id)} [style=dotted];`]
        : [],
    ),
    ...graph.flows.map(
      (flow) =>
        `${quoted(flow.source)} -> ${quoted(flow.target)}${flow.name === "" ? "" : ` [label=${quoted(flow.name)}]`};`,
    ),
  ];
}

function nodeDot(node: BpmnNode): string[] {
  const id = quoted(node.id);
  if (isGateway(node)) return [`${id} [shape=diamond, label="${GATEWAYS[node.kind]}"];`];
  if ("trigger" in node) {
    const shape = node.kind === "startEvent" ? "circle" : "doublecircle";
    return [`${id} [shape=${shape}, width=0.4, label=${quoted(node.name)}];`];
  }
  const own = `${id} [shape=box, style=rounded, label=${quoted(node.name)}];`;
  if (node.kind !== "subProcess" || node.graph.nodes.length === 0) return [own];
  const inside = levelDot(node.graph).map((line) => `  ${line}`);
  return [own, `subgraph ${quoted(`cluster_${node.id}`)} {`, `  label=${quoted(node.name)};`, ...inside, "}"];
}

/** A process map in DOT, with counts. */
export function mapDot(map: ProcessMap, name: string): string {
  const ends = [
    'start [shape=circle, label="", width=0.25];',
    'end [shape=doublecircle, label="", width=0.2];',
  ];
  const ids = new Map(map.nodes.map(({ id }, i) => [id, `a${i}`]));
  const nodes = map.nodes.map(
    ({ id, label, count }) =>
      `${ids.get(id)} [shape=box, style=rounded, label=${quoted(`${label}\n${count}`)}];`,
  );
  const most = Math.max(1, ...map.edges.map(({ count }) => count));
  const edges = map.edges.map(({ from, to, count }) => {
    const width = (1 + (4 * Math.log1p(count)) / Math.log1p(most)).toFixed(1);
    const [source, target] = [from === null ? "start" : ids.get(from), to === null ? "end" : ids.get(to)];
    return `${source} -> ${target} [label="${count}", penwidth=${width}];`;
  });
  return digraph(name, [...ends, ...nodes, ...edges]);
}
