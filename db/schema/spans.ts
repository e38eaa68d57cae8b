import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 6 });

/** The steps of a turn in short: no words of people, no value of a log, no secret. */
export const spans = pgTable(
  "spans",
  {
    tenant: text("tenant").notNull(),
    trace: text("trace").notNull(),
    span: text("span").notNull(),
    parent: text("parent"),
    thread: text("thread"),
    turn: text("turn"),
    name: text("name").notNull(),
    role: text("role", { enum: ["planner", "executor", "monitor"] }).notNull(),
    startedAt: instant("started_at").notNull(),
    milliseconds: integer("milliseconds").notNull(),
    state: text("state", { enum: ["ok", "error"] }).notNull(),
    attributes: jsonb("attributes").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.trace, table.span] }),
    index("spans_turn").on(table.tenant, table.turn),
    index("spans_age").on(table.startedAt),
  ],
);
