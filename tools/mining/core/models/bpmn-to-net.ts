import {
  type BoundaryEvent,
  type BpmnGraph,
  type BpmnNode,
  isTask,
  type NodeFlows,
  nodeFlows,
  type Repetition,
  type SequenceFlow,
  type SubProcess,
} from "../bpmn-graph.ts";
import type { PetriNet } from "../petri-net.ts";
import { type End, joinEnds } from "./bpmn-ends.ts";
import { NotConvertibleError } from "./errors.ts";
import { type InclusiveBlock, inclusiveBlocks } from "./inclusive-blocks.ts";
import { NetDraft } from "./net-draft.ts";
import { reachability } from "./reachability.ts";
import type { ReadModel } from "./read-model.ts";
import { reduceNet } from "./reduce-net.ts";
import { onlyToken } from "./soundness.ts";

export interface BpmnToNetOptions {
  /** What a node is in the log; null: it leaves no event. By default tasks are what they are called, and nothing else is. */
  readonly labelOf?: (node: BpmnNode) => string | null;
}

/** The name of a task, or its id where it has none. */
export const taskLabel = (node: BpmnNode): string | null =>
  isTask(node) || (node.kind === "subProcess" && node.graph.nodes.length === 0) ? node.name || node.id : null;

/** Tasks, and besides them events and sub-processes' ends whose names are among the log's activities. */
export const labelKnownTo =
  (activities: ReadonlySet<string>) =>
  (node: BpmnNode): string | null =>
    taskLabel(node) ?? (activities.has(node.name) ? node.name : null);

const MOST_BRANCHES = 8;
const MOST_INNER_MARKINGS = 1000;

/**
 * The Petri net of a BPMN process, after Dijkman, Dumas and Ouyang (2008), with silent transitions that only hand on left
 * out. Inclusive joins wait for the branches that their block's split chose; without such a block the process is refused.
 * Boundary events, terminate events and several ends are exact as long as what they cut off has at most 1,000 markings.
 * Approximations are said in the notes: parallel instances run one after another, events that do not interrupt happen at
 * most once.
 */
export function bpmnToNet(graph: BpmnGraph, options: BpmnToNetOptions = {}): ReadModel<PetriNet> {
  const notes = new Set<string>();
  const labelOf = options.labelOf ?? taskLabel;
  const level = new Level(graph, { labelOf, notes, catchesErrors: false });
  return { model: reduceNet(level.net().net), notes: [...notes] };
}

interface Context {
  readonly labelOf: (node: BpmnNode) => string | null;
  readonly notes: Set<string>;
  /** Errors that are thrown at this level are caught outside of it. */
  readonly catchesErrors: boolean;
}

/** One level of the process: a workflow net, and the places in which an error was thrown out of it. */
export interface LevelNet {
  readonly net: PetriNet;
  readonly errors: readonly number[];
}

class Level {
  readonly #graph: BpmnGraph;
  readonly #context: Context;
  readonly #flows: NodeFlows;
  readonly #blocks: ReadonlyMap<string, InclusiveBlock | null>;
  readonly #draft = new NetDraft();
  /** Where a token waits for each node, and for those that join, on each flow. */
  readonly #entries = new Map<string, number>();
  readonly #arrivals = new Map<string, number>();
  readonly #ends: End[] = [];

  constructor(graph: BpmnGraph, context: Context) {
    this.#graph = graph;
    this.#context = context;
    this.#flows = nodeFlows(graph);
    this.#blocks = inclusiveBlocks(graph);
  }

