import { chooseModel } from "./core/discovery/choose-model.ts";
import type { DiscoveredModel } from "./core/discovery/discovered-model.ts";
import type { ModelFormat, ProcessModel } from "./core/models/process-model.ts";
import type { ReadModel } from "./core/models/read-model.ts";
import type { Variants } from "./core/variants.ts";

/**
 * The model that `mine` finds in a log too: the best of several algorithms. For a format that only trees have, the best tree
 * among them. The note says which it is and why.
 */
export function minedModel(
  found: Variants,
  format: ModelFormat,
  deadline: () => boolean,
): ReadModel<ProcessModel> {
  const { chosen, candidates, because } = chooseModel(found, { deadline });
  const needsTree = format === "tree" || format === "ptml";
  const best = needsTree
    ? ([chosen, ...candidates].find(({ model }) => model.kind === "tree") ?? chosen)
    : chosen;
  const why = best === chosen ? because : "It is the best process tree.";
  return { model: asProcessModel(best.model), notes: [`Model: ${best.name}. ${why}`] };
}

function asProcessModel(model: DiscoveredModel): ProcessModel {
  if (model.kind === "tree") return { kind: "tree", tree: model.tree };
  return model.kind === "net" ? { kind: "net", net: model.net } : { kind: "bpmn", graph: model.graph };
}
