/**
 * The one executor. It claims an approved proposal, makes sure that the input is the one that was approved, acts with
 * the proposal's idempotency key and records what happened. Nothing else builds a `WriteContext`.
 */
import { and, eq, sql } from "drizzle-orm";
import { proposals } from "../../db/schema/index.ts";
import { MillwrightError, toProblem } from "../../errors.ts";
import type { Reconciliation, Tool, ToolContext, WriteContext, WriteTool } from "../../tools/define.ts";
import { isWrite } from "../../tools/define.ts";
import { proposalDigest } from "./digest.ts";
import { DigestMismatchError, ExecutionRefusedError, OutcomeUnknownError } from "./errors.ts";
import { findProposal, type Gate, type ProposalRow } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";
import { type Outcome, record } from "./record.ts";

/** Between which steps a test may end the process. */
export type CrashPoint =
  | "before-claim"
  | "after-claim"
  | "before-act"
  | "after-act"
  | "before-record"
  | "after-record";

export interface ExecutorPorts {
  readonly gate: Gate;
  findTool(name: string): Tool | undefined;
  /** The context of whoever asked, as it is now. */
  makeContext(proposal: ProposalRow): Promise<ToolContext>;
  /** Names this process among those on the database; a new one at every start. */
  readonly executor: string;
  /** How long a claim holds when its executor stops renewing it; 60 s when absent. */
  readonly leaseSeconds?: number;
  /** Failures of the lease's renewal, which nobody waits for. */
  report(error: unknown, where: string): void;
  /** Runs an execution as a trace of its own; not traced where it is absent. */
  trace?<Result>(
    row: ProposalRow,
    work: (running: { set(attributes: { "millwright.proposal.state": string }): void }) => Promise<Result>,
  ): Promise<Result>;
  /** Called at each point; tests end the process there. */
  crash?(point: CrashPoint): void | Promise<void>;
}

const defaultLeaseSeconds = 60;
export const leaseOf = (ports: ExecutorPorts): number => ports.leaseSeconds ?? defaultLeaseSeconds;

/**
 * Carries an approved proposal out, once: whoever claims it executes it, everybody else gets the row as it stands.
 * A failure of the tool becomes the state `failed` (or `in-doubt`), not an exception.
 * @throws ProposalNotFoundError
 */
export async function execute(ports: ExecutorPorts, tenant: string, id: string): Promise<ProposalRow> {
  await ports.crash?.("before-claim");
  const claimed = await claim(ports, tenant, id);
  if (claimed === null) return findProposal(ports.gate.database, tenant, id);
  await ports.crash?.("after-claim");
  return act(ports, claimed);
}

/** Acts on a claimed row and records the outcome; recovery comes in here too. */
export async function act(ports: ExecutorPorts, row: ProposalRow): Promise<ProposalRow> {
  const lease = renewing(ports, row);
  try {
    const outcome = await outcomeOf(ports, row);
    await ports.crash?.("before-record");
    const recorded = await record(ports.gate, row, outcome);
    await ports.crash?.("after-record");
    return recorded;
  } finally {
    clearInterval(lease);
  }
}

/** approved → executing, by this executor. Null when somebody else has it, or it is not approved. */
async function claim(ports: ExecutorPorts, tenant: string, id: string): Promise<ProposalRow | null> {
  const row = await ports.gate.database.transaction(async (transaction) => {
    const [claimed] = await transaction
      .update(proposals)
      .set({
        state: "executing",
        executor: ports.executor,
        claimedAt: sql`clock_timestamp()`,
        claimedUntil: sql`clock_timestamp() + ${leaseOf(ports)} * interval '1 second'`,
        attempts: sql`${proposals.attempts} + 1`,
      })
      .where(and(eq(proposals.tenant, tenant), eq(proposals.id, id), eq(proposals.state, "approved")))
      .returning();
    if (claimed === undefined) return null;
    await appendLedger(transaction, {
      tenant,
      kind: "execution-started",
      actor: "executor",
      subject: id,
      data: { digest: claimed.digest, attempt: claimed.attempts },
    });
    return claimed;
  });
  if (row !== null) await publishHead(ports.gate, tenant);
  return row;
}

