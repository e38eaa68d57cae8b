import type { EventLog } from "../../logs/core/event-log.ts";

/** How often an activity happens. */
export interface Occurrences {
  readonly activity: string;
  readonly events: number;
  /** Cases in which it happens at least once. */
  readonly cases: number;
  /** Cases in which it happens more than once. */
  readonly repeating: number;
}

/** Events and cases of every activity, most frequent first, ties by name. One pass, O(events). */
export function occurrences(log: EventLog): Occurrences[] {
  const size = log.activities.length;
  const events = new Float64Array(size);
  const cases = new Float64Array(size);
  const repeating = new Float64Array(size);
  const seenIn = new Int32Array(size).fill(-1);
  const again = new Int32Array(size).fill(-1);
  for (let c = 0; c < log.cases; c += 1) {
    for (let row = log.caseStart[c]!; row < log.caseStart[c + 1]!; row += 1) {
      const activity = log.activity[row]!;
      events[activity]! += 1;
      if (seenIn[activity] !== c) {
        seenIn[activity] = c;
        cases[activity]! += 1;
      } else if (again[activity] !== c) {
        again[activity] = c;
        repeating[activity]! += 1;
      }
    }
  }
  return log.activities
    .map((activity, code) => ({
      activity,
      events: events[code]!,
      cases: cases[code]!,
      repeating: repeating[code]!,
    }))
    .filter((found) => found.events > 0)
    .sort((a, b) => b.events - a.events || (a.activity < b.activity ? -1 : 1));
}

/**
 * Seconds from the first completion of one activity to the next completion of another after it, one value for each case
 * that has both in this order. An empty array when no case has; null without times.
 */
export function timesBetween(log: EventLog, from: string, to: string): Float64Array | null {
  const { completed } = log;
  if (completed === null) return null;
  const start = log.activities.indexOf(from);
  const end = log.activities.indexOf(to);
  const found: number[] = [];
  for (let c = 0; c < log.cases; c += 1) {
    const last = log.caseStart[c + 1]!;
    let row = log.caseStart[c]!;
    while (row < last && log.activity[row] !== start) row += 1;
    let next = row + 1;
    while (next < last && log.activity[next] !== end) next += 1;
    if (next < last) found.push((completed[next]! - completed[row]!) / 1e6);
  }
  return Float64Array.from(found);
}
