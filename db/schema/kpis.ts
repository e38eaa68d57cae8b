import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { createdAt } from "./people.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 6 });

/** A named KPI with its limit (contract.md, `--kpis`). */
export const kpis = pgTable(
  "kpis",
  {
    tenant: text("tenant").notNull(),
    name: text("name").notNull(),
    log: text("log"),
    metric: text("metric").notNull(),
    /** One name or several, JSON. */
    activity: jsonb("activity"),
    /** Seconds. */
    limit: doublePrecision("limit"),
    /** Name of the case attribute that holds a case's own deadline. */
    deadline: text("deadline"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.name] })],
);

/** A KPI under watch, or a promise under check after an executed proposal. */
export const watches = pgTable(
  "watches",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    kind: text("kind", { enum: ["limit", "promise"] }).notNull(),
    log: text("log").notNull(),
    kpi: text("kpi"),
    proposal: text("proposal"),
    thread: text("thread"),
    /** For `limit`: {metric, activity, limit, statistic}; for `promise`: a PromisedEffect. */
    definition: jsonb("definition").notNull(),
    /** Only events after this instant of the log count. */
    since: instant("since"),
    state: text("state").notNull().default("active"),
    /** The last evaluation: value, verdict, at which digest of the log. */
    last: jsonb("last"),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [index("watches_log").on(table.tenant, table.log)],
);

/** A version of a rule never changes; publishing and withdrawing move `state`. */
export const rules = pgTable(
  "rules",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    version: integer("version").notNull(),
    log: text("log").notNull(),
    condition: text("condition").notNull(),
    action: text("action").notNull(),
    /** Parsed form, confidence, coverage, examples. */
    details: jsonb("details").notNull(),
    state: text("state", { enum: ["draft", "published", "withdrawn"] })
      .notNull()
      .default("draft"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id, table.version] })],
);
