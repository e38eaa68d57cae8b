import type { BpmnGraph } from "../bpmn-graph.ts";
import type { PetriNet } from "../petri-net.ts";
import type { ProcessTree } from "../process-tree.ts";

/** What a discovery algorithm gives: a block-structured tree, a BPMN process with its net, or a net alone. */
export type DiscoveredModel =
  | { readonly kind: "tree"; readonly tree: ProcessTree }
  | { readonly kind: "graph"; readonly graph: BpmnGraph; readonly net: PetriNet }
  | { readonly kind: "net"; readonly net: PetriNet };
