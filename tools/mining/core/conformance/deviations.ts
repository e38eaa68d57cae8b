import type { PetriNet } from "../petri-net.ts";
import type { Alignments } from "./net-alignment.ts";

/**
 * How a case departs from the model at one activity:
 * - `skipped`: the model asks for it, the case never has it there or elsewhere
 * - `moved`: the case has it, but not where the model asks for it
 * - `repeated`: the case has it where the model asks for it, and again
 * - `inserted`: the model has it, but asks for it nowhere in such a case
 * - `unknown`: the model does not have it
 */
export type DeviationKind = "skipped" | "moved" | "repeated" | "inserted" | "unknown";

export interface Deviation {
  readonly kind: DeviationKind;
  readonly activity: string;
  /** Ids of the model's elements for the activity, where its document had ids. */
  readonly elements: readonly string[];
  readonly cases: number;
  /** Over all cases; one case may skip a step twice. */
  readonly occurrences: number;
  /** Indices of the variants that have it. */
  readonly variants: readonly number[];
}

/** Deviations of a log, most cases first; ties by kind and name. From alignments: each unmatched half of one counts. */
export function deviations(
  net: PetriNet,
  traces: readonly (readonly string[])[],
  counts: readonly number[],
  alignments: Alignments,
): Deviation[] {
  const found = new Map<string, Draft>();
  const elements = elementsOf(net);
  traces.forEach((trace, v) => {
    for (const [key, times] of deviationsOf(net, elements, trace, alignments.traces[v]!.moves)) {
      const draft = found.get(key) ?? { cases: 0, occurrences: 0, variants: [] };
      draft.cases += counts[v]!;
      draft.occurrences += counts[v]! * times;
      draft.variants.push(v);
      found.set(key, draft);
    }
  });
  return Array.from(found, ([key, draft]) => {
    const [kind, activity] = split(key);
    return { kind, activity, elements: elements.get(activity) ?? [], ...draft };
  }).sort((a, b) => b.cases - a.cases || (a.kind + a.activity < b.kind + b.activity ? -1 : 1));
}

interface Draft {
  cases: number;
  occurrences: number;
  readonly variants: number[];
}

const split = (key: string): readonly [DeviationKind, string] => {
  const at = key.indexOf(" ");
  return [key.slice(0, at) as DeviationKind, key.slice(at + 1)];
};

function elementsOf(net: PetriNet): ReadonlyMap<string, readonly string[]> {
  const elements = new Map<string, string[]>();
  for (const { label, element } of net.transitions) {
    if (label === null) continue;
    const own = elements.get(label) ?? [];
    if (element !== undefined && !own.includes(element)) own.push(element);
    elements.set(label, own);
  }
  return elements;
}

/** Occurrences by "kind activity" of one aligned trace. */
function deviationsOf(
  net: PetriNet,
  known: ReadonlyMap<string, unknown>,
  trace: readonly string[],
  moves: Int32Array,
): Map<string, number> {
  const [extra, absent, matched] = halves(net, trace, moves);
  const found = new Map<string, number>();
  const add = (kind: DeviationKind, activity: string, times: number) => {
    if (times > 0) found.set(`${kind} ${activity}`, times);
  };
  for (const activity of new Set([...extra.keys(), ...absent.keys()])) {
    const events = extra.get(activity) ?? 0;
    const steps = absent.get(activity) ?? 0;
    const moved = Math.min(events, steps);
    add("moved", activity, moved);
    add("skipped", activity, steps - moved);
    const kind = !known.has(activity)
      ? "unknown"
      : matched.has(activity) || moved > 0
        ? "repeated"
        : "inserted";
    add(kind, activity, events - moved);
  }
  return found;
}

type Counts = ReadonlyMap<string, number>;

/** Events without a step, steps without an event, and both together, by activity. */
function halves(
  net: PetriNet,
  trace: readonly string[],
  moves: Int32Array,
): readonly [extra: Counts, absent: Counts, matched: Counts] {
  const all = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()] as const;
  for (let i = 0; i < moves.length; i += 2) {
    const event = moves[i]! < 0 ? null : trace[moves[i]!]!;
    const label = moves[i + 1]! < 0 ? null : net.transitions[moves[i + 1]!]!.label;
    const name = event ?? label;
    if (name === null) continue;
    const side = all[label === null ? 0 : event === null ? 1 : 2]!;
    side.set(name, (side.get(name) ?? 0) + 1);
  }
  return all;
}
