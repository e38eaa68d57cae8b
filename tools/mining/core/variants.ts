import type { EventLog } from "../../logs/core/event-log.ts";

/** What the variants of a log depend on. */
export type Sequences = Pick<EventLog, "cases" | "caseStart" | "activity" | "activities">;

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
 * Groups cases by their activity sequence. O(events): a hash finds the candidates, comparing the sequences
 * decides.
 */
export function variants(log: Sequences): Variants {
  const { counts, firstCase, variantOf } = group(log);
  const { sequences, texts } = firstSequences(log, firstCase);
  const order = Array.from(counts.keys());
  order.sort((a, b) => counts[b]! - counts[a]! || (texts[a]! < texts[b]! ? -1 : 1));
  const position = new Int32Array(order.length);
  order.forEach((v, i) => {
    position[v] = i;
  });
  return {
    activities: log.activities,
    sequences: order.map((v) => sequences[v]!),
    counts: order.map((v) => counts[v]!),
    variantOf: variantOf.map((v) => (v < 0 ? -1 : position[v]!)),
  };
}

/**
 * The events of each of `cases`, and as texts in the order of the activities' names, a letter (two, where there are more
 * than 256 activities) an event: the variants of a log begin alike for dozens of events, and comparing texts is native.
 */
function firstSequences({ activity, activities, caseStart }: Sequences, cases: readonly number[]) {
  const rank = textRank(activities);
  const length = cases.reduce((sum, c) => sum + caseStart[c + 1]! - caseStart[c]!, 0);
  // Side by side in one array: thousands of small ones cost more than all else.
  const all = new Uint32Array(length);
  const isNarrow = activities.length <= 256;
  const letters = isNarrow ? new Uint8Array(length) : new Uint16Array(length * 2);
  const ends: number[] = [];
  let end = 0;
  for (const c of cases) {
    for (let i = caseStart[c]!; i < caseStart[c + 1]!; i++) {
      const letter = rank[activity[i]!]!;
      if (isNarrow) letters[end] = letter;
      else letters.set([letter >>> 16, letter & 0xffff], end * 2);
      all[end++] = activity[i]!;
    }
    ends.push(end);
  }
  const bytes = Buffer.from(letters.buffer);
  const textOf = (from: number, to: number) =>
    isNarrow ? bytes.toString("latin1", from, to) : bytes.toString("utf16le", from * 4, to * 4);
  return {
    sequences: ends.map((own, at) => all.subarray(ends[at - 1] ?? 0, own)),
    texts: ends.map((own, at) => textOf(ends[at - 1] ?? 0, own)),
  };
}

/** How many variants a log has. */
export const countVariants = (log: Sequences): number => group(log).counts.length;

interface Groups {
  readonly variantOf: Int32Array;
  readonly firstCase: number[];
  readonly counts: number[];
}

/** Open addressing: `table` holds 1 + the variant whose hash leads there. */
function group(log: Sequences): Groups {
  const { activity, caseStart, cases } = log;
  const variantOf = new Int32Array(cases).fill(-1);
  const firstCase: number[] = [];
  const counts: number[] = [];
  const hashes: number[] = [];
  let table = new Int32Array(1024);
  for (let c = 0; c < cases; c++) {
    const from = caseStart[c]!;
    const to = caseStart[c + 1]!;
    if (from === to) continue;
    const hash = sequenceHash(activity, from, to);
    let slot = hash & (table.length - 1);
    let variant = table[slot]! - 1;
    while (variant >= 0 && (hashes[variant] !== hash || !sameEvents(log, firstCase[variant]!, c))) {
      slot = (slot + 1) & (table.length - 1);
      variant = table[slot]! - 1;
    }
    if (variant < 0) {
      variant = counts.push(0) - 1;
      firstCase.push(c);
      hashes.push(hash);
      table[slot] = variant + 1;
      if (hashes.length * 2 > table.length) table = widened(hashes, table.length * 4);
    }
    counts[variant]!++;
    variantOf[c] = variant;
  }
  return { variantOf, firstCase, counts };
}

function widened(hashes: readonly number[], length: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(length);
  hashes.forEach((hash, variant) => {
    let slot = hash & (length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (length - 1);
    table[slot] = variant + 1;
  });
  return table;
}

/** 31 bits: a step of FNV-1a an event, finished as MurmurHash3 is. */
function sequenceHash(codes: Uint32Array, from: number, to: number): number {
  let hash = 0x9e3779b9 ^ (to - from);
  for (let i = from; i < to; i++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ codes[i]!, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & 0x7fffffff;
}

function sameEvents(log: Sequences, a: number, b: number): boolean {
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

/** The activity names of variant `v`. */
export function namesOf(found: Variants, v: number): string[] {
  return Array.from(found.sequences[v]!, (code) => found.activities[code]!);
}
