import { type EventLog, MISSING } from "../../logs/core/event-log.ts";
import { type Difference, differenceOfMeans, holm, ranks, rankTest, sampleOf } from "./effects.ts";
import { quantile } from "./quantiles.ts";

/** A yes-or-no property of a case. */
export type Feature =
  | { readonly kind: "value"; readonly attribute: string; readonly value: string }
  | { readonly kind: "above"; readonly attribute: string; readonly value: number }
  | { readonly kind: "happens"; readonly activity: string }
  | { readonly kind: "repeats"; readonly activity: string };

export interface SeparatingFeature {
  readonly feature: Feature;
  /** Cases with and without it. */
  readonly cases: number;
  readonly others: number;
  readonly mean: number;
  readonly otherMean: number;
  /** Mean with it less mean without it, 95 % interval; over all cases. */
  readonly effect: Difference;
  /** Holm-adjusted, on the half of the cases that chose it. */
  readonly pValue: number;
  /** On the half that had no part in the choice; not adjusted for it. */
  readonly heldOutPValue: number;
  /** How much of the spread of the figure it accounts for, 0 to 1. */
  readonly explained: number;
}

const LEVEL = 0.05;
/** Groups smaller than this say nothing about others. */
const SMALLEST_GROUP = 10;
const MOST_VALUES = 50;
const CUTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/**
 * Features that separate cases with high figures from those with low ones. Each candidate is tested on one half of the
 * cases (Mann-Whitney, Holm-corrected over all candidates) and must hold on the other half in the same direction, so that
 * a search over many candidates does not turn noise into a finding. Strongest first. O(candidates × cases).
 */
export function separatingFeatures(log: EventLog, values: Float64Array): SeparatingFeature[] {
  const cases = Uint32Array.from(Array.from(values.keys()).filter((c) => !Number.isNaN(values[c]!)));
  const halves = [cases.filter((_, i) => i % 2 === 0), cases.filter((_, i) => i % 2 === 1)] as const;
  const ranked = halves.map((half) => ranks(Float64Array.from(half, (c) => values[c]!)));
  const candidates = candidateFeatures(log).filter(({ has }) => {
    const sizes = halves.map((half) => half.reduce((n, c) => n + has[c]!, 0));
    return sizes.every((n, h) => n >= SMALLEST_GROUP && halves[h]!.length - n >= SMALLEST_GROUP);
  });
  const test = (has: Uint8Array, half: 0 | 1) =>
    rankTest(
      ranked[half]!,
      Uint8Array.from(halves[half], (c) => has[c]!),
    );
  const adjusted = holm(candidates.map(({ has }) => test(has, 0)));
  return candidates
    .flatMap(({ feature, has }, i) => {
      if (adjusted[i]! > LEVEL) return [];
      const found = describe(feature, has, cases, values, adjusted[i]!, test(has, 1));
      return found.heldOutPValue <= LEVEL && sameDirection(halves, has, values) && isApart(found)
        ? [found]
        : [];
    })
    .sort((a, b) => b.explained - a.explained);
}

const isApart = ({ effect }: SeparatingFeature): boolean => effect.low > 0 || effect.high < 0;

function sameDirection(halves: readonly Uint32Array[], has: Uint8Array, values: Float64Array): boolean {
  const [first, second] = halves.map((half) => {
    const [own, other] = split(half, has, values);
    return Math.sign(sampleOf(own).mean - sampleOf(other).mean);
  });
  return first === second;
}

function split(
  cases: Uint32Array,
  has: Uint8Array,
  values: Float64Array,
): readonly [Float64Array, Float64Array] {
  const pick = (flag: number) =>
    Float64Array.from(
      cases.filter((c) => has[c] === flag),
      (c) => values[c]!,
    );
  return [pick(1), pick(0)];
}

function describe(
  feature: Feature,
  has: Uint8Array,
  cases: Uint32Array,
  values: Float64Array,
  pValue: number,
  heldOutPValue: number,
): SeparatingFeature {
  const [own, other] = split(cases, has, values).map(sampleOf) as [
    ReturnType<typeof sampleOf>,
    ReturnType<typeof sampleOf>,
  ];
  const all = sampleOf(Float64Array.from(cases, (c) => values[c]!));
  const between = (own.n * (own.mean - all.mean) ** 2 + other.n * (other.mean - all.mean) ** 2) / (all.n - 1);
  return {
    feature,
    cases: own.n,
    others: other.n,
    mean: own.mean,
    otherMean: other.mean,
    effect: differenceOfMeans(own, other),
    pValue,
    heldOutPValue,
    explained: between / all.variance,
  };
}

interface Candidate {
  readonly feature: Feature;
  /** 1 for cases that have it. */
  readonly has: Uint8Array;
}

/** Values of case attributes, deciles of numeric ones, and steps that happen or repeat. People are not candidates. */
function candidateFeatures(log: EventLog): Candidate[] {
  const found: Candidate[] = [...stepFeatures(log)];
  for (const [attribute, column] of log.caseAttributes) {
    if (column.kind === "text" && column.dictionary.length <= MOST_VALUES) {
      column.dictionary.forEach((value, code) => {
        const has = Uint8Array.from(column.codes, (own) => (own === code ? 1 : 0));
        found.push({ feature: { kind: "value", attribute, value }, has });
      });
    } else if (column.kind === "number") {
      found.push(...numberFeatures(attribute, column.values));
    } else if (column.kind === "boolean") {
      const has = Uint8Array.from(column.values, (own) => (own === 1 ? 1 : 0));
      found.push({ feature: { kind: "value", attribute, value: "true" }, has });
    }
  }
  return found.filter(({ has }) => has.includes(1) && has.includes(0));
}

function numberFeatures(attribute: string, values: Float64Array): Candidate[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const cuts = new Set(CUTS.map((share) => quantile(known, share)).filter((cut) => !Number.isNaN(cut)));
  return Array.from(cuts, (value) => ({
    feature: { kind: "above" as const, attribute, value },
    has: Uint8Array.from(values, (own) => (own > value ? 1 : 0)),
  }));
}

function stepFeatures(log: EventLog): Candidate[] {
  const happens = log.activities.map(() => new Uint8Array(log.cases));
  const repeats = log.activities.map(() => new Uint8Array(log.cases));
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const code = log.activity[i]!;
      if (code === MISSING) continue;
      if (happens[code]![c] === 1) repeats[code]![c] = 1;
      happens[code]![c] = 1;
    }
  }
  return log.activities.flatMap((activity, code) => [
    { feature: { kind: "happens" as const, activity }, has: happens[code]! },
    { feature: { kind: "repeats" as const, activity }, has: repeats[code]! },
  ]);
}
