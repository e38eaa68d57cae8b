import type { BpmnGraph } from "../bpmn-graph.ts";
import { childrenOf, type ProcessTree } from "../process-tree.ts";

/** Elements of a model as BPMN: tasks, gateways, events and flows; what a reader has to take in. */
export const graphSize = ({ nodes, flows }: BpmnGraph): number => nodes.length + flows.length;

/** The same of a process tree, whose blocks become a pair of gateways each. */
export const treeSize = (tree: ProcessTree): number => 4 + inner(tree);

/** Without the flow into the block and the one out of it, which belong to what is around it. */
function inner(tree: ProcessTree): number {
  switch (tree.kind) {
    case "silent":
      return 0;
    case "activity":
      return 1;
    case "sequence":
      return tree.children.reduce((sum, child) => sum + inner(child) + 1, -1);
    default:
      return childrenOf(tree).reduce(
        (sum, child) => sum + inner(child) + (child.kind === "silent" ? 1 : 2),
        2,
      );
  }
}
