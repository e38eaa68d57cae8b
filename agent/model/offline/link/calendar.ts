/** Calendar arithmetic in a time zone: local dates to instants and back. Weeks are ISO 8601. */
import type { TimeUnit } from "../languages/language.ts";

/** A date without a time or zone; months count from 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** ISO 8601 instants in UTC, null where open. */
export interface Instants {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = 86_400_000;
const asUtc = (date: LocalDate): number => Date.UTC(date.year, date.month - 1, date.day);
const fromUtc = (milliseconds: number): LocalDate => {
  const date = new Date(milliseconds);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

export const addDays = (date: LocalDate, days: number): LocalDate => fromUtc(asUtc(date) + days * DAY);
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const first = fromUtc(Date.UTC(date.year, date.month - 1 + months, 1));
  return { ...first, day: Math.min(date.day, daysInMonth(first)) };
};
export const daysInMonth = (date: LocalDate): number =>
  new Date(Date.UTC(date.year, date.month, 0)).getUTCDate();
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((asUtc(to) - asUtc(from)) / DAY);
/** 1 Monday … 7 Sunday. */
export const weekday = (date: LocalDate): number => ((new Date(asUtc(date)).getUTCDay() + 6) % 7) + 1;
export const isBefore = (left: LocalDate, right: LocalDate): boolean => asUtc(left) < asUtc(right);
export const isValid = (date: LocalDate): boolean =>
  date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date);

/** The first day of the unit that holds the date. */
export function startOf(unit: TimeUnit, date: LocalDate): LocalDate {
  switch (unit) {
    case "day":
      return date;
    case "week":
      return addDays(date, 1 - weekday(date));
    case "month":
      return { ...date, day: 1 };
    case "quarter":
      return { year: date.year, month: Math.floor((date.month - 1) / 3) * 3 + 1, day: 1 };
    case "year":
      return { year: date.year, month: 1, day: 1 };
  }
}

export function add(unit: TimeUnit, date: LocalDate, count: number): LocalDate {
  switch (unit) {
    case "day":
      return addDays(date, count);
    case "week":
      return addDays(date, 7 * count);
    case "month":
      return addMonths(date, count);
    case "quarter":
      return addMonths(date, 3 * count);
    case "year":
      return addMonths(date, 12 * count);
  }
}

/** Monday of an ISO week: week 1 holds 4 January. */
export const isoWeek = (year: number, week: number): LocalDate =>
  addDays(startOf("week", { year, month: 1, day: 4 }), (week - 1) * 7);

/** Gregorian Easter, by the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8. */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - f + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return { year, month: Math.floor(days / 31), day: (days % 31) + 1 };
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    const two = "2-digit" as const;
    const parts = { month: two, day: two, hour: two, minute: two, second: two };
    found = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      ...parts,
    });
    formats.set(zone, found);
  }
  return found;
}

/** How far the zone's clocks are ahead of UTC at the instant, milliseconds. */
function offset(instant: number, zone: string): number {
  const parts = new Map(
    format(zone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const local = Date.UTC(
    parts.get("year")!,
    parts.get("month")! - 1,
    parts.get("day")!,
    parts.get("hour")!,
    parts.get("minute")!,
    parts.get("second")!,
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** The date that clocks in the zone show at the instant. */
export const localDate = (instant: Date, zone: string): LocalDate =>
  fromUtc(instant.getTime() + offset(instant.getTime(), zone));

/** The instant of local midnight (the first instant of the day, where midnight is skipped by a change of clocks). */
export function midnight(date: LocalDate, zone: string): string {
  const wall = asUtc(date);
  const first = wall - offset(wall, zone);
  return new Date(wall - offset(first, zone)).toISOString();
}

/** `[from, to)` of local dates as instants. */
export const instants = (from: LocalDate | null, to: LocalDate | null, zone: string): Instants => ({
  from: from && midnight(from, zone),
  to: to && midnight(to, zone),
});

/** "9 to 15 November 2026", as the language writes it. `to` is exclusive. */
export function rangeLabel(from: LocalDate | null, to: LocalDate | null, language: string): string {
  const write = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  if (from && to) {
    const last = addDays(to, -1);
    const range = isBefore(from, last)
      ? write.formatRange(asUtc(from), asUtc(last))
      : write.format(asUtc(from));
    return range.replace(/\s/gu, " ");
  }
  return write.format(asUtc(from ?? addDays(to!, -1)));
}
