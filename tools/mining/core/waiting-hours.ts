import { type OffsetSpan, toLocal, toLocalSql } from "../../logs/core/local-time.ts";
import type { Steps } from "./steps.ts";

const DAY = 86_400_000_000;
const HOUR = 3_600_000_000;
export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
export const HOURS = 24;

/** Waiting by the hour of the week at which it began. */
export interface WaitingHours {
  /** Seconds, by weekday (Monday first) × 24 + hour. */
  readonly seconds: Float64Array;
  /** Steps that waited, including those that waited 0 s. */
  readonly steps: Uint32Array;
}

/** 0 for Monday, 0:00 to 167 for Sunday, 23:00, of microseconds that clocks show. 1970-01-01 was a Thursday. */
export function hourOfWeek(local: number): number {
  const days = Math.floor(local / DAY);
  const weekday = (((days + 3) % 7) + 7) % 7;
  return weekday * HOURS + Math.floor((local - days * DAY) / HOUR);
}

/**
 * Sums the waiting of steps by the hour of the week, in a zone, at which the waiting began: the start less the waiting.
 * Arrays of microseconds; NaN where a step does not wait. O(steps).
 */
export function waitingHours(
  { count, started }: Steps,
  waiting: Float64Array,
  spans: readonly OffsetSpan[],
): WaitingHours {
  const seconds = new Float64Array(7 * HOURS);
  const steps = new Uint32Array(7 * HOURS);
  for (let step = 0; step < count; step++) {
    const waited = waiting[step]!;
    if (Number.isNaN(waited)) continue;
    const hour = hourOfWeek(toLocal(started[step]! - waited, spans));
    seconds[hour]! += waited / 1e6;
    steps[hour]!++;
  }
  return { seconds, steps };
}

/** The condition on the relation `steps` under which a step's waiting began in an hour of the week. */
export function waitingHourSql(hour: number, spans: readonly OffsetSpan[]): string {
  const local = toLocalSql("(epoch_us(started) - round(waiting_s * 1e6))", spans);
  const days = `floor(${local} / ${DAY}.0)`;
  const weekday = `mod(mod(${days} + 3, 7) + 7, 7)`;
  const hourOfDay = `floor((${local} - ${days} * ${DAY}) / ${HOUR}.0)`;
  return `waiting_s is not null and ${weekday} * ${HOURS} + ${hourOfDay} = ${hour}`;
}
