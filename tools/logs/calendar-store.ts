/** A tenant's business calendars as rows, and the one that "business hours" mean on a log. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { calendars, logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import {
  type CalendarDefinition,
  CalendarError,
  CalendarSchema,
  isBusinessHours,
  parseCalendar,
} from "./core/calendar-definition.ts";
import { localToInstant } from "./core/zones.ts";
import { findLog } from "./find-log.ts";
import type { LogRow, Queries } from "./log-summary.ts";

export class CalendarNotFoundError extends MillwrightError {
  constructor(wanted: string, names: readonly string[]) {
    super("calendar-not-found", 404, `there is no calendar "${wanted}"`, {
      value: wanted,
      expected: names.length === 0 ? "a calendar; none is kept" : names.slice(0, 20).join(", "),
      remedy: names.length === 0 ? "Keep one first: millwright calendar set FILE." : "Name one of these.",
    });
  }
}

export class CalendarInUseError extends MillwrightError {
  constructor(name: string, logNames: readonly string[]) {
    super("calendar-in-use", 409, `"${name}" is the calendar of ${logNames.slice(0, 20).join(", ")}`, {
      value: name,
      remedy: "Give these logs another calendar, or none, first.",
    });
  }
}

/** Names differ by more than the case of their letters. */
const keyOf = (name: string): string => name.trim().toLowerCase();

/** In order of their names. */
export async function listCalendars(
  database: Pick<Queries, "select">,
  tenant: string,
): Promise<CalendarDefinition[]> {
  const rows = await database
    .select()
    .from(calendars)
    .where(eq(calendars.tenant, tenant))
    .orderBy(asc(calendars.name));
  return rows.map(({ definition }) => parseCalendar(definition));
}

/** Throws `CalendarNotFoundError`, which names those there are. */
export async function findCalendar(
  database: Database,
  tenant: string,
  name: string,
): Promise<CalendarDefinition> {
  const found = await calendarNamed(database, tenant, name);
  if (found === null) throw await notFound(database, tenant, name);
  return found;
}

/** Adds a calendar, or replaces the one of that name. Throws `CalendarError`, `UnknownZoneError`. */
export async function storeCalendar(
  database: Database,
  tenant: string,
  name: string,
  given: unknown,
): Promise<CalendarDefinition> {
  const definition = usable(name, given);
  await database
    .insert(calendars)
    .values({ tenant, name: keyOf(name), definition })
    .onConflictDoUpdate({
      target: [calendars.tenant, calendars.name],
      set: { definition, updatedAt: sql`now()` },
    });
  return definition;
}

/** The calendar under this name, checked as far as it can be without a log. */
function usable(name: string, given: unknown): CalendarDefinition {
  if (isBusinessHours(name)) {
    const expected = "a name of its own: these words mean the calendar of the log that is asked about";
    throw new CalendarError(`a calendar cannot be called "${name}"`, expected, name);
  }
  const definition = parseCalendar(
    typeof given === "object" && given !== null ? { ...given, name: name.trim() } : given,
  );
  localToInstant(definition.zone ?? "UTC");
  const spans = [...Object.values(definition.hours), ...Object.values(definition.special)];
  if (spans.every((each) => each.length === 0)) {
    throw new CalendarError(`the calendar "${name}" is never open`, "hours on at least one day", name);
  }
  return definition;
}

/** Throws `CalendarInUseError` while it is a log's own, `CalendarNotFoundError`. */
export async function removeCalendar(database: Database, tenant: string, name: string): Promise<void> {
  const own = and(eq(calendars.tenant, tenant), eq(calendars.name, keyOf(name)));
  await database.transaction(async (transaction) => {
    // The lock keeps logs from taking it as theirs meanwhile.
    const [row] = await transaction.select().from(calendars).where(own).for("update");
    if (row === undefined) throw await notFound(transaction, tenant, name);
    const using = await transaction
      .select({ name: logs.name })
      .from(logs)
      .where(and(eq(logs.tenant, tenant), eq(logs.calendar, row.name)))
      .orderBy(asc(logs.name));
    if (using.length > 0) {
      throw new CalendarInUseError(
        name,
        using.map((log) => log.name),
      );
    }
    await transaction.delete(calendars).where(own);
  });
}

async function notFound(
  database: Pick<Queries, "select">,
  tenant: string,
  name: string,
): Promise<CalendarNotFoundError> {
  const known = await listCalendars(database, tenant);
  return new CalendarNotFoundError(
    name,
    known.map((calendar) => calendar.name),
  );
}

/** A log, and the name of its calendar as it was written; null for none. */
export interface LogCalendar {
  readonly log: string;
  readonly calendar: string | null;
}

/** Of a log by id or name. Throws `LogNotFoundError`. */
export async function defaultCalendar(database: Database, tenant: string, log: string): Promise<LogCalendar> {
  const row = await findLog({ database, tenant, threadLog: null }, log);
  const found = row.calendar === null ? null : await calendarNamed(database, tenant, row.calendar);
  return { log: row.id, calendar: found?.name ?? null };
}

/** What "business hours" are to mean on a log from now on; null for the usual ones. */
export async function setDefaultCalendar(
  database: Database,
  tenant: string,
  log: string,
  name: string | null,
): Promise<LogCalendar> {
  const row = await findLog({ database, tenant, threadLog: null }, log);
  const found = name === null ? null : await findCalendar(database, tenant, name);
  const calendar = found && keyOf(found.name);
  await database
    .update(logs)
    .set({ calendar })
    .where(and(eq(logs.tenant, tenant), eq(logs.id, row.id)));
  return { log: row.id, calendar: found?.name ?? null };
}

async function calendarNamed(
  database: Database,
  tenant: string,
  name: string,
): Promise<CalendarDefinition | null> {
  const [row] = await database
    .select()
    .from(calendars)
    .where(and(eq(calendars.tenant, tenant), eq(calendars.name, keyOf(name))));
  return row === undefined ? null : parseCalendar(row.definition);
}

/** All calendars that a question about the log may name; first what "business hours" mean on it. */
export async function calendarsOf(
  database: Database,
  { tenant, calendar }: Pick<LogRow, "tenant" | "calendar">,
): Promise<CalendarDefinition[]> {
  const all = await listCalendars(database, tenant);
  const own = calendar === null ? undefined : all.find(({ name }) => keyOf(name) === calendar);
  if (own !== undefined) return [own, ...all.filter((each) => each !== own)];
  return all.length === 0 ? [] : [CalendarSchema.parse({}), ...all];
}
