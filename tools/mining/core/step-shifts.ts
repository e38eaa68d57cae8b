import { type BusinessTime, inBusinessTime } from "../../logs/core/business-time.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { timedSteps } from "./business-steps.ts";
import { compareText } from "./directly-follows.ts";

/** Seconds a case that one step adds in two groups of cases. */
export interface StepShift {
  readonly activity: string;
  readonly a: number;
  readonly b: number;
  readonly difference: number;
}

/** `elapsed`: from the completion before to the step's own. `waiting`: waiting before the step. */
export type ShiftOf = "elapsed" | "waiting";

/** What each step adds to the cases of two groups; added up, the whole difference. Largest change first. */
export function stepShifts(
  a: EventLog,
  b: EventLog,
  of: ShiftOf,
  calendar: BusinessTime | null = null,
): StepShift[] {
  const seconds = (log: EventLog) =>
    of === "elapsed"
      ? elapsedByActivity(calendar === null ? log : inBusinessTime(log, calendar))
      : waitingByActivity(log, calendar);
  const [inA, inB] = [seconds(a), seconds(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((activity) => {
      const own = (inA.get(activity) ?? 0) / a.cases;
      const other = (inB.get(activity) ?? 0) / b.cases;
      return { activity, a: own, b: other, difference: own - other };
    })
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference) || compareText(x.activity, y.activity));
}

function waitingByActivity(log: EventLog, calendar: BusinessTime | null): Map<string, number> {
  const totals = new Map<string, number>();
  const {
    steps: found,
    times: { waiting },
  } = timedSteps(log, calendar);
  for (let i = 0; i < found.count; i++) addTo(totals, log.activities[found.activity[i]!]!, waiting[i]! / 1e6);
  return totals;
}

function elapsedByActivity(log: EventLog): Map<string, number> {
  const totals = new Map<string, number>();
  const { completed } = log;
  if (completed === null) return totals;
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]! + 1; i < log.caseStart[c + 1]!; i++) {
      addTo(totals, log.activities[log.activity[i]!]!, (completed[i]! - completed[i - 1]!) / 1e6);
    }
  }
  return totals;
}

function addTo(totals: Map<string, number>, activity: string, seconds: number): void {
  if (!Number.isNaN(seconds)) totals.set(activity, (totals.get(activity) ?? 0) + seconds);
}
