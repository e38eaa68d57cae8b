/** Cases in order, each with one value in every column; a column has equal means before and after unless something changed. */
export interface Sequence {
  readonly count: number;
  readonly columns: readonly Float64Array[];
}

export interface ChangePoint {
  /** Cases `[from, at)` are before it, `[at, to)` after it. */
  readonly from: number;
  readonly at: number;
  readonly to: number;
  /** The case lies in [earliest, latest] with about 95 % confidence. */
  readonly earliest: number;
  readonly latest: number;
  /** The column in which it shows most. */
  readonly column: number;
  readonly pValue: number;
}

export interface ChangePointOptions {
  /** Chance of any change point in a sequence without one. */
  readonly level: number;
  readonly random: () => number;
  /** Whether the stretches before and after differ enough to be worth telling. */
  isMaterial(change: ChangePoint): boolean;
}

const MOST_BLOCKS = 60;
const FEWEST_BLOCKS = 12;
const SMALLEST_BLOCK = 5;
/** Blocks that must lie on either side. */
const MARGIN = 2;
const PERMUTATIONS = 1999;
/** How far z² may be below the largest: 95 % of the maximum of two independent random walks with drift (Siegmund 1988). */
const LIKELY = 7.35;
/** Stretches in the middle of the sequence are tried between so many points. */
const COARSE = 15;

/**
 * Change points by binary segmentation (Vostrikova 1981). The statistic is the largest standardised difference of means, over
 * all columns, all splits of the sequence (for ranks: Pettitt's test, 1979) and stretches in the midst of it that differ from
 * what is around them, for what changes and changes back (Olshen et al. 2004). Its p-value is by permuting blocks of neighbouring cases,
 * so the search over splits and columns is part of it, and so is dependence between neighbours: blocks grow until their
 * means are no longer correlated, and what is left of it widens the variance. Each halving halves the level, so looking again
 * costs no more than looking once at each depth. O(permutations × blocks × columns) a stretch.
 */
export function changePoints(sequence: Sequence, options: ChangePointOptions): ChangePoint[] {
  const found = within(sequence, 0, sequence.count, options.level, options).sort((a, b) => a.at - b.at);
  return withoutImmaterial(found, sequence.count, options);
}

/** Each change against its neighbours' stretches; those that a later one has made small are dropped, one after the other. */
function withoutImmaterial(
  found: readonly ChangePoint[],
  count: number,
  options: ChangePointOptions,
): ChangePoint[] {
  const bounded = found.map((point, i) => ({
    ...point,
    from: found[i - 1]?.at ?? 0,
    to: found[i + 1]?.at ?? count,
  }));
  const small = bounded.findIndex((point) => !options.isMaterial(point));
  return small < 0 ? bounded : withoutImmaterial(bounded.toSpliced(small, 1), count, options);
}

function within(
  sequence: Sequence,
  from: number,
  to: number,
  level: number,
  options: ChangePointOptions,
): ChangePoint[] {
  if (level < 2 / PERMUTATIONS) return [];
  const found = changeWithin(sequence, from, to, level, options.random);
  if (found === null || !options.isMaterial(found)) return [];
  return [
    found,
    ...within(sequence, from, found.at, level / 2, options),
    ...within(sequence, found.at, to, level / 2, options),
  ];
}

function changeWithin(
  sequence: Sequence,
  from: number,
  to: number,
  level: number,
  random: () => number,
): ChangePoint | null {
  let blocks = blocksOf(sequence, from, to, Math.min(MOST_BLOCKS, Math.floor((to - from) / SMALLEST_BLOCK)));
  if (blocks.count < FEWEST_BLOCKS) return null;
  let best = largest(blocks, null);
  let dependence = residualCorrelation(blocks, best);
  while (dependence > 2 / Math.sqrt(blocks.count) && blocks.count >= 2 * FEWEST_BLOCKS) {
    blocks = blocksOf(sequence, from, to, blocks.count >> 1);
    best = largest(blocks, null);
    dependence = residualCorrelation(blocks, best);
  }
  const observed = best.statistic / Math.max(1, (1 + dependence) / (1 - dependence));
  const pValue = permuted(blocks, observed, level, random);
  if (pValue > level) return null;
  return { from, to: blocks.start[best.until]!, pValue, ...refined(sequence, blocks, best) };
}

interface Blocks {
  readonly from: number;
  readonly count: number;
  /** First case of each block, and the end of the last. */
  readonly start: Uint32Array;
  /** Sums less their expectation, block by block; one row for each column that varies. */
  readonly sums: readonly Float64Array[];
  readonly variances: readonly number[];
  readonly column: readonly number[];
}

function blocksOf({ columns }: Sequence, from: number, to: number, count: number): Blocks {
  const start = Uint32Array.from(
    { length: count + 1 },
    (_, b) => from + Math.floor((b * (to - from)) / Math.max(1, count)),
  );
  const sums: Float64Array[] = [];
  const variances: number[] = [];
  const column: number[] = [];
  columns.forEach((values, index) => {
    let [sum, squares] = [0, 0];
    for (let i = from; i < to; i++) {
      sum += values[i]!;
      squares += values[i]! ** 2;
    }
    const mean = sum / (to - from);
    const variance = squares / (to - from) - mean ** 2;
    if (!(variance > 1e-9)) return;
    const own = new Float64Array(count);
    for (let b = 0; b < count; b++) {
      for (let i = start[b]!; i < start[b + 1]!; i++) own[b]! += values[i]! - mean;
    }
    sums.push(own);
    variances.push(variance);
    column.push(index);
  });
  return { from, count: sums.length === 0 ? 0 : count, start, sums, variances, column };
}

