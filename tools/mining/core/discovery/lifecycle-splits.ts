/**
 * How each cut splits a log of starts and completions: as `log-splits.ts` does with completions, but an execution goes to its
 * part as a whole, and what overlaps within a part still does afterwards.
 */
import type { Cut } from "../cuts.ts";
import { ascendingAssignment } from "../log-splits.ts";
import { add, type TraceMultiset } from "../trace-multiset.ts";
import { type Execution, executionsOf, only } from "./lifecycle-traces.ts";

/** Executions of one part, each with its part. */
type Placed = Execution & { readonly part: number };

export function splitLifecycles(
  log: TraceMultiset,
  cut: Cut,
  partOf: ReadonlyMap<number, number>,
): TraceMultiset[] {
  const logs = cut.parts.map(() => new Map<string, number>());
  for (const [trace, count] of log) {
    const executions = executionsOf(trace).map((one) => ({ ...one, part: partOf.get(one.activity)! }));
    for (const { part, kept } of SPLITS[cut.operator](executions, logs.length)) {
      add(logs[part]!, only(trace, kept), count);
    }
  }
  return logs;
}

interface Piece {
  readonly part: number;
  readonly kept: readonly Execution[];
}

/** The pieces that a trace falls into; `executions` are in the order of completion. */
type Split = (executions: readonly Placed[], parts: number) => Piece[];

const splitParallel: Split = (executions, parts) =>
  Array.from({ length: parts }, (_, part) => ({ part, kept: executions.filter((one) => one.part === part) }));

/** The part with most of the trace gets it. */
const splitExclusive: Split = (executions, parts) =>
  [...splitParallel(executions, parts)].sort((a, b) => b.kept.length - a.kept.length).slice(0, 1);

const splitSequence: Split = (executions, parts) => {
  const assigned = ascendingAssignment(
    executions.map(({ part }) => part),
    parts,
  );
  return splitParallel(
    executions.filter(({ part }, i) => assigned[i] === part),
    parts,
  );
};

const splitInterleaved: Split = (executions, parts) => {
  const pieces = runs(executions);
  return Array.from({ length: parts }, (_, part) => {
    const own = pieces.filter((piece) => piece.part === part);
    const longest = own.reduce<Piece>((a, b) => (b.kept.length > a.kept.length ? b : a), { part, kept: [] });
    return longest;
  });
};

/** Where body and redo do not alternate, or the trace begins or ends outside, an empty body. */
const splitLoop: Split = (executions) => {
  const empty = { part: 0, kept: [] };
  const pieces: Piece[] = [];
  for (const piece of runs(executions)) {
    if (piece.part > 0 && (pieces.at(-1)?.part ?? 1) > 0) pieces.push(empty);
    pieces.push(piece);
  }
  return (pieces.at(-1)?.part ?? 1) > 0 ? [...pieces, empty] : pieces;
};

/** Neighbours of one part together. */
function runs(executions: readonly Placed[]): Piece[] {
  const found: { part: number; kept: Execution[] }[] = [];
  for (const one of executions) {
    if (found.at(-1)?.part === one.part) found.at(-1)!.kept.push(one);
    else found.push({ part: one.part, kept: [one] });
  }
  return found;
}

const SPLITS: Readonly<Record<Cut["operator"], Split>> = {
  exclusive: splitExclusive,
  sequence: splitSequence,
  parallel: splitParallel,
  interleaved: splitInterleaved,
  loop: splitLoop,
};
