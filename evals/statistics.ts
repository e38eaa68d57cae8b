/** Intervals and tests for shares. Pure. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const z = 1.959963984540054;

/** Wilson's score interval for a share, 95 % (E. B. Wilson, 1927). */
export function wilson(passed: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = passed / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

export interface Counted {
  readonly passed: number;
  readonly of: number;
}

/** Interval, 95 %, for the difference of two independent shares, from their Wilson intervals (R. G. Newcombe, 1998, method 10). */
export function differenceInterval(first: Counted, second: Counted): Interval {
  const [p, q] = [shareOf(first), shareOf(second)];
  const [one, two] = [wilson(first.passed, first.of), wilson(second.passed, second.of)];
  return {
    low: p - q - Math.hypot(p - one.low, two.high - q),
    high: p - q + Math.hypot(one.high - p, q - two.low),
  };
}

export const shareOf = ({ passed, of }: Counted): number => (of === 0 ? 0 : passed / of);

/**
 * McNemar's test of paired outcomes, exact: the two-sided binomial probability that as unequal a split of the cases
 * that flipped comes about by chance.
 * @returns p, 1 where nothing flipped
 */
export function mcnemar(gained: number, lost: number): number {
  const flips = gained + lost;
  const tail = Math.min(gained, lost);
  let sum = 0;
  for (let k = 0; k <= tail; k += 1) sum += Math.exp(logChoose(flips, k) - flips * Math.LN2);
  return Math.min(1, 2 * sum);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i += 1) sum += Math.log((n - k + i) / i);
  return sum;
}

/** Linear interpolation (R type 7); null of nothing. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (high - low) * (place - below);
}

/** A share with its interval (Wilson, 95 %). */
export interface Share extends Counted, Interval {
  readonly share: number;
}

export const shareIn = (counted: Counted): Share => ({
  ...counted,
  share: shareOf(counted),
  ...wilson(counted.passed, counted.of),
});

/**
 * Cohen's kappa of two raters with its 95 % interval, by the large-sample variance of J. L. Fleiss, J. Cohen and
 * B. S. Everitt (1969).
 * @param counts rows by the first rater, columns by the second
 * @returns null of nothing, and where chance alone would agree always
 */
export function cohensKappa(
  counts: readonly (readonly number[])[],
): (Interval & { readonly kappa: number }) | null {
  const of = counts.flat().reduce((sum, count) => sum + count, 0);
  if (of === 0) return null;
  const share = counts.map((row) => row.map((count) => count / of));
  const rows = share.map((row) => row.reduce((sum, part) => sum + part, 0));
  const columns = share.map((_, at) => share.reduce((sum, row) => sum + row[at]!, 0));
  const observed = share.reduce((sum, row, at) => sum + row[at]!, 0);
  const chance = rows.reduce((sum, part, at) => sum + part * columns[at]!, 0);
  if (chance === 1) return null;
  const kappa = (observed - chance) / (1 - chance);
  const cell = (part: number, row: number, column: number): number =>
    row === column
      ? part * (1 - (rows[row]! + columns[row]!) * (1 - kappa)) ** 2
      : part * (1 - kappa) ** 2 * (columns[row]! + rows[column]!) ** 2;
  const spread = share.flatMap((parts, row) => parts.map((part, column) => cell(part, row, column)));
  const sum = spread.reduce((all, part) => all + part, 0) - (kappa - chance * (1 - kappa)) ** 2;
  const half = (z * Math.sqrt(Math.max(0, sum) / of)) / (1 - chance);
  return { kappa, low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) };
}
