import type { BpmnGraph, BpmnNode, SequenceFlow } from "../bpmn-graph.ts";
import type { Branching } from "./gateways.ts";

/** An activity (or the start, or the end) with its ways in and out. */
export interface BranchingNode {
  /** Null: the start or the end of a case. */
  readonly name: string | null;
  /** Null at the start. */
  readonly into: Branching | null;
  /** Null at the end. */
  readonly out: Branching | null;
  /** May happen again right after itself. */
  readonly repeats: boolean;
}

/** A BPMN process of activities whose ways in and out are gateways: one flow for each pair of neighbours. */
export function branchingGraph(nodes: readonly BranchingNode[]): BpmnGraph {
  const builder = new Builder();
  const ends = nodes.map((node) => builder.place(node));
  // A flow from a to b has one end in a's way out and one in b's way in.
  nodes.forEach(({ out }, a) => {
    if (out !== null) builder.out(out, ends[a]!.exit, a);
  });
  nodes.forEach(({ into }, b) => {
    if (into !== null) builder.into(into, ends[b]!.entry, b);
  });
  return builder.graph();
}

class Builder {
  readonly #nodes: BpmnNode[] = [];
  readonly #flows: SequenceFlow[] = [];
  /** Where the flow between two neighbours begins, by `from/to`. */
  readonly #sources = new Map<string, string>();

  graph(): BpmnGraph {
    return { nodes: this.#nodes, flows: this.#flows };
  }

  place(node: BranchingNode): { readonly entry: string; readonly exit: string } {
    if (node.name === null) {
      const kind = node.into === null ? "startEvent" : "endEvent";
      const id = this.#add({ id: this.#id("Event"), kind, name: "", trigger: "none" });
      return { entry: id, exit: id };
    }
    const task = this.#add({
      id: this.#id("Activity"),
      kind: "task",
      name: node.name,
      repetition: "once",
      defaultFlow: null,
    });
    if (!node.repeats) return { entry: task, exit: task };
    const [entry, exit] = [this.#gateway("exclusive"), this.#gateway("exclusive")];
    this.#flow(entry, task);
    this.#flow(task, exit);
    this.#flow(exit, entry);
    return { entry, exit };
  }

  out(branching: Branching, from: string, node: number): void {
    if (branching.kind === "neighbour") {
      this.#sources.set(`${node}/${branching.node}`, from);
      return;
    }
    const gateway = this.#gateway(branching.kind);
    this.#flow(from, gateway);
    for (const branch of branching.branches) this.out(branch, gateway, node);
  }

  into(branching: Branching, to: string, node: number): void {
    if (branching.kind === "neighbour") {
      this.#flow(this.#sources.get(`${branching.node}/${node}`)!, to);
      return;
    }
    const gateway = this.#gateway(branching.kind);
    this.#flow(gateway, to);
    for (const branch of branching.branches) this.into(branch, gateway, node);
  }

  #id = (kind: string): string => `${kind}_${this.#nodes.length + 1}`;

  #add(node: BpmnNode): string {
    this.#nodes.push(node);
    return node.id;
  }

  #gateway(kind: "exclusive" | "parallel"): string {
    return this.#add({ id: this.#id("Gateway"), kind: `${kind}Gateway`, name: "", defaultFlow: null });
  }

  #flow(source: string, target: string): void {
    const id = `Flow_${this.#flows.length + 1}`;
    this.#flows.push({ id, name: "", source, target, condition: null });
  }
}
