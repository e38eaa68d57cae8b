/** Mean, median and 95th percentile; seconds wherever they describe time. */
export interface Summary {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

/** Below that a sample costs more than it saves (Floyd & Rivest). */
const WORTH_SAMPLING = 600;

/**
 * Moves the `k`-th smallest of `values[from..to)` to index `from + k`, smaller ones before it and larger ones
 * behind it (Floyd & Rivest 1975, Algorithm 489). Expected n + min(k, n - k) comparisons. Values must not be NaN.
 */
export function select(values: Float64Array, from: number, to: number, k: number): number {
  const target = from + k;
  let left = from;
  let right = to - 1;
  while (left < right) {
    if (right - left > WORTH_SAMPLING) narrow(values, left, right, target);
    const pivot = values[target]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (target <= j) right = j;
    else if (target >= i) left = i;
    else break;
  }
  return values[target]!;
}

/** Selects within a small neighbourhood of `target`, so that what comes to stand there splits the whole close to it. */
function narrow(values: Float64Array, left: number, right: number, target: number): void {
  const n = right - left + 1;
  const rank = target - left + 1;
  const log = Math.log(n);
  const size = 0.5 * Math.exp((2 * log) / 3);
  const spread = 0.5 * Math.sqrt((log * size * (n - size)) / n) * Math.sign(rank - n / 2);
  const from = Math.max(left, Math.floor(target - (rank * size) / n + spread));
  const to = Math.min(right, Math.floor(target + ((n - rank) * size) / n + spread));
  select(values, from, to + 1, target - from);
}

/**
 * The quantile of `values[from..to)` by linear interpolation between order statistics (R type 7; Hyndman & Fan 1996).
 * Reorders that part of the array. NaN for an empty part.
 */
export function quantile(values: Float64Array, share: number, from = 0, to = values.length): number {
  return to > from ? interpolated(values, from, to, from, (to - from - 1) * share) : Number.NaN;
}

/** The value at `position` in the order of `values[from..to)`, of which those before `sorted` are already the smallest. */
function interpolated(
  values: Float64Array,
  from: number,
  to: number,
  sorted: number,
  position: number,
): number {
  const low = Math.floor(position);
  const below = select(values, sorted, to, from + low - sorted);
  if (position === low) return below;
  let above = Number.POSITIVE_INFINITY;
  for (let i = from + low + 1; i < to; i++) if (values[i]! < above) above = values[i]!;
  return below + (position - low) * (above - below);
}

/** Summary of `values[from..to)` divided by `divisor`; null for an empty part. Reorders that part of the array. */
export function summarize(
  values: Float64Array,
  from = 0,
  to = values.length,
  divisor = 1_000_000,
): Summary | null {
  const n = to - from;
  if (n <= 0) return null;
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  const middle = (n - 1) * 0.5;
  const median = interpolated(values, from, to, from, middle);
  const p95 = interpolated(values, from, to, from + Math.floor(middle), (n - 1) * 0.95);
  return { mean: sum / n / divisor, median: median / divisor, p95: p95 / divisor };
}
