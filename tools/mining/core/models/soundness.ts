import { type PetriNet, placeNeighbours } from "../petri-net.ts";
import { covers, type Reachability, reachability, wayTo } from "./reachability.ts";

export type SoundnessProblem =
  | "unbounded"
  | "no-option-to-complete"
  | "improper-completion"
  | "dead-transition";

/** What was found out about a net within a bounded number of markings. */
export type Soundness =
  | { readonly verdict: "sound"; readonly states: number }
  | {
      readonly verdict: "unsound";
      readonly problem: SoundnessProblem;
      /** Transitions that lead from the initial marking to where it goes wrong; for a dead transition, that one alone. */
      readonly witness: readonly number[];
      /** The same in a sentence. */
      readonly explanation: string;
      readonly states: number;
    }
  | { readonly verdict: "undecided"; readonly states: number };

const MOST_STATES = 50_000;

/**
 * Soundness (van der Aalst 1998): from every reachable marking the final one can be reached, the final marking is left
 * with no token beside it, and every transition can fire. Decided by exploring the markings, at most `limit`; an unbounded
 * net is told by a marking that covers one on its way. It holds for any initial and final marking; whether the net is a
 * workflow net is asked by `workflowNetProblems`.
 */
export function soundness(net: PetriNet, limit = MOST_STATES): Soundness {
  const reached = reachability(net, limit);
  const states = reached.states.length;
  const unsound = (problem: SoundnessProblem, witness: readonly number[], text: string): Soundness => ({
    verdict: "unsound",
    problem,
    witness,
    explanation: `${text}${problem === "dead-transition" ? "" : ` after ${wayText(net, witness)}`}.`,
    states,
  });
  if (reached.growing !== null) {
    const way = wayTo(reached.states, reached.growing);
    return unsound("unbounded", way, "Tokens pile up without end, as seen");
  }
  const left = reached.states.findIndex(
    ({ marking }) => covers(marking, net.final) && marking.some((tokens, p) => tokens !== net.final[p]),
  );
  if (left !== -1) {
    const way = wayTo(reached.states, left);
    return unsound("improper-completion", way, "The end is reached while work is still under way");
  }
  if (!reached.complete) return { verdict: "undecided", states };
  const stuck = stateThatCannotComplete(net, reached);
  if (stuck !== null) {
    const way = wayTo(reached.states, stuck);
    return unsound("no-option-to-complete", way, "The end cannot be reached any more");
  }
  const dead = deadTransition(net, reached);
  if (dead !== null) return unsound("dead-transition", [dead], `${nameOf(net, dead)} can never happen`);
  return { verdict: "sound", states };
}

/** The first state from which no way leads to the final marking. */
function stateThatCannotComplete(net: PetriNet, { states, steps }: Reachability): number | null {
  const before = states.map((): number[] => []);
  steps.forEach((found, state) => {
    for (const [, next] of found) before[next]!.push(state);
  });
  const completes = new Set<number>();
  const open = states.flatMap(({ marking }, s) =>
    marking.every((tokens, p) => tokens === net.final[p]) ? [s] : [],
  );
  for (let s = open.pop(); s !== undefined; s = open.pop()) {
    if (completes.has(s)) continue;
    completes.add(s);
    open.push(...before[s]!);
  }
  const stuck = states.findIndex((_, s) => !completes.has(s));
  return stuck === -1 ? null : stuck;
}

function deadTransition(net: PetriNet, { steps }: Reachability): number | null {
  const fired = new Set(steps.flatMap((found) => found.map(([t]) => t)));
  const dead = net.transitions.findIndex((_, t) => !fired.has(t));
  return dead === -1 ? null : dead;
}

const nameOf = (net: PetriNet, t: number): string => {
  const { label, element } = net.transitions[t]!;
  if (label !== null) return `“${label}”`;
  return element === undefined ? `Silent transition ${t}` : `The silent transition “${element}”`;
};

function wayText(net: PetriNet, way: readonly number[]): string {
  const names = way.flatMap((t) => net.transitions[t]!.label ?? []);
  if (names.length === 0) return "the start";
  const shown = names.slice(0, 20).map((name) => `“${name}”`);
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - 20} more` : shown.join(", ");
}

/**
 * Why a net is not a workflow net: one place to start from, one to end in, and everything between them (van der Aalst
 * 1998). Empty where it is one.
 */
export function workflowNetProblems(net: PetriNet): string[] {
  const { producers, consumers } = placeNeighbours(net);
  const [source, sink] = [onlyToken(net.initial), onlyToken(net.final)];
  const problems: string[] = [];
  if (source === null) problems.push("The initial marking is not one token in one place.");
  else if (producers[source]!.length > 0) problems.push("Arcs lead into the place that a case starts from.");
  if (sink === null) problems.push("The final marking is not one token in one place.");
  else if (consumers[sink]!.length > 0) problems.push("Arcs lead out of the place that a case ends in.");
  if (source === null || sink === null) return problems;
  const forward = reachedFrom(net, source, "inputs", "outputs");
  const backward = reachedFrom(net, sink, "outputs", "inputs");
  net.transitions.forEach((_, t) => {
    if (!forward.transitions.has(t) || !backward.transitions.has(t)) {
      problems.push(`${nameOf(net, t)} does not lie on a way from start to end.`);
    }
  });
  for (let p = 0; p < net.places; p++) {
    if (!forward.places.has(p) || !backward.places.has(p))
      problems.push(`Place ${p} does not lie on a way from start to end.`);
  }
  return problems;
}

/** The place that has the marking's one token. */
export function onlyToken(marking: readonly number[]): number | null {
  const marked = marking.flatMap((tokens, p) => (tokens > 0 ? [p] : []));
  return marked.length === 1 && marking[marked[0]!] === 1 ? marked[0]! : null;
}

function reachedFrom(net: PetriNet, start: number, near: "inputs" | "outputs", far: "inputs" | "outputs") {
  const leaving = Array.from({ length: net.places }, (): number[] => []);
  net.transitions.forEach((transition, t) => {
    for (const p of transition[near]) leaving[p]!.push(t);
  });
  const places = new Set([start]);
  const transitions = new Set<number>();
  for (const p of places) {
    for (const t of leaving[p]!) {
      transitions.add(t);
      for (const next of net.transitions[t]![far]) places.add(next);
    }
  }
  return { places, transitions };
}
