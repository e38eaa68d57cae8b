/** Business calendars of the tenant, as the channels offer them: everybody reads, an analyst or administrator changes. */
import type { Database } from "../db/client.ts";
import { MillwrightError } from "../errors.ts";
import type { Calendar, Calendars, LogCalendar, Person } from "./contract.ts";

export class CalendarRightError extends MillwrightError {
  constructor(person: string) {
    super("calendar-right", 403, `${person} may not change calendars: they change how figures are counted.`, {
      value: person,
      expected: "role analyst or admin",
      remedy: "Ask somebody with that role.",
    });
  }
}

interface Definition {
  readonly name: string;
}

/** The rows, and the words for what is in them. */
export interface CalendarRows<Kept extends Definition> {
  listCalendars(database: Database, tenant: string): Promise<readonly Kept[]>;
  findCalendar(database: Database, tenant: string, name: string): Promise<Kept>;
  storeCalendar(database: Database, tenant: string, name: string, definition: unknown): Promise<Kept>;
  removeCalendar(database: Database, tenant: string, name: string): Promise<void>;
  defaultCalendar(database: Database, tenant: string, log: string): Promise<LogCalendar>;
  setDefaultCalendar(
    database: Database,
    tenant: string,
    log: string,
    name: string | null,
  ): Promise<LogCalendar>;
  describeCalendar(calendar: Kept): string;
}

/** `load` brings the rows when they are first needed. */
export function createCalendars<Kept extends Definition>(
  database: Database,
  tenant: string,
  load: () => Promise<CalendarRows<Kept>>,
): Calendars {
  const shown = async (kept: Kept): Promise<Calendar> => {
    const { describeCalendar } = await load();
    return { name: kept.name, hours: describeCalendar(kept), definition: kept };
  };
  return {
    list: async () => Promise.all((await (await load()).listCalendars(database, tenant)).map(shown)),
    show: async (name) => shown(await (await load()).findCalendar(database, tenant, name)),
    async set(caller, name, definition) {
      mayChange(caller);
      return shown(await (await load()).storeCalendar(database, tenant, name, definition));
    },
    async remove(caller, name) {
      mayChange(caller);
      await (await load()).removeCalendar(database, tenant, name);
    },
    defaultOf: async (log) => (await load()).defaultCalendar(database, tenant, log),
    async setDefault(caller, log, name) {
      mayChange(caller);
      return (await load()).setDefaultCalendar(database, tenant, log, name);
    },
  };
}

function mayChange(caller: Person | null): void {
  if (caller === null || caller.roles.some((role) => role === "analyst" || role === "admin")) return;
  throw new CalendarRightError(caller.id);
}
