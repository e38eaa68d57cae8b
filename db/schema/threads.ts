import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { createdAt } from "./people.ts";

export const threads = pgTable(
  "threads",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    title: text("title").notNull().default(""),
    /** Null: open to the tenant; else the one person who may see it. */
    privateTo: text("private_to"),
    /** The log the thread is about, once it is known. */
    log: text("log"),
    language: text("language"),
    /** What follow-ups refer to: last frames, shown lists, windows, filters (agent/graph/state.ts). */
    state: jsonb("state").notNull().default({}),
    /** The run that holds the thread, and until when (a lease, renewed while it runs). */
    runner: text("runner"),
    runnerUntil: timestamp("runner_until", { withTimezone: true, precision: 6 }),
    lastSeq: integer("last_seq").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);

/** Everything that happened in a thread, in order; replay reads this and nothing else. */
export const events = pgTable(
  "events",
  {
    tenant: text("tenant").notNull(),
    thread: text("thread").notNull(),
    /** 1, 2, 3 … without gaps. */
    seq: integer("seq").notNull(),
    turn: text("turn").notNull(),
    type: text("type").notNull(),
    person: text("person"),
    channel: text("channel"),
    data: jsonb("data").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.thread, table.seq] })],
);

/** Tokens and cost of every model call. */
export const modelCalls = pgTable(
  "model_calls",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    thread: text("thread").notNull(),
    turn: text("turn").notNull(),
    /** Who asked; null for a viewer without a name. */
    person: text("person"),
    model: text("model").notNull(),
    inputTokens: integer("input_tokens").notNull(),
    outputTokens: integer("output_tokens").notNull(),
    cacheReadTokens: integer("cache_read_tokens").notNull().default(0),
    cacheWriteTokens: integer("cache_write_tokens").notNull().default(0),
    /** The server did not count the tokens: they are estimated from the length of what was sent and received. */
    estimated: boolean("estimated").notNull().default(false),
    /** Millionths of a US dollar at the rate of that moment; null where no price is known. */
    costMicros: integer("cost_micros"),
    createdAt: createdAt(),
  },
  (table) => [index("model_calls_day").on(table.tenant, table.createdAt)],
);
