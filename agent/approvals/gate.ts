/** What all of the gate stands on, and how its rows are read. */
import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { Executor } from "../../db/rows.ts";
import { decisions, people, proposals, roles } from "../../db/schema/index.ts";
import type { Preview, ProposalCard, Risk } from "../../tools/define.ts";
import { ProposalNotFoundError } from "./errors.ts";
import type { LedgerHead } from "./ledger-head.ts";

export type ProposalRow = typeof proposals.$inferSelect;
export type DecisionRow = typeof decisions.$inferSelect;

export interface Gate {
  readonly database: Database;
  /** Where the end of the ledger's chain is kept outside the table. */
  readonly head: LedgerHead;
}

/** @throws ProposalNotFoundError, also for another tenant's. */
export async function findProposal(database: Database, tenant: string, id: string): Promise<ProposalRow> {
  const [row] = await database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.id, id)));
  if (row === undefined) throw new ProposalNotFoundError(id);
  return row;
}

/** Ids to update, locked in one order, so that two updates of several rows never wait for each other. */
export const lockedIds = (transaction: Executor, where: SQL | undefined) =>
  transaction
    .select({ id: proposals.id })
    .from(proposals)
    .where(where)
    .orderBy(asc(proposals.id))
    .for("update");

/** A tenant's proposals, the newest first. */
export function listProposals(database: Database, tenant: string, state?: string): Promise<ProposalRow[]> {
  return database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), state === undefined ? undefined : eq(proposals.state, state)))
    .orderBy(desc(proposals.createdAt), proposals.id);
}

/** The oldest first. */
export function decisionsOn(database: Database, row: ProposalRow): Promise<DecisionRow[]> {
  return database
    .select()
    .from(decisions)
    .where(and(eq(decisions.tenant, row.tenant), eq(decisions.proposal, row.id)))
    .orderBy(asc(decisions.createdAt));
}

/** What an approver sees. `approvers` are the people who may decide; the role stands for them where not given. */
export function toCard(row: ProposalRow, approvers: readonly string[] = [row.approverRole]): ProposalCard {
  return {
    id: row.id,
    state: row.state,
    tool: row.tool,
    risk: row.risk as Risk,
    digest: row.digest,
    summary: row.summary,
    preview: row.preview as Preview,
    input: row.input,
    requester: row.requester,
    approvers,
    policy: row.policy,
    expires: row.expiresAt.toISOString(),
    ...(row.receipt === null ? {} : { receipt: row.receipt }),
  };
}

/** Cards with the ids of the people who may decide: the role's holders without the requester. */
export async function toCards(database: Database, rows: readonly ProposalRow[]): Promise<ProposalCard[]> {
  if (rows.length === 0) return [];
  const holders = await database
    .select({ tenant: roles.tenant, role: roles.role, person: roles.person })
    .from(roles)
    .innerJoin(people, and(eq(people.tenant, roles.tenant), eq(people.id, roles.person), people.active))
    .where(inArray(roles.tenant, [...new Set(rows.map(({ tenant }) => tenant))]))
    .orderBy(asc(roles.person));
  return rows.map((row) => {
    const mayDecide = holders.filter(
      ({ tenant, role, person }) =>
        tenant === row.tenant && role === row.approverRole && person !== row.requester,
    );
    return toCard(
      row,
      mayDecide.map(({ person }) => person),
    );
  });
}
