/** Rules out of a pruned tree, each with its record on cases that the tree never saw. */
import { createHash } from "node:crypto";
import { MISSING } from "../../logs/core/event-log.ts";
import { allOf, type Condition, type Literal, type Operand } from "./condition.ts";
import type { Dataset, Feature, GrowOptions, Split, TreeNode } from "./decision-tree.ts";
import { growPruned } from "./prune.ts";
import { hash32, type Interval, wilson } from "./statistics.ts";

/** What a path from the root to a leaf demands of one feature. */
type Demand =
  | {
      readonly kind: "number";
      readonly feature: number;
      /** Exclusive. */
      readonly above: number;
      /** Inclusive. */
      readonly upTo: number;
      readonly missing: boolean;
    }
  | {
      readonly kind: "text";
      readonly feature: number;
      readonly codes: ReadonlySet<number>;
      readonly missing: boolean;
    };

export interface LearnedRule {
  readonly condition: Condition;
  /** The class it predicts. */
  readonly outcome: string;
  /** Share of the held-out rows it hits that are of that class, with Wilson's interval. */
  readonly confidence: number;
  readonly interval: Interval;
  readonly heldOut: number;
  /** Share of all held-out rows that are of that class: what guessing would give. */
  readonly baseRate: number;
  /** Share of all rows that it hits. */
  readonly coverage: number;
  /** Rows it hits that are, and are not, of that class; the held-out ones first. */
  readonly examples: readonly number[];
  readonly counterExamples: readonly number[];
}

export interface LearnOptions extends GrowOptions {
  /** Share of rows held out. */
  readonly heldOutShare: number;
  readonly seed: number;
}

export const defaultLearnOptions: LearnOptions = {
  minimumLeaf: 7,
  maximumDepth: 6,
  heldOutShare: 0.3,
  seed: 1,
};

function startingDemand(feature: Feature, index: number): Demand {
  return feature.kind === "number"
    ? { kind: "number", feature: index, above: -Infinity, upTo: Infinity, missing: true }
    : { kind: "text", feature: index, codes: new Set(feature.dictionary.keys()), missing: true };
}

function narrow(demand: Demand, split: Split, left: boolean): Demand {
  const missing = demand.missing && split.missingLeft === left;
  if (demand.kind === "number" && split.kind === "number") {
    return left
      ? { ...demand, missing, upTo: Math.min(demand.upTo, split.threshold) }
      : { ...demand, missing, above: Math.max(demand.above, split.threshold) };
  }
  if (demand.kind === "text" && split.kind === "text") {
    const codes = new Set([...demand.codes].filter((code) => split.codes.has(code) === left));
    return { ...demand, missing, codes };
  }
  return demand;
}

function meets(demand: Demand, data: Dataset, row: number): boolean {
  const feature = data.features[demand.feature]!;
  if (feature.kind === "number") {
    const value = feature.values[row]!;
    if (Number.isNaN(value)) return demand.missing;
    return demand.kind === "number" && value > demand.above && value <= demand.upTo;
  }
  const code = feature.codes[row]!;
  return code === MISSING ? demand.missing : demand.kind === "text" && demand.codes.has(code);
}

/** How a feature stands in a condition, and its values as literals. */
export interface FeatureNames {
  operand(feature: Feature): Operand;
  literal(feature: Feature, value: number | string): Literal;
}

function numberCondition(
  demand: Extract<Demand, { kind: "number" }>,
  feature: Feature,
  names: FeatureNames,
): Condition[] {
  const operand = names.operand(feature);
  const bounds: Condition[] = [];
  if (demand.above !== -Infinity) {
    bounds.push({ kind: "compare", operand, comparator: ">", literal: names.literal(feature, demand.above) });
  }
  if (demand.upTo !== Infinity) {
    bounds.push({ kind: "compare", operand, comparator: "<=", literal: names.literal(feature, demand.upTo) });
  }
  return bounds;
}

function textCondition(
  demand: Extract<Demand, { kind: "text" }>,
  feature: Extract<Feature, { kind: "text" }>,
  names: FeatureNames,
): Condition {
  const operand = names.operand(feature);
  const within = [...demand.codes];
  const outside = [...feature.dictionary.keys()].filter((code) => !demand.codes.has(code));
  const isNegated = outside.length < within.length;
  const literals = (isNegated ? outside : within).map((code) =>
    names.literal(feature, feature.dictionary[code]!),
  );
  if (literals.length === 1) {
    return { kind: "compare", operand, comparator: isNegated ? "!=" : "=", literal: literals[0]! };
  }
  const among: Condition = { kind: "in", operand, literals };
  return isNegated ? { kind: "not", condition: among } : among;
}

function conditionOf(demand: Demand, data: Dataset, names: FeatureNames): Condition {
  const feature = data.features[demand.feature]!;
  const parts =
    demand.kind === "number" || feature.kind === "number"
      ? numberCondition(demand as Extract<Demand, { kind: "number" }>, feature, names)
      : [textCondition(demand, feature, names)];
  const missing: Condition = { kind: "missing", operand: names.operand(feature) };
  if (parts.length === 0) return missing;
  return demand.missing && hasMissing(feature)
    ? { kind: "or", conditions: [allOf(parts), missing] }
    : allOf(parts);
}

