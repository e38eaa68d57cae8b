/**
 * A BPMN 2.0 process as data (OMG formal/2013-12-09), without its drawing. Kinds are the standard's element names. Ids are
 * unique over the whole graph, sub-processes included.
 */
export interface BpmnGraph {
  readonly nodes: readonly BpmnNode[];
  readonly flows: readonly SequenceFlow[];
}

export interface SequenceFlow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** The condition's text, as written. */
  readonly condition: string | null;
}

export type BpmnNode = BpmnEvent | BoundaryEvent | BpmnTask | SubProcess | Gateway;

interface Named {
  readonly id: string;
  /** Empty where it has none. */
  readonly name: string;
  /** The lanes that it lies in, outermost first: pool, lane, lane in it. */
  readonly lanes?: readonly string[];
}

/** What starts or is thrown by an event: the standard's event definition without its ending. Links are flows here. */
export type EventTrigger =
  | "none"
  | "message"
  | "timer"
  | "error"
  | "signal"
  | "terminate"
  | "conditional"
  | "escalation"
  | "cancel"
  | "compensate"
  | "multiple";

export interface BpmnEvent extends Named {
  readonly kind: "startEvent" | "endEvent" | "intermediateCatchEvent" | "intermediateThrowEvent";
  readonly trigger: EventTrigger;
}

export interface BoundaryEvent extends Named {
  readonly kind: "boundaryEvent";
  readonly trigger: EventTrigger;
  /** Id of the task or sub-process that it sits on. */
  readonly attachedTo: string;
  /** Ends what it sits on; otherwise runs beside it. */
  readonly interrupting: boolean;
}

/** How often a task or sub-process runs. */
export type Repetition = "once" | "loop" | "parallel-instances" | "sequential-instances";

export const TASK_KINDS = [
  "task",
  "userTask",
  "manualTask",
  "serviceTask",
  "scriptTask",
  "sendTask",
  "receiveTask",
  "businessRuleTask",
  "callActivity",
] as const;

export interface BpmnTask extends Named {
  readonly kind: (typeof TASK_KINDS)[number];
  readonly repetition: Repetition;
  /** Id of the flow that is taken where no condition of another holds. */
  readonly defaultFlow: string | null;
}

export interface SubProcess extends Named {
  readonly kind: "subProcess";
  readonly repetition: Repetition;
  readonly defaultFlow: string | null;
  readonly graph: BpmnGraph;
}

export const GATEWAY_KINDS = [
  "exclusiveGateway",
  "parallelGateway",
  "inclusiveGateway",
  "eventBasedGateway",
] as const;

export interface Gateway extends Named {
  readonly kind: (typeof GATEWAY_KINDS)[number];
  readonly defaultFlow: string | null;
}

export const isTask = (node: BpmnNode): node is BpmnTask =>
  (TASK_KINDS as readonly string[]).includes(node.kind);

export const isGateway = (node: BpmnNode): node is Gateway =>
  (GATEWAY_KINDS as readonly string[]).includes(node.kind);

/** The flows that end at and start from each node of one level, by node id. */
export interface NodeFlows {
  readonly incoming: ReadonlyMap<string, readonly SequenceFlow[]>;
  readonly outgoing: ReadonlyMap<string, readonly SequenceFlow[]>;
}

export function nodeFlows(graph: BpmnGraph): NodeFlows {
  const incoming = new Map<string, SequenceFlow[]>(graph.nodes.map(({ id }) => [id, []]));
  const outgoing = new Map<string, SequenceFlow[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const flow of graph.flows) {
    outgoing.get(flow.source)!.push(flow);
    incoming.get(flow.target)!.push(flow);
  }
  return { incoming, outgoing };
}

/** Every node of the graph and of the sub-processes in it. */
export function allNodes(graph: BpmnGraph): BpmnNode[] {
  return graph.nodes.flatMap((node) =>
    node.kind === "subProcess" ? [node, ...allNodes(node.graph)] : [node],
  );
}
