import type { EventLog } from "../../logs/core/event-log.ts";

/** The distinct activity sequences of a log. Variant `v` stands for `counts[v]` cases. */
export interface Variants {
  readonly activities: readonly string[];
  /** Activity codes of each variant; most frequent first, ties by the sequence of names. */
  readonly sequences: readonly Uint32Array[];
  readonly counts: readonly number[];
  /** Variant of each case; -1 for a case without events. */
  readonly variantOf: Int32Array;
}

/**
 * Groups cases by their activity sequence. O(events): a 52-bit rolling hash finds the candidates, comparing the
 * sequences decides.
 */
export function variants(log: EventLog): Variants {
  const grouped = group(log);
  const sequences = grouped.firstCase.map((c) =>
    log.activity.slice(log.caseStart[c]!, log.caseStart[c + 1]!),
  );
  const rank = textRank(log.activities);
  const order = sequences.map((_, v) => v);
  order.sort(
    (a, b) => grouped.counts[b]! - grouped.counts[a]! || compare(sequences[a]!, sequences[b]!, rank),
  );
  const position = new Int32Array(order.length);
  order.forEach((v, i) => {
    position[v] = i;
  });
  return {
    activities: log.activities,
    sequences: order.map((v) => sequences[v]!),
    counts: order.map((v) => grouped.counts[v]!),
    variantOf: grouped.variantOf.map((v) => (v < 0 ? -1 : position[v]!)),
  };
}

interface Groups {
  readonly variantOf: Int32Array;
  readonly firstCase: number[];
  readonly counts: number[];
}

function group(log: EventLog): Groups {
  const { activity, caseStart, cases } = log;
  const variantOf = new Int32Array(cases).fill(-1);
  const firstCase: number[] = [];
  const counts: number[] = [];
  const byHash = new Map<number, number[]>();
  for (let c = 0; c < cases; c++) {
    const from = caseStart[c]!;
    const to = caseStart[c + 1]!;
    if (from === to) continue;
    const hash = sequenceHash(activity, from, to);
    let candidates = byHash.get(hash);
    if (candidates === undefined) {
      candidates = [];
      byHash.set(hash, candidates);
    }
    let variant = candidates.find((v) => sameEvents(log, firstCase[v]!, c));
    if (variant === undefined) {
      variant = counts.length;
      candidates.push(variant);
      firstCase.push(c);
      counts.push(0);
    }
    counts[variant]!++;
    variantOf[c] = variant;
  }
  return { variantOf, firstCase, counts };
}

function sequenceHash(codes: Uint32Array, from: number, to: number): number {
  let high = 0x9e3779b9 ^ (to - from);
  let low = 0x85ebca6b;
  for (let i = from; i < to; i++) {
    high = Math.imul(high ^ codes[i]!, 0x01000193);
    low = Math.imul(low ^ (codes[i]! + (high >>> 15)), 0xc2b2ae35);
  }
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}

function sameEvents(log: EventLog, a: number, b: number): boolean {
  const startA = log.caseStart[a]!;
  const startB = log.caseStart[b]!;
  const length = log.caseStart[a + 1]! - startA;
  if (log.caseStart[b + 1]! - startB !== length) return false;
  for (let i = 0; i < length; i++) {
    if (log.activity[startA + i]! !== log.activity[startB + i]!) return false;
  }
  return true;
}

/** Position of each name in the order of the names. */
function textRank(names: readonly string[]): Uint32Array {
  const order = names.map((_, i) => i).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  const rank = new Uint32Array(names.length);
  order.forEach((name, i) => {
    rank[name] = i;
  });
  return rank;
}

function compare(a: Uint32Array, b: Uint32Array, rank: Uint32Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = rank[a[i]!]! - rank[b[i]!]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The activity names of variant `v`. */
export function namesOf(found: Variants, v: number): string[] {
  return Array.from(found.sequences[v]!, (code) => found.activities[code]!);
}
