/** What is said about the calendar of a log. */
import type { Calendar, Person } from "../../../channels/contract.ts";

export const usualHours = "Monday to Friday, 9 to 17";

/** The server decides; this keeps a field shut that it would refuse. */
export const mayChooseCalendar = (person: Pick<Person, "roles"> | null): boolean =>
  person?.roles.some((role) => role === "analyst" || role === "admin") ?? false;

/** The hours of the chosen calendar as a sentence; empty for the usual ones, which say their hours themselves. */
export function calendarHours(calendars: readonly Calendar[], chosen: string | null): string {
  const found = calendars.find(({ name }) => name === chosen);
  return found === undefined ? "" : `${found.hours}.`;
}
