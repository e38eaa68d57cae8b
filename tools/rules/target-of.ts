import type { ToolContext } from "../define.ts";
import { UnknownActivityError } from "../kpi/core/metrics.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { longWaits, slowCases, type Target, usualSlow } from "./core/target.ts";
import { kpiLimit } from "./kpi-limit.ts";

const twoHours = 7_200;

export interface Wanted {
  readonly activity?: string | undefined;
  readonly threshold?: number | undefined;
}

/**
 * What a rule is held against: long waits at an activity (default two hours), else slow cases (the threshold, else the
 * SLA on cycle time, else the log's upper quartile).
 */
export async function targetOf(
  log: EventLog,
  logName: string,
  { activity, threshold }: Wanted,
  context: ToolContext,
): Promise<Target> {
  if (activity !== undefined) {
    if (!log.activities.includes(activity)) throw new UnknownActivityError(activity, log.activities);
    return longWaits(log, activity, threshold ?? twoHours);
  }
  const limit = threshold ?? (await kpiLimit(context.database, context.tenant, logName, "cycle_time"));
  return slowCases(log, limit ?? usualSlow(log));
}
