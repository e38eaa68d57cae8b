/** A write that was rejected stays rejected for a while, unless what speaks for it has changed. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Executor } from "../../db/rows.ts";
import { decisions, people, proposals } from "../../db/schema/index.ts";
import type { Preview } from "../../tools/define.ts";
import { contentHash } from "../evidence/canonical.ts";
import { ProposalRejectedBeforeError } from "./errors.ts";

/** For how long, in days of the database's clock. */
const standingDays = 30;

/**
 * Hex SHA-256 over what an approver decides on: the figures behind the proposal, what changes and how much is affected.
 * Where a figure came from is left out: a log that grew, but says the same, is the same evidence.
 */
export function evidenceHash({ facts, changes, affected, money, promise }: Preview): string {
  return contentHash({
    facts: facts.map(({ label, unit, value }) => ({ label, unit, value })),
    changes,
    affected: { count: affected.count, unit: affected.unit },
    money: money ?? null,
    promise: promise ?? null,
  });
}

interface Asked {
  readonly tenant: string;
  readonly digest: string;
  readonly preview: unknown;
}

/** @throws ProposalRejectedBeforeError for the first of them that was rejected on the same evidence within 30 days. */
export async function refuseRejected(database: Executor, asked: readonly Asked[]): Promise<void> {
  for (const { tenant, digest, preview } of asked) {
    const evidence = evidenceHash(preview as Preview);
    const rejections = await rejectionsOf(database, tenant, digest);
    const same = rejections.find((rejection) => evidenceHash(rejection.preview as Preview) === evidence);
    if (same !== undefined) throw new ProposalRejectedBeforeError(same);
  }
}

/** The newest first. */
function rejectionsOf(database: Executor, tenant: string, digest: string) {
  const ends = sql`(${decisions.createdAt} + ${standingDays} * interval '1 day')`;
  return database
    .select({
      proposal: proposals.id,
      preview: proposals.preview,
      by: sql<string>`coalesce(${people.name}, ${decisions.person})`,
      reason: decisions.reason,
      at: decisions.createdAt,
      until: sql<string>`to_char(${ends} at time zone 'UTC', 'YYYY-MM-DD')`,
    })
    .from(proposals)
    .innerJoin(decisions, and(eq(decisions.proposal, proposals.id), eq(decisions.verdict, "reject")))
    .leftJoin(people, and(eq(people.tenant, decisions.tenant), eq(people.id, decisions.person)))
    .where(
      and(
        eq(proposals.tenant, tenant),
        eq(proposals.state, "rejected"),
        eq(proposals.digest, digest),
        sql`${ends} > clock_timestamp()`,
      ),
    )
    .orderBy(desc(decisions.createdAt));
}
