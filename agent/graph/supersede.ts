/** A message that changes or withdraws what a proposal would do takes the proposal out of the running. */
import { and, eq, inArray } from "drizzle-orm";
import { proposals } from "../../db/schema/index.ts";
import { toCards } from "../approvals/gate.ts";
import { supersede } from "../approvals/proposal.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { RunStateValue } from "./state.ts";

/**
 * Supersedes those of `ids` that are pending proposals of this thread. A model can thereby take a wish back, never
 * grant one; a viewer's message takes nothing back. Whoever else takes part may change what is proposed, which makes a
 * proposal of its own; to withdraw it without one is for whoever asked for it: out of an approver's mouth it would be a
 * decision made by words.
 */
export async function supersedeFor(
  services: GraphServices,
  turn: LiveTurn,
  state: RunStateValue,
  ids: readonly string[],
): Promise<void> {
  const { person, briefing, request } = turn;
  if (person === null || person.roles.every((role) => role === "viewer")) return;
  const made = state.outcomes.flatMap((outcome) => (outcome.kind === "proposal" ? [outcome.proposal] : []));
  const own = await ofThread(services, turn, ids);
  const withdrawn = briefing.proposals.filter(
    ({ id, state: is }) => own.has(id) && is === "pending" && made.every((card) => card.id !== id),
  );
  for (const card of withdrawn) {
    const by = made.find(({ tool }) => tool === card.tool)?.id ?? null;
    if (by === null && card.requester !== person.id) continue;
    const rows = await supersede(services.gate, {
      tenant: request.tenant,
      proposals: [card.id],
      by,
      person: person.id,
    });
    for (const proposal of await toCards(services.gate.database, rows)) {
      await turn.recorder.record({ type: "proposal", proposal });
    }
  }
}

async function ofThread(
  services: GraphServices,
  turn: LiveTurn,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { tenant, thread } = turn.request;
  const rows = await services.gate.database
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.thread, thread), inArray(proposals.id, [...ids])));
  return new Set(rows.map(({ id }) => id));
}
