import {
  bigint,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { calendars } from "./calendars.ts";
import { createdAt } from "./people.ts";

/** What is known about a stored log; its events are in the log store under `id`. */
export const logs = pgTable(
  "logs",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    name: text("name").notNull(),
    importedBy: text("imported_by"),
    mapping: jsonb("mapping").notNull(),
    findings: jsonb("findings").notNull(),
    /** Activities, attributes and their frequent values, for the planner's index. */
    vocabulary: jsonb("vocabulary").notNull(),
    cases: integer("cases").notNull(),
    events: bigint("events", { mode: "number" }).notNull(),
    firstEvent: timestamp("first_event", { withTimezone: true, precision: 6 }),
    lastEvent: timestamp("last_event", { withTimezone: true, precision: 6 }),
    /** The log store's digest after the last import or append. */
    digest: text("digest").notNull(),
    /** What "business hours" means on this log: `name` of a calendar of the tenant. */
    calendar: text("calendar"),
    createdAt: createdAt(),
    updatedAt: timestamp("updated_at", { withTimezone: true, precision: 6 }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("logs_name").on(table.tenant, table.name),
    foreignKey({
      name: "logs_calendar",
      columns: [table.tenant, table.calendar],
      foreignColumns: [calendars.tenant, calendars.name],
    }),
  ],
);

/** One run of one read or draft tool. */
export const analyses = pgTable(
  "analyses",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    thread: text("thread"),
    person: text("person"),
    log: text("log"),
    tool: text("tool").notNull(),
    toolVersion: integer("tool_version").notNull(),
    input: jsonb("input").notNull(),
    result: jsonb("result").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("analyses_thread").on(table.thread)],
);

/** Facts by tenant and content-derived id; the same fact found twice is one row. */
export const facts = pgTable(
  "facts",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    analysis: text("analysis"),
    value: doublePrecision("value").notNull(),
    unit: text("unit").notNull(),
    label: text("label").notNull(),
    sql: text("sql"),
    source: jsonb("source").notNull(),
    rows: bigint("rows", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);
