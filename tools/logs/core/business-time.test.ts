import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weeklyRuns } from "./business-sql.ts";
import { businessTime, WEEK, workedBetween, workedUntil } from "./business-time.ts";
import {
  CalendarError,
  CalendarSchema,
  chooseCalendar,
  describeCalendar,
  parseCalendar,
} from "./calendar-definition.ts";
import { calendars } from "./fixtures/calendars.ts";

const micros = (instant: string): number => Date.parse(instant) * 1000;
const HOUR = 3_600_000_000;

/** Minute by minute by the zone's own clock. */
function byTheMinute(calendar: ReturnType<typeof parseCalendar>, from: number, to: number): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: calendar.zone ?? "UTC",
    hourCycle: "h23",
    dateStyle: "short",
    timeStyle: "short",
  });
  const name = new Intl.DateTimeFormat("en-US", { timeZone: calendar.zone ?? "UTC", weekday: "long" });
  let open = 0;
  for (let minute = from; minute < to; minute += 60_000_000) {
    const at = minute / 1000;
    const [date = "", time = ""] = format.format(at).split(", ");
    const day = name.format(at).toLowerCase() as "monday";
    const spans = calendar.holidays.includes(date)
      ? []
      : (calendar.special[date] ?? calendar.hours[day] ?? []);
    if (spans.some(([begin, end]) => time >= begin && time < end)) open += 60_000_000;
  }
  return open;
}

describe("business time", () => {
  it("counts what the zone's clocks show as open, minute by minute, summer time or not", () => {
    const start = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 });
    fc.assert(
      fc.property(calendars(), start, fc.integer({ min: 0, max: 3 * 24 * 60 }), (calendar, from, length) => {
        const first = micros("2024-01-01T00:00Z") + from * 60_000_000;
        const last = first + length * 60_000_000;
        const time = businessTime(calendar, first, last);
        expect(workedBetween(time, first, last)).toBe(byTheMinute(calendar, first, last));
      }),
      { numRuns: 80 },
    );
  });

  it("is nine to five from Monday to Friday by default", () => {
    const time = businessTime(
      CalendarSchema.parse({}),
      micros("2026-03-02T00:00Z"),
      micros("2026-03-16T00:00Z"),
    );
    expect(workedBetween(time, micros("2026-03-02T09:00Z"), micros("2026-03-02T17:00Z"))).toBe(8 * HOUR);
    expect(workedBetween(time, micros("2026-03-06T16:00Z"), micros("2026-03-09T10:00Z"))).toBe(2 * HOUR);
    expect(workedBetween(time, micros("2026-03-07T00:00Z"), micros("2026-03-08T12:00Z"))).toBe(0);
  });

  it("never goes back, and is as long as the clock where nothing is ever closed", () => {
    const days = Object.fromEntries(
      ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [
        day,
        [["00:00", "24:00"]],
      ]),
    );
    const always = parseCalendar({ zone: "Europe/Berlin", hours: days });
    const [from, to] = [micros("2024-03-20T00:00Z"), micros("2024-04-10T00:00Z")];
    const time = businessTime(always, from, to);
    for (let at = from; at < to; at += 1_234_567_891) {
      expect(workedUntil(time, at) - workedUntil(time, from)).toBe(at - from);
    }
  });

  it("is written as few weekly runs that give every interval again", () => {
    fc.assert(
      fc.property(calendars(), (calendar) => {
        const time = businessTime(calendar, micros("2024-01-01T00:00Z"), micros("2025-01-01T00:00Z"));
        const again = weeklyRuns(time)
          .flatMap(({ first, length, weeks }) =>
            Array.from({ length: weeks }, (_, week) => [first + week * WEEK, first + week * WEEK + length]),
          )
          .sort((a, b) => a[0]! - b[0]!);
        expect(again).toEqual(Array.from(time.opens, (open, at) => [open, time.closes[at]]));
      }),
      { numRuns: 30 },
    );
  });
});

describe("a calendar as written", () => {
  it("says its hours, days off and zone", () => {
    expect(describeCalendar(parseCalendar({ zone: "Europe/Berlin", holidays: ["2026-12-25"] }))).toBe(
      "Mon–Fri 09:00–17:00, 1 holiday, Europe/Berlin",
    );
  });

  it("is refused with the place of what is wrong", () => {
    expect(() => parseCalendar({ hours: { monday: [["17:00", "09:00"]] } })).toThrow(/hours\.monday/);
    expect(() => parseCalendar({ holidays: ["25.12.2026"] })).toThrow(/holidays\.0/);
    expect(() => businessTime(parseCalendar({ hours: {} }), 0, 1)).toThrow(CalendarError);
  });

  it("is found by name; business hours are the log's own where it has some", () => {
    const own = parseCalendar({ name: "Plant", zone: "UTC" });
    expect(chooseCalendar("plant", [own], "UTC")?.name).toBe("Plant");
    expect(chooseCalendar("working days", [own], "UTC")?.name).toBe("Plant");
    expect(chooseCalendar("business hours", [], "Asia/Tokyo")).toMatchObject({ zone: "Asia/Tokyo" });
    expect(() => chooseCalendar("moon time", [own], "UTC")).toThrow(/no calendar "moon time"/);
  });
});
