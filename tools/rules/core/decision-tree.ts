/**
 * Classification trees (Breiman, Friedman, Olshen & Stone, 1984): binary splits by Gini impurity, grown to a minimum
 * leaf, pruned by cost-complexity with cross-validation (prune.ts). Deterministic: ties go to the earlier feature and
 * the smaller threshold.
 */
import { MISSING } from "../../logs/core/event-log.ts";

export type Feature =
  | { readonly kind: "number"; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: "text";
      readonly name: string;
      readonly codes: Uint32Array;
      readonly dictionary: readonly string[];
    };

export interface Dataset {
  readonly features: readonly Feature[];
  /** Class code of each row. */
  readonly labels: Uint32Array;
  readonly classes: readonly string[];
}

/** Rows that pass go left. A missing value goes where `missingLeft` says. */
export type Split =
  | {
      readonly kind: "number";
      readonly feature: number;
      readonly threshold: number;
      readonly missingLeft: boolean;
    }
  | {
      readonly kind: "text";
      readonly feature: number;
      readonly codes: ReadonlySet<number>;
      readonly missingLeft: boolean;
    };

export interface TreeNode {
  /** Training rows by class. */
  readonly counts: Float64Array;
  readonly n: number;
  /** n × Gini impurity: the node's cost as a leaf. */
  readonly cost: number;
  readonly branch: null | { readonly split: Split; readonly left: TreeNode; readonly right: TreeNode };
}

export interface GrowOptions {
  readonly minimumLeaf: number;
  readonly maximumDepth: number;
}

interface Candidate {
  readonly split: Split;
  /** Sum of both sides' costs; smaller is better. */
  readonly cost: number;
}

function countClasses(data: Dataset, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(data.classes.length);
  for (const row of rows) counts[data.labels[row]!]!++;
  return counts;
}

/** n × Gini impurity = n − Σ count² / n. */
function giniCost(counts: Float64Array, n: number): number {
  if (n === 0) return 0;
  let squares = 0;
  for (const count of counts) squares += count * count;
  return n - squares / n;
}

export function goesLeft(split: Split, data: Dataset, row: number): boolean {
  const feature = data.features[split.feature]!;
  if (feature.kind === "number") {
    const value = feature.values[row]!;
    return Number.isNaN(value) ? split.missingLeft : split.kind === "number" && value <= split.threshold;
  }
  const code = feature.codes[row]!;
  return code === MISSING ? split.missingLeft : split.kind === "text" && split.codes.has(code);
}

/** The number with the fewest digits in [low, high): 500 rather than 499.7316. */
export function simplestBetween(low: number, high: number): number {
  for (let digits = 1; digits <= 15; digits++) {
    for (const near of [(low + high) / 2, low, high]) {
      const rounded = Number(near.toPrecision(digits));
      if (rounded >= low && rounded < high) return rounded;
    }
  }
  return low;
}

