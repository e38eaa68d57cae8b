import { type BpmnDocument, bpmnOf, bpmnOfGraph } from "../bpmn.ts";
import { NotConvertibleError } from "../models/errors.ts";
import { netToBpmn } from "../models/net-to-bpmn.ts";
import type { PetriNet } from "../petri-net.ts";
import type { DiscoveredModel } from "./discovered-model.ts";

/** The model as BPMN with its drawing; null for what BPMN cannot say exactly. */
export function modelBpmn(model: DiscoveredModel): BpmnDocument | null {
  switch (model.kind) {
    case "tree":
      return orNull(() => bpmnOf(model.tree));
    case "graph":
      return bpmnOfGraph(model.graph, "Discovered process");
    case "net":
      return orNull(() => netBpmn(model.net));
  }
}

function netBpmn(net: PetriNet): BpmnDocument | null {
  const { model, notes } = netToBpmn(net);
  return notes.length > 0 ? null : bpmnOfGraph(model, "Discovered process");
}

function orNull(made: () => BpmnDocument | null): BpmnDocument | null {
  try {
    return made();
  } catch (error) {
    if (error instanceof NotConvertibleError) return null;
    throw error;
  }
}
