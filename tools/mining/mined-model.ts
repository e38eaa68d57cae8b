import type { EventLog } from "../logs/core/event-log.ts";
import { ALGORITHM_NAMES, type Algorithm, discoverWith } from "./core/discovery/algorithms.ts";
import { chooseModel } from "./core/discovery/choose-model.ts";
import type { DiscoveredModel } from "./core/discovery/discovered-model.ts";
import type { ModelFormat, ProcessModel } from "./core/models/process-model.ts";
import type { ReadModel } from "./core/models/read-model.ts";
import { steps } from "./core/steps.ts";
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

/** The model of one miner. `inductive-lifecycle` needs starts; without them it is the miner on the directly-follows graph. */
export function namedModel(
  algorithm: Algorithm,
  noise: number | undefined,
  { log, found, deadline }: { log: EventLog; found: Variants; deadline: () => boolean },
): ReadModel<ProcessModel> {
  const executions = algorithm === "inductive-lifecycle" ? steps(log) : null;
  const model = discoverWith(algorithm, found, {
    deadline,
    ...(noise === undefined ? {} : { noise }),
    ...(executions === null ? {} : { steps: executions }),
  });
  const missing = executions !== null && !executions.hasStarts ? [NO_STARTS] : [];
  return { model: asProcessModel(model), notes: [`Model: ${ALGORITHM_NAMES[algorithm]}.`, ...missing] };
}

const NO_STARTS = "The log has no starts, so the directly-follows graph of its completions was used.";

function asProcessModel(model: DiscoveredModel): ProcessModel {
  if (model.kind === "tree") return { kind: "tree", tree: model.tree };
  return model.kind === "net" ? { kind: "net", net: model.net } : { kind: "bpmn", graph: model.graph };
}
