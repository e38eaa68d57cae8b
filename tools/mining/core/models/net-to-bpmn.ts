import type { BpmnGraph, BpmnNode, SequenceFlow } from "../bpmn-graph.ts";
import { type PetriNet, placeNeighbours } from "../petri-net.ts";
import { NotConvertibleError } from "./errors.ts";
import type { ReadModel } from "./read-model.ts";
import { reduceNet } from "./reduce-net.ts";
import { onlyToken, workflowNetProblems } from "./soundness.ts";

/**
 * A workflow net as a BPMN process: visible transitions are tasks, places exclusive gateways, transitions of several places
 * parallel ones; gateways with one way in and one out are left out. Exact for free-choice nets (Desel & Esparza 1995),
 * including those where a choice follows a synchronisation. Where a net is not free-choice, BPMN must choose before it
 * synchronises; the notes say where.
 */
export function netToBpmn(net: PetriNet): ReadModel<BpmnGraph> {
  const reduced = reduceNet(net);
  check(reduced);
  const builder = new Builder(reduced);
  return { model: builder.build(), notes: builder.notes };
}

function check(net: PetriNet): void {
  const hasWeights = net.transitions.some(({ inputs, outputs }) =>
    [inputs, outputs].some((places) => new Set(places).size < places.length),
  );
  const problem = hasWeights
    ? "An arc weighs more than one token."
    : workflowNetProblems(net).find((text) => !text.startsWith("Arcs lead"));
  if (problem === undefined) return;
  throw new NotConvertibleError(`BPMN cannot express this net. ${problem}`, {
    expected: "a workflow net without arc weights",
  });
}

type Kind = "startEvent" | "endEvent" | "task" | "exclusiveGateway" | "parallelGateway";

interface DraftNode {
  readonly kind: Kind;
  readonly name: string;
}

class Builder {
  readonly notes: string[] = [];
  readonly #net: PetriNet;
  readonly #nodes: DraftNode[] = [];
  #flows: { source: number; target: number }[] = [];

  constructor(net: PetriNet) {
    this.#net = net;
  }

  build(): BpmnGraph {
    const joins = Array.from({ length: this.#net.places }, () => this.#node("exclusiveGateway"));
    const entries = this.#net.transitions.map((_, t) => this.#transition(t, joins));
    const start = this.#node("startEvent");
    this.#flow(start, joins[onlyToken(this.#net.initial)!]!);
    for (const cluster of this.#clusters()) this.#cluster(cluster, joins, entries);
    this.#simplify();
    return this.#graph();
  }

  #node(kind: Kind, name = ""): number {
    return this.#nodes.push({ kind, name }) - 1;
  }

  #flow(source: number, target: number): void {
    this.#flows.push({ source, target });
  }

  /** A task, or for a silent transition only its fork; returns where it begins. */
  #transition(t: number, joins: readonly number[]): number {
    const { label, outputs } = this.#net.transitions[t]!;
    const fork = this.#node("parallelGateway");
    for (const p of outputs) this.#flow(fork, joins[p]!);
    if (label === null) return fork;
    const task = this.#node("task", label);
    this.#flow(task, fork);
    return task;
  }

