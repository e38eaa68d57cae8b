import { type BpmnFlow, type BpmnModel, type BpmnNode, type Point, toBpmn } from "./bpmn-model.ts";
import { escapeXml } from "./models/xml.ts";
import type { ProcessTree } from "./process-tree.ts";

export interface BpmnDocument {
  /** BPMN 2.0 XML with its diagram (OMG formal/2013-12-09). */
  readonly xml: string;
  /** Element ids of the tasks of each activity. */
  readonly tasks: ReadonlyMap<string, readonly string[]>;
}

/** The process tree as BPMN 2.0 XML: tasks, exclusive and parallel gateways, sequence flows and their drawing. */
export function bpmnOf(tree: ProcessTree, name = "Discovered process"): BpmnDocument {
  const model = toBpmn(tree);
  const tasks = new Map<string, string[]>();
  for (const node of model.nodes) {
    if (node.kind === "task") tasks.set(node.name, [...(tasks.get(node.name) ?? []), node.id]);
  }
  return { xml: toXml(model, name), tasks };
}

export function toXml(model: BpmnModel, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" \
id="Definitions_1" targetNamespace="urn:millwright:discovered" exporter="Millwright">
  <bpmn:process id="Process_1" name="${escapeXml(name)}" isExecutable="false">
${model.nodes.map((node) => nodeXml(node, model.flows)).join("\n")}
${model.flows.map(flowXml).join("\n")}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1">
    <bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">
${model.nodes.map(shapeXml).join("\n")}
${model.flows.map(edgeXml).join("\n")}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

function nodeXml(node: BpmnNode, flows: readonly BpmnFlow[]): string {
  const incoming = flows.filter((flow) => flow.target === node.id);
  const outgoing = flows.filter((flow) => flow.source === node.id);
  const name = node.name === "" ? "" : ` name="${escapeXml(node.name)}"`;
  const direction = node.kind.endsWith("Gateway")
    ? ` gatewayDirection="${outgoing.length > 1 ? (incoming.length > 1 ? "Mixed" : "Diverging") : "Converging"}"`
    : "";
  return `    <bpmn:${node.kind} id="${node.id}"${name}${direction}>
${[
  ...incoming.map((flow) => `      <bpmn:incoming>${flow.id}</bpmn:incoming>`),
  ...outgoing.map((flow) => `      <bpmn:outgoing>${flow.id}</bpmn:outgoing>`),
].join("\n")}
    </bpmn:${node.kind}>`;
}

const flowXml = (flow: BpmnFlow): string =>
  `    <bpmn:sequenceFlow id="${flow.id}" sourceRef="${flow.source}" targetRef="${flow.target}" />`;

function shapeXml(node: BpmnNode): string {
  const { x, y, width, height } = node.bounds;
  const marker = node.kind === "exclusiveGateway" ? ' isMarkerVisible="true"' : "";
  return `      <bpmndi:BPMNShape id="${node.id}_di" bpmnElement="${node.id}"${marker}>
        <dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />
      </bpmndi:BPMNShape>`;
}

const edgeXml = (
  flow: BpmnFlow,
): string => `      <bpmndi:BPMNEdge id="${flow.id}_di" bpmnElement="${flow.id}">
${flow.waypoints.map(({ x, y }: Point) => `        <di:waypoint x="${x}" y="${y}" />`).join("\n")}
      </bpmndi:BPMNEdge>`;
