/** Proposals as the service sees them: who waits for whom, what was decided, and saying so in the thread. */
import { setTimeout } from "node:timers/promises";
import { and, desc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { events, proposals } from "../db/schema/index.ts";
import type { Person, ProposalCard } from "../tools/define.ts";
import { type ExecutorPorts, execute, leaseOf } from "./approvals/execute.ts";
import { expireProposals } from "./approvals/expire.ts";
import { decisionsOn, findProposal, type ProposalRow, toCards } from "./approvals/gate.ts";
import { appendOnce, type Body } from "./threads/events.ts";
import type { Live } from "./threads/live.ts";

const mostCards = 200;

/** The thread's proposals and those that the person may decide, newest first. */
export async function waitingFor(
  database: Database,
  tenant: string,
  thread: string,
  person: Person | null,
): Promise<readonly ProposalCard[]> {
  const roles = person === null || person.roles.length === 0 ? null : [...person.roles];
  const mine =
    person === null || roles === null
      ? undefined
      : and(
          eq(proposals.state, "pending"),
          inArray(proposals.approverRole, roles),
          ne(proposals.requester, person.id),
        );
  const rows = await database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), or(eq(proposals.thread, thread), mine)))
    .orderBy(desc(proposals.createdAt))
    .limit(50);
  return toCards(database, rows);
}

export interface ProposalServices {
  readonly ports: ExecutorPorts;
  readonly live: Live;
}

/** The tenant's proposals, newest first; what has lapsed is marked first. */
export async function listProposals(
  services: ProposalServices,
  tenant: string,
  state: string | undefined,
): Promise<readonly ProposalCard[]> {
  const { gate } = services.ports;
  for (const row of await expireProposals(gate, tenant)) await announce(services, row);
  const rows = await gate.database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), state === undefined ? undefined : eq(proposals.state, state)))
    .orderBy(desc(proposals.createdAt))
    .limit(mostCards);
  return toCards(gate.database, rows);
}

/** Executes what is approved and says in the thread what became of it; once, however often it is called. */
export async function settle(services: ProposalServices, tenant: string, id: string): Promise<ProposalRow> {
  const found = await findProposal(services.ports.gate.database, tenant, id);
  await announce(services, found);
  if (found.state !== "approved" && found.state !== "executing") return found;
  if (found.state === "approved") await executeTraced(services.ports, found);
  const ended = await executionEnded(services, tenant, id);
  await announce(services, ended);
  return ended;
}

async function executeTraced(ports: ExecutorPorts, row: ProposalRow): Promise<void> {
  const { tenant, id } = row;
  if (ports.trace === undefined) return void (await execute(ports, tenant, id));
  await ports.trace(row, async (running) => {
    const { state } = await execute(ports, tenant, id);
    running.set({ "millwright.proposal.state": state });
  });
}

/** Somebody else may have claimed it (another press of the button, recovery): whoever asks wants to know how it ended. */
async function executionEnded(services: ProposalServices, tenant: string, id: string): Promise<ProposalRow> {
  const { gate } = services.ports;
  const deadline = performance.now() + leaseOf(services.ports) * 1_000;
  for (;;) {
    const row = await findProposal(gate.database, tenant, id);
    if (row.state !== "executing" || performance.now() > deadline) return row;
    await setTimeout(100);
  }
}

const receipts = new Set(["executed", "failed", "in-doubt", "undone"]);
const closed = new Set(["superseded", "expired"]);

/** Records the decisions on a proposal and its outcome in its thread, each once. */
export async function announce(services: ProposalServices, row: ProposalRow): Promise<void> {
  if (row.thread === null) return;
  const { database } = services.ports.gate;
  for (const { person, verdict, reason, channel } of await decisionsOn(database, row)) {
    const state = verdict === "reject" ? "rejected" : row.state === "pending" ? "pending" : "approved";
    const body: Body = { type: "decision", proposal: row.id, verdict, reason, state };
    await say(
      services,
      row,
      { person, channel },
      body,
      (other, by) => by === person && other.type === "decision" && other.proposal === row.id,
    );
  }
  const [card] = await toCards(database, [row]);
  const type = receipts.has(row.state) ? "receipt" : closed.has(row.state) ? "proposal" : null;
  if (type === null) return;
  await say(services, row, { person: null, channel: null }, { type, proposal: card! }, (other) => {
    if (other.type !== "receipt" && other.type !== "proposal") return false;
    return other.proposal.id === row.id && other.proposal.state === row.state;
  });
}

async function say(
  services: ProposalServices,
  row: ProposalRow,
  by: { person: string | null; channel: string | null },
  body: Body,
  isSame: (body: Body, person: string | null) => boolean,
): Promise<void> {
  const key = { tenant: row.tenant, thread: row.thread!, turn: row.turn ?? row.id };
  const added = await appendOnce(services.ports.gate.database, { ...key, ...by, body }, isSame);
  if (added) services.live.wake(key);
}

/** Proposals that ended while nobody was there to say so in their thread (a crash between the two). */
export function unannounced(database: Database, tenant: string): Promise<ProposalRow[]> {
  const said = database
    .select({ one: sql`1` })
    .from(events)
    .where(
      and(
        eq(events.tenant, proposals.tenant),
        eq(events.thread, proposals.thread),
        inArray(events.type, ["receipt", "proposal"]),
        sql`${events.data}->'proposal'->>'id' = ${proposals.id}`,
        sql`${events.data}->'proposal'->>'state' = ${proposals.state}`,
      ),
    );
  return database
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.tenant, tenant),
        sql`${proposals.thread} is not null`,
        inArray(proposals.state, [...receipts, ...closed]),
        sql`not exists (${said})`,
      ),
    );
}

/** Proposals made in one turn. */
export function proposalsOfTurn(database: Database, tenant: string, turn: string): Promise<ProposalRow[]> {
  return database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.turn, turn)));
}
