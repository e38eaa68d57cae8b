import {
  type BpmnGraph,
  type BpmnNode,
  type BpmnTask,
  type EventTrigger,
  GATEWAY_KINDS,
  type Gateway,
  type Repetition,
  type SequenceFlow,
  TASK_KINDS,
} from "../bpmn-graph.ts";
import { ModelFileError } from "./errors.ts";
import type { ReadModel } from "./read-model.ts";
import { childNamed, childrenNamed, Ids, readXml, type XmlElement } from "./xml.ts";

export interface BpmnOptions {
  /** Id or name of the process or pool to read, where there are several; else the one with the most nodes. */
  readonly process?: string;
}

const NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/** What is drawn beside the flow, or stands for no step. */
const SUB_PROCESSES = new Set(["subProcess", "transaction"]);
const REFUSED = new Set(["complexGateway", "adHocSubProcess", "choreographyTask", "subChoreography"]);

/**
 * Reads one process of a BPMN 2.0 document of any tool: events, tasks, sub-processes, gateways, boundary events, lanes and
 * conditions; link events become a flow. Data objects, texts, message flows and drawings are left out. Refused, by the
 * element's id: complex gateways, ad-hoc sub-processes, ids that stand twice, flows to nowhere.
 */
export function readBpmn(document: string | Uint8Array, options: BpmnOptions = {}): ReadModel<BpmnGraph> {
  const root = readXml(document);
  const processes = childrenNamed(root, "process").filter(({ namespace }) => namespace === NAMESPACE);
  if (root.name !== "definitions" || processes.length === 0) {
    throw new ModelFileError("This is not a BPMN 2.0 document: there is no <definitions> with a <process>.", {
      line: root.line,
      value: root.name,
      expected: `<definitions xmlns="${NAMESPACE}"><process>…</process></definitions>`,
    });
  }
  const pools = poolNames(root);
  const process = chosen(processes, pools, options.process);
  const reader = new BpmnReader(process, pools.get(process.attributes.get("id") ?? "") ?? null);
  if (processes.filter((each) => each.children.length > 0).length > 1) {
    reader.notes.push(`Of ${processes.length} processes “${nameOf(process, pools)}” was read.`);
  }
  const collaboration = childNamed(root, "collaboration");
  if (collaboration && childNamed(collaboration, "messageFlow"))
    reader.notes.push("Message flows were left out.");
  const model = reader.graph(process);
  if (model.nodes.length === 0) {
    throw new ModelFileError("The process is empty.", { line: process.line, expected: "events and tasks" });
  }
  return { model, notes: reader.notes };
}

function poolNames(root: XmlElement): ReadonlyMap<string, string> {
  const collaboration = childNamed(root, "collaboration");
  const participants = collaboration === undefined ? [] : childrenNamed(collaboration, "participant");
  return new Map(
    participants.map(({ attributes }) => [
      localPart(attributes.get("processRef") ?? ""),
      attributes.get("name") ?? "",
    ]),
  );
}

const nameOf = ({ attributes }: XmlElement, pools: ReadonlyMap<string, string>): string =>
  pools.get(attributes.get("id") ?? "") || attributes.get("name") || attributes.get("id") || "";

function chosen(
  processes: readonly XmlElement[],
  pools: ReadonlyMap<string, string>,
  wanted: string | undefined,
): XmlElement {
  if (wanted === undefined) {
    return processes.reduce((most, each) => (each.children.length > most.children.length ? each : most));
  }
  const found = processes.find(
    (each) => wanted === each.attributes.get("id") || wanted === nameOf(each, pools),
  );
  if (found !== undefined) return found;
  throw new ModelFileError(`There is no process “${wanted}” in the document.`, {
    value: wanted,
    expected: processes.map((each) => `“${nameOf(each, pools)}”`).join(" or "),
  });
}

/** References may be qualified names. */
const localPart = (reference: string): string => reference.trim().replace(/^.*:/, "");

class BpmnReader {
  readonly notes: string[] = [];
  readonly #ids = new Ids();
  readonly #lanes = new Map<string, readonly string[]>();
  /** Ids of steps outside the flow. */
  readonly #leftOut = new Set<string>();

