/** Reads of proposals for the tools that talk about them. Deciding is not theirs (agent/approvals/decide.ts). */
import { and, asc, desc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { decisions, people, proposals, roles } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import type { Person, Preview, ToolContext } from "../define.ts";

export type ProposalRow = typeof proposals.$inferSelect;
export type DecisionRow = typeof decisions.$inferSelect;

export class ProposalUnknownError extends MillwrightError {
  constructor(id: string, waiting: readonly string[]) {
    super("proposal-unknown", 404, `There is no proposal "${id}"`, {
      value: id,
      expected: waiting.length > 0 ? `one of those that wait: ${waiting.join(", ")}` : "none waits now",
      remedy: 'Ask "what is waiting for approval?"',
    });
  }
}

type Scope = Pick<ToolContext, "database" | "tenant">;

/** Pending and not lapsed by the database's clock. */
const waiting = (tenant: string): SQL =>
  and(
    eq(proposals.tenant, tenant),
    eq(proposals.state, "pending"),
    gt(proposals.expiresAt, sql`clock_timestamp()`),
  )!;

export const waitingProposals = ({ database, tenant }: Scope): Promise<ProposalRow[]> =>
  database
    .select()
    .from(proposals)
    .where(waiting(tenant))
    .orderBy(asc(proposals.expiresAt), asc(proposals.id));

/** By its id or, where only one begins so, by the id's beginning. */
export async function findProposal({ database, tenant }: Scope, id: string): Promise<ProposalRow> {
  const prefix = `${id.replace(/[\\%_]/gu, "\\$&")}%`;
  const rows = await database
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.tenant, tenant),
        or(
          eq(proposals.id, id),
          sql`${proposals.id} like ${prefix}`,
          sql`${proposals.id} like ${`p\\_${prefix}`}`,
        ),
      ),
    )
    .orderBy(desc(proposals.createdAt))
    .limit(2);
  const exact = rows.find((row) => row.id === id);
  const only = rows.length === 1 ? rows[0] : undefined;
  const found = exact ?? only;
  if (found) return found;
  const open = await waitingProposals({ database, tenant });
  throw new ProposalUnknownError(
    id,
    open.slice(0, 5).map((row) => row.id),
  );
}

export const decisionsOn = ({ database, tenant }: Scope, proposal: string): Promise<DecisionRow[]> =>
  database
    .select()
    .from(decisions)
    .where(and(eq(decisions.tenant, tenant), eq(decisions.proposal, proposal)))
    .orderBy(asc(decisions.createdAt));

/** Names of those who may decide: active, with the role, not the requester. */
export async function approversOf({ database, tenant }: Scope, row: ProposalRow): Promise<string[]> {
  const found = await database
    .select({ id: people.id, name: people.name })
    .from(people)
    .innerJoin(roles, and(eq(roles.tenant, people.tenant), eq(roles.person, people.id)))
    .where(and(eq(people.tenant, tenant), eq(people.active, true), eq(roles.role, row.approverRole)))
    .orderBy(asc(people.id));
  return found.filter(({ id }) => id !== row.requester).map(({ name }) => name);
}

export const mayDecide = (person: Person | null, row: ProposalRow): boolean =>
  person !== null && person.id !== row.requester && person.roles.some((role) => role === row.approverRole);

/** The preview as it was stored with the proposal, by code that wrote a `Preview`. */
export const previewOf = (row: ProposalRow): Preview => row.preview as Preview;
