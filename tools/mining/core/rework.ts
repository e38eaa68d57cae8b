import type { EventLog } from "../../logs/core/event-log.ts";
import { byCount } from "./directly-follows.ts";

export interface Rework {
  /** Cases in which any activity happens more than once. */
  readonly cases: number;
  /** Events of an activity beyond the first in a case. */
  readonly repeatEvents: ReadonlyMap<string, number>;
  /** Cases in which the activity happens more than once. */
  readonly casesByActivity: ReadonlyMap<string, number>;
  /** Times an activity follows itself directly. */
  readonly selfLoops: ReadonlyMap<string, number>;
}

/** Repetitions of activities within cases. O(events). */
export function rework(log: EventLog): Rework {
  const width = log.activities.length;
  const repeats = new Float64Array(width);
  const repeatCases = new Float64Array(width);
  const loops = new Float64Array(width);
  const seenInCase = new Int32Array(width).fill(-1);
  const repeatedInCase = new Int32Array(width).fill(-1);
  let cases = 0;
  for (let c = 0; c < log.cases; c++) {
    let repeated = false;
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const activity = log.activity[i]!;
      if (i > log.caseStart[c]! && log.activity[i - 1] === activity) loops[activity]!++;
      if (seenInCase[activity] === c) {
        repeated = true;
        repeats[activity]!++;
        if (repeatedInCase[activity] !== c) repeatCases[activity]!++;
        repeatedInCase[activity] = c;
      }
      seenInCase[activity] = c;
    }
    if (repeated) cases++;
  }
  return {
    cases,
    repeatEvents: byCount(log.activities, repeats),
    casesByActivity: byCount(log.activities, repeatCases),
    selfLoops: byCount(log.activities, loops),
  };
}
