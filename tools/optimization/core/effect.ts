/** What a changed replay does to the cases, against the unchanged one. */
import { quantile } from "../../mining/core/quantiles.ts";
import type { Replay } from "./simulate.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Effect {
  /** Cases in both replays. */
  readonly cases: number;
  /** Seconds. */
  readonly meanBefore: number;
  readonly meanAfter: number;
  readonly medianBefore: number;
  readonly medianAfter: number;
  /** Mean of the cases' differences (after − before), with its 95 % interval over cases. */
  readonly difference: number;
  readonly interval: Interval;
  /** Cases that get faster, and slower, by more than a second. */
  readonly faster: number;
  readonly slower: number;
}

const mean = (values: Float64Array): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Percentile bootstrap of a mean, 95 % (Efron 1979). O(rounds × n). */
export function bootstrapMean(values: Float64Array, random: () => number, rounds = 400): Interval {
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let total = 0;
    for (let index = 0; index < values.length; index++)
      total += values[Math.floor(random() * values.length)]!;
    means[round] = total / values.length;
  }
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/**
 * Compares two replays case by case; only the cases in `among`, when given. Pairing takes the differences between
 * cases out of the interval; what is left out of it is the model's own error, which `replayError` states.
 */
export function effectOf(
  before: Replay,
  after: Replay,
  random: () => number,
  among?: ReadonlySet<number>,
): Effect {
  const both = [...before.cycle.keys()].filter(
    (index) =>
      (among === undefined || among.has(index)) &&
      !Number.isNaN(before.cycle[index]!) &&
      !Number.isNaN(after.cycle[index]!),
  );
  const [old, changed] = [before.cycle, after.cycle].map((cycle) =>
    Float64Array.from(both, (index) => cycle[index]!),
  );
  const differences = changed!.map((value, index) => value - old![index]!);
  return {
    cases: both.length,
    meanBefore: mean(old!),
    meanAfter: mean(changed!),
    medianBefore: quantile(old!.slice(), 0.5),
    medianAfter: quantile(changed!.slice(), 0.5),
    difference: mean(differences),
    interval: bootstrapMean(differences, random),
    faster: differences.filter((value) => value < -1).length,
    slower: differences.filter((value) => value > 1).length,
  };
}

const known = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

/** Relative error of the unchanged replay's mean waiting against the log's; 0 where the log has none. */
export function replayError(logWaiting: Float64Array, replayed: Float64Array): number {
  const [real, simulated] = [known(logWaiting), known(replayed)];
  if (real.length === 0 || mean(real) === 0) return 0;
  return (mean(simulated) - mean(real)) / mean(real);
}