function renewing(ports: ExecutorPorts, row: ProposalRow): NodeJS.Timeout {
  const seconds = leaseOf(ports);
  const renew = async (): Promise<void> => {
    await ports.gate.database
      .update(proposals)
      .set({ claimedUntil: sql`clock_timestamp() + ${seconds} * interval '1 second'` })
      .where(
        and(
          eq(proposals.id, row.id),
          eq(proposals.executor, ports.executor),
          eq(proposals.state, "executing"),
        ),
      );
  };
  const timer = setInterval(
    () => renew().catch((error: unknown) => ports.report(error, `renewing the claim on ${row.id}`)),
    (seconds * 1_000) / 3,
  );
  return timer.unref();
}

async function outcomeOf(ports: ExecutorPorts, row: ProposalRow): Promise<Outcome> {
  const prepared = await prepare(ports, row).catch((error: unknown) => ({ error }));
  if ("error" in prepared) return { state: "failed", error: prepared.error };
  const { tool, context } = prepared;
  try {
    await ports.crash?.("before-act");
    const receipt = await tool.execute(row.input, context);
    await ports.crash?.("after-act");
    return { state: "executed", receipt };
  } catch (error) {
    return afterFailure(tool, row, context, error);
  }
}

/** A call that failed may have had its effect: whoever can be asked is asked. */
async function afterFailure(
  tool: WriteTool,
  row: ProposalRow,
  context: WriteContext,
  error: unknown,
): Promise<Outcome> {
  if (error instanceof MillwrightError && error.noEffect) return { state: "failed", error };
  if (tool.reconcile === undefined) {
    const unknown = tool.risk === "irreversible" || error instanceof OutcomeUnknownError;
    return { state: unknown ? "in-doubt" : "failed", error };
  }
  const answer = await reconcile(tool, row, context);
  if (answer.state === "done") return { state: "executed", receipt: answer.receipt };
  return { state: answer.state === "not-done" ? "failed" : "in-doubt", error };
}

/** Asks the other side by key; not being able to ask is not knowing. */
export async function reconcile(
  tool: WriteTool,
  row: ProposalRow,
  context: WriteContext,
): Promise<Reconciliation> {
  if (tool.reconcile === undefined) return { state: "unknown", reason: `${tool.name} cannot be asked` };
  try {
    return await tool.reconcile(row.input, context);
  } catch (error) {
    return { state: "unknown", reason: toProblem(error).detail };
  }
}

/**
 * The tool and its context, once the stored input is shown to be what was approved.
 * @throws DigestMismatchError, ExecutionRefusedError
 */
export async function prepare(
  ports: ExecutorPorts,
  row: ProposalRow,
): Promise<{ tool: WriteTool; context: WriteContext }> {
  const { tenant, tool: name, toolVersion: version, input } = row;
  const digest = proposalDigest({ tenant, tool: name, version, input });
  if (digest !== row.digest) throw new DigestMismatchError(row.id, row.digest, digest);
  const tool = ports.findTool(name);
  if (tool === undefined || !isWrite(tool)) throw new ExecutionRefusedError(row.id, `${name} is not there`);
  if (tool.version !== version || tool.risk !== row.risk) {
    throw new ExecutionRefusedError(
      row.id,
      `${name} is not the ${name} that was approved (version ${version})`,
    );
  }
  const context = await ports.makeContext(row);
  return { tool, context: writeContext(context, row) };
}

/** The brand exists in the types only. */
const writeContext = (context: ToolContext, row: ProposalRow): WriteContext =>
  ({ ...context, proposal: row.id, idempotencyKey: row.idempotencyKey }) as WriteContext;
