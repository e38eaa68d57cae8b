import type { BpmnGraph, BpmnNode, EventTrigger, Repetition, SequenceFlow } from "../bpmn-graph.ts";
import { type NodeFlows, nodeFlows } from "../bpmn-graph.ts";
import type { BpmnDrawing } from "../bpmn-model.ts";
import { escapeXml } from "./xml.ts";

/** BPMN 2.0 XML with its diagram (OMG formal/2013-12-09). The same graph and drawing give the same bytes. */
export function writeBpmn(graph: BpmnGraph, drawing: BpmnDrawing, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
id="Definitions_1" targetNamespace="urn:millwright:discovered" exporter="Millwright">
  <bpmn:process id="Process_1" name="${escapeXml(name)}" isExecutable="false">
${[...lanesXml(graph), ...levelXml(graph)].map(indented(2)).join("\n")}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1">
    <bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">
${diagramXml(graph, drawing).map(indented(3)).join("\n")}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

const indented = (levels: number) => (line: string) => "  ".repeat(levels) + line;
const attribute = (name: string, value: string): string => ` ${name}="${escapeXml(value)}"`;
const nameAttribute = (name: string): string => (name === "" ? "" : attribute("name", name));

function levelXml(graph: BpmnGraph): string[] {
  const flows = nodeFlows(graph);
  return [...graph.nodes.flatMap((node) => nodeXml(node, flows)), ...graph.flows.flatMap(flowXml)];
}

function nodeXml(node: BpmnNode, flows: NodeFlows): string[] {
  const incoming = flows.incoming.get(node.id)!;
  const outgoing = flows.outgoing.get(node.id)!;
  const content = [
    ...incoming.map(({ id }) => `<bpmn:incoming>${escapeXml(id)}</bpmn:incoming>`),
    ...outgoing.map(({ id }) => `<bpmn:outgoing>${escapeXml(id)}</bpmn:outgoing>`),
    ...("trigger" in node ? triggerXml(node.id, node.trigger) : []),
    ...("repetition" in node ? repetitionXml(node.repetition) : []),
    ...(node.kind === "subProcess" ? levelXml(node.graph) : []),
  ];
  const start = `<bpmn:${node.kind}${attribute("id", node.id)}${nameAttribute(node.name)}${ownAttributes(
    node,
    incoming.length,
    outgoing.length,
  )}`;
  if (content.length === 0) return [`${start} />`];
  return [`${start}>`, ...content.map(indented(1)), `</bpmn:${node.kind}>`];
}

function ownAttributes(node: BpmnNode, incoming: number, outgoing: number): string {
  if (node.kind === "boundaryEvent")
    return `${attribute("attachedToRef", node.attachedTo)} cancelActivity="${node.interrupting}"`;
  const fallback =
    "defaultFlow" in node && node.defaultFlow !== null ? attribute("default", node.defaultFlow) : "";
  if (!node.kind.endsWith("Gateway")) return fallback;
  const direction = outgoing > 1 ? (incoming > 1 ? "Mixed" : "Diverging") : "Converging";
  return `${attribute("gatewayDirection", direction)}${fallback}`;
}

function triggerXml(id: string, trigger: EventTrigger): string[] {
  if (trigger === "none") return [];
  const kinds = trigger === "multiple" ? ["message", "signal"] : [trigger];
  return kinds.map((kind) => `<bpmn:${kind}EventDefinition${attribute("id", `${id}_${kind}`)} />`);
}

function repetitionXml(repetition: Repetition): string[] {
  if (repetition === "once") return [];
  if (repetition === "loop") return ["<bpmn:standardLoopCharacteristics />"];
  return [
    `<bpmn:multiInstanceLoopCharacteristics isSequential="${repetition === "sequential-instances"}" />`,
  ];
}

function flowXml({ id, name, source, target, condition }: SequenceFlow): string[] {
  const start = `<bpmn:sequenceFlow${attribute("id", id)}${nameAttribute(name)}${attribute(
    "sourceRef",
    source,
  )}${attribute("targetRef", target)}`;
  if (condition === null) return [`${start} />`];
  return [
    `${start}>`,
    `  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:conditionExpression>`,
    "</bpmn:sequenceFlow>",
  ];
}

/** Lanes of the outermost level, nested; they are not drawn. */
function lanesXml(graph: BpmnGraph): string[] {
  const inLanes = graph.nodes.filter(({ lanes }) => lanes !== undefined && lanes.length > 0);
  return inLanes.length === 0 ? [] : laneSetXml("laneSet", "Lanes", inLanes, 0);
}

function laneSetXml(element: string, id: string, nodes: readonly BpmnNode[], depth: number): string[] {
  const lanes = [...Map.groupBy(nodes, ({ lanes: path }) => path![depth]!)];
  return [
    `<bpmn:${element}${attribute("id", id)}>`,
    ...lanes.flatMap(([name, own], i) => {
      const laneId = `${id}_${i + 1}`;
      const deeper = own.filter(({ lanes: path }) => path!.length > depth + 1);
      return [
        `  <bpmn:lane${attribute("id", laneId)}${nameAttribute(name)}>`,
        ...own.map((node) => `    <bpmn:flowNodeRef>${escapeXml(node.id)}</bpmn:flowNodeRef>`),
        ...(deeper.length === 0 ? [] : laneSetXml("childLaneSet", `${laneId}_Lanes`, deeper, depth + 1)),
        "  </bpmn:lane>",
      ];
    }),
    `</bpmn:${element}>`,
  ];
}

function diagramXml(graph: BpmnGraph, drawing: BpmnDrawing): string[] {
  return [
    ...graph.nodes.flatMap((node) => [
      ...shapeXml(node, drawing),
      ...(node.kind === "subProcess" ? diagramXml(node.graph, drawing) : []),
    ]),
    ...graph.flows.flatMap(({ id }) => edgeXml(id, drawing)),
  ];
}

function shapeXml(node: BpmnNode, drawing: BpmnDrawing): string[] {
  const { x, y, width, height } = drawing.bounds.get(node.id)!;
  const marker = node.kind === "exclusiveGateway" ? ' isMarkerVisible="true"' : "";
  const expanded = node.kind === "subProcess" ? ` isExpanded="${node.graph.nodes.length > 0}"` : "";
  return [
    `<bpmndi:BPMNShape${attribute("id", `${node.id}_di`)}${attribute("bpmnElement", node.id)}${marker}${expanded}>`,
    `  <dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />`,
    "</bpmndi:BPMNShape>",
  ];
}

const edgeXml = (id: string, drawing: BpmnDrawing): string[] => [
  `<bpmndi:BPMNEdge${attribute("id", `${id}_di`)}${attribute("bpmnElement", id)}>`,
  ...drawing.waypoints.get(id)!.map(({ x, y }) => `  <di:waypoint x="${x}" y="${y}" />`),
  "</bpmndi:BPMNEdge>",
];
