import { jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { createdAt } from "./people.ts";

/** Business calendars of a tenant: when work is done, by name. */
export const calendars = pgTable(
  "calendars",
  {
    tenant: text("tenant").notNull(),
    /** As names are compared: trimmed and in small letters. The definition has it as it was written. */
    name: text("name").notNull(),
    /** A `CalendarDefinition` (tools/logs/core/calendar-definition.ts). */
    definition: jsonb("definition").notNull(),
    createdAt: createdAt(),
    updatedAt: timestamp("updated_at", { withTimezone: true, precision: 6 }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.name] })],
);