  /** Places and transitions that choose together: joined by arcs from place to transition. */
  #clusters(): { places: number[]; transitions: number[] }[] {
    const { consumers } = placeNeighbours(this.#net);
    const seen = new Set<number>();
    return [...consumers.keys()].flatMap((first) => {
      if (seen.has(first)) return [];
      const places = new Set([first]);
      const transitions = new Set<number>();
      for (const p of places) {
        seen.add(p);
        for (const t of consumers[p]!) {
          transitions.add(t);
          for (const input of this.#net.transitions[t]!.inputs) places.add(input);
        }
      }
      return [{ places: [...places], transitions: [...transitions] }];
    });
  }

  #cluster(
    { places, transitions }: { places: number[]; transitions: number[] },
    joins: readonly number[],
    entries: readonly number[],
  ): void {
    const sink = onlyToken(this.#net.final)!;
    const isFree = transitions.every((t) => this.#net.transitions[t]!.inputs.length === places.length);
    if (!isFree) {
      this.#chooseFirst(places, transitions, joins, entries);
    } else {
      const synchronise = this.#node("parallelGateway");
      const choose = this.#node("exclusiveGateway");
      for (const p of places) this.#flow(joins[p]!, synchronise);
      this.#flow(synchronise, choose);
      for (const t of transitions) this.#flow(choose, entries[t]!);
      if (places.includes(sink)) this.#flow(choose, this.#node("endEvent"));
      return;
    }
    if (places.includes(sink)) this.#flow(joins[sink]!, this.#node("endEvent"));
  }

  #chooseFirst(
    places: readonly number[],
    transitions: readonly number[],
    joins: readonly number[],
    entries: readonly number[],
  ): void {
    const names = transitions.map((t) => `“${this.#net.transitions[t]!.label ?? "a silent step"}”`);
    this.notes.push(
      `The choice among ${names.join(", ")} depends on what was chosen before; BPMN cannot say so, and this diagram allows ways that get stuck.`,
    );
    const synchronise = new Map(transitions.map((t) => [t, this.#node("parallelGateway")]));
    for (const p of places) {
      const choose = this.#node("exclusiveGateway");
      this.#flow(joins[p]!, choose);
      for (const t of transitions) {
        if (this.#net.transitions[t]!.inputs.includes(p)) this.#flow(choose, synchronise.get(t)!);
      }
    }
    for (const t of transitions) this.#flow(synchronise.get(t)!, entries[t]!);
  }

  /** Gateways with one way in and one out go; so does a second empty way between two exclusive gateways. */
  #simplify(): void {
    for (let before = -1; before !== this.#flows.length; ) {
      before = this.#flows.length;
      this.#dropRepeats();
      for (const id of this.#nodes.keys()) this.#dropPassage(id);
    }
  }

  #dropRepeats(): void {
    const isExclusive = (id: number) => this.#nodes[id]!.kind === "exclusiveGateway";
    const seen = new Set<string>();
    this.#flows = this.#flows.filter(({ source, target }) => {
      if (!isExclusive(source) || !isExclusive(target)) return true;
      const key = `${source} ${target}`;
      const isNew = source !== target && !seen.has(key);
      seen.add(key);
      return isNew;
    });
  }

  #dropPassage(id: number): void {
    if (!this.#nodes[id]!.kind.endsWith("Gateway")) return;
    const incoming = this.#flows.filter(({ target }) => target === id);
    const outgoing = this.#flows.filter(({ source }) => source === id);
    if (incoming.length !== 1 || outgoing.length !== 1 || incoming[0] === outgoing[0]) return;
    const joined = { source: incoming[0]!.source, target: outgoing[0]!.target };
    this.#flows = this.#flows.flatMap((flow) =>
      flow === incoming[0] ? [joined] : flow === outgoing[0] ? [] : [flow],
    );
  }

  #graph(): BpmnGraph {
    const used = new Set(this.#flows.flatMap(({ source, target }) => [source, target]));
    const counts = new Map<string, number>();
    const ids = new Map<number, string>();
    const nodes = this.#nodes.flatMap((node, i) => {
      if (!used.has(i)) return [];
      const prefix = PREFIX[node.kind];
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
      ids.set(i, `${prefix}_${counts.get(prefix)}`);
      return [finished(node, ids.get(i)!)];
    });
    const flows = this.#flows.map(
      ({ source, target }, i): SequenceFlow => ({
        id: `Flow_${i + 1}`,
        name: "",
        source: ids.get(source)!,
        target: ids.get(target)!,
        condition: null,
      }),
    );
    return { nodes, flows };
  }
}

const PREFIX = {
  startEvent: "StartEvent",
  endEvent: "EndEvent",
  task: "Task",
  exclusiveGateway: "Gateway",
  parallelGateway: "Gateway",
} as const;

function finished({ kind, name }: DraftNode, id: string): BpmnNode {
  if (kind === "task") return { id, name, kind, repetition: "once", defaultFlow: null };
  if (kind === "startEvent" || kind === "endEvent") return { id, name, kind, trigger: "none" };
  return { id, name, kind, defaultFlow: null };
}