const hasMissing = (feature: Feature): boolean =>
  feature.kind === "number"
    ? feature.values.some((value) => Number.isNaN(value))
    : feature.codes.includes(MISSING);

interface Path {
  readonly leaf: TreeNode;
  readonly demands: ReadonlyMap<number, Demand>;
}

function* pathsOf(node: TreeNode, data: Dataset, demands: ReadonlyMap<number, Demand>): Generator<Path> {
  if (node.branch === null) {
    yield { leaf: node, demands };
    return;
  }
  const { split, left, right } = node.branch;
  const before = demands.get(split.feature) ?? startingDemand(data.features[split.feature]!, split.feature);
  yield* pathsOf(left, data, new Map(demands).set(split.feature, narrow(before, split, true)));
  yield* pathsOf(right, data, new Map(demands).set(split.feature, narrow(before, split, false)));
}

/** The first hexadecimal digits of MD5 below which a key is held out. */
const heldOutBelow = (share: number): string =>
  share >= 1
    ? "g"
    : Math.floor(share * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0");

/** Whether a row is held out: by the hash of its key, so that it stays held out when the log grows. */
export const isHeldOut = (
  key: string,
  { heldOutShare, seed }: Pick<LearnOptions, "heldOutShare" | "seed">,
): boolean =>
  createHash("md5").update(`${seed}:${key}`).digest("hex").slice(0, 8) < heldOutBelow(heldOutShare);

/** The same over `case_id`. */
export const heldOutSql = ({ heldOutShare, seed }: Pick<LearnOptions, "heldOutShare" | "seed">): string =>
  `substr(md5('${seed}:' || case_id), 1, 8) < '${heldOutBelow(heldOutShare)}'`;

interface Judged {
  readonly data: Dataset;
  readonly names: FeatureNames;
  readonly heldOut: ReadonlySet<number>;
}

function judge(path: Path, outcome: number, { data, names, heldOut }: Judged): LearnedRule {
  const demands = [...path.demands.values()];
  const all = data.labels.length;
  const examples: number[] = [];
  const counterExamples: number[] = [];
  for (let row = 0; row < all; row++) {
    if (demands.every((demand) => meets(demand, data, row))) {
      (data.labels[row] === outcome ? examples : counterExamples).push(row);
    }
  }
  const unseen = (rows: readonly number[]): number => rows.filter((row) => heldOut.has(row)).length;
  const [right, wrong] = [unseen(examples), unseen(counterExamples)];
  const ofClass = [...heldOut].filter((row) => data.labels[row] === outcome).length;
  const heldOutFirst = (left: number, other: number): number =>
    Number(heldOut.has(other)) - Number(heldOut.has(left)) || left - other;
  return {
    condition: allOf(demands.map((demand) => conditionOf(demand, data, names))),
    outcome: data.classes[outcome]!,
    confidence: right + wrong === 0 ? 0 : right / (right + wrong),
    interval: wilson(right, right + wrong),
    heldOut: right + wrong,
    baseRate: heldOut.size === 0 ? 0 : ofClass / heldOut.size,
    coverage: all === 0 ? 0 : (examples.length + counterExamples.length) / all,
    examples: examples.sort(heldOutFirst),
    counterExamples: counterExamples.sort(heldOutFirst),
  };
}

const mostFrequent = (counts: Float64Array): number =>
  counts.reduce((best, count, index) => (count > counts[best]! ? index : best), 0);

/**
 * Learns rules for the classes in `outcomes` (all of them, without). A leaf becomes a rule only when, on the held-out
 * rows, the lower end of its precision's interval is above what guessing the class would give; so data with nothing
 * to learn give none. Best confidence × coverage first.
 */
export function learnRules(
  data: Dataset,
  keys: readonly string[],
  names: FeatureNames,
  options: LearnOptions = defaultLearnOptions,
  outcomes?: readonly number[],
): readonly LearnedRule[] {
  const rows = Uint32Array.from(data.labels.keys());
  const heldOut = new Set(rows.filter((row) => isHeldOut(keys[row]!, options)));
  const seen = rows.filter((row) => !heldOut.has(row));
  if (seen.length < 2 * options.minimumLeaf || heldOut.size === 0) return [];
  const fold = (row: number): number => hash32(keys[row]!, options.seed + 1) % 5;
  const tree = growPruned(data, seen, options, fold);
  if (tree.branch === null) return [];
  return [...pathsOf(tree, data, new Map())]
    .flatMap((path) =>
      rulesOfLeaf(path, tree, outcomes).map((outcome) => judge(path, outcome, { data, names, heldOut })),
    )
    .filter((rule) => rule.interval.low > rule.baseRate)
    .sort((left, right) => right.confidence * right.coverage - left.confidence * left.coverage);
}

/** A leaf speaks for its most frequent class, or for a wanted class that is more frequent in it than overall. */
function rulesOfLeaf(path: Path, tree: TreeNode, outcomes: readonly number[] | undefined): readonly number[] {
  if (outcomes === undefined) return [mostFrequent(path.leaf.counts)];
  return outcomes.filter(
    (outcome) => path.leaf.counts[outcome]! / path.leaf.n > tree.counts[outcome]! / tree.n,
  );
}
