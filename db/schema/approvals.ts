import { sql } from "drizzle-orm";
import {
  bigint,
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

/**
 * A proposed write. `input` never changes under its id. States: pending, approved, executing, executed, failed,
 * in-doubt, rejected, expired, superseded, undone. A trigger (migrations) refuses `executing` without matching
 * decisions and every transition that the state machine does not have.
 */
export const proposals = pgTable(
  "proposals",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    thread: text("thread"),
    turn: text("turn"),
    state: text("state").notNull().default("pending"),
    tool: text("tool").notNull(),
    toolVersion: integer("tool_version").notNull(),
    risk: text("risk").notNull(),
    input: jsonb("input").notNull(),
    /** SHA-256 over RFC 8785 JSON of {tenant, tool, version, input}. */
    digest: text("digest").notNull(),
    /** IANA: what the requester's words about time meant; the executor reads the input in it. Never changes. */
    zone: text("zone").notNull().default("UTC"),
    summary: text("summary").notNull(),
    preview: jsonb("preview").notNull(),
    requester: text("requester").notNull(),
    /** The rule that sent it to its approvers, in words. */
    policy: text("policy").notNull(),
    /** How many people must approve, and with which role. */
    quorum: integer("quorum").notNull().default(1),
    approverRole: text("approver_role").notNull().default("approver"),
    /** The instant it lapses; 72 h by default. */
    expiresAt: instant("expires_at").notNull(),
    supersededBy: text("superseded_by"),
    /** The executed proposal that this one takes back. */
    undoes: text("undoes"),
    /** Set by the claim: who executes, since when, which attempt. */
    executor: text("executor"),
    claimedAt: instant("claimed_at"),
    /** The claim's lease; an executor that is alive renews it. */
    claimedUntil: instant("claimed_until"),
    attempts: integer("attempts").notNull().default(0),
    idempotencyKey: text("idempotency_key").notNull(),
    receipt: jsonb("receipt"),
    failure: jsonb("failure"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("proposals_state").on(table.tenant, table.state),
    index("proposals_thread").on(table.tenant, table.thread),
    uniqueIndex("proposals_key").on(table.idempotencyKey),
    /** The same write is not asked for twice in a thread while it waits. */
    uniqueIndex("proposals_once")
      .on(table.tenant, sql`coalesce(${table.thread}, '')`, table.digest)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/** One verdict of one person on one exact input. */
export const decisions = pgTable(
  "decisions",
  {
    id: text("id").primaryKey(),
    tenant: text("tenant").notNull(),
    proposal: text("proposal")
      .notNull()
      .references(() => proposals.id),
    digest: text("digest").notNull(),
    person: text("person").notNull(),
    verdict: text("verdict", { enum: ["approve", "reject"] }).notNull(),
    reason: text("reason"),
    channel: text("channel").notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("decisions_once").on(table.proposal, table.person)],
);

/** Append-only (a trigger refuses update, delete and truncate) and chained: hash = SHA-256(previous ‖ canonical entry). */
export const ledger = pgTable(
  "ledger",
  {
    tenant: text("tenant").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    kind: text("kind").notNull(),
    actor: text("actor").notNull(),
    subject: text("subject").notNull(),
    data: jsonb("data").notNull(),
    /** ISO 8601 text, exactly as hashed. */
    at: text("at").notNull(),
    previous: text("previous").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.seq] })],
);

/** The end of each tenant's chain, kept by a trigger of its own beside the ledger; it never goes back. */
export const ledgerHeads = pgTable("ledger_heads", {
  tenant: text("tenant").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});
