/** Business calendars as people write them: working hours by weekday in a time zone, days off, days with hours of their own. */
import { z } from "zod";
import { MillwrightError } from "../../../errors.ts";

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof weekdays)[number];

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time of the day, 00:00 to 24:00");
const Day = z.iso.date();
/** From and to, in order of time and apart; work over midnight is written as two. */
const Spans = z
  .array(z.tuple([Time, Time]))
  .refine((spans) => spans.every(([from, to]) => from < to), "each span ends after it begins")
  .refine(
    (spans) => spans.every(([from], at) => at === 0 || (spans[at - 1]?.[1] ?? "") <= from),
    "spans stand in order and do not overlap",
  );

export const CalendarSchema = z.object({
  name: z.string().min(1).max(60).default("business hours"),
  /** IANA name; the zone in which words are meant when absent. */
  zone: z.string().optional(),
  /** A weekday without an entry is a day off. */
  hours: z.partialRecord(z.enum(weekdays), Spans).default(() => usualHours()),
  /** Dates on which nobody works, as 2026-12-25. */
  holidays: z.array(Day).default([]),
  /** Dates with other hours than their weekday's. */
  special: z.record(Day, Spans).default({}),
});
export type CalendarDefinition = z.infer<typeof CalendarSchema>;

/** What "business hours" means where nobody said more: Monday to Friday, 9 to 17. */
export function usualHours(): CalendarDefinition["hours"] {
  return Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, [["09:00", "17:00"]]]));
}

/** A calendar that cannot be read, or that nobody can work by. */
export class CalendarError extends MillwrightError {
  constructor(message: string, expected: string, value?: string) {
    super("calendar", 422, message, {
      ...(value === undefined ? {} : { value }),
      expected,
      remedy: "Correct the calendar; docs/definitions.md shows one.",
    });
  }
}

/** Reads a calendar from JSON. Throws `CalendarError` that names the place. */
export function parseCalendar(value: unknown): CalendarDefinition {
  const parsed = CalendarSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "the calendar";
  throw new CalendarError(`the calendar is not understood at ${place}`, issue?.message ?? "a calendar");
}

/** The input of a tool: a calendar, or the name of one ("business hours" for the log's own or the usual). */
export const CalendarChoice = z.union([z.string(), CalendarSchema]);
export type CalendarChoice = z.infer<typeof CalendarChoice>;

export const businessHours = "business hours";

/** Whether words mean business time as such, so that no calendar may have them as its name. */
export const isBusinessHours = (words: string): boolean =>
  /^(business|working|office)[ _-]?(hours?|days?|time|calendar)$/.test(words.trim().toLowerCase());

/**
 * The calendar that was asked for, out of the named ones (a log's default stands first). Without any, "business hours"
 * are the usual ones in `zone`.
 */
export function chooseCalendar(
  choice: CalendarChoice | undefined,
  named: readonly CalendarDefinition[],
  zone: string,
): CalendarDefinition | null {
  if (choice === undefined) return null;
  const found = typeof choice === "string" ? calendarNamed(choice, named) : choice;
  return { ...found, zone: found.zone ?? zone };
}

function calendarNamed(name: string, named: readonly CalendarDefinition[]): CalendarDefinition {
  const wanted = name.trim().toLowerCase();
  const found = named.find((calendar) => calendar.name.toLowerCase() === wanted);
  if (found) return found;
  if (isBusinessHours(wanted) || ["business", "working", "office"].includes(wanted))
    return named[0] ?? CalendarSchema.parse({});
  const known = new Set([businessHours, ...named.map((calendar) => calendar.name)]);
  throw new CalendarError(`there is no calendar "${name}"`, `one of: ${[...known].join(", ")}`, name);
}

const short = (day: string): string => day.charAt(0).toUpperCase() + day.slice(1, 3);

/** "Mon–Fri 09:00–17:00, 2 holidays, Europe/Berlin": days with the same hours together. */
export function describeCalendar({ hours, holidays, special, zone }: CalendarDefinition): string {
  const runs: { from: Weekday; to: Weekday; spans: string }[] = [];
  weekdays.forEach((day, at) => {
    const spans = (hours[day] ?? []).map(([from, to]) => `${from}–${to}`).join(" and ");
    const last = runs.at(-1);
    if (spans === "") return;
    if (last?.spans === spans && last.to === weekdays[at - 1]) last.to = day;
    else runs.push({ from: day, to: day, spans });
  });
  const days = runs.map(({ from, to, spans }) =>
    from === to ? `${short(from)} ${spans}` : `${short(from)}–${short(to)} ${spans}`,
  );
  const off = [
    ...(holidays.length > 0 ? [`${holidays.length} holiday${holidays.length === 1 ? "" : "s"}`] : []),
    ...(Object.keys(special).length > 0 ? [`${Object.keys(special).length} special days`] : []),
  ];
  return [...days, ...off, zone ?? "UTC"].join(", ");
}
