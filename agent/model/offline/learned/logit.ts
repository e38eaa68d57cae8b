/** A conditional logit (McFadden 1974): weights under which what was chosen among alternatives is likeliest. Pure. */
import { softmax } from "./train.ts";

/** What speaks for each alternative, a figure for each weight; the first one was chosen. */
export type Choice = readonly (readonly number[])[];

const rounds = 20;

/**
 * The likelihood is concave: Newton's method finds its top in a few rounds, whatever the figures' scales.
 * @param expected the weights before anything is known
 * @param certainty of these, in choices for each choice there is: a weight that makes little difference stays there
 */
export function fitLogit(
  choices: readonly Choice[],
  expected: readonly number[],
  certainty: number,
): number[] {
  const weights = [...expected];
  const prior = Math.max(certainty * choices.length, 1e-6);
  for (let round = 0; round < rounds; round++) {
    const [bend, gradient] = slopeAndBend(choices, weights);
    for (const at of weights.keys()) {
      bend[at]![at]! += prior;
      gradient[at]! -= prior * (weights[at]! - expected[at]!);
    }
    const step = solve(bend, gradient);
    for (const [at, change] of step.entries()) weights[at]! += change;
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return weights;
}

/** Negative second derivatives of the logarithm of the likelihood, and its gradient. */
function slopeAndBend(choices: readonly Choice[], weights: readonly number[]): [number[][], number[]] {
  const gradient = weights.map(() => 0);
  const bend = weights.map(() => weights.map(() => 0));
  for (const rows of choices) {
    const likely = Float64Array.from(rows, (row) =>
      row.reduce((sum, value, at) => sum + value * weights[at]!, 0),
    );
    softmax(likely);
    const mean = weights.map((_, at) => rows.reduce((sum, row, each) => sum + likely[each]! * row[at]!, 0));
    for (const [each, row] of rows.entries()) {
      const away = row.map((value, at) => value - mean[at]!);
      for (const [at, value] of away.entries()) {
        if (each === 0) gradient[at]! += value;
        for (const [other, beside] of away.entries()) bend[at]![other]! += likely[each]! * value * beside;
      }
    }
  }
  return [bend, gradient];
}

/** Of a positive definite system, by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (const [at, pivot] of rows.entries())
    for (const below of rows.slice(at + 1)) {
      const factor = below[at]! / pivot[at]!;
      for (let column = at; column <= size; column++) below[column]! -= factor * pivot[column]!;
    }
  const found = right.map(() => 0);
  for (const [at, row] of [...rows.entries()].reverse()) {
    const known = found.reduce((sum, value, column) => (column > at ? sum + row[column]! * value : sum), 0);
    found[at] = (row[size]! - known) / row[at]!;
  }
  return found;
}
