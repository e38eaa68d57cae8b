/**
 * The cuts of the inductive miner (Leemans, Fahland & van der Aalst, "Discovering block-structured process models
 * from event logs — a constructive approach", Petri Nets 2013, definition 3 and section 4): partitions of the
 * activities of a directly-follows graph whose relation between the parts is that of the operator.
 */
import type { FollowsGraph } from "./follows-graph.ts";

export type Operator = "exclusive" | "sequence" | "parallel" | "interleaved" | "loop";

export interface Cut {
  readonly operator: Operator;
  /** Activity indexes; in order for a sequence, body first for a loop. */
  readonly parts: readonly (readonly number[])[];
}

/** The first cut there is, in the paper's order; null when there is none. O(activities³). */
export function findCut(graph: FollowsGraph): Cut | null {
  return exclusiveCut(graph) ?? sequenceCut(graph) ?? parallelCut(graph) ?? loopCut(graph);
}

function exclusiveCut(graph: FollowsGraph): Cut | null {
  const n = graph.activities.length;
  const parts = components(n, (a, b) => follows(graph, a, b) || follows(graph, b, a));
  return parts.length < 2 ? null : { operator: "exclusive", parts };
}

/** Parts that reach each other, or neither way, belong together; what remains is totally ordered by reachability. */
function sequenceCut(graph: FollowsGraph): Cut | null {
  const n = graph.activities.length;
  const reach = reachability(graph);
  const parts = components(n, (a, b) => reach[a * n + b] === reach[b * n + a]);
  if (parts.length < 2) return null;
  const ordered = [...parts].sort((p, q) => (reach[p[0]! * n + q[0]!] === 1 ? -1 : 1));
  const strict = joinPivots(graph, ordered);
  return strict.length < 2 ? null : { operator: "sequence", parts: strict };
}

/**
 * Where a part may be skipped, neighbours that are never reached or left past it only happen together with it: they
 * become one optional part instead of several (Leemans 2017, section 6.1.1, sequence cuts with pivots).
 */
function joinPivots(graph: FollowsGraph, parts: readonly (readonly number[])[]): number[][] {
  const { reachedFrom, leadsTo, skipped } = spans(graph, parts);
  const joined = parts.map((part) => [...part]);
  const absorb = (pivot: number, part: number) => {
    joined[pivot]!.push(...joined[part]!);
    joined[part] = [];
  };
  for (let pivot = 0; pivot < parts.length; pivot++) {
    if (!skipped[pivot]) continue;
    for (let q = pivot - 1; q >= 0 && leadsTo[q]! <= pivot; q--) absorb(pivot, q);
    for (let q = pivot + 1; q < parts.length && reachedFrom[q]! >= pivot; q++) absorb(pivot, q);
  }
  return joined.filter((part) => part.length > 0).map((part) => part.sort((a, b) => a - b));
}

/** The earliest part that leads to each part, the latest that it leads to, and whether traces pass over it. */
function spans(graph: FollowsGraph, parts: readonly (readonly number[])[]) {
  const last = parts.length;
  const starting = parts.map((part) => part.some((a) => graph.starts[a]! > 0));
  const ending = parts.map((part) => part.some((a) => graph.ends[a]! > 0));
  const reachedFrom = starting.map((starts) => (starts ? -1 : last));
  const leadsTo = ending.map((ends) => (ends ? last : -1));
  const skipped = parts.map((_, p) => starting.includes(true, p + 1) || ending.slice(0, p).includes(true));
  for (const [p, from] of parts.entries()) {
    for (const [q, to] of parts.entries()) {
      if (q < p || !from.some((a) => to.some((b) => follows(graph, a, b)))) continue;
      reachedFrom[q] = Math.min(reachedFrom[q]!, p);
      leadsTo[p] = Math.max(leadsTo[p]!, q);
      skipped.fill(true, p + 1, q);
    }
  }
  return { reachedFrom, leadsTo, skipped };
}

/** Parts whose activities are concurrent across parts, each with a start and an end of its own. */
function parallelCut(graph: FollowsGraph): Cut | null {
  const n = graph.activities.length;
  const found = components(n, (a, b) => !areConcurrent(graph, a, b));
  const parts = found.sort((p, q) => p.length - q.length);
  const complete = (part: readonly number[]) =>
    part.some((a) => graph.starts[a]! > 0) && part.some((a) => graph.ends[a]! > 0);
  for (let i = 0; i < parts.length && parts.length > 1; ) {
    if (complete(parts[i]!)) i++;
    else mergeInto(parts, i);
  }
  return parts.length < 2 ? null : { operator: "parallel", parts };
}

