import type { FallThrough } from "../fall-throughs.ts";
import type { FollowsGraph } from "../follows-graph.ts";
import { add, type TraceMultiset } from "../trace-multiset.ts";
import { brokenShare } from "./lifecycle-cuts.ts";
import { lifecycleGraph } from "./lifecycle-graph.ts";
import { type Execution, executionsOf, only } from "./lifecycle-traces.ts";

/**
 * What is done with a log of starts and completions that no cut splits: as `fall-throughs.ts`, in the same order. An activity
 * that is set aside takes turns with the rest where it never comes between or overlaps it; a loop begins anew only where
 * nothing is running.
 */
export function lifecycleFallThrough(
  log: TraceMultiset,
  graph: FollowsGraph,
  hasCut: (rest: FollowsGraph) => boolean,
): FallThrough {
  const candidates = byFrequency(log, graph.activities);
  const restHasCut = (activity: number) => hasCut(lifecycleGraph(log, activity));
  const once = candidates.length < 2 ? [] : candidates.filter((activity) => isOncePerTrace(log, activity));
  if (once.length > 0) return setAside(log, graph, once.find(restHasCut) ?? once[0]!);
  const beside = candidates.length < 3 ? undefined : candidates.find(restHasCut);
  if (beside !== undefined) return setAside(log, graph, beside);
  return silentLoop(log, graph, "strict") ?? silentLoop(log, graph, "any") ?? { kind: "flower" };
}

function byFrequency(log: TraceMultiset, activities: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const [trace, count] of log) {
    for (const { activity } of executionsOf(trace)) counts.set(activity, (counts.get(activity) ?? 0) + count);
  }
  return [...activities].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
}

const isOncePerTrace = (log: TraceMultiset, activity: number): boolean =>
  [...log.keys()].every(
    (trace) => executionsOf(trace).filter((one) => one.activity === activity).length === 1,
  );

function setAside(log: TraceMultiset, graph: FollowsGraph, activity: number): FallThrough {
  const own = new Map<string, number>();
  const rest = new Map<string, number>();
  for (const [trace, count] of log) {
    const executions = executionsOf(trace);
    const part = (mine: boolean) => executions.filter((one) => (one.activity === activity) === mine);
    add(own, only(trace, part(true)), count);
    add(rest, only(trace, part(false)), count);
  }
  return { kind: takesTurns(log, graph, activity) ? "interleaved" : "parallel", logs: [own, rest] };
}

function takesTurns(log: TraceMultiset, { activities, overlaps }: FollowsGraph, activity: number): boolean {
  const n = activities.length;
  const index = activities.indexOf(activity);
  if (overlaps!.subarray(index * n, (index + 1) * n).some((count, other) => other !== index && count > 0)) {
    return false;
  }
  return brokenShare(log, new Map(activities.map((code) => [code, code === activity ? 1 : 0]))) === 0;
}

/** Strict: a trace is cut where an end is followed by a start; else wherever a start follows anything. */
function silentLoop(
  log: TraceMultiset,
  { activities, starts, ends }: FollowsGraph,
  where: "strict" | "any",
): FallThrough | null {
  const among = (counts: Float64Array) => new Set(activities.filter((_, index) => counts[index]! > 0));
  const [first, last] = [among(starts), among(ends)];
  const rounds = new Map<string, number>();
  let cuts = 0;
  for (const [trace, count] of log) {
    const pieces = cutWhereIdle(
      executionsOf(trace),
      (before, after) => first.has(after) && (where === "any" || last.has(before)),
    );
    for (const piece of pieces) add(rounds, only(trace, piece), count);
    cuts += pieces.length - 1;
  }
  return cuts === 0 ? null : { kind: "silent-loop", log: rounds };
}

/** Cuts where nothing is running and the activity completed last and the one started next allow it. */
function cutWhereIdle(
  executions: readonly Execution[],
  allowed: (before: number, after: number) => boolean,
): Execution[][] {
  const pieces: Execution[][] = [];
  let current: Execution[] = [];
  executions.forEach((one, i) => {
    current.push(one);
    const later = executions.slice(i + 1);
    const next = later.reduce<Execution | null>((a, b) => (a === null || b.start < a.start ? b : a), null);
    if (next === null || next.start < one.end || !allowed(one.activity, next.activity)) return;
    pieces.push(current);
    current = [];
  });
  return [...pieces, current];
}
