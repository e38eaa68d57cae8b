import { boolean, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 6 });
export const createdAt = () => instant("created_at").notNull().defaultNow();

export const tenants = pgTable("tenants", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  createdAt: createdAt(),
});

export const people = pgTable(
  "people",
  {
    id: text("id").notNull(),
    tenant: text("tenant")
      .notNull()
      .references(() => tenants.id),
    name: text("name").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** One row per person and role: viewer, manager, analyst, approver, evaluator, admin. */
export const roles = pgTable(
  "roles",
  { tenant: text("tenant").notNull(), person: text("person").notNull(), role: text("role").notNull() },
  (table) => [primaryKey({ columns: [table.tenant, table.person, table.role] })],
);

/** API tokens: only their SHA-256 is kept. */
export const tokens = pgTable("tokens", {
  hash: text("hash").primaryKey(),
  tenant: text("tenant").notNull(),
  person: text("person").notNull(),
  label: text("label").notNull(),
  createdAt: createdAt(),
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
});

/** Who somebody is in a channel: ("slack", "T1/U2") → person. */
export const identities = pgTable(
  "identities",
  {
    channel: text("channel").notNull(),
    subject: text("subject").notNull(),
    tenant: text("tenant").notNull(),
    person: text("person").notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.subject] })],
);

/** Messages from outside that were taken, so that a repeat does nothing (channels/inbox.ts). */
export const inbox = pgTable(
  "inbox",
  { channel: text("channel").notNull(), key: text("key").notNull(), createdAt: createdAt() },
  (table) => [uniqueIndex("inbox_once").on(table.channel, table.key)],
);

/** Notices for a person inside Millwright (a rule's "notify manager", an alert). */
export const notices = pgTable(
  "notices",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    person: text("person").notNull(),
    text: text("text").notNull(),
    source: text("source").notNull(),
    createdAt: createdAt(),
    readAt: instant("read_at"),
  },
  (table) => [index("notices_of").on(table.tenant, table.person)],
);
