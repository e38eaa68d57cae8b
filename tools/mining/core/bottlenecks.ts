import { compareText } from "./directly-follows.ts";
import type { ActivityTimes } from "./waiting-and-service.ts";

/** Two hours, in seconds. */
export const DEFAULT_THRESHOLD = 7200;

export interface Bottleneck {
  readonly activity: string;
  /** Seconds. */
  readonly waiting: { readonly mean: number; readonly median: number; readonly p95: number };
  /** Its part of all waiting in the log, 0 to 1. */
  readonly share: number;
  /** Steps with a known waiting time. */
  readonly steps: number;
}

/** Activities whose mean waiting exceeds `threshold` seconds, worst first (contract.md, "Bottlenecks"). */
export function bottlenecks(
  activities: readonly string[],
  times: readonly ActivityTimes[],
  threshold = DEFAULT_THRESHOLD,
): Bottleneck[] {
  const total = times.reduce((sum, { totalWaiting }) => sum + totalWaiting, 0);
  const found: Bottleneck[] = [];
  times.forEach(({ waiting, totalWaiting, waits }, code) => {
    if (waiting === null || waiting.mean <= threshold) return;
    found.push({ activity: activities[code]!, waiting, share: totalWaiting / total, steps: waits });
  });
  return found.sort((a, b) => b.waiting.mean - a.waiting.mean || compareText(a.activity, b.activity));
}
