/** Makes proposals: what a write would do, shown by its own dry run, waits as a row until somebody decides. */
import { randomUUID } from "node:crypto";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { Executor } from "../../db/rows.ts";
import { facts, proposals } from "../../db/schema/index.ts";
import type { Preview, Receipt, Tool, ToolContext, WriteTool } from "../../tools/define.ts";
import { isWrite } from "../../tools/define.ts";
import { NotAllowedError } from "../errors.ts";
import { withItsLog } from "./complete.ts";
import { proposalDigest, storedForm } from "./digest.ts";
import { ExecutionRefusedError, ProposalInputError } from "./errors.ts";
import { expireProposals } from "./expire.ts";
import { findProposal, type Gate, lockedIds, type ProposalRow } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";
import { type ApprovalPolicy, defaultPolicies, policyFor } from "./policy.ts";
import { refuseRejected } from "./rejected-before.ts";

export interface WriteRequest {
  readonly tool: WriteTool;
  readonly input: unknown;
  /** The executed proposal that this one takes back. */
  readonly undoes?: string;
}

export interface ProposalBatch {
  readonly requests: readonly WriteRequest[];
  /** Whoever asks, where: the dry runs get it. `person` becomes the requester. */
  readonly context: ToolContext;
  readonly turn?: string;
  readonly policies?: readonly ApprovalPolicy[];
}

type NewProposal = Omit<typeof proposals.$inferInsert, "expiresAt"> & { readonly expiresAt: SQL };

/**
 * Makes a proposal of each request, in their order, or none of them. Where the same write waits in the thread already,
 * that one is returned and nothing is made.
 * @throws NotAllowedError for a viewer without a name, or a tool that is not for the person's roles.
 * @throws ProposalInputError for an input that does not fit the tool.
 * @throws ProposalRejectedBeforeError for a write that was rejected on the same evidence within 30 days.
 */
export async function createProposals(gate: Gate, batch: ProposalBatch): Promise<ProposalRow[]> {
  const { tenant, thread } = batch.context;
  const drafts: NewProposal[] = [];
  for (const request of batch.requests) drafts.push(await draft(request, batch));
  await expireProposals(gate, tenant);
  const rows = await gate.database.transaction(async (transaction) => {
    await refuseRejected(transaction, drafts);
    const made = await insertMissing(transaction, drafts);
    for (const row of made) await recordCreation(transaction, row);
    return made;
  });
  if (rows.length > 0) await publishHead(gate, tenant);
  return inOrder(gate.database, { tenant, thread }, drafts, rows);
}

async function draft({ tool, input, undoes }: WriteRequest, batch: ProposalBatch): Promise<NewProposal> {
  const { context } = batch;
  const { tenant, thread } = context;
  const requester = requesterOf(tool, context);
  const checked = await withItsLog(tool, checkedInput(tool, input), context);
  const stored = storedForm(checked);
  const preview = await tool.preview(checked, context);
  const policy = policyFor(tool, batch.policies ?? defaultPolicies);
  return {
    id: `p_${randomUUID()}`,
    tenant,
    thread,
    turn: batch.turn ?? null,
    tool: tool.name,
    toolVersion: tool.version,
    risk: tool.risk,
    input: stored,
    digest: proposalDigest({ tenant, tool: tool.name, version: tool.version, input: stored }),
    zone: context.zone,
    summary: preview.summary,
    preview: storedForm(preview),
    requester,
    policy: policy.words,
    quorum: policy.quorum,
    approverRole: policy.role,
    expiresAt: sql`clock_timestamp() + ${policy.hours} * interval '1 hour'`,
    undoes: undoes ?? null,
    idempotencyKey: randomUUID(),
  };
}

function requesterOf(tool: WriteTool, { person }: ToolContext): string {
  if (person === null) {
    throw new NotAllowedError(`Asking for ${tool.name} needs a person who is known`, "a known person");
  }
  const { roles } = tool;
  if (roles !== undefined && !roles.some((role) => person.roles.includes(role))) {
    throw new NotAllowedError(`${person.id} may not ask for ${tool.name}`, `one of: ${roles.join(", ")}`);
  }
  return person.id;
}

