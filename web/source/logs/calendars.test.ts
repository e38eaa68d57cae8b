import { describe, expect, it } from "vitest";
import { calendarHours, mayChooseCalendar } from "./calendars.ts";

describe("the calendar of a log", () => {
  it("is chosen by analysts and administrators", () => {
    expect(mayChooseCalendar(null)).toBe(false);
    expect(mayChooseCalendar({ roles: ["manager", "approver"] })).toBe(false);
    expect(mayChooseCalendar({ roles: ["viewer", "analyst"] })).toBe(true);
    expect(mayChooseCalendar({ roles: ["admin"] })).toBe(true);
  });

  it("is shown with its hours; the usual ones say theirs by their name", () => {
    const office = { name: "Office", hours: "Mon 09:00–12:00, UTC", definition: {} };
    expect(calendarHours([office], "Office")).toBe("Mon 09:00–12:00, UTC.");
    expect(calendarHours([office], null)).toBe("");
  });
});
