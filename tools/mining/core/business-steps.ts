import { type BusinessTime, workedUntil } from "../../logs/core/business-time.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { type Steps, steps } from "./steps.ts";
import { type StepTimes, stepTimes } from "./waiting-and-service.ts";

/**
 * Service and waiting in business time, microseconds. Which completion a step waited from is the clock's answer; how
 * long that was is the calendar's. O(steps × log intervals).
 */
export function inBusinessSteps(steps: Steps, times: StepTimes, calendar: BusinessTime): StepTimes {
  const worked = (instant: number) => workedUntil(calendar, instant);
  const { started, completed } = steps;
  return {
    service: times.service.map((_, step) => worked(completed[step]!) - worked(started[step]!)),
    waiting: times.waiting.map((waiting, step) => worked(started[step]!) - worked(started[step]! - waiting)),
  };
}

/** The steps of a log with their times, by the clock or by a calendar. */
export function timedSteps(
  log: EventLog,
  calendar: BusinessTime | null,
): { readonly steps: Steps; readonly times: StepTimes } {
  const found = steps(log);
  const times = stepTimes(found);
  return { steps: found, times: calendar === null ? times : inBusinessSteps(found, times, calendar) };
}
