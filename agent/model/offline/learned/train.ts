/**
 * Multinomial logistic regression with an L2 penalty, by Adagrad over sparse rows in a fixed order: the same rows give
 * the same weights, bit for bit.
 */
export interface Row {
  /** Columns and their values. */
  readonly columns: readonly number[];
  readonly values: readonly number[];
  readonly target: number;
  readonly weight: number;
}

export interface Training {
  readonly classes: number;
  readonly columns: number;
  readonly epochs: number;
  readonly rate: number;
  readonly penalty: number;
}

/** A class whose likelihood is off by less is left alone: nearly all are, and they would take nearly all of the time. */
const negligible = 5e-4;

/** Weights, a row of `classes` for each column; the last row is the bias. */
export function train(rows: readonly Row[], options: Training): Float64Array {
  const { classes, columns, epochs } = options;
  const weights = new Float64Array((columns + 1) * classes);
  const squares = new Float64Array(weights.length).fill(1e-3);
  const scores = new Float64Array(classes);
  const order = shuffled(rows.length);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const index of order) learn(rows[index]!, { weights, squares, scores }, options);
  return weights;
}

interface State {
  readonly weights: Float64Array;
  readonly squares: Float64Array;
  readonly scores: Float64Array;
}

function learn(
  { columns: own, values, target, weight }: Row,
  { weights, squares, scores }: State,
  { classes, columns, rate, penalty }: Training,
): void {
  probabilities(weights, { classes, bias: 1 }, own, values, scores);
  const wrong: number[] = [];
  for (let each = 0; each < classes; each++) {
    scores[each] = weight * (scores[each]! - (each === target ? 1 : 0));
    if (Math.abs(scores[each]!) >= negligible) wrong.push(each);
  }
  for (let at = 0; at <= own.length; at++) {
    const bias = at === own.length;
    const from = (bias ? columns : own[at]!) * classes;
    const value = bias ? 1 : values[at]!;
    const shrink = bias ? 0 : penalty * value;
    for (const each of wrong) {
      const place = from + each;
      const gradient = scores[each]! * value + shrink * weights[place]!;
      squares[place]! += gradient * gradient;
      weights[place]! -= (rate * gradient) / Math.sqrt(squares[place]!);
    }
  }
}

/** Softmax of the linear scores, into `into`; `bias` is what the last row counts. */
export function probabilities(
  weights: ArrayLike<number>,
  { classes, bias }: { readonly classes: number; readonly bias: number },
  columns: readonly number[],
  values: readonly number[],
  into: Float64Array,
): void {
  const last = weights.length - classes;
  for (let each = 0; each < classes; each++) into[each] = bias * weights[last + each]!;
  for (let at = 0; at < columns.length; at++) {
    const from = columns[at]! * classes;
    for (let each = 0; each < classes; each++) into[each]! += values[at]! * weights[from + each]!;
  }
  softmax(into);
}

export function softmax(scores: Float64Array): void {
  const most = Math.max(...scores);
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += scores[at] = Math.exp(scores[at]! - most);
  for (let at = 0; at < scores.length; at++) scores[at]! /= sum;
}

/** A fixed permutation: neighbours in a file come apart. */
function shuffled(size: number): number[] {
  const order = Array.from({ length: size }, (_, at) => at);
  let state = 0x9e3779b9;
  for (let at = size - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
