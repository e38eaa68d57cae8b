/** How often a limit would have spoken in the past. */
import type { BusinessTime } from "../../logs/core/business-time.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { byPeriod } from "./breakdown.ts";
import { breaches } from "./later-events.ts";
import { type KpiDefinition, observe } from "./metrics.ts";
import { bucketsBetween } from "./periods.ts";
import type { Statistic } from "./summarize.ts";

export interface BackTest {
  /** Weeks from the first to the last observation. */
  readonly weeks: number;
  /** Weeks in which it would have spoken. */
  readonly firing: number;
  /** Observations over the limit, of all. */
  readonly breaches: number;
  readonly n: number;
}

/** Held against each ISO week by itself: the figure (`statistic`), or any single observation (null). */
export function backTest(
  log: EventLog,
  kpi: KpiDefinition,
  limit: number,
  statistic: Statistic | null,
  zone: string,
  calendar: BusinessTime | null = null,
): BackTest {
  const observations = observe(log, kpi, calendar);
  const flags = breaches(log, kpi, limit, observations);
  const over = flags.reduce((total, flag) => total + flag, 0);
  const times = observations.at.filter((time) => !Number.isNaN(time));
  if (times.length === 0) return { weeks: 0, firing: 0, breaches: over, n: flags.length };
  const first = times.reduce((low, time) => Math.min(low, time), Infinity);
  const last = times.reduce((high, time) => Math.max(high, time), -Infinity);
  if (statistic !== null) {
    const weeks = byPeriod(observations, statistic, "week", zone, { first, last }, null);
    const firing = weeks.filter(({ value }) => value !== null && value > limit).length;
    return { weeks: weeks.length, firing, breaches: over, n: flags.length };
  }
  const buckets = bucketsBetween(first, last, "week", zone);
  const firing = buckets.filter((bucket) =>
    observations.at.some((time, index) => flags[index] === 1 && time >= bucket.start && time < bucket.end),
  ).length;
  return { weeks: buckets.length, firing, breaches: over, n: flags.length };
}
