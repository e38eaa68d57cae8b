/** Differences between two groups of cases: their size with an interval, and whether chance explains them. */

export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** Sample variance, n - 1. */
  readonly variance: number;
}

export function sampleOf(values: Iterable<number>): Sample {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return { n, mean, variance: n > 1 ? squares / (n - 1) : Number.NaN };
}

/** The two-sided 95 % point of the normal distribution. */
export const Z95 = 1.959963984540054;

export interface Difference {
  readonly difference: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Difference of means a - b with unequal variances (Welch 1947), normal approximation. */
export function differenceOfMeans(a: Sample, b: Sample): Difference {
  const difference = a.mean - b.mean;
  const margin = Z95 * Math.sqrt(a.variance / a.n + b.variance / b.n);
  return { difference, low: difference - margin, high: difference + margin };
}

/** Ranks 1 … n, ties averaged. O(n log n). */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranked = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranked[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranked;
}

/**
 * Two-sided p-value that the members of a group rank as others do (Mann & Whitney 1947, normal approximation with the
 * variance of the ranks at hand, so that ties count).
 */
export function rankTest(ranked: Float64Array, isMember: Uint8Array): number {
  let total = 0;
  let squares = 0;
  let n = 0;
  let sum = 0;
  for (let i = 0; i < ranked.length; i++) {
    total += ranked[i]!;
    squares += ranked[i]! * ranked[i]!;
    if (isMember[i] === 1) {
      n++;
      sum += ranked[i]!;
    }
  }
  const all = ranked.length;
  if (n === 0 || n === all) return 1;
  const mean = total / all;
  const variance = (squares / all - mean * mean) * ((n * (all - n)) / (all - 1));
  if (!(variance > 0)) return 1;
  return 2 * (1 - normalCdf(Math.abs(sum - n * mean) / Math.sqrt(variance)));
}

/** Φ by the complementary error function of Abramowitz & Stegun 7.1.26 in Numerical Recipes' form; error < 1.2e-7. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t *
                      (0.27886807 +
                        t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const upper = 0.5 * t * Math.exp(-x * x + series);
  return z >= 0 ? 1 - upper : upper;
}

/** Holm's step-down correction (1979): adjusted p-values in the order given. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Cliff's delta (1993): how much more often a member of `a` is above one of `b` than below it, -1 to 1, over all pairs, ties
 * counting neither way. Its 95 % interval is DeLong's (1988), from the placements of each value among the others.
 * O(n log n).
 */
export function cliffsDelta(a: Float64Array, b: Float64Array): Difference {
  const all = ranks(Float64Array.from([...a, ...b]));
  const [own, other] = [ranks(a), ranks(b)];
  const above = sampleOf(own.map((rank, i) => (all[i]! - rank) / b.length));
  const below = sampleOf(other.map((rank, i) => (all[a.length + i]! - rank) / a.length));
  const difference = 2 * above.mean - 1;
  const margin = 2 * Z95 * Math.sqrt(above.variance / above.n + below.variance / below.n);
  return {
    difference,
    low: Math.max(-1, difference - margin),
    high: Math.min(1, difference + margin),
  };
}

/**
 * The shift of Hodges and Lehmann (1963): the median of all differences between a member of `a` and one of `b`, with the
 * 95 % interval that the rank test's normal approximation gives. Unlike means it is not moved by a few extreme cases.
 * Without making the differences: bisection on their value, O((n + m) log(range)).
 */
export function hodgesLehmann(a: Float64Array, b: Float64Array): Difference {
  const [x, y] = [a.slice().sort(), b.slice().sort()];
  const pairs = x.length * y.length;
  const margin = Z95 * Math.sqrt((pairs * (x.length + y.length + 1)) / 12);
  const at = (rank: number) => differenceOfRank(x, y, Math.min(pairs, Math.max(1, Math.round(rank))));
  return { difference: at((pairs + 1) / 2), low: at(pairs / 2 - margin), high: at(pairs / 2 + margin + 1) };
}

/** The `rank`-th smallest of all x - y; both ascending. */
function differenceOfRank(x: Float64Array, y: Float64Array, rank: number): number {
  let low = x[0]! - y[y.length - 1]!;
  let high = x[x.length - 1]! - y[0]!;
  const precision = (high - low) * 1e-12;
  while (high - low > precision) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (differencesUpTo(x, y, middle) >= rank) high = middle;
    else low = middle;
  }
  return largestDifferenceUpTo(x, y, high);
}

function largestDifferenceUpTo(x: Float64Array, y: Float64Array, limit: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  let first = 0;
  for (const value of x) {
    while (first < y.length && value - y[first]! > limit) first++;
    if (first < y.length) largest = Math.max(largest, value - y[first]!);
  }
  return largest;
}

function differencesUpTo(x: Float64Array, y: Float64Array, limit: number): number {
  let count = 0;
  let first = 0;
  for (const value of x) {
    while (first < y.length && value - y[first]! > limit) first++;
    count += y.length - first;
  }
  return count;
}

/**
 * Benjamini and Hochberg's correction (1995): p-values adjusted so that of those below a level at most that share is false on
 * average. In the order given.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  order.forEach((index, i) => {
    smallest = Math.min(smallest, (pValues.length / (pValues.length - i)) * pValues[index]!);
    adjusted[index] = smallest;
  });
  return adjusted;
}

/** Enough for a stable interval; fewer where samples are large and the interval is narrow anyway. */
const resamplesFor = (n: number): number => Math.round(Math.min(1000, Math.max(200, 2e7 / n)));

/** Difference of any statistic with a percentile interval of the bootstrap (Efron 1979); the same input gives the same. */
export function bootstrapDifference(
  a: Float64Array,
  b: Float64Array,
  statistic: (values: Float64Array) => number,
): Difference {
  const random = mulberry32(a.length * 31 + b.length);
  const resamples = resamplesFor(a.length + b.length);
  const resampled = (values: Float64Array) =>
    statistic(values.map(() => values[Math.floor(random() * values.length)]!));
  const differences = Float64Array.from({ length: resamples }, () => resampled(a) - resampled(b)).sort();
  return {
    difference: statistic(a) - statistic(b),
    low: differences[Math.floor(0.025 * resamples)]!,
    high: differences[Math.ceil(0.975 * resamples) - 1]!,
  };
}

/** A small generator with a seed (Tommy Ettinger's mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
