import { index, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { logs } from "./logs.ts";
import { createdAt } from "./people.ts";

/** Reference models that a log is held against. A new document under a name takes the old one's place. */
export const models = pgTable(
  "models",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    log: text("log")
      .notNull()
      .references(() => logs.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    format: text("format", { enum: ["bpmn", "pnml", "ptml", "tree"] }).notNull(),
    /** As it was uploaded. */
    document: text("document").notNull(),
    uploadedBy: text("uploaded_by"),
    createdAt: createdAt(),
    updatedAt: timestamp("updated_at", { withTimezone: true, precision: 6 }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("models_name").on(table.tenant, table.log, table.name),
    index("models_latest").on(table.tenant, table.log, table.updatedAt),
  ],
);
