/** Writes down what came of an execution: the row, what follows from it, and the ledger, in one transaction. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { proposals, watches } from "../../db/schema/index.ts";
import { toProblem } from "../../errors.ts";
import type { Preview, Receipt } from "../../tools/define.ts";
import { storedForm } from "./digest.ts";
import { findProposal, type Gate, type ProposalRow } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";

export type Outcome =
  | { readonly state: "executed"; readonly receipt: Receipt }
  | { readonly state: "failed" | "in-doubt"; readonly error: unknown };

/** Does nothing when another attempt was recorded meanwhile. Returns the row as it stands. */
export async function record(gate: Gate, row: ProposalRow, outcome: Outcome): Promise<ProposalRow> {
  const { database } = gate;
  await database.transaction(async (transaction) => {
    const [recorded] = await transaction
      .update(proposals)
      .set(
        outcome.state === "executed"
          ? { state: "executed", receipt: storedForm(outcome.receipt) }
          : { state: outcome.state, failure: toProblem(outcome.error) },
      )
      .where(
        and(
          eq(proposals.tenant, row.tenant),
          eq(proposals.id, row.id),
          inArray(proposals.state, ["executing", "in-doubt"]),
          eq(proposals.attempts, row.attempts),
        ),
      )
      .returning();
    if (recorded === undefined) return;
    if (recorded.state === "executed") await followUp(transaction, recorded);
    await appendLedger(transaction, ledgerEntry(recorded));
  });
  await publishHead(gate, row.tenant);
  return findProposal(database, row.tenant, row.id);
}

type Transaction = Parameters<Parameters<Gate["database"]["transaction"]>[0]>[0];

/** What was promised is watched; what was taken back is marked. */
async function followUp(transaction: Transaction, row: ProposalRow): Promise<void> {
  const { promise } = row.preview as Preview;
  if (promise !== undefined) {
    await transaction.insert(watches).values({
      id: `w_${row.id}`,
      tenant: row.tenant,
      kind: "promise",
      log: promise.log,
      proposal: row.id,
      thread: row.thread,
      definition: promise,
      since: sql`(select last_event from logs where tenant = ${row.tenant} and id = ${promise.log})`,
    });
  }
  if (row.undoes !== null) {
    await transaction
      .update(proposals)
      .set({ state: "undone" })
      .where(
        and(eq(proposals.tenant, row.tenant), eq(proposals.id, row.undoes), eq(proposals.state, "executed")),
      );
  }
}

const ledgerEntry = (row: ProposalRow) => ({
  tenant: row.tenant,
  kind: `execution-${row.state}`,
  actor: "executor",
  subject: row.id,
  data: {
    digest: row.digest,
    attempt: row.attempts,
    receipt: row.receipt,
    failure: row.failure,
    undoes: row.undoes,
  },
});