/** Tries both sides for the missing rows; the split itself is what `make` builds. */
function withMissing(
  left: Float64Array,
  total: Float64Array,
  missing: Float64Array,
  minimumLeaf: number,
  make: (missingLeft: boolean) => Split,
): Candidate | null {
  const missingCount = sum(missing);
  let best: Candidate | null = null;
  for (const missingLeft of missingCount === 0 ? [false] : [false, true]) {
    const leftCounts = left.map((count, index) => count + (missingLeft ? missing[index]! : 0));
    const rightCounts = total.map((count, index) => count - leftCounts[index]!);
    const [leftN, rightN] = [sum(leftCounts), sum(rightCounts)];
    if (leftN < minimumLeaf || rightN < minimumLeaf) continue;
    const cost = giniCost(leftCounts, leftN) + giniCost(rightCounts, rightN);
    if (best === null || cost < best.cost) best = { split: make(missingLeft), cost };
  }
  return best;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const better = (left: Candidate | null, right: Candidate | null): Candidate | null =>
  right === null || (left !== null && left.cost <= right.cost + 1e-9) ? left : right;

function numericSplit(
  data: Dataset,
  rows: Uint32Array,
  index: number,
  values: Float64Array,
  minimumLeaf: number,
): Candidate | null {
  const present = rows.filter((row) => !Number.isNaN(values[row]!)).sort((a, b) => values[a]! - values[b]!);
  const missing = countClasses(
    data,
    rows.filter((row) => Number.isNaN(values[row]!)),
  );
  const total = countClasses(data, rows);
  const left = new Float64Array(data.classes.length);
  let best: Candidate | null = null;
  for (let position = 0; position + 1 < present.length; position++) {
    left[data.labels[present[position]!]!]!++;
    const [low, high] = [values[present[position]!]!, values[present[position + 1]!]!];
    if (low === high) continue;
    best = better(
      best,
      withMissing(left, total, missing, minimumLeaf, (missingLeft) => ({
        kind: "number",
        feature: index,
        threshold: low,
        missingLeft,
      })),
    );
  }
  return best === null ? null : rounded(best, present, values);
}

/** Puts the threshold at the simplest number between the two neighbours. */
function rounded(candidate: Candidate, present: Uint32Array, values: Float64Array): Candidate {
  const { split } = candidate;
  if (split.kind !== "number") return candidate;
  const next = present.find((row) => values[row]! > split.threshold)!;
  return { ...candidate, split: { ...split, threshold: simplestBetween(split.threshold, values[next]!) } };
}

/**
 * Two classes: categories in order of their share of the second class, cut anywhere (Breiman et al., theorem 4.5).
 * More classes: one category against the others.
 */
function textSplit(
  data: Dataset,
  rows: Uint32Array,
  index: number,
  feature: Extract<Feature, { kind: "text" }>,
  minimumLeaf: number,
): Candidate | null {
  const byCode = new Map<number, Float64Array>();
  for (const row of rows) {
    const code = feature.codes[row]!;
    const counts = byCode.get(code) ?? new Float64Array(data.classes.length);
    counts[data.labels[row]!]!++;
    byCode.set(code, counts);
  }
  const missing = byCode.get(MISSING) ?? new Float64Array(data.classes.length);
  byCode.delete(MISSING);
  const total = countClasses(data, rows);
  let best: Candidate | null = null;
  for (const { codes, counts } of groupings(byCode, data.classes.length)) {
    best = better(
      best,
      withMissing(counts, total, missing, minimumLeaf, (missingLeft) => ({
        kind: "text",
        feature: index,
        codes,
        missingLeft,
      })),
    );
  }
  return best;
}

interface Grouping {
  readonly codes: ReadonlySet<number>;
  readonly counts: Float64Array;
}

function* groupings(byCode: ReadonlyMap<number, Float64Array>, classes: number): Generator<Grouping> {
  const entries = [...byCode].sort(([a], [b]) => a - b);
  if (classes !== 2) {
    for (const [code, counts] of entries) yield { codes: new Set([code]), counts };
    return;
  }
  const shareOf = (counts: Float64Array): number => counts[1]! / (counts[0]! + counts[1]!);
  entries.sort(([, a], [, b]) => shareOf(b) - shareOf(a));
  const codes = new Set<number>();
  const counts = new Float64Array(classes);
  for (const [code, own] of entries.slice(0, -1)) {
    codes.add(code);
    own.forEach((count, index) => {
      counts[index]! += count;
    });
    yield { codes: new Set(codes), counts: counts.slice() };
  }
}

function bestSplit(data: Dataset, rows: Uint32Array, options: GrowOptions): Candidate | null {
  let best: Candidate | null = null;
  data.features.forEach((feature, index) => {
    const candidate =
      feature.kind === "number"
        ? numericSplit(data, rows, index, feature.values, options.minimumLeaf)
        : textSplit(data, rows, index, feature, options.minimumLeaf);
    best = better(best, candidate);
  });
  return best;
}

/** Grows a tree over the rows. O(depth × features × n log n). */
export function growTree(data: Dataset, rows: Uint32Array, options: GrowOptions, depth = 0): TreeNode {
  const counts = countClasses(data, rows);
  const node = { counts, n: rows.length, cost: giniCost(counts, rows.length) };
  const mayGrow = depth < options.maximumDepth && rows.length >= 2 * options.minimumLeaf && node.cost > 1e-9;
  const candidate = mayGrow ? bestSplit(data, rows, options) : null;
  if (candidate === null || candidate.cost >= node.cost - 1e-9) return { ...node, branch: null };
  const { split } = candidate;
  const side = (left: boolean): TreeNode =>
    growTree(
      data,
      rows.filter((row) => goesLeft(split, data, row) === left),
      options,
      depth + 1,
    );
  return { ...node, branch: { split, left: side(true), right: side(false) } };
}

/** The leaf that a row falls into. */
export function leafOf(tree: TreeNode, data: Dataset, row: number): TreeNode {
  let node = tree;
  while (node.branch !== null) {
    node = goesLeft(node.branch.split, data, row) ? node.branch.left : node.branch.right;
  }
  return node;
}