interface Largest {
  readonly statistic: number;
  readonly row: number;
  /** Blocks before the split, and before the end of the stretch that follows it. */
  readonly split: number;
  readonly until: number;
}

/** The largest z² over rows, splits and stretches, with the blocks in the given order or as they are. */
function largest({ count, start, sums, variances }: Blocks, order: Uint32Array | null): Largest {
  let best: Largest = { statistic: 0, row: 0, split: MARGIN, until: count };
  const cases = casesBefore(count, start, order);
  const total = cases[count]!;
  const grid = Math.max(MARGIN, Math.ceil(count / COARSE));
  const sum = new Float64Array(count + 1);
  for (let row = 0; row < sums.length; row++) {
    const own = sums[row]!;
    const scale = total / variances[row]!;
    for (let b = 0; b < count; b++) sum[b + 1] = sum[b]! + own[order === null ? b : order[b]!]!;
    for (let b = MARGIN; b <= count - MARGIN; b++) {
      const statistic = (sum[b]! ** 2 * scale) / (cases[b]! * (total - cases[b]!));
      if (statistic > best.statistic) best = { statistic, row, split: b, until: count };
    }
    for (let from = grid; from < count; from += grid) {
      for (let to = from + grid; to < count; to += grid) {
        const inside = cases[to]! - cases[from]!;
        const statistic = ((sum[to]! - sum[from]!) ** 2 * scale) / (inside * (total - inside));
        if (statistic > best.statistic) best = { statistic, row, split: from, until: to };
      }
    }
  }
  return best;
}

/** Cases before each block, and in all. */
function casesBefore(count: number, start: Uint32Array, order: Uint32Array | null): Float64Array {
  const cases = new Float64Array(count + 1);
  for (let b = 0; b < count; b++) {
    const own = order === null ? b : order[b]!;
    cases[b + 1] = cases[b]! + start[own + 1]! - start[own]!;
  }
  return cases;
}

/**
 * Correlation of neighbouring blocks' means once the steps at the best split, and at the best one on either side of it, are taken
 * out: the changes looked for are no dependence. 0 to 0.9.
 */
function residualCorrelation({ count, start, sums }: Blocks, { row }: Largest): number {
  const means = Float64Array.from(sums[row]!, (sum, b) => sum / (start[b + 1]! - start[b]!));
  const first = bestStep(means, 0, count);
  const steps = [0, bestStep(means, 0, first), first, bestStep(means, first, count), count];
  const rest = new Float64Array(count);
  for (let i = 1; i < steps.length; i++) {
    const level = meanOf(means, steps[i - 1]!, steps[i]!);
    for (let b = steps[i - 1]!; b < steps[i]!; b++) rest[b] = means[b]! - level;
  }
  let [products, squares] = [0, 0];
  for (let b = 0; b < count; b++) {
    squares += rest[b]! ** 2;
    if (b > 0) products += rest[b]! * rest[b - 1]!;
  }
  return squares > 0 ? Math.min(0.9, Math.max(0, products / squares)) : 0;
}

const meanOf = (values: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return to > from ? sum / (to - from) : 0;
};

/** Where two levels fit [from, to) best, by least squares. O(n²) for few. */
function bestStep(values: Float64Array, from: number, to: number): number {
  const all = meanOf(values, from, to);
  let [best, at] = [-1, from];
  for (let split = from + 1; split < to; split++) {
    const gain =
      (split - from) * (meanOf(values, from, split) - all) ** 2 +
      (to - split) * (meanOf(values, split, to) - all) ** 2;
    if (gain > best) [best, at] = [gain, split];
  }
  return at;
}

/** Share of permutations at least as large; stops once it is sure to be above the level. */
function permuted(blocks: Blocks, observed: number, level: number, random: () => number): number {
  const order = Uint32Array.from({ length: blocks.count }, (_, b) => b);
  let reached = 1;
  for (let round = 1; round <= PERMUTATIONS; round++) {
    for (let b = order.length - 1; b > 0; b--) {
      const other = Math.floor(random() * (b + 1));
      const swapped = order[b]!;
      order[b] = order[other]!;
      order[other] = swapped;
    }
    if (largest(blocks, order).statistic >= observed) reached++;
    if (reached > level * (PERMUTATIONS + 1)) return 1;
  }
  return reached / (PERMUTATIONS + 1);
}

/** The case itself, within two blocks of the split, and those whose likelihood is not much lower. */
function refined(
  { columns }: Sequence,
  { start, column, variances }: Blocks,
  { row, split, until }: Largest,
): Pick<ChangePoint, "at" | "earliest" | "latest" | "column"> {
  const values = columns[column[row]!]!;
  const [from, to] = [start[0]!, start[until]!];
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i]! / (to - from);
  const [low, high] = [start[Math.max(1, split - 2)]!, start[Math.min(until - 1, split + 2)]!];
  const statistics = new Float64Array(high - low + 1);
  let sum = 0;
  for (let i = from; i < high; i++) {
    const left = i - from;
    if (i >= low) statistics[i - low] = (sum * sum * (to - from)) / (left * (to - i) * variances[row]!);
    sum += values[i]! - mean;
  }
  statistics[high - low] = (sum * sum * (to - from)) / ((high - from) * (to - high) * variances[row]!);
  let best = 0;
  statistics.forEach((statistic, i) => {
    if (statistic > statistics[best]!) best = i;
  });
  const likely = (i: number) => statistics[i]! >= statistics[best]! - LIKELY;
  let [earliest, latest] = [best, best];
  statistics.forEach((_, i) => {
    if (!likely(i)) return;
    earliest = Math.min(earliest, i);
    latest = Math.max(latest, i);
  });
  return { at: low + best, earliest: low + earliest, latest: low + latest, column: column[row]! };
}
