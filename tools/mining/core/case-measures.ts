import type { BusinessTime } from "../../logs/core/business-time.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { timedSteps } from "./business-steps.ts";
import { caseSpans } from "./throughput.ts";

/** Seconds from a case's first event to its last; NaN without times. O(events). */
export function cycleTimes(log: EventLog): Float64Array {
  const spans = caseSpans(log);
  const times = new Float64Array(log.cases).fill(Number.NaN);
  if (spans !== null) for (let c = 0; c < log.cases; c++) times[c] = (spans.last[c]! - spans.first[c]!) / 1e6;
  return times;
}

/** Seconds waited in each case, before one activity or all; NaN where no wait is known. O(events). */
export function waitingByCase(
  log: EventLog,
  activity?: number,
  calendar: BusinessTime | null = null,
): Float64Array {
  const {
    steps: found,
    times: { waiting },
  } = timedSteps(log, calendar);
  const total = new Float64Array(log.cases).fill(Number.NaN);
  for (let i = 0; i < found.count; i++) {
    if (Number.isNaN(waiting[i]!) || (activity !== undefined && found.activity[i] !== activity)) continue;
    const c = found.case[i]!;
    total[c] = (Number.isNaN(total[c]!) ? 0 : total[c]!) + waiting[i]! / 1e6;
  }
  return total;
}

/** Seconds from a case's first event to the first completion of an activity; NaN where it does not happen. */
export function timesTo(log: EventLog, activity: number): Float64Array {
  const spans = caseSpans(log);
  const times = new Float64Array(log.cases).fill(Number.NaN);
  if (spans === null || log.completed === null) return times;
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      if (log.activity[i] !== activity) continue;
      times[c] = (log.completed[i]! - spans.first[c]!) / 1e6;
      break;
    }
  }
  return times;
}

/** 1 for cases in which an activity, or this one, happens more than once; else 0. */
export function reworked(log: EventLog, activity?: number): Float64Array {
  const seen = new Int32Array(log.activities.length).fill(-1);
  const repeated = new Float64Array(log.cases);
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const code = log.activity[i]!;
      if (seen[code] === c && (activity === undefined || code === activity)) repeated[c] = 1;
      seen[code] = c;
    }
  }
  return repeated;
}

/** The values that are known. */
export const known = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));