function areConcurrent(graph: FollowsGraph, a: number, b: number): boolean {
  if (graph.overlaps !== undefined) return graph.overlaps[a * graph.activities.length + b]! > 0;
  return follows(graph, a, b) && follows(graph, b, a);
}

/** Joins part `i` with its neighbour in size. */
function mergeInto(parts: number[][], i: number): void {
  const [part] = parts.splice(i, 1);
  parts[Math.min(i, parts.length - 1)]!.push(...part!);
}

/** A body with all starts and ends, and redo parts that lead from its ends back to its starts. */
function loopCut(graph: FollowsGraph): Cut | null {
  const n = graph.activities.length;
  const inBody = Uint8Array.from({ length: n }, (_, a) =>
    graph.starts[a]! > 0 || graph.ends[a]! > 0 ? 1 : 0,
  );
  const outside = range(n).filter((a) => inBody[a] === 0);
  const candidates = components(outside.length, (i, j) => {
    const [a, b] = [outside[i]!, outside[j]!];
    return follows(graph, a, b) || follows(graph, b, a);
  }).map((part) => part.map((i) => outside[i]!));
  const redos = candidates.filter((part) => isRedo(graph, inBody, part));
  if (redos.length === 0) return null;
  const inRedo = new Set(redos.flat());
  return { operator: "loop", parts: [range(n).filter((a) => !inRedo.has(a)), ...redos] };
}

function isRedo(graph: FollowsGraph, inBody: Uint8Array, part: readonly number[]): boolean {
  const n = graph.activities.length;
  const body = range(n).filter((a) => inBody[a] === 1);
  const starts = body.filter((a) => graph.starts[a]! > 0);
  const ends = body.filter((a) => graph.ends[a]! > 0);
  return part.every((a) => {
    const out = body.filter((b) => follows(graph, a, b));
    const into = body.filter((b) => follows(graph, b, a));
    const leadsBack = out.length === 0 || sameMembers(out, starts);
    const isLedTo = into.length === 0 || sameMembers(into, ends);
    return leadsBack && isLedTo;
  });
}

const sameMembers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((member, i) => member === b[i]);

const follows = (graph: FollowsGraph, a: number, b: number): boolean =>
  graph.weight[a * graph.activities.length + b]! > 0;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Connected components of the undirected graph over 0 … n-1, each ascending, by smallest member. */
export function components(n: number, connected: (a: number, b: number) => boolean): number[][] {
  const component = new Int32Array(n).fill(-1);
  const found: number[][] = [];
  for (let root = 0; root < n; root++) {
    if (component[root]! >= 0) continue;
    const members = [root];
    component[root] = found.length;
    for (let i = 0; i < members.length; i++) {
      for (let b = 0; b < n; b++) {
        if (component[b]! >= 0 || b === members[i]! || !connected(members[i]!, b)) continue;
        component[b] = found.length;
        members.push(b);
      }
    }
    found.push(members.sort((a, b) => a - b));
  }
  return found;
}

/** `reach[a * n + b]` is 1 when a path leads from a to b (Warshall 1962, 32 columns at a time). */
function reachability(graph: FollowsGraph): Uint8Array {
  const n = graph.activities.length;
  const words = Math.ceil(n / 32);
  const bits = new Uint32Array(n * words);
  graph.weight.forEach((weight, edge) => {
    const b = edge % n;
    if (weight > 0) bits[((edge - b) / n) * words + (b >> 5)]! |= 1 << (b & 31);
  });
  const isSet = (a: number, b: number) => ((bits[a * words + (b >> 5)]! >>> (b & 31)) & 1) as 0 | 1;
  for (let via = 0; via < n; via++) {
    for (let a = 0; a < n; a++) {
      if (isSet(a, via) === 0) continue;
      for (let w = 0; w < words; w++) bits[a * words + w]! |= bits[via * words + w]!;
    }
  }
  return Uint8Array.from({ length: n * n }, (_, i) => isSet(Math.floor(i / n), i % n));
}
