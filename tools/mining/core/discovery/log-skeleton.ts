import type { Variants } from "../variants.ts";
import { pairCounts } from "./pair-counts.ts";

export type NamePair = readonly [string, string];

export interface LogSkeleton {
  /** Pairs that happen equally often in every case; each once, in the order of names. */
  readonly equivalence: readonly NamePair[];
  /** [a, b]: after every a comes a b. */
  readonly alwaysAfter: readonly NamePair[];
  /** [a, b]: before every a came a b. */
  readonly alwaysBefore: readonly NamePair[];
  /** Pairs that no case has both of; each once. */
  readonly neverTogether: readonly NamePair[];
  /** [a, b]: right after every a comes a b. */
  readonly directlyFollows: readonly NamePair[];
  /** How often each activity happens in a case: the numbers that occur, ascending. */
  readonly activeFrequencies: ReadonlyMap<string, readonly number[]>;
}

/**
 * The log skeleton (Verbeek & Medeiros de Carvalho, "Log skeletons: a classification approach to process discovery", 2018).
 * With `noise`, a relation holds if at most this share of the cases with its first activity breaks it (for equivalence and
 * never-together: of all cases), and numbers of occurrences rarer than that are left out.
 */
export function logSkeleton(variants: Variants, noise = 0): LogSkeleton {
  const counts = pairCounts(variants);
  const { activities } = variants;
  const { having, cases } = counts;
  const n = activities.length;
  const present = activities.flatMap((_, a) => (having[a]! > 0 ? [a] : []));
  const pairs = (holds: (a: number, b: number) => boolean, ordered: boolean): NamePair[] =>
    present.flatMap((a) =>
      present.flatMap((b): NamePair[] => {
        if (a === b || (!ordered && activities[a]! > activities[b]!)) return [];
        return holds(a, b) ? [[activities[a]!, activities[b]!]] : [];
      }),
    );
  const mostly = (kept: number, of: number) => kept >= (1 - noise) * of;
  const equally = (a: number, b: number) =>
    cases - (having[a]! + having[b]! - counts.together[a * n + b]!) + counts.equallyOften[a * n + b]!;
  return {
    equivalence: pairs((a, b) => mostly(equally(a, b), cases), false),
    alwaysAfter: pairs((a, b) => mostly(counts.response[a * n + b]!, having[a]!), true),
    alwaysBefore: pairs((a, b) => mostly(counts.precedence[b * n + a]!, having[a]!), true),
    neverTogether: pairs((a, b) => counts.together[a * n + b]! <= noise * cases, false),
    directlyFollows: pairs((a, b) => mostly(counts.chainResponse[a * n + b]!, having[a]!), true),
    activeFrequencies: frequencies(variants, cases, noise),
  };
}

function frequencies({ activities, sequences, counts }: Variants, cases: number, noise: number) {
  const times = activities.map(() => new Map<number, number>());
  sequences.forEach((sequence, v) => {
    const own = new Uint32Array(activities.length);
    for (const activity of sequence) own[activity]!++;
    own.forEach((count, a) => {
      times[a]!.set(count, (times[a]!.get(count) ?? 0) + counts[v]!);
    });
  });
  return new Map(
    activities.map((name, a) => {
      const usual = [...times[a]!].filter(([, own]) => own >= noise * cases && own > 0);
      return [name, usual.map(([count]) => count).sort((x, y) => x - y)];
    }),
  );
}
