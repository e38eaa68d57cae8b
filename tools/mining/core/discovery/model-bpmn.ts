import { type BpmnDocument, bpmnOf, bpmnOfGraph } from "../bpmn.ts";
import type { DiscoveredModel } from "./discovered-model.ts";

/** The model as BPMN with its drawing; null for a net that did not come from gateways. */
export function modelBpmn(model: DiscoveredModel): BpmnDocument | null {
  switch (model.kind) {
    case "tree":
      return bpmnOf(model.tree);
    case "graph":
      return bpmnOfGraph(model.graph, "Discovered process");
    case "net":
      return null;
  }
}
