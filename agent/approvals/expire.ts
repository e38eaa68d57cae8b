import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { proposals } from "../../db/schema/index.ts";
import { type Gate, lockedIds, type ProposalRow } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";

/** Marks what waited too long, by the database's clock. Run it from time to time; `decide` does not depend on it. */
export async function expireProposals(gate: Gate, tenant: string): Promise<ProposalRow[]> {
  const rows = await gate.database.transaction(async (transaction) => {
    const expired = await transaction
      .update(proposals)
      .set({ state: "expired" })
      .where(
        inArray(
          proposals.id,
          lockedIds(
            transaction,
            and(
              eq(proposals.tenant, tenant),
              eq(proposals.state, "pending"),
              lte(proposals.expiresAt, sql`clock_timestamp()`),
            ),
          ),
        ),
      )
      .returning();
    for (const { id, digest, expiresAt } of expired) {
      await appendLedger(transaction, {
        tenant,
        kind: "proposal-expired",
        actor: "system",
        subject: id,
        data: { digest, expired: expiresAt.toISOString() },
      });
    }
    return expired;
  });
  if (rows.length > 0) await publishHead(gate, tenant);
  return rows;
}
