import type { EventLog } from "../../logs/core/event-log.ts";
import { compareText } from "./directly-follows.ts";

/** Seconds a case that pass up to an activity's completion since the completion before it, in two groups of cases. */
export interface StepShift {
  readonly activity: string;
  readonly a: number;
  readonly b: number;
  readonly difference: number;
}

/** What each step adds to the cases of two groups; the sum over the steps is the whole difference. Largest change first. */
export function stepShifts(a: EventLog, b: EventLog): StepShift[] {
  const [inA, inB] = [secondsByActivity(a), secondsByActivity(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((activity) => {
      const own = (inA.get(activity) ?? 0) / a.cases;
      const other = (inB.get(activity) ?? 0) / b.cases;
      return { activity, a: own, b: other, difference: own - other };
    })
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference) || compareText(x.activity, y.activity));
}

function secondsByActivity(log: EventLog): Map<string, number> {
  const totals = new Map<string, number>();
  const { completed } = log;
  if (completed === null) return totals;
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]! + 1; i < log.caseStart[c + 1]!; i++) {
      const seconds = (completed[i]! - completed[i - 1]!) / 1e6;
      if (Number.isNaN(seconds)) continue;
      const activity = log.activities[log.activity[i]!]!;
      totals.set(activity, (totals.get(activity) ?? 0) + seconds);
    }
  }
  return totals;
}
