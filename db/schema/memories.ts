import { sql } from "drizzle-orm";
import {
  customType,
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
import { createdAt } from "./people.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 6 });
const regconfig = customType<{ data: string }>({ dataType: () => "regconfig" });
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
/** Of any length: each embedder has its own, and each length its own partial index (migration 0005). */
const anyVector = customType<{ data: string }>({ dataType: () => "vector" });

/**
 * What people want kept. `owner` is the thread, the person or the team that it belongs to, by `scope`; empty for the
 * tenant. Nothing here comes out of a log.
 */
export const memories = pgTable(
  "memories",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    scope: text("scope", { enum: ["thread", "person", "team", "tenant"] }).notNull(),
    owner: text("owner").notNull(),
    kind: text("kind", {
      enum: ["definition", "preference", "pinned-kpi", "note", "answer", "decision"],
    }).notNull(),
    /** What a definition, a preference or a pinned KPI is of, as terms are compared. One row a term and log. */
    term: text("term"),
    /** In the person's words. */
    text: text("text").notNull(),
    /** What code makes of it (`Meaning`, memory/memory.ts). */
    meaning: jsonb("meaning").notNull().default({}),
    /** Id of the log it is about; null: of any. */
    log: text("log"),
    /** The words as they are searched: folded, and cut where the script has no spaces. */
    words: text("words").notNull(),
    /** The text search configuration of its language. */
    configuration: regconfig("configuration").notNull().default("simple"),
    search: tsvector("search").generatedAlwaysAs(
      sql`to_tsvector('simple', words) || to_tsvector(configuration, words)`,
    ),
    /** Where it was said. */
    thread: text("thread"),
    turn: text("turn"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    expiresAt: instant("expires_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index("memories_owner").on(table.tenant, table.scope, table.owner),
    index("memories_search").using("gin", table.search),
    uniqueIndex("memories_term")
      .on(table.tenant, table.scope, table.owner, table.kind, table.term, sql`coalesce(${table.log}, '')`)
      .where(sql`${table.term} is not null`),
  ],
);

/** One vector a memory and embedder; gone with its memory. */
export const memoryVectors = pgTable(
  "memory_vectors",
  {
    tenant: text("tenant").notNull(),
    memory: text("memory").notNull(),
    embedder: text("embedder").notNull(),
    dimensions: integer("dimensions").notNull(),
    embedding: anyVector("embedding").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.memory, table.embedder] }),
    foreignKey({
      name: "memory_vectors_memory",
      columns: [table.tenant, table.memory],
      foreignColumns: [memories.tenant, memories.id],
    }).onDelete("cascade"),
  ],
);

/** Who belongs to which team. */
export const teamMembers = pgTable(
  "team_members",
  {
    tenant: text("tenant").notNull(),
    team: text("team").notNull(),
    person: text("person").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.team, table.person] })],
);
