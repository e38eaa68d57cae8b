/**
 * Time as a business counts it. B(t), the open microseconds up to an instant, grows by one a microsecond while work is
 * done and stands still otherwise: piecewise linear, so a duration in business time is the difference of two values of
 * B, and every figure made of differences works as it is on a log whose instants are mapped through B.
 */
import { type CalendarDefinition, CalendarError, weekdays } from "./calendar-definition.ts";
import type { EventLog } from "./event-log.ts";
import { daysFromCivil } from "./instants.ts";
import { localToInstant } from "./zones.ts";

const DAY = 86_400_000_000;
export const WEEK = 7 * DAY;
const MINUTE = 60_000_000;
/** Longer than any log: beyond, some time in it is wrong. */
const MOST_DAYS = 36_525;

/** Open intervals in order, as instants in microseconds, and the open microseconds before each. */
export interface BusinessTime {
  readonly calendar: CalendarDefinition;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly before: Float64Array;
}

/**
 * A calendar's open intervals between two instants (microseconds), a week to either side included. Local times follow
 * the zone's clocks: an hour that they skip has no length, one that they repeat is counted as often as it passes while
 * open. O(days). Throws `CalendarError` where nothing is ever open or the span is beyond a century.
 */
export function businessTime(calendar: CalendarDefinition, first: number, last: number): BusinessTime {
  const [from, to] = [Math.floor(first / DAY) - 7, Math.floor(last / DAY) + 7];
  if (!(to - from <= MOST_DAYS)) {
    throw new CalendarError(
      "the log's times lie more than a century apart",
      "times within a hundred years; check the data quality for dates that stand for none",
    );
  }
  const spansOn = hoursByDay(calendar);
  const toInstant = localToInstant(calendar.zone ?? "UTC");
  const opens: number[] = [];
  const closes: number[] = [];
  for (let day = from; day <= to; day++) {
    for (const [open, close] of spansOn(day)) {
      const end = toInstant(day * DAY + close);
      const begin = Math.max(toInstant(day * DAY + open), closes.at(-1) ?? Number.NEGATIVE_INFINITY);
      if (end <= begin) continue;
      opens.push(begin);
      closes.push(end);
    }
  }
  if (opens.length === 0) throw new CalendarError("the calendar is never open", "hours on at least one day");
  return { calendar, ...accumulated(opens, closes) };
}

function accumulated(opens: readonly number[], closes: readonly number[]) {
  const before = new Float64Array(opens.length);
  for (let at = 1; at < opens.length; at++) {
    before[at] = before[at - 1]! + closes[at - 1]! - opens[at - 1]!;
  }
  return { opens: Float64Array.from(opens), closes: Float64Array.from(closes), before };
}

type Span = readonly [open: number, close: number];

/** Open spans of a day (days since 1970), in microseconds of that day. */
function hoursByDay({ hours, holidays, special }: CalendarDefinition): (day: number) => readonly Span[] {
  const inWeek = weekdays.map((name) => (hours[name] ?? []).map(spanOf));
  const own = new Map<number, readonly Span[]>();
  for (const [date, spans] of Object.entries(special)) own.set(dayOf(date), spans.map(spanOf));
  for (const date of holidays) own.set(dayOf(date), []);
  return (day) => own.get(day) ?? inWeek[(((day + 3) % 7) + 7) % 7]!;
}

const spanOf = ([from, to]: readonly [string, string]): Span => [ofDay(from), ofDay(to)];
const ofDay = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;

function dayOf(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return daysFromCivil(year, month, day);
}

/** B(t): open microseconds up to an instant; NaN for none. O(log intervals). */
export function workedUntil({ opens, closes, before }: BusinessTime, instant: number): number {
  if (Number.isNaN(instant)) return instant;
  let [low, high] = [0, opens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (opens[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  return at < 0 ? 0 : before[at]! + Math.min(instant, closes[at]!) - opens[at]!;
}

/** Open microseconds between two instants; negative where the second is the earlier. */
export const workedBetween = (time: BusinessTime, from: number, to: number): number =>
  workedUntil(time, to) - workedUntil(time, from);

/** The log with every instant mapped through B; the order of its events is the clock's. O(events × log intervals). */
export function inBusinessTime(log: EventLog, time: BusinessTime): EventLog {
  const mapped = (values: Float64Array | null) => values?.map((each) => workedUntil(time, each)) ?? null;
  return { ...log, completed: mapped(log.completed), started: mapped(log.started) };
}

/** The first and last instant of a log in microseconds; null without times. */
function instantsOf({ completed, started }: EventLog): { first: number; last: number } | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [completed, started]) {
    for (const each of values ?? []) {
      if (each < first) first = each;
      if (each > last) last = each;
    }
  }
  return first <= last ? { first, last } : null;
}

/** The calendar between two instants as ISO 8601 has them; null without them, or for the clock. */
export const businessTimeBetween = (
  calendar: CalendarDefinition | null,
  first: string | null | undefined,
  last: string | null | undefined,
): BusinessTime | null =>
  calendar === null || first == null || last == null
    ? null
    : businessTime(calendar, Date.parse(first) * 1000, Date.parse(last) * 1000);

const compiled = new WeakMap<EventLog, Map<string, BusinessTime>>();

/** The calendar over the span of a whole log, made once for each. Null for a log without times. */
export function businessTimeOf(log: EventLog, calendar: CalendarDefinition): BusinessTime | null {
  const known = compiled.get(log) ?? new Map<string, BusinessTime>();
  compiled.set(log, known);
  const key = JSON.stringify(calendar);
  const found = known.get(key);
  if (found) return found;
  const span = instantsOf(log);
  if (span === null) return null;
  const made = businessTime(calendar, span.first, span.last);
  known.set(key, made);
  return made;
}
