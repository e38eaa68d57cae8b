import type { EventLog } from "../../logs/core/event-log.ts";
import { type CaseFeature, caseFeatures, type Feature, subjectOf } from "./causes/case-features.ts";
import {
  cliffsDelta,
  type Difference,
  differenceOfMeans,
  hodgesLehmann,
  holm,
  ranks,
  rankTest,
  sampleOf,
  Z95,
} from "./effects.ts";

export type { Feature } from "./causes/case-features.ts";

export interface SeparatingFeature {
  readonly feature: Feature;
  /** Cases with and without it. */
  readonly cases: number;
  readonly others: number;
  readonly mean: number;
  readonly otherMean: number;
  /** Mean with it less mean without it, 95 % interval; over all cases. */
  readonly effect: Difference;
  /** Cliff's delta: how much more often a case with it is above one without than below, -1 to 1. */
  readonly delta: Difference;
  /** Hodges and Lehmann's shift: what separates a typical case with it from one without. */
  readonly shift: Difference;
  /** Holm-adjusted, on the half of the cases that chose it. */
  readonly pValue: number;
  /** On the half that had no part in the choice; not adjusted for it. */
  readonly heldOutPValue: number;
  /** How much of the spread of the figure it accounts for, 0 to 1. */
  readonly explained: number;
  /** The effect among cases that are alike in the strongest other feature; null where there is no other. */
  readonly within: Stratified | null;
}

export interface Stratified {
  readonly by: Feature;
  /** Null where no stratum has cases with and without the feature: the two cannot be told apart. */
  readonly effect: Difference | null;
  /** The interval keeps clear of 0 on the same side as the whole effect. */
  readonly holds: boolean;
}

export interface SeparationOptions {
  /** Instant to local clock, microseconds, for when cases begin. UTC when absent. */
  readonly local?: (instant: number) => number;
  /** Features that the figure itself is made of, and that would explain it by saying it again. */
  readonly isTautology?: (feature: Feature) => boolean;
  /** The only features that are asked about; the others are but what an effect may go with instead. */
  readonly isAsked?: (feature: Feature) => boolean;
}

/** The chance that anything at all is found where there is nothing. */
export const LEVEL = 0.05;
/** Groups smaller than this in either half say nothing about others. */
export const SMALLEST_GROUP = 10;
/** Features that agree so far (phi) with a stronger one say the same. */
const SAME = 0.9;

/**
 * Features that separate cases with high figures from those with low ones. Each candidate is tested on one half of the
 * cases (Mann-Whitney; Holm over all candidates, for one false claim is one too many here, whereas a false discovery rate
 * would allow a share of them) and must hold on the other half in the same direction, so that a search over many candidates
 * does not turn noise into a finding. The halves are drawn by a hash of the case's name: the order of the log, and so
 * time, has no part in it. Strongest first, those last whose effect does not hold among alike cases; near copies of a
 * stronger one are left out. O(candidates × cases).
 */
export function separatingFeatures(
  log: EventLog,
  values: Float64Array,
  { local = (instant) => instant, isTautology = () => false, isAsked }: SeparationOptions = {},
): SeparatingFeature[] {
  const sample = halvesOf(log, values);
  const kept = (features: readonly CaseFeature[]): Found[] =>
    keptOf(
      sample,
      values,
      features.filter(({ feature }) => !isTautology(feature)),
    );
  const found = kept(caseFeatures(log, local));
  // What is asked about is a candidate even where another feature has the same cases.
  const asked = isAsked ? kept(caseFeatures(log, local, isAsked)) : found;
  const { cases } = sample;
  const described = asked.map(({ has, ...each }) => {
    const [own, other] = split(cases, has, values);
    const within = stratified(each, has, found, cases, values);
    return { ...each, delta: cliffsDelta(own, other), shift: hodgesLehmann(own, other), within };
  });
  return [...described.filter(holdsWithin), ...described.filter((each) => !holdsWithin(each))];
}

interface Sample {
  /** The cases that have the figure. */
  readonly cases: Uint32Array;
  readonly halves: readonly [Uint32Array, Uint32Array];
}

function halvesOf(log: EventLog, values: Float64Array): Sample {
  const cases = Uint32Array.from(Array.from(values.keys()).filter((c) => !Number.isNaN(values[c]!)));
  const side = Uint8Array.from(log.caseNames, hashBit);
  const halves = [cases.filter((c) => side[c] === 0), cases.filter((c) => side[c] === 1)] as const;
  return { cases, halves };
}

