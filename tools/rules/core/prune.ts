/** Minimal cost-complexity pruning (Breiman et al. 1984, chapter 3), the complexity chosen by cross-validation. */
import { type Dataset, type GrowOptions, growTree, leafOf, type TreeNode } from "./decision-tree.ts";

const leaves = (node: TreeNode): number =>
  node.branch === null ? 1 : leaves(node.branch.left) + leaves(node.branch.right);

const leafCost = (node: TreeNode): number =>
  node.branch === null ? node.cost : leafCost(node.branch.left) + leafCost(node.branch.right);

/** The price a leaf must have for the weakest subtree not to be worth its leaves; infinite for a leaf. */
function weakestLink(node: TreeNode): number {
  if (node.branch === null) return Number.POSITIVE_INFINITY;
  const own = (node.cost - leafCost(node)) / (leaves(node) - 1);
  return Math.min(own, weakestLink(node.branch.left), weakestLink(node.branch.right));
}

/** Cuts, bottom up, every subtree that saves less than `alpha` a leaf. */
export function pruneAt(node: TreeNode, alpha: number): TreeNode {
  if (node.branch === null) return node;
  const { split, left, right } = node.branch;
  const kept = { ...node, branch: { split, left: pruneAt(left, alpha), right: pruneAt(right, alpha) } };
  const gain = (node.cost - leafCost(kept)) / (leaves(kept) - 1);
  return gain <= alpha + 1e-12 ? { ...node, branch: null } : kept;
}

/** The complexities at which the tree changes, ascending from 0. */
function complexities(tree: TreeNode): readonly number[] {
  const result = [0];
  let current = pruneAt(tree, 0);
  while (current.branch !== null) {
    const alpha = weakestLink(current);
    result.push(alpha);
    current = pruneAt(current, alpha);
  }
  return result;
}

/** Squared error of the leaf's shares against what the row is (Brier 1950). */
function brier(tree: TreeNode, data: Dataset, row: number): number {
  const leaf = leafOf(tree, data, row);
  let error = 0;
  leaf.counts.forEach((count, index) => {
    const target = data.labels[row] === index ? 1 : 0;
    error += (count / leaf.n - target) ** 2;
  });
  return error;
}

interface Loss {
  readonly mean: number;
  readonly standardError: number;
}

function lossOf(errors: readonly number[]): Loss {
  const mean = errors.reduce((total, error) => total + error, 0) / errors.length;
  const variance =
    errors.reduce((total, error) => total + (error - mean) ** 2, 0) / Math.max(1, errors.length - 1);
  return { mean, standardError: Math.sqrt(variance / errors.length) };
}

/** Cross-validated loss of each complexity; `fold` says which part a row belongs to. */
function crossValidate(
  data: Dataset,
  rows: Uint32Array,
  options: GrowOptions,
  alphas: readonly number[],
  fold: (row: number) => number,
  folds: number,
): readonly Loss[] {
  const errors: number[][] = alphas.map(() => []);
  for (let part = 0; part < folds; part++) {
    const inside = rows.filter((row) => fold(row) !== part);
    if (inside.length === 0) continue;
    const grown = growTree(data, inside, options);
    const scale = inside.length / rows.length;
    alphas.forEach((alpha, index) => {
      const pruned = pruneAt(grown, alpha * scale);
      for (const row of rows) if (fold(row) === part) errors[index]!.push(brier(pruned, data, row));
    });
  }
  return errors.map(lossOf);
}

/** Grows a tree and prunes it to the simplest whose cross-validated loss is within one standard error of the least. */
export function growPruned(
  data: Dataset,
  rows: Uint32Array,
  options: GrowOptions,
  fold: (row: number) => number,
  folds = 5,
): TreeNode {
  const grown = growTree(data, rows, options);
  const edges = complexities(grown);
  const alphas = edges.map((alpha, index) =>
    index + 1 < edges.length ? Math.sqrt(alpha * edges[index + 1]!) : alpha,
  );
  const losses = crossValidate(data, rows, options, alphas, fold, folds);
  const least = losses.reduce((best, loss) => (loss.mean < best.mean ? loss : best));
  const simplest = losses.findLastIndex((loss) => loss.mean <= least.mean + least.standardError);
  return pruneAt(grown, alphas[simplest]!);
}
