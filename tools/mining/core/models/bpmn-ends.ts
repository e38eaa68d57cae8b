import type { EventTrigger } from "../bpmn-graph.ts";
import { type Marking, oneToken, type PetriNet } from "../petri-net.ts";
import type { LevelNet } from "./bpmn-to-net.ts";
import type { NetDraft } from "./net-draft.ts";
import { type Reachability, reachability } from "./reachability.ts";
import { reduceBeside } from "./reduce-net.ts";

/** A node that nothing comes after, and the place of its token. */
export interface End {
  readonly place: number;
  readonly trigger: EventTrigger;
  readonly element: string;
}

const MOST_MARKINGS = 5000;

/**
 * Gives a level its one final place. BPMN's process is over when no token is left anywhere but in ends: where several can be
 * reached together, each such marking goes to the final place at once. A terminate end takes all other tokens away. Where
 * errors are caught outside, an error's end is no end: its token waits for the boundary event.
 */
export function joinEnds(
  draft: NetDraft,
  source: number,
  ends: readonly End[],
  context: { readonly catchesErrors: boolean; readonly notes: Set<string> },
): LevelNet {
  const thrown = ends.filter(({ trigger }) => context.catchesErrors && trigger === "error");
  const usual = ends.filter((end) => !thrown.includes(end));
  const sink = draft.place();
  const kept = [source, sink, ...ends.map(({ place }) => place)];
  const open = {
    places: draft.places,
    transitions: draft.transitions,
    initial: oneToken(draft.places, source),
  };
  const { net, numbers } = reduceBeside({ ...open, final: oneToken(draft.places, sink) }, kept);
  const renumbered = usual.map((end) => ({ ...end, place: numbers.get(end.place)! }));
  const finish = finishing(net, renumbered, context.notes);
  return {
    net: { ...net, transitions: [...net.transitions, ...finish(numbers.get(sink)!)] },
    errors: thrown.map(({ place }) => numbers.get(place)!),
  };
}

type Finish = (sink: number) => PetriNet["transitions"];

function finishing(net: PetriNet, ends: readonly End[], notes: Set<string>): Finish {
  const eachAlone: Finish = (sink) =>
    ends.map(({ place, element }) => ({ label: null, inputs: [place], outputs: [sink], element }));
  const terminating = ends.filter(({ trigger }) => trigger === "terminate");
  const reached = reachability(net, MOST_MARKINGS);
  if (!reached.complete) {
    notes.add(
      "The process is too large to find which of its ends are reached together; each is taken alone.",
    );
    return eachAlone;
  }
  const together = finalMarkings(reached, ends, terminating);
  if (together.every(({ inputs }) => inputs.length === 1)) return eachAlone;
  return (sink) => together.map(({ inputs, element }) => ({ label: null, inputs, outputs: [sink], element }));
}

/** Markings with which the process is over, as lists of places. */
function finalMarkings({ states }: Reachability, ends: readonly End[], terminating: readonly End[]) {
  const isEnd = new Set(ends.map(({ place }) => place));
  return states.flatMap(({ marking }) => {
    const inputs = tokensOf(marking);
    const killer = terminating.find(({ place }) => marking[place]! > 0);
    const over = inputs.length > 0 && inputs.every((p) => isEnd.has(p));
    if (killer === undefined && !over) return [];
    return [{ inputs, element: (killer ?? ends.find(({ place }) => place === inputs[0]))!.element }];
  });
}

const tokensOf = (marking: Marking): number[] =>
  marking.flatMap((tokens, p) => Array<number>(tokens).fill(p));
