import type { BpmnGraph } from "./bpmn-graph.ts";
import { treeToBpmn } from "./bpmn-model.ts";
import { drawBpmn } from "./models/draw-bpmn.ts";
import { writeBpmn } from "./models/write-bpmn.ts";
import type { ProcessTree } from "./process-tree.ts";

export interface BpmnDocument {
  /** BPMN 2.0 XML with its diagram (OMG formal/2013-12-09). */
  readonly xml: string;
  /** Element ids of the tasks of each activity. */
  readonly tasks: ReadonlyMap<string, readonly string[]>;
}

/** The process tree as BPMN 2.0 XML: tasks, exclusive and parallel gateways, sequence flows and their drawing. */
export function bpmnOf(tree: ProcessTree, name = "Discovered process"): BpmnDocument {
  const { graph, drawing } = treeToBpmn(tree);
  return { xml: writeBpmn(graph, drawing, name), tasks: tasksOf(graph) };
}

/** Any BPMN graph as BPMN 2.0 XML, drawn in layers. */
export function bpmnOfGraph(graph: BpmnGraph, name = "Process"): BpmnDocument {
  return { xml: writeBpmn(graph, drawBpmn(graph), name), tasks: tasksOf(graph) };
}

function tasksOf(graph: BpmnGraph): ReadonlyMap<string, readonly string[]> {
  const tasks = graph.nodes.filter(({ kind }) => kind === "task");
  return new Map(
    [...Map.groupBy(tasks, (task) => task.name)].map(([name, own]) => [name, own.map(({ id }) => id)]),
  );
}
