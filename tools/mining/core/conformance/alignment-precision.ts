import type { PetriNet } from "../petri-net.ts";
import type { Deadline } from "../precision.ts";
import type { TreeAutomaton } from "../tree-automaton.ts";
import type { Alignments } from "./net-alignment.ts";

interface Prefix {
  readonly state: number;
  readonly next: Map<number, Prefix>;
  cases: number;
}

/**
 * Precision by aligned escaping edges with one alignment a trace (Adriansyah, Muñoz-Gama, Carmona, van Dongen & van der
 * Aalst, "Measuring precision of modeled behavior", ISeB 13, 2015): each trace is replaced with the run of the net that it
 * is aligned with, and of all that the net allows after the prefixes of these runs, weighted with the cases that go
 * on from them, the share is taken that some run does. Unlike escaping edges on the log itself, traces that do not fit
 * count in full; where all fit, the two are equal. Null where time did not suffice.
 */
export function alignmentPrecision(
  net: PetriNet,
  automaton: TreeAutomaton,
  codeOf: (label: string) => number,
  { traces }: Alignments,
  counts: readonly number[],
  deadline: Deadline,
): number | null {
  const codes = net.transitions.map(({ label }) => (label === null ? null : codeOf(label)));
  const root: Prefix = { state: automaton.initial, next: new Map(), cases: 0 };
  for (const [v, { moves }] of traces.entries()) {
    if (deadline()) return null;
    addRun(automaton, root, moves, codes, counts[v]!);
  }
  return 1 - shareEscaping(automaton, root);
}

function addRun(
  automaton: TreeAutomaton,
  root: Prefix,
  moves: Int32Array,
  codes: readonly (number | null)[],
  cases: number,
): void {
  let prefix = root;
  for (let i = 1; i < moves.length; i += 2) {
    const code = moves[i]! < 0 ? null : codes[moves[i]!]!;
    if (code === null) continue;
    prefix.cases += cases;
    let next = prefix.next.get(code);
    if (next === undefined) {
      next = { state: automaton.step(prefix.state, code), next: new Map(), cases: 0 };
      prefix.next.set(code, next);
    }
    prefix = next;
  }
}

function shareEscaping(automaton: TreeAutomaton, root: Prefix): number {
  let [allowed, escaping] = [0, 0];
  const stack = [root];
  for (let prefix = stack.pop(); prefix !== undefined; prefix = stack.pop()) {
    const enabled = automaton.enabled(prefix.state).length;
    allowed += prefix.cases * enabled;
    escaping += prefix.cases * (enabled - prefix.next.size);
    stack.push(...prefix.next.values());
  }
  return allowed === 0 ? 0 : escaping / allowed;
}
