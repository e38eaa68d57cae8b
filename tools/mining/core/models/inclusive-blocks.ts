import {
  type BpmnGraph,
  type BpmnNode,
  type NodeFlows,
  nodeFlows,
  type SequenceFlow,
} from "../bpmn-graph.ts";

/** The split that opens the block which an inclusive join closes. */
export interface InclusiveBlock {
  readonly split: BpmnNode;
  /** The join's incoming flow that each of the split's outgoing flows leads to, by id. */
  readonly arrives: ReadonlyMap<string, string>;
}

/**
 * For each inclusive gateway that joins: its block. A block has as many branches as the join has incoming flows; each is
 * entered from the split alone and left to the join alone, by one flow. Null where there is no such block.
 */
export function inclusiveBlocks(graph: BpmnGraph): ReadonlyMap<string, InclusiveBlock | null> {
  const flows = nodeFlows(graph);
  const attached = Map.groupBy(
    graph.nodes.filter((node) => node.kind === "boundaryEvent"),
    ({ attachedTo }) => attachedTo,
  );
  const joins = graph.nodes.filter(
    ({ kind, id }) => kind === "inclusiveGateway" && flows.incoming.get(id)!.length > 1,
  );
  return new Map(
    joins.map(({ id }) => {
      const width = flows.incoming.get(id)!.length;
      const candidates = graph.nodes.filter((node) => flows.outgoing.get(node.id)!.length === width);
      const blocks = candidates.map((split) => blockBetween(split, id, flows, attached));
      return [id, blocks.find((block) => block !== null) ?? null];
    }),
  );
}

type Attached = ReadonlyMap<string, readonly BpmnNode[]>;

function blockBetween(
  split: BpmnNode,
  join: string,
  flows: NodeFlows,
  attached: Attached,
): InclusiveBlock | null {
  if (split.id === join) return null;
  const arrives = new Map<string, string>();
  for (const flow of flows.outgoing.get(split.id)!) {
    const end = flow.target === join ? flow : branchEnd(flow, split.id, join, flows, attached);
    if (end === null) return null;
    arrives.set(flow.id, end.id);
  }
  return { split, arrives };
}

/** The one flow by which a branch arrives at the join; null where it is not a branch of its own. */
function branchEnd(
  first: SequenceFlow,
  split: string,
  join: string,
  flows: NodeFlows,
  attached: Attached,
): SequenceFlow | null {
  const region = new Set([first.target]);
  const arriving: SequenceFlow[] = [];
  for (const id of region) {
    if (id === split) return null;
    const outgoing = flows.outgoing.get(id)!;
    if (outgoing.length === 0) return null;
    for (const flow of outgoing) {
      if (flow.target === join) arriving.push(flow);
      else region.add(flow.target);
    }
    for (const event of attached.get(id) ?? []) region.add(event.id);
  }
  const enteredElsewhere = [...region].some((id) =>
    flows.incoming.get(id)!.some((flow) => flow !== first && !region.has(flow.source)),
  );
  return arriving.length === 1 && !enteredElsewhere ? arriving[0]! : null;
}
