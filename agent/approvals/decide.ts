/**
 * One verdict of one person on one exact input. The row decides: every condition stands in the statement and, once more,
 * in the database's triggers, so it is the same call for every channel and safe from any number of processes.
 */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { type Executor, rowsOf } from "../../db/rows.ts";
import { decisions } from "../../db/schema/index.ts";
import type { Person } from "../../tools/define.ts";
import type { DecideRequest, DecideResult } from "../service.ts";
import {
  AlreadyDecidedError,
  DecisionNotAllowedError,
  DigestMismatchError,
  ProposalExpiredError,
  ProposalSupersededError,
} from "./errors.ts";
import { type DecisionRow, decisionsOn, findProposal, type Gate, type ProposalRow, toCards } from "./gate.ts";
import { appendLedger, publishHead } from "./ledger.ts";
import { isRefusal } from "./refusal.ts";

interface Verdict {
  readonly row: ProposalRow;
  readonly person: Person;
  readonly verdict: DecideRequest["verdict"];
  readonly reason: string | null;
  readonly channel: string;
}

/**
 * Records a decision. With enough approvals the proposal is `approved` (execute it next), with one rejection `rejected`.
 * @throws ProposalNotFoundError, DecisionNotAllowedError, DigestMismatchError, ProposalExpiredError,
 *   ProposalSupersededError, AlreadyDecidedError
 */
export async function decide(gate: Gate, request: DecideRequest): Promise<DecideResult> {
  const row = await findProposal(gate.database, request.tenant, request.proposal);
  const person = await allowed(gate.database, row, request);
  if (request.digest !== undefined && request.digest !== row.digest) {
    throw new DigestMismatchError(row.id, request.digest, row.digest);
  }
  const reason = request.reason?.toWellFormed().replaceAll("\0", "").trim() || null;
  const verdict = { row, person, verdict: request.verdict, reason, channel: request.channel };
  const already = !(await take(gate, verdict));
  return resultOf(gate.database, row, already);
}

/** False when the same person said the same before. */
async function take(gate: Gate, verdict: Verdict): Promise<boolean> {
  try {
    await gate.database.transaction((transaction) => record(transaction, verdict));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await explain(gate.database, verdict, error);
    return false;
  }
  await publishHead(gate, verdict.row.tenant);
  return true;
}

async function record(transaction: Executor, verdict: Verdict): Promise<void> {
  const { row, person, reason, channel } = verdict;
  await transaction.insert(decisions).values({
    id: randomUUID(),
    tenant: row.tenant,
    proposal: row.id,
    digest: row.digest,
    person: person.id,
    verdict: verdict.verdict,
    reason,
    channel,
  });
  const state = await settle(transaction, verdict);
  await appendLedger(transaction, {
    tenant: row.tenant,
    kind: `decision-${verdict.verdict}`,
    actor: person.id,
    subject: row.id,
    data: { digest: row.digest, reason, channel, state },
  });
}

/** The one update: this proposal, this digest, still waiting, not lapsed, by one who may. Returns the state after it. */
async function settle(transaction: Executor, { row, person, verdict }: Verdict): Promise<string> {
  const [settled] = await rowsOf<{ state: string }>(
    transaction,
    sql`
      update proposals p set state = case
        when ${verdict}::text = 'reject' then 'rejected'
        when valid_approvals(p) >= p.quorum then 'approved'
        else 'pending' end
      where p.tenant = ${row.tenant} and p.id = ${row.id} and p.digest = ${row.digest}
        and p.state = 'pending' and p.expires_at > clock_timestamp() and p.requester <> ${person.id}
        and exists (
          select from roles r where r.tenant = p.tenant and r.person = ${person.id} and r.role = p.approver_role)
      returning p.state`,
  );
  // The trigger on decisions holds the row's lock since the insert above, so only the clock can have moved on.
  if (settled === undefined) throw new ProposalExpiredError(row.id, row.expiresAt.toISOString());
  return settled.state;
}

/** A person of the tenant, active, with the role, who did not ask for it. The database's word counts, not the caller's. */
async function allowed(database: Database, row: ProposalRow, request: DecideRequest): Promise<Person> {
  const { person } = request;
  const expected = `a person with the role ${row.approverRole} who is not ${row.requester}`;
  const refuse = (reason: string): never => {
    throw new DecisionNotAllowedError(person?.id ?? null, row.id, reason, expected);
  };
  if (person === null) return refuse("nobody has signed in");
  if (person.tenant !== row.tenant) return refuse("that person belongs to another tenant");
  if (person.id === row.requester) return refuse("whoever asks for a change does not decide on it");
  const [holds] = await rowsOf<{ known: boolean; holds: boolean }>(
    database,
    sql`
      select true as known, exists (
        select from roles r where r.tenant = p.tenant and r.person = p.id and r.role = ${row.approverRole}) as holds
      from people p where p.tenant = ${row.tenant} and p.id = ${person.id} and p.active`,
  );
  if (holds === undefined) return refuse("that person is not known here");
  if (!holds.holds) return refuse(`the role ${row.approverRole} is needed`);
  return person;
}

/** Why the database refused: returns when there was nothing left to do, throws what a person should hear otherwise. */
async function explain(database: Database, { row, person, verdict }: Verdict, cause: unknown): Promise<void> {
  const [now, taken] = [await findProposal(database, row.tenant, row.id), await decisionsOn(database, row)];
  const own = taken.find((decision) => decision.person === person.id);
  if (own?.verdict === verdict) return;
  if (own !== undefined) throw decidedBy(own);
  if (now.state === "superseded") throw new ProposalSupersededError(row.id, now.supersededBy);
  const last = taken.at(-1);
  if (now.state !== "pending" && now.state !== "expired" && last !== undefined) throw decidedBy(last);
  if (now.state === "expired" || (await isLapsed(database, now))) {
    throw new ProposalExpiredError(row.id, row.expiresAt.toISOString());
  }
  throw cause;
}

const decidedBy = ({ proposal, person, verdict, createdAt }: DecisionRow): AlreadyDecidedError =>
  new AlreadyDecidedError(proposal, person, verdict, createdAt.toISOString());

async function isLapsed(database: Database, row: ProposalRow): Promise<boolean> {
  const [clock] = await rowsOf<{ lapsed: boolean }>(
    database,
    sql`select expires_at <= clock_timestamp() as lapsed from proposals where id = ${row.id}`,
  );
  return clock?.lapsed ?? false;
}

async function resultOf(database: Database, row: ProposalRow, already: boolean): Promise<DecideResult> {
  const [card] = await toCards(database, [await findProposal(database, row.tenant, row.id)]);
  const taken = await decisionsOn(database, row);
  return {
    proposal: card!,
    already,
    decisions: taken.map(({ person, verdict, createdAt, reason }) => ({
      person,
      verdict,
      at: createdAt.toISOString(),
      reason,
    })),
  };
}