  constructor(process: XmlElement, pool: string | null) {
    const outer = pool === null || pool === "" ? [] : [pool];
    for (const laneSet of childrenNamed(process, "laneSet")) this.#readLanes(laneSet, outer);
  }

  #readLanes(laneSet: XmlElement, outer: readonly string[]): void {
    for (const lane of childrenNamed(laneSet, "lane")) {
      const path = [...outer, lane.attributes.get("name") ?? ""];
      for (const reference of childrenNamed(lane, "flowNodeRef")) {
        const id = localPart(reference.text);
        if ((this.#lanes.get(id)?.length ?? 0) < path.length) this.#lanes.set(id, path);
      }
      for (const inner of childrenNamed(lane, "childLaneSet")) this.#readLanes(inner, path);
    }
  }

  /** One level: a process or a sub-process. */
  graph(container: XmlElement): BpmnGraph {
    const own = container.children.filter(({ namespace }) => namespace === NAMESPACE);
    const nodes = own.flatMap((element) => this.#node(element) ?? []);
    const flows = childrenNamed(container, "sequenceFlow").map((element) => this.#flow(element));
    const linked = [...flows, ...this.#links(own)];
    const ids = new Set(nodes.map(({ id }) => id));
    const kept = this.#withoutLeftOut(linked, ids, own);
    this.#checkBoundaries(nodes, ids, own);
    return { nodes, flows: kept };
  }

  #node(element: XmlElement): BpmnNode | null {
    const { name: kind, attributes } = element;
    if (REFUSED.has(kind)) {
      throw new ModelFileError(`“${attributes.get("id") ?? ""}” is a <${kind}>, which cannot be read.`, {
        line: element.line,
        value: attributes.get("id") ?? "",
        remedy: "Draw it with exclusive, parallel, inclusive or event-based gateways.",
      });
    }
    if (this.#isLeftOut(element)) return null;
    if ((TASK_KINDS as readonly string[]).includes(kind)) {
      return {
        ...this.#named(element),
        kind: kind as BpmnTask["kind"],
        repetition: repetitionOf(element),
        defaultFlow: attributes.get("default") ?? null,
      };
    }
    if (SUB_PROCESSES.has(kind)) return this.#subProcess(element);
    if ((GATEWAY_KINDS as readonly string[]).includes(kind)) {
      const defaultFlow = attributes.get("default") ?? null;
      return { ...this.#named(element), kind: kind as Gateway["kind"], defaultFlow };
    }
    return this.#event(element);
  }

  /** Steps that happen outside the flow: event sub-processes and what compensates. */
  #isLeftOut({ name, attributes }: XmlElement): boolean {
    const isEventSubProcess = name === "subProcess" && attributes.get("triggeredByEvent") === "true";
    const compensates = attributes.get("isForCompensation") === "true";
    if (isEventSubProcess)
      this.notes.push(`The event sub-process “${attributes.get("id") ?? ""}” was left out.`);
    if (isEventSubProcess || compensates) this.#leftOut.add(attributes.get("id") ?? "");
    if (compensates)
      this.notes.push(`“${attributes.get("id") ?? ""}”, which compensates another step, was left out.`);
    return isEventSubProcess || compensates;
  }

  #named(element: XmlElement): { id: string; name: string; lanes?: readonly string[] } {
    const id = this.#ids.take(element);
    const lanes = this.#lanes.get(id);
    return { id, name: element.attributes.get("name") ?? "", ...(lanes === undefined ? {} : { lanes }) };
  }

  #subProcess(element: XmlElement): BpmnNode {
    return {
      ...this.#named(element),
      kind: "subProcess",
      repetition: repetitionOf(element),
      defaultFlow: element.attributes.get("default") ?? null,
      graph: this.graph(element),
    };
  }

  #event(element: XmlElement): BpmnNode | null {
    const trigger = triggerOf(element);
    switch (element.name) {
      case "startEvent":
      case "endEvent":
      case "intermediateCatchEvent":
      case "intermediateThrowEvent":
        return { ...this.#named(element), kind: element.name, trigger };
      case "boundaryEvent":
        if (trigger === "compensate") {
          this.#leftOut.add(element.attributes.get("id") ?? "");
          return null;
        }
        return {
          ...this.#named(element),
          kind: "boundaryEvent",
          trigger,
          attachedTo: localPart(element.attributes.get("attachedToRef") ?? ""),
          interrupting: element.attributes.get("cancelActivity") !== "false",
        };
      default:
        return null;
    }
  }

  #flow(element: XmlElement): SequenceFlow {
    const end = (side: string) => localPart(element.attributes.get(side) ?? "");
    return {
      id: this.#ids.take(element),
      name: element.attributes.get("name") ?? "",
      source: end("sourceRef"),
      target: end("targetRef"),
      condition: childNamed(element, "conditionExpression")?.text.trim() ?? null,
    };
  }

  /** A link that is thrown goes on where the link of that name is caught. */
  #links(elements: readonly XmlElement[]): SequenceFlow[] {
    const named = (kind: string) =>
      elements.flatMap((element) => {
        const link = childNamed(element, "linkEventDefinition");
        if (element.name !== kind || link === undefined) return [];
        const name = link.attributes.get("name") ?? element.attributes.get("name") ?? "";
        return [{ name, id: element.attributes.get("id") ?? "", line: element.line }];
      });
    const caught = new Map(named("intermediateCatchEvent").map(({ name, id }) => [name, id]));
    return named("intermediateThrowEvent").map(({ name, id, line }) => {
      const target = caught.get(name);
      if (target !== undefined)
        return { id: `${id}_to_${target}`, name: "", source: id, target, condition: null };
      throw new ModelFileError(`The link “${name}” that “${id}” throws is caught nowhere.`, {
        line,
        value: id,
      });
    });
  }