  net(): LevelNet {
    const source = this.#draft.place();
    for (const node of this.#graph.nodes) this.#entries.set(node.id, this.#draft.place());
    for (const node of this.#graph.nodes) this.#addJoin(node);
    for (const node of this.#graph.nodes) this.#addNode(node);
    for (const node of this.#graph.nodes) if (node.kind === "boundaryEvent") this.#checkHost(node);
    this.#addStarts(source);
    return joinEnds(this.#draft, source, this.#ends, this.#context);
  }

  #addStarts(source: number): void {
    const first = this.#graph.nodes.filter(
      ({ id, kind }) => kind !== "boundaryEvent" && this.#flows.incoming.get(id)!.length === 0,
    );
    const events = this.#graph.nodes.filter(({ kind }) => kind === "startEvent");
    const entries = (nodes: readonly BpmnNode[]) => nodes.map(({ id }) => this.#entries.get(id)!);
    if (events.length > 0) for (const entry of entries(events)) this.#draft.silent([source], [entry]);
    else if (first.length > 0) this.#draft.silent([source], entries(first));
    else throw new NotConvertibleError("The process has no start: every step comes after another.");
  }

  /** A gateway that waits for several flows takes their tokens together; every other node takes each alone. */
  #addJoin(node: BpmnNode): void {
    const incoming = this.#flows.incoming.get(node.id)!;
    const entry = this.#entries.get(node.id)!;
    if (!this.#waitsForAll(node)) {
      for (const { id } of incoming) this.#arrivals.set(id, entry);
      return;
    }
    const places = incoming.map(() => this.#draft.place());
    for (const [i, { id }] of incoming.entries()) this.#arrivals.set(id, places[i]!);
    this.#draft.silent(places, [entry], node.id);
  }

  #waitsForAll(node: BpmnNode): boolean {
    if (this.#flows.incoming.get(node.id)!.length < 2) return false;
    if (node.kind !== "inclusiveGateway") return node.kind === "parallelGateway";
    const block = this.#blocks.get(node.id);
    if (block) return this.#splitKind(block.split) !== "one";
    throw new NotConvertibleError(
      `The inclusive gateway “${node.name || node.id}” joins what no one gateway split, so which tokens it waits for is not local.`,
      {
        value: node.id,
        remedy: "Split and join with a pair of gateways, or use exclusive or parallel ones.",
      },
    );
  }

  #splitKind(node: BpmnNode): "one" | "all" | "some" {
    if (node.kind === "exclusiveGateway" || node.kind === "eventBasedGateway") return "one";
    if (node.kind === "inclusiveGateway") return "some";
    if (node.kind === "parallelGateway") return "all";
    return this.#flows.outgoing.get(node.id)!.some(({ condition }) => condition !== null) ? "some" : "all";
  }

  #addNode(node: BpmnNode): void {
    const entry = this.#entries.get(node.id)!;
    const exit = this.#draft.place();
    if (node.kind === "subProcess" && node.graph.nodes.length > 0) this.#addSubProcess(node, entry, exit);
    else if ("repetition" in node) this.#addTask(node, entry, exit);
    else this.#draft.add(this.#context.labelOf(node), [entry], [exit], node.id);
    this.#addSplit(node, exit);
  }

  #addTask(node: BpmnNode & { repetition: Repetition }, entry: number, exit: number): void {
    const ready = this.#interruptible(node, entry);
    const body = this.#repeated(node.repetition, ready, exit);
    this.#draft.add(this.#context.labelOf(node), [body.entry], [body.exit], node.id);
  }

  /** Places between which the work stands that is done once or again and again. */
  #repeated(repetition: Repetition, entry: number, exit: number): { entry: number; exit: number } {
    if (repetition === "once") return { entry, exit };
    const [first, last] = [this.#draft.place(), this.#draft.place()];
    this.#draft.silent([entry], [first]);
    this.#draft.silent([last], [first]);
    this.#draft.silent([last], [exit]);
    return { entry: first, exit: last };
  }

  /** What can interrupt a task takes the token that waits for it. Returns where the task goes on from. */
  #interruptible(host: BpmnNode, entry: number): number {
    const events = this.#eventsOn(host);
    for (const event of events.filter(({ interrupting }) => interrupting)) {
      this.#draft.silent([entry], [this.#entries.get(event.id)!], event.id);
    }
    return this.#beside(events, entry);
  }

