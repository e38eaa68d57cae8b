import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { english } from "../../languages/en.ts";
import { languageOf } from "../../languages/index.ts";
import { utterance } from "../../text/utterance.ts";
import { addDays, instants, isoWeek, localDate, midnight, startOf, weekday } from "../calendar.ts";
import { linkWindows } from "./link-windows.ts";
import { previousWindow } from "./previous.ts";

/** A Wednesday. */
const now = new Date("2026-11-18T10:00:00Z");
const zone = "Europe/Berlin";
const windows = (text: string) =>
  linkWindows(utterance(text, english), now, zone).map(({ window }) => window);
const dates = (text: string) =>
  windows(text).map(({ from, to }) => [from, to].map((at) => (at === null ? null : dayOf(at))));
const dayOf = (instant: string): string => {
  const { year, month, day } = localDate(new Date(instant), zone);
  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
};

it("a half of a month ends on its 15th or begins on its 16th", () => {
  const spanish = linkWindows(utterance("la primera quincena de mayo", languageOf("es")), now, zone);
  expect(spanish.map(({ window }) => dayOf(window.to!))).toEqual(["2026-05-16"]);
});

describe("windows in words, on 18 November 2026", () => {
  it.each([
    ["today", "2026-11-18", "2026-11-19"],
    ["yesterday", "2026-11-17", "2026-11-18"],
    ["last week", "2026-11-09", "2026-11-16"],
    ["this week", "2026-11-16", "2026-11-23"],
    ["last month", "2026-10-01", "2026-11-01"],
    ["last quarter", "2026-07-01", "2026-10-01"],
    ["last year", "2025-01-01", "2026-01-01"],
    ["the last 30 days", "2026-10-19", "2026-11-18"],
    ["past two months", "2026-09-01", "2026-11-01"],
    ["two weeks ago", "2026-11-02", "2026-11-09"],
    ["the week before last", "2026-11-02", "2026-11-09"],
    ["since March", "2026-03-01", null],
    ["since 3 October", "2026-10-03", null],
    ["before 12 October", null, "2026-10-12"],
    ["until yesterday", null, "2026-11-18"],
    ["after 3 May 2026", "2026-05-04", null],
    ["between 3 and 12 October", "2026-10-03", "2026-10-13"],
    ["from March to May", "2026-03-01", "2026-06-01"],
    ["between January and March 2025", "2025-01-01", "2025-04-01"],
    ["in Q2", "2026-04-01", "2026-07-01"],
    ["second quarter of 2025", "2025-04-01", "2025-07-01"],
    ["H1 2026", "2026-01-01", "2026-07-01"],
    ["in 2024", "2024-01-01", "2025-01-01"],
    ["in May", "2026-05-01", "2026-06-01"],
    ["in December", "2025-12-01", "2026-01-01"],
    ["week 12", "2026-03-16", "2026-03-23"],
    ["KW12 2025", "2025-03-17", "2025-03-24"],
    ["last Tuesday", "2026-11-17", "2026-11-18"],
    ["on Monday", "2026-11-16", "2026-11-17"],
    ["the week of 12 October", "2026-10-12", "2026-10-19"],
    ["October 12th, 2025", "2025-10-12", "2025-10-13"],
    ["2026-10-01 to 2026-10-15", "2026-10-01", "2026-10-16"],
    ["12.10.2025", "2025-10-12", "2025-10-13"],
    ["10/12/2025", "2025-10-12", "2025-10-13"],
  ])("%s", (text, from, to) => {
    expect(dates(text)).toEqual([[from, to]]);
  });

  it.each([
    "may I ask something",
    "over 2019 dollars",
    "the second one",
    "march on",
    "he sat there",
    "2h",
    "500",
  ])("there is none in: %s", (text) => {
    expect(windows(text)).toEqual([]);
  });

  it("one that is not over is marked, and compared with the same days before", () => {
    const [current, before] = previousWindow(windows("this month")[0]!, now, zone, "en");
    expect(windows("this month")[0]?.partial).toBe(true);
    expect([current, before].map(({ from, to }) => [dayOf(from!), dayOf(to!)])).toEqual([
      ["2026-11-01", "2026-11-19"],
      ["2026-10-01", "2026-10-19"],
    ]);
  });
});

describe("the calendar", () => {
  const day = fc.record({
    year: fc.integer({ min: 1990, max: 2090 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
  );

  it("midnight of a date is on that date, and the instant before is on the day before", () => {
    fc.assert(
      fc.property(day, zones, (date, place) => {
        const instant = new Date(midnight(date, place));
        expect(localDate(instant, place)).toEqual(date);
        expect(localDate(new Date(instant.getTime() - 1), place)).toEqual(addDays(date, -1));
      }),
    );
  });

  it("weeks begin on Monday, and week 1 holds 4 January", () => {
    fc.assert(
      fc.property(day, (date) => {
        const monday = startOf("week", date);
        expect(weekday(monday)).toBe(1);
        const first = isoWeek(date.year, 1);
        expect(startOf("week", { year: date.year, month: 1, day: 4 })).toEqual(first);
      }),
    );
  });

  it("a day in spring or autumn has 23 or 25 hours", () => {
    const hours = (date: { year: number; month: number; day: number }) => {
      const { from, to } = instants(date, addDays(date, 1), zone);
      return (Date.parse(to!) - Date.parse(from!)) / 3_600_000;
    };
    expect(
      [
        { year: 2026, month: 3, day: 29 },
        { year: 2026, month: 10, day: 25 },
        { year: 2026, month: 11, day: 18 },
      ].map(hours),
    ).toEqual([23, 25, 24]);
  });
});
