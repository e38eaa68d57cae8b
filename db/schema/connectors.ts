import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { createdAt } from "./people.ts";

/** An imported specification. */
export const connectors = pgTable(
  "connectors",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    title: text("title").notNull(),
    baseUrl: text("base_url").notNull(),
    specification: jsonb("specification").notNull(),
    /** Operations: id, method, path, summary, guessed effect and the reason, input schema. */
    operations: jsonb("operations").notNull(),
    /** Name of a row in `credentials`. */
    credential: text("credential"),
    enabled: boolean("enabled").notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** References only: where the secret is (`env:NAME`, `file:/path`), never the secret. */
export const credentials = pgTable(
  "credentials",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    scheme: text("scheme", { enum: ["bearer", "api-key", "basic", "oauth2-client-credentials"] }).notNull(),
    /** e.g. {"token":"env:TICKETS_TOKEN"}. */
    references: jsonb("references").notNull(),
    settings: jsonb("settings").notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** Every attempt at a call, without bodies that could hold secrets; failures wait here for review. */
export const calls = pgTable(
  "calls",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    connector: text("connector").notNull(),
    operation: text("operation").notNull(),
    proposal: text("proposal"),
    attempt: integer("attempt").notNull(),
    outcome: text("outcome").notNull(),
    status: integer("status"),
    problem: text("problem"),
    milliseconds: integer("milliseconds").notNull(),
    createdAt: createdAt(),
    reviewedAt: timestamp("reviewed_at", { withTimezone: true, precision: 6 }),
  },
  (table) => [index("calls_outcome").on(table.tenant, table.outcome)],
);