/** The candidates that pass both tests, strongest first, without near copies of a stronger one. */
function keptOf({ cases, halves }: Sample, values: Float64Array, all: readonly CaseFeature[]): Found[] {
  const ranked = halves.map((half) => ranks(Float64Array.from(half, (c) => values[c]!)));
  const candidates = all.filter(({ has }) => isSupported(has, halves));
  const test = (has: Uint8Array, half: 0 | 1) =>
    rankTest(
      ranked[half]!,
      Uint8Array.from(halves[half], (c) => has[c]!),
    );
  const adjusted = holm(candidates.map(({ has }) => test(has, 0)));
  const found = candidates.flatMap((candidate, i) => {
    if (adjusted[i]! > LEVEL) return [];
    const described = describe(candidate, cases, values, adjusted[i]!, test(candidate.has, 1));
    const holds = described.heldOutPValue <= LEVEL && sameDirection(halves, candidate.has, values);
    return holds && isApart(described.effect) ? [{ ...described, has: candidate.has }] : [];
  });
  found.sort(byStrength);
  const kept: Found[] = [];
  for (const each of found) if (!kept.some((stronger) => isSame(stronger, each, cases))) kept.push(each);
  return kept;
}

const holdsWithin = ({ within }: SeparatingFeature): boolean => within === null || within.holds;

/** Strongest first; of two that part the cases alike, one with its cases and one with the others, the one that raises the figure. */
const byStrength = (a: Found, b: Found): number =>
  rounded(b.explained) - rounded(a.explained) || b.effect.difference - a.effect.difference;

/** Sums over the same cases in another order differ in their last digits. */
const rounded = (share: number): number => Math.round(share * 1e9);

/** Another cut of the same number, or nearly the same cases. */
function isSame(stronger: Found, { feature, has }: Found, cases: Uint32Array): boolean {
  const isCut = stronger.feature.kind === "above" && feature.kind === "above";
  return (
    (isCut && subjectOf(stronger.feature) === subjectOf(feature)) ||
    Math.abs(phi(stronger.has, has, cases)) > SAME
  );
}

type Found = Described & { readonly has: Uint8Array };

const isApart = ({ low, high }: Difference): boolean => low > 0 || high < 0;

/** A bit of a name's FNV-1a hash, mixed so that names that count upwards do not alternate. */
function hashBit(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & 1;
}

function isSupported(has: Uint8Array, halves: readonly Uint32Array[]): boolean {
  return halves.every((half) => {
    const n = half.reduce((all, c) => all + has[c]!, 0);
    return n >= SMALLEST_GROUP && half.length - n >= SMALLEST_GROUP;
  });
}

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

/** What every candidate is described by; the rest is costlier, and only for those that are kept. */
type Described = Omit<SeparatingFeature, "within" | "delta" | "shift">;

function describe(
  { feature, has }: CaseFeature,
  cases: Uint32Array,
  values: Float64Array,
  pValue: number,
  heldOutPValue: number,
): Described {
  const [own, other] = split(cases, has, values).map(sampleOf) as [Figures, Figures];
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

/** The correlation of two yes-or-no features. */
function phi(a: Uint8Array, b: Uint8Array, cases: Uint32Array): number {
  let [both, ofA, ofB] = [0, 0, 0];
  for (const c of cases) {
    ofA += a[c]!;
    ofB += b[c]!;
    both += a[c]! & b[c]!;
  }
  const n = cases.length;
  return (n * both - ofA * ofB) / Math.sqrt(ofA * (n - ofA) * ofB * (n - ofB));
}

/**
 * Whether an effect is there as well among cases that are alike in the strongest other feature: the differences of means
 * within the two strata, weighted by the harmonic size of their groups (as Cochran, Mantel and Haenszel weight them).
 */
function stratified(
  { feature, effect }: Pick<SeparatingFeature, "feature" | "effect">,
  has: Uint8Array,
  found: readonly Found[],
  cases: Uint32Array,
  values: Float64Array,
): Stratified | null {
  const other = found.find((each) => subjectOf(each.feature) !== subjectOf(feature));
  if (other === undefined) return null;
  let [weights, sum, variance] = [0, 0, 0];
  for (const flag of [0, 1]) {
    const alike = cases.filter((c) => other.has[c] === flag);
    const [own, rest] = split(alike, has, values).map(sampleOf) as [Figures, Figures];
    if (own.n < 2 || rest.n < 2) continue;
    const weight = (own.n * rest.n) / (own.n + rest.n);
    weights += weight;
    sum += weight * (own.mean - rest.mean);
    variance += weight ** 2 * (own.variance / own.n + rest.variance / rest.n);
  }
  if (weights === 0) return { by: other.feature, effect: null, holds: false };
  const difference = sum / weights;
  const margin = (Z95 * Math.sqrt(variance)) / weights;
  const within = { difference, low: difference - margin, high: difference + margin };
  const holds = isApart(within) && Math.sign(difference) === Math.sign(effect.difference);
  return { by: other.feature, effect: within, holds };
}

type Figures = ReturnType<typeof sampleOf>;
