import type { EventLog } from "../../../logs/core/event-log.ts";
import { caseSpans } from "../throughput.ts";
import { type Variants, variants } from "../variants.ts";
import { cluster } from "./clustering.ts";

/** An activity that tells a group from the other cases. */
export interface Distinction {
  readonly activity: string;
  /** Share of the group's cases that have it, and of all others. */
  readonly inside: number;
  readonly outside: number;
}

export interface CaseGroup {
  readonly cases: number;
  readonly variants: number;
  /** The path that stands for the group. */
  readonly typical: readonly string[];
  /** Largest difference first, at most five, at least 20 points each. */
  readonly distinctions: readonly Distinction[];
  /** Mean events of a case, and mean seconds; null without times. */
  readonly events: number;
  readonly seconds: number | null;
}

export interface CaseClusters {
  readonly groups: readonly CaseGroup[];
  /** Group of each case; -1 for cases without events. */
  readonly groupOf: Int32Array;
  readonly silhouette: number;
}

export type Likeness = "activities" | "order";

export interface ClusterOptions {
  /** What makes cases alike: how often each activity happens (Bray-Curtis), or the order too (Levenshtein). */
  readonly likeness?: Likeness;
  /** Most groups; default 8. */
  readonly most?: number;
}

/** Variants whose distances are worked out; the others join the nearest of the groups' typical variants. */
const MOST_COMPARED = 400;

/**
 * Groups cases by their paths (trace clustering; Song, Günther & van der Aalst 2008 for profiles, Bose & van der Aalst 2009 for
 * edit distances). The number of groups is the one with the best silhouette. Null where there are fewer than three variants.
 * Deterministic. O(400² × (events of a variant)²) for the order, else × activities.
 */
export function caseClusters(log: EventLog, options: ClusterOptions = {}): CaseClusters | null {
  const { likeness = "activities", most = 8 } = options;
  const found = variants(log);
  const compared = Math.min(found.counts.length, MOST_COMPARED);
  const distance = likeness === "order" ? editDistance(found) : profileDistance(found);
  const clustering = cluster(compared, distance, found.counts.slice(0, compared), most);
  if (clustering === null) return null;
  const { medoids, silhouette } = clustering;
  const groupOfVariant = Int32Array.from(found.counts, (_, v) =>
    v < compared ? clustering.groupOf[v]! : nearest(medoids, v, distance),
  );
  const groupOf = found.variantOf.map((v) => (v < 0 ? -1 : groupOfVariant[v]!));
  const groups = medoids.map((medoid, group) => describe(log, found, groupOf, groupOfVariant, group, medoid));
  return { groups, groupOf, silhouette };
}

function nearest(medoids: readonly number[], v: number, distance: (v: number, w: number) => number): number {
  let best = 0;
  medoids.forEach((medoid, group) => {
    if (distance(v, medoid) < distance(v, medoids[best]!)) best = group;
  });
  return best;
}

function profileDistance({ sequences, activities }: Variants): (v: number, w: number) => number {
  const profiles = sequences.map((sequence) => {
    const counts = new Uint16Array(activities.length);
    for (const activity of sequence) counts[activity]!++;
    return counts;
  });
  return (v, w) => {
    const [a, b] = [profiles[v]!, profiles[w]!];
    let different = 0;
    for (let activity = 0; activity < a.length; activity++)
      different += Math.abs(a[activity]! - b[activity]!);
    return different / Math.max(1, sequences[v]!.length + sequences[w]!.length);
  };
}

/** Levenshtein distance over the longer length. */
function editDistance({ sequences }: Variants): (v: number, w: number) => number {
  return (v, w) => {
    const [a, b] = [sequences[v]!, sequences[w]!];
    let row = Uint32Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 0; i < a.length; i++) {
      const next = new Uint32Array(b.length + 1);
      next[0] = i + 1;
      for (let j = 0; j < b.length; j++) {
        const change = row[j]! + (a[i] === b[j] ? 0 : 1);
        next[j + 1] = Math.min(change, row[j + 1]! + 1, next[j]! + 1);
      }
      row = next;
    }
    return row[b.length]! / Math.max(1, a.length, b.length);
  };
}

function describe(
  log: EventLog,
  found: Variants,
  groupOf: Int32Array,
  groupOfVariant: Int32Array,
  group: number,
  medoid: number,
): CaseGroup {
  const spans = caseSpans(log);
  let [cases, events, seconds] = [0, 0, 0];
  groupOf.forEach((own, c) => {
    if (own !== group) return;
    cases++;
    events += log.caseStart[c + 1]! - log.caseStart[c]!;
    if (spans !== null) seconds += (spans.last[c]! - spans.first[c]!) / 1e6;
  });
  return {
    cases,
    variants: groupOfVariant.reduce((sum, own) => sum + (own === group ? 1 : 0), 0),
    typical: Array.from(found.sequences[medoid]!, (code) => found.activities[code]!),
    distinctions: distinctions(found, groupOfVariant, group),
    events: events / cases,
    seconds: spans === null || Number.isNaN(seconds) ? null : seconds / cases,
  };
}

const LEAST_DIFFERENCE = 0.2;

function distinctions(found: Variants, groupOfVariant: Int32Array, group: number): Distinction[] {
  const n = found.activities.length;
  const [inside, outside] = [new Float64Array(n), new Float64Array(n)];
  let [casesInside, casesOutside] = [0, 0];
  found.sequences.forEach((sequence, v) => {
    const isInside = groupOfVariant[v] === group;
    const count = found.counts[v]!;
    if (isInside) casesInside += count;
    else casesOutside += count;
    for (const activity of new Set(sequence)) (isInside ? inside : outside)[activity]! += count;
  });
  return found.activities
    .map((activity, a) => ({
      activity,
      inside: inside[a]! / Math.max(1, casesInside),
      outside: outside[a]! / Math.max(1, casesOutside),
    }))
    .filter((one) => Math.abs(one.inside - one.outside) >= LEAST_DIFFERENCE)
    .sort((x, y) => Math.abs(y.inside - y.outside) - Math.abs(x.inside - x.outside))
    .slice(0, 5);
}
