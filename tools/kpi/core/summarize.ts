import type { statistics } from "../../inputs.ts";
import { quantile } from "../../mining/core/quantiles.ts";
import { type KpiDefinition, unitOf } from "./metrics.ts";

export type Statistic = (typeof statistics)[number];

/** Median for times, share for what is 0 or 1, count for throughput, mean for an attribute. */
export function defaultStatistic(kpi: Pick<KpiDefinition, "metric" | "measure">): Statistic {
  if (kpi.metric === "attribute") return "mean";
  const unit = unitOf(kpi);
  return unit === "s" ? "median" : unit === "share" ? "share" : "count";
}

const quantiles: Partial<Record<Statistic, number>> = { median: 0.5, p90: 0.9, p95: 0.95, min: 0, max: 1 };

/** One figure out of observations; `share` is the mean of what is 0 or 1. NaN for none (0 for sum and count). */
export function summarizeValues(values: Float64Array, statistic: Statistic): number {
  const share = quantiles[statistic];
  if (share !== undefined) return quantile(values.slice(), share);
  if (statistic === "count") return values.length;
  let sum = 0;
  for (const value of values) sum += value;
  return statistic === "sum" ? sum : sum / values.length;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap, 95 % (Efron 1979), resampling whole cases so that observations of one case stay together.
 * `random` gives numbers in [0, 1). O(rounds × observations).
 */
export function bootstrapInterval(
  values: Float64Array,
  cases: Uint32Array,
  statistic: Statistic,
  random: () => number,
  rounds = 400,
): Interval {
  const groups = groupByCase(values, cases);
  if (groups.length === 0) return { low: Number.NaN, high: Number.NaN };
  const estimates = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    const drawn = groups.map(() => groups[Math.floor(random() * groups.length)]!);
    estimates[round] = summarizeValues(Float64Array.from(drawn.flat()), statistic);
  }
  return { low: quantile(estimates.slice(), 0.025), high: quantile(estimates.slice(), 0.975) };
}

function groupByCase(values: Float64Array, cases: Uint32Array): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  values.forEach((value, index) => {
    const own = groups.get(cases[index]!);
    if (own === undefined) groups.set(cases[index]!, [value]);
    else own.push(value);
  });
  return [...groups.values()];
}
