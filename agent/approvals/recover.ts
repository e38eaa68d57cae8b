/**
 * After a crash. What was approved and not begun is executed; what was begun by an executor that is gone becomes
 * `in-doubt`, and the other side is asked by key. An irreversible action is never tried again.
 */
import { and, eq, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { isEmbedded } from "../../db/queries/embedded.ts";
import { proposals } from "../../db/schema/index.ts";
import type { WriteTool } from "../../tools/define.ts";
import { ExecutionRefusedError, OutcomeUnknownError } from "./errors.ts";
import { act, type ExecutorPorts, execute, leaseOf, prepare, reconcile } from "./execute.ts";
import { lockedIds, type ProposalRow } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";
import { record } from "./record.ts";

export interface RecoverOptions {
  readonly tenant: string;
  /**
   * This is the only process on the database: every other executor is gone, whatever its lease says. True on the
   * embedded database when absent.
   */
  readonly alone?: boolean;
}

/** Returns what it brought to an end or left in doubt. Run it at start and from time to time, in any number of processes. */
export async function recover(ports: ExecutorPorts, asked: RecoverOptions): Promise<ProposalRow[]> {
  const options = { ...asked, alone: asked.alone ?? (await isEmbedded(ports.gate.database)) };
  await markInDoubt(ports, options);
  const doubtful = await take(ports, options);
  const settled: ProposalRow[] = [];
  for (const row of doubtful) settled.push(await resolve(ports, row));
  for (const id of await approvedNotBegun(ports, options.tenant)) {
    settled.push(await execute(ports, options.tenant, id));
  }
  return settled;
}

/** Whose executor cannot come back: its lease ran out, or it was not this one where this is the only process. */
function abandoned(ports: ExecutorPorts, { alone = false }: RecoverOptions): SQL | undefined {
  const lapsed = or(isNull(proposals.claimedUntil), lt(proposals.claimedUntil, sql`clock_timestamp()`));
  return alone ? or(lapsed, isNull(proposals.executor), ne(proposals.executor, ports.executor)) : lapsed;
}

async function markInDoubt(ports: ExecutorPorts, options: RecoverOptions): Promise<void> {
  const { tenant } = options;
  const marked = await ports.gate.database.transaction(async (transaction) => {
    const rows = await transaction
      .update(proposals)
      .set({ state: "in-doubt" })
      .where(
        inArray(
          proposals.id,
          lockedIds(
            transaction,
            and(eq(proposals.tenant, tenant), eq(proposals.state, "executing"), abandoned(ports, options)),
          ),
        ),
      )
      .returning();
    for (const { id, digest, executor, attempts } of rows) {
      await appendLedger(transaction, {
        tenant,
        kind: "execution-in-doubt",
        actor: "executor",
        subject: id,
        data: { digest, executor, attempt: attempts },
      });
    }
    return rows.length;
  });
  if (marked > 0) await publishHead(ports.gate, tenant);
}

/** Takes the doubtful ones over, so that one process resolves each. */
function take(ports: ExecutorPorts, options: RecoverOptions): Promise<ProposalRow[]> {
  return ports.gate.database
    .update(proposals)
    .set({
      executor: ports.executor,
      claimedUntil: sql`clock_timestamp() + ${leaseOf(ports)} * interval '1 second'`,
    })
    .where(
      and(eq(proposals.tenant, options.tenant), eq(proposals.state, "in-doubt"), abandoned(ports, options)),
    )
    .returning();
}

async function resolve(ports: ExecutorPorts, row: ProposalRow): Promise<ProposalRow> {
  const prepared = await prepare(ports, row).catch((error: unknown) => ({ error }));
  if ("error" in prepared) return stillInDoubt(ports, row, prepared.error);
  const answer = await reconcile(prepared.tool, row, prepared.context);
  if (answer.state === "done") return record(ports.gate, row, { state: "executed", receipt: answer.receipt });
  if (answer.state === "unknown") {
    return stillInDoubt(ports, row, new OutcomeUnknownError(row.id, answer.reason));
  }
  if (!mayRepeat(prepared.tool, row)) {
    const reason = "it was interrupted before it took effect, and is not tried again by itself";
    return record(ports.gate, row, { state: "failed", error: new ExecutionRefusedError(row.id, reason) });
  }
  const again = await beginAgain(ports, row);
  return again === null ? row : act(ports, again);
}

/** Said once; asking again and hearing the same is no news. */
async function stillInDoubt(ports: ExecutorPorts, row: ProposalRow, error: unknown): Promise<ProposalRow> {
  return row.failure === null ? record(ports.gate, row, { state: "in-doubt", error }) : row;
}

const mayRepeat = (tool: WriteTool, row: ProposalRow): boolean =>
  tool.risk === "write" && (tool.repeatable?.(row.input) ?? false);

/** in-doubt → executing under the same key; the database refuses it for what is irreversible. */
async function beginAgain(ports: ExecutorPorts, row: ProposalRow): Promise<ProposalRow | null> {
  const [again] = await ports.gate.database
    .update(proposals)
    .set({
      state: "executing",
      claimedAt: sql`clock_timestamp()`,
      attempts: sql`${proposals.attempts} + 1`,
    })
    .where(
      and(
        eq(proposals.tenant, row.tenant),
        eq(proposals.id, row.id),
        eq(proposals.state, "in-doubt"),
        eq(proposals.executor, ports.executor),
        eq(proposals.attempts, row.attempts),
      ),
    )
    .returning();
  return again ?? null;
}

async function approvedNotBegun(ports: ExecutorPorts, tenant: string): Promise<string[]> {
  const rows = await ports.gate.database
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.state, "approved")))
    .orderBy(proposals.createdAt);
  return rows.map(({ id }) => id);
}
