import { type BpmnDocument, bpmnOf, bpmnOfGraph } from "../bpmn.ts";
import { NotConvertibleError } from "../models/errors.ts";
import { netToBpmn } from "../models/net-to-bpmn.ts";
import type { PetriNet } from "../petri-net.ts";
import type { DiscoveredModel } from "./discovered-model.ts";

/** The model as BPMN with its drawing; null for a net that BPMN cannot say exactly. */
export function modelBpmn(model: DiscoveredModel): BpmnDocument | null {
  switch (model.kind) {
    case "tree":
      return bpmnOf(model.tree);
    case "graph":
      return bpmnOfGraph(model.graph, "Discovered process");
    case "net":
      return netBpmn(model.net);
  }
}

function netBpmn(net: PetriNet): BpmnDocument | null {
  try {
    const { model, notes } = netToBpmn(net);
    return notes.length > 0 ? null : bpmnOfGraph(model, "Discovered process");
  } catch (error) {
    if (error instanceof NotConvertibleError) return null;
    throw error;
  }
}