function checkedInput(tool: WriteTool, input: unknown): unknown {
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "input"}: ${message}`,
    );
    throw new ProposalInputError(tool.name, problems.join("; "));
  }
  if (!isStorable(parsed.data)) {
    throw new ProposalInputError(tool.name, "text with a NUL or half of a character cannot be stored");
  }
  return parsed.data;
}

/** What is approved has to be what is kept: no text in it that the database, or the digest, would have to change. */
function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}

/** In the order of their digests, so that two batches that share writes wait for each other in one direction only. */
async function insertMissing(transaction: Executor, drafts: readonly NewProposal[]): Promise<ProposalRow[]> {
  const made: ProposalRow[] = [];
  for (const values of drafts.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))) {
    made.push(...(await transaction.insert(proposals).values(values).onConflictDoNothing().returning()));
  }
  return made;
}

async function recordCreation(transaction: Executor, row: ProposalRow): Promise<void> {
  const { tenant } = row;
  const preview = row.preview as Preview;
  if (preview.facts.length > 0) {
    await transaction
      .insert(facts)
      .values(preview.facts.map((fact) => ({ ...fact, tenant })))
      .onConflictDoNothing();
  }
  await appendLedger(transaction, {
    tenant,
    kind: "proposal-created",
    actor: row.requester,
    subject: row.id,
    data: {
      tool: row.tool,
      version: row.toolVersion,
      risk: row.risk,
      digest: row.digest,
      undoes: row.undoes,
    },
  });
}

/** For each draft the row that was made, or the one that waited already. */
async function inOrder(
  database: Database,
  { tenant, thread }: { tenant: string; thread: string | null },
  drafts: readonly NewProposal[],
  made: readonly ProposalRow[],
): Promise<ProposalRow[]> {
  const waiting = await database
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.tenant, tenant),
        sql`coalesce(${proposals.thread}, '') = ${thread ?? ""}`,
        inArray(
          proposals.digest,
          drafts.map(({ digest }) => digest),
        ),
      ),
    )
    .orderBy(sql`${proposals.state} = 'pending'`, proposals.createdAt);
  const newest = new Map([...waiting, ...made].map((row) => [row.digest, row]));
  return drafts.map(({ digest }) => newest.get(digest)!);
}

export interface Supersession {
  readonly tenant: string;
  /** Proposals that no longer stand; those that are decided and executed stay as they are. */
  readonly proposals: readonly string[];
  /** The proposal in their place; null when they were withdrawn. */
  readonly by: string | null;
  readonly person: string;
}

/** Marks what still waits as superseded, and returns those rows. */
export async function supersede(gate: Gate, change: Supersession): Promise<ProposalRow[]> {
  const { tenant, by, person } = change;
  if (change.proposals.length === 0) return [];
  const rows = await gate.database.transaction(async (transaction) => {
    const superseded = await transaction
      .update(proposals)
      .set({ state: "superseded", supersededBy: by })
      .where(
        inArray(
          proposals.id,
          lockedIds(
            transaction,
            and(
              eq(proposals.tenant, tenant),
              inArray(proposals.id, [...change.proposals]),
              inArray(proposals.state, ["pending", "approved"]),
            ),
          ),
        ),
      )
      .returning();
    for (const { id, digest } of superseded) {
      await appendLedger(transaction, {
        tenant,
        kind: "proposal-superseded",
        actor: person,
        subject: id,
        data: { digest, by },
      });
    }
    return superseded;
  });
  if (rows.length > 0) await publishHead(gate, tenant);
  return rows;
}

/**
 * Proposes to take an executed write back; through the same gate, with its own dry run.
 * @throws ExecutionRefusedError when it was not executed, or its tool cannot undo.
 */
export async function proposeUndo(
  gate: Gate,
  request: {
    proposal: string;
    context: ToolContext;
    findTool(name: string): Tool | undefined;
    turn?: string;
  },
): Promise<ProposalRow> {
  const { context, findTool, turn } = request;
  const row = await findProposal(gate.database, context.tenant, request.proposal);
  if (row.state !== "executed") throw new ExecutionRefusedError(row.id, `it is ${row.state}, not executed`);
  const tool = findTool(row.tool);
  if (tool === undefined || !isWrite(tool) || tool.undo === undefined) {
    throw new ExecutionRefusedError(row.id, `${row.tool} cannot be undone`);
  }
  const back = tool.undo(row.input, row.receipt as Receipt);
  if (back === null) throw new ExecutionRefusedError(row.id, "nothing can take it back");
  const undoing = findTool(back.tool);
  if (undoing === undefined || !isWrite(undoing)) {
    throw new ExecutionRefusedError(row.id, `its undo, ${back.tool}, is not there`);
  }
  const requests = [{ tool: undoing, input: back.input, undoes: row.id }];
  const [proposed] = await createProposals(gate, {
    requests,
    context,
    ...(turn === undefined ? {} : { turn }),
  });
  return proposed!;
}