  /** Flows of what was left out go with it; other flows must join two nodes of this level. */
  #withoutLeftOut(
    flows: readonly SequenceFlow[],
    ids: ReadonlySet<string>,
    elements: readonly XmlElement[],
  ): SequenceFlow[] {
    const lines = new Map(elements.map((element) => [element.attributes.get("id") ?? "", element.line]));
    return flows.filter(({ id, source, target }) => {
      for (const end of [source, target]) {
        if (ids.has(end) || this.#leftOut.has(end)) continue;
        throw new ModelFileError(
          `The flow “${id}” leads from “${source}” to “${target}”; “${end}” is no step.`,
          {
            line: lines.get(id) ?? 1,
            value: end,
            expected: "the id of an event, task, sub-process or gateway of the same level",
          },
        );
      }
      return ids.has(source) && ids.has(target);
    });
  }

  #checkBoundaries(
    nodes: readonly BpmnNode[],
    ids: ReadonlySet<string>,
    elements: readonly XmlElement[],
  ): void {
    for (const node of nodes) {
      if (node.kind !== "boundaryEvent" || ids.has(node.attachedTo)) continue;
      const line = elements.find(({ attributes }) => attributes.get("id") === node.id)?.line ?? 1;
      throw new ModelFileError(
        `The boundary event “${node.id}” sits on “${node.attachedTo}”, which is no step.`,
        {
          line,
          value: node.attachedTo,
        },
      );
    }
  }
}

function repetitionOf(element: XmlElement): Repetition {
  if (childNamed(element, "standardLoopCharacteristics")) return "loop";
  const instances = childNamed(element, "multiInstanceLoopCharacteristics");
  if (instances === undefined) return "once";
  return instances.attributes.get("isSequential") === "true" ? "sequential-instances" : "parallel-instances";
}

const TRIGGERS: Readonly<Record<string, EventTrigger>> = {
  messageEventDefinition: "message",
  timerEventDefinition: "timer",
  errorEventDefinition: "error",
  signalEventDefinition: "signal",
  terminateEventDefinition: "terminate",
  conditionalEventDefinition: "conditional",
  escalationEventDefinition: "escalation",
  cancelEventDefinition: "cancel",
  compensateEventDefinition: "compensate",
};

function triggerOf(element: XmlElement): EventTrigger {
  const triggers = element.children.flatMap(({ name }) => TRIGGERS[name] ?? []);
  return triggers.length > 1 ? "multiple" : (triggers[0] ?? "none");
}
