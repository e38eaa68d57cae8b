import type { EventLog } from "../../../logs/core/event-log.ts";
import { compareText } from "../directly-follows.ts";
import { type Difference, holm, normalCdf, Z95 } from "../effects.ts";

/** A step after another, a step that happens, or a whole path, and how many cases of two groups have it. */
export interface PathDifference {
  readonly what: PathPart;
  /** Share of cases. */
  readonly a: number;
  readonly b: number;
  /** a less b, with Newcombe's (1998) 95 % interval. */
  readonly difference: Difference;
  /** Holm-adjusted over everything that was compared. */
  readonly pValue: number;
}

export type PathPart =
  | { readonly kind: "happens"; readonly activity: string }
  | { readonly kind: "follows"; readonly from: string; readonly to: string }
  | { readonly kind: "path"; readonly activities: readonly string[] };

const LEVEL = 0.05;
/** What fewer cases of both groups together have says nothing. */
const FEWEST_CASES = 10;

/**
 * Steps, edges and whole paths that cases of one group have more often than those of the other: two-proportion z-tests,
 * Holm over all of them. Largest difference first; empty where nothing differs beyond chance. O(events + parts).
 */
export function differingPaths(a: EventLog, b: EventLog): PathDifference[] {
  const [inA, inB] = [partsOf(a), partsOf(b)];
  const total = a.cases + b.cases;
  const compared = [...new Set([...inA.keys(), ...inB.keys()])].flatMap((key) => {
    const [n, m] = [inA.get(key)?.cases ?? 0, inB.get(key)?.cases ?? 0];
    const isTestable = n + m >= FEWEST_CASES && n + m < total;
    return isTestable ? [{ key, what: (inA.get(key) ?? inB.get(key)!).what, n, m }] : [];
  });
  const adjusted = holm(compared.map(({ n, m }) => twoProportions(n, a.cases, m, b.cases)));
  return compared
    .flatMap(({ key, what, n, m }, i) => {
      if (adjusted[i]! > LEVEL) return [];
      const difference = newcombe(n, a.cases, m, b.cases);
      return [{ key, what, a: n / a.cases, b: m / b.cases, difference, pValue: adjusted[i]! }];
    })
    .sort(
      (x, y) =>
        Math.abs(y.difference.difference) - Math.abs(x.difference.difference) || compareText(x.key, y.key),
    )
    .map(({ key: _key, ...found }) => found);
}

interface Part {
  readonly what: PathPart;
  cases: number;
}

/** Names rather than codes: the two logs may be coded differently. */
function partsOf(log: EventLog): Map<string, Part> {
  const parts = new Map<string, Part>();
  const lastCase = new Map<string, number>();
  const note = (key: string, c: number, what: () => PathPart): void => {
    if (lastCase.get(key) === c) return;
    lastCase.set(key, c);
    const own = parts.get(key);
    if (own === undefined) parts.set(key, { what: what(), cases: 1 });
    else own.cases++;
  };
  for (let c = 0; c < log.cases; c++) {
    const [first, end] = [log.caseStart[c]!, log.caseStart[c + 1]!];
    for (let i = first; i < end; i++) {
      const activity = log.activity[i]!;
      note(`a${activity}`, c, () => ({ kind: "happens", activity: log.activities[activity]! }));
      if (i === first) continue;
      const before = log.activity[i - 1]!;
      note(`e${before} ${activity}`, c, () => ({
        kind: "follows",
        from: log.activities[before]!,
        to: log.activities[activity]!,
      }));
    }
    const codes = log.activity.subarray(first, end);
    note(`p${codes.join(" ")}`, c, () => ({
      kind: "path",
      activities: Array.from(codes, (code) => log.activities[code]!),
    }));
  }
  return new Map([...parts.values()].map((part) => [JSON.stringify(part.what), part]));
}

/** Two-sided p-value that two shares are the same, pooled variance. */
function twoProportions(n: number, ofN: number, m: number, ofM: number): number {
  const pooled = (n + m) / (ofN + ofM);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / ofN + 1 / ofM));
  return error > 0 ? 2 * normalCdf(-Math.abs(n / ofN - m / ofM) / error) : 1;
}

/** Difference of two shares by Newcombe's hybrid of Wilson's intervals: holds near 0 and 1 too. */
export function newcombe(n: number, ofN: number, m: number, ofM: number): Difference {
  const [p, q] = [n / ofN, m / ofM];
  const [a, b] = [wilson(p, ofN), wilson(q, ofM)];
  return {
    difference: p - q,
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}

function wilson(p: number, n: number): { low: number; high: number } {
  const centre = p + Z95 ** 2 / (2 * n);
  const margin = Z95 * Math.sqrt((p * (1 - p)) / n + Z95 ** 2 / (4 * n * n));
  const scale = 1 + Z95 ** 2 / n;
  return { low: (centre - margin) / scale, high: (centre + margin) / scale };
}