  /** Events that do not interrupt: each happens once or not at all, beside what they sit on. */
  #beside(events: readonly BoundaryEvent[], entry: number): number {
    let at = entry;
    for (const event of events.filter(({ interrupting }) => !interrupting)) {
      const next = this.#draft.place();
      this.#draft.silent([at], [next]);
      this.#draft.silent([at], [next, this.#entries.get(event.id)!], event.id);
      this.#context.notes.add(`“${event.name || event.id}” is taken to happen at most once in each run.`);
      at = next;
    }
    return at;
  }

  #eventsOn(host: BpmnNode): BoundaryEvent[] {
    return this.#graph.nodes.filter(
      (node) => node.kind === "boundaryEvent" && node.attachedTo === host.id,
    ) as BoundaryEvent[];
  }

  #checkHost(event: BoundaryEvent): void {
    const host = this.#graph.nodes.find(({ id }) => id === event.attachedTo);
    if (host !== undefined && "repetition" in host) return;
    throw new NotConvertibleError(
      `The boundary event “${event.id}” sits on “${event.attachedTo}”, no task.`,
      {
        value: event.id,
      },
    );
  }

  #addSubProcess(node: SubProcess, entry: number, exit: number): void {
    if (node.repetition === "parallel-instances") {
      this.#context.notes.add(`Parallel instances of “${node.name || node.id}” are taken to run one by one.`);
    }
    const events = this.#eventsOn(node);
    const catchesErrors = events.some(({ trigger, interrupting }) => interrupting && trigger === "error");
    const inner = new Level(node.graph, { ...this.#context, catchesErrors }).net();
    const body = this.#repeated(node.repetition, this.#beside(events, entry), exit);
    const places = this.#draft.embed(inner.net);
    const [source, sink] = [onlyToken(inner.net.initial)!, onlyToken(inner.net.final)!];
    this.#draft.silent([body.entry], [places[source]!]);
    const name = this.#context.labelOf(node);
    this.#draft.add(name, [places[sink]!], [body.exit], node.id);
    const interrupting = events.filter((event) => event.interrupting);
    if (interrupting.length > 0) this.#addInterrupts(node, interrupting, inner, places, sink);
  }

  /** From every marking inside, and for errors that are thrown inside from those alone, all tokens go to the event. */
  #addInterrupts(
    node: SubProcess,
    events: readonly BoundaryEvent[],
    inner: LevelNet,
    places: readonly number[],
    sink: number,
  ): void {
    const reached = reachability(inner.net, MOST_INNER_MARKINGS);
    if (!reached.complete) {
      throw new NotConvertibleError(
        `“${node.name || node.id}” can be interrupted in more than ${MOST_INNER_MARKINGS} states.`,
        { value: node.id, remedy: "Put fewer steps beside each other in the sub-process." },
      );
    }
    for (const { marking } of reached.states) {
      if (marking[sink]! > 0) continue;
      const tokens = marking.flatMap((count, p) => Array<number>(count).fill(places[p]!));
      const thrown = inner.errors.some((p) => marking[p]! > 0);
      for (const event of events) {
        const waitsForError = event.trigger === "error" && inner.errors.length > 0;
        if (waitsForError === thrown) this.#draft.silent(tokens, [this.#entries.get(event.id)!], event.id);
      }
    }
  }

  #addSplit(node: BpmnNode, exit: number): void {
    const outgoing = this.#flows.outgoing.get(node.id)!;
    if (outgoing.length === 0) {
      const trigger = node.kind === "endEvent" ? node.trigger : "none";
      this.#ends.push({ place: exit, trigger, element: node.id });
      return;
    }
    const arrival = ({ id }: SequenceFlow) => this.#arrivals.get(id)!;
    const kind = outgoing.length === 1 ? "all" : this.#splitKind(node);
    if (kind === "all") this.#draft.silent([exit], outgoing.map(arrival), node.id);
    else if (kind === "one")
      for (const flow of outgoing) this.#draft.silent([exit], [arrival(flow)], node.id);
    else this.#addSomeOf(node, exit, outgoing);
  }

  /** One silent transition for each choice of flows; where a block is joined, the other branches count as done. */
  #addSomeOf(node: BpmnNode, exit: number, outgoing: readonly SequenceFlow[]): void {
    const fallback = "defaultFlow" in node ? node.defaultFlow : null;
    const free = outgoing.filter(({ id }) => id !== fallback);
    if (free.length > MOST_BRANCHES) {
      throw new NotConvertibleError(
        `“${node.name || node.id}” chooses among more than ${MOST_BRANCHES} branches.`,
        { value: node.id },
      );
    }
    const block = [...this.#blocks.values()].find((each) => each?.split === node);
    const skipped = (flow: SequenceFlow) => this.#arrivals.get(block!.arrives.get(flow.id)!)!;
    for (const chosen of choices(
      free,
      outgoing.filter(({ id }) => id === fallback),
    )) {
      const taken = chosen.map(({ id }) => this.#arrivals.get(id)!);
      const others = block ? outgoing.filter((flow) => !chosen.includes(flow)).map(skipped) : [];
      this.#draft.silent([exit], [...taken, ...others], node.id);
    }
  }
}

/** Every choice of at least one of the flows, or else the default. */
function choices(
  free: readonly SequenceFlow[],
  fallback: readonly SequenceFlow[],
): (readonly SequenceFlow[])[] {
  const subsets = Array.from({ length: 2 ** free.length }, (_, bits) =>
    free.filter((_flow, i) => (bits >> i) % 2 === 1),
  );
  return [...subsets, fallback].filter((subset) => subset.length > 0);
}
