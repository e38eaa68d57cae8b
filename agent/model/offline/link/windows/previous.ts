/** The window before a window. */
import { add, addDays, daysBetween, instants, type LocalDate, localDate, rangeLabel } from "../calendar.ts";
import type { Window } from "../links.ts";

/** The window of the same length just before; a partial one is cut to the same days first. */
export function previousWindow(
  window: Window,
  now: Date,
  zone: string,
  language: string,
): readonly [Window, Window] {
  const from = localDate(new Date(window.from ?? now), zone);
  const today = localDate(now, zone);
  const fullEnd = localDate(new Date(window.to ?? now), zone);
  const end = window.partial ? addDays(today, 1) : fullEnd;
  const length = daysBetween(from, end);
  const earlier = window.unit ? add(window.unit, from, -1) : addDays(from, -length);
  const earlierEnd = window.unit && !window.partial ? from : addDays(earlier, length);
  const make = (start: LocalDate, stop: LocalDate, partial: boolean): Window => ({
    ...instants(start, stop, zone),
    label: rangeLabel(start, stop, language),
    partial,
    unit: null,
  });
  return [window.partial ? make(from, end, true) : window, make(earlier, earlierEnd, false)];
}
