/** How a finding is told: of what kind, where, how often. */
import type { EventLog } from "../event-log.ts";
import type { Finding, FindingExample, FindingKind } from "../findings.ts";
import { isoInstant } from "../instants.ts";

export const DAY = 86_400_000_000;

export const YEAR = 365.25 * DAY;

export const finding = (kind: FindingKind, count: number, example: FindingExample | null): Finding | null =>
  count > 0 ? { kind, count, example } : null;

/** Where event `at` of case `index` stands. */
export function place(log: EventLog, index: number, at: number, note?: string): FindingExample {
  const completed = log.completed?.[at];
  return {
    row: (log.row[at] as number) + 1,
    case: log.caseNames[index] as string,
    activity: log.activities[log.activity[at] as number] as string,
    ...(completed === undefined || Number.isNaN(completed) ? {} : { value: isoInstant(completed) }),
    ...(note ? { note } : {}),
  };
}

/** The case of an event: binary search over the offsets. */
export function caseOf(log: EventLog, at: number): number {
  let [low, high] = [0, log.cases - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((log.caseStart[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
