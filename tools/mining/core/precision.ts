import { DEAD, type TreeAutomaton } from "./tree-automaton.ts";
import type { Variants } from "./variants.ts";

/** Says whether time is up. Checked between traces. */
export type Deadline = () => boolean;

/** A node of the prefix tree of the log: one prefix that some trace goes on from. */
interface Prefix {
  readonly state: number;
  readonly next: Map<number, Prefix>;
  cases: number;
}

/**
 * ETC precision by escaping edges (Muñoz-Gama & Carmona, "A fresh look at precision in process conformance", 2010): over
 * the prefixes of the log that the model allows, each weighted with the cases that go on from it, the share of what the
 * model allows next that the log does. Null where time did not suffice.
 */
export function escapingEdgesPrecision(
  automaton: TreeAutomaton,
  variants: Variants,
  deadline: Deadline,
): number | null {
  const root: Prefix = { state: automaton.initial, next: new Map(), cases: 0 };
  for (let v = 0; v < variants.sequences.length; v++) {
    if (deadline()) return null;
    addToPrefixTree(automaton, root, variants.sequences[v]!, variants.counts[v]!);
  }
  let allowed = 0;
  let escaping = 0;
  const stack = [root];
  for (let prefix = stack.pop(); prefix !== undefined; prefix = stack.pop()) {
    const enabled = automaton.enabled(prefix.state);
    const taken = enabled.reduce((sum, activity) => sum + (prefix.next.has(activity) ? 1 : 0), 0);
    allowed += prefix.cases * enabled.length;
    escaping += prefix.cases * (enabled.length - taken);
    stack.push(...prefix.next.values());
  }
  return allowed === 0 ? 1 : 1 - escaping / allowed;
}

function addToPrefixTree(automaton: TreeAutomaton, root: Prefix, trace: Uint32Array, cases: number): void {
  let prefix = root;
  for (const activity of trace) {
    prefix.cases += cases;
    let next = prefix.next.get(activity);
    if (next === undefined) {
      const state = automaton.step(prefix.state, activity);
      if (state === DEAD) return;
      next = { state, next: new Map(), cases: 0 };
      prefix.next.set(activity, next);
    }
    prefix = next;
  }
}
