/** A plan that waited for a decision goes on once it is made: in a turn of its own, for whoever asked. */
import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { events } from "../db/schema/index.ts";
import type { TurnRequest } from "./graph/state.ts";
import type { PlanStep } from "./plans/plan.ts";
import { proposalsOfTurn } from "./proposals.ts";
import { appendOnce, eventsOfTypes } from "./threads/events.ts";
import type { Live } from "./threads/live.ts";

/** States of a proposal that will not change by itself any more. */
const settled: ReadonlySet<string> = new Set([
  "executed",
  "failed",
  "rejected",
  "expired",
  "superseded",
  "undone",
]);

export interface ContinuationServices {
  readonly database: Database;
  readonly live: Live;
  /** Runs a turn whose opening event is recorded. */
  launch(request: TurnRequest): void;
}

/** Begins what waited for the decisions on a turn's proposals, once all are made; once, however often it is called. */
export async function continuePlan(
  { database, live, launch }: ContinuationServices,
  key: { readonly tenant: string; readonly thread: string; readonly turn: string },
): Promise<void> {
  const waiting = await stepsWaiting(database, key);
  if (waiting.length === 0) return;
  const made = await proposalsOfTurn(database, key.tenant, key.turn);
  if (made.length === 0 || made.some(({ state }) => !settled.has(state))) return;
  const opening = await openingOf(database, key);
  if (opening === null) return;
  const request: TurnRequest = { ...opening, turn: `${key.turn}:on`, resumes: key.turn };
  const body = { type: "resumed" as const, of: key.turn };
  const added = await appendOnce(
    database,
    { ...request, body, hidden: request },
    (other) => other.type === "resumed" && other.of === key.turn,
  );
  if (!added) return;
  live.wake(request);
  launch(request);
}

/** Steps that the turn's reply left waiting for a decision. */
async function stepsWaiting(
  database: Database,
  key: { readonly tenant: string; readonly thread: string; readonly turn: string },
): Promise<readonly PlanStep[]> {
  const [reply] = await eventsOfTypes(database, key, ["reply"], key.turn);
  if (reply?.body.type !== "reply") return [];
  const steps = reply.body.reply.plan?.steps ?? [];
  return steps.filter(({ state, onceDecided }) => state === "waiting" && onceDecided !== null);
}

/** The request with which a turn began. */
async function openingOf(
  database: Database,
  { tenant, thread, turn }: { readonly tenant: string; readonly thread: string; readonly turn: string },
): Promise<TurnRequest | null> {
  const [row] = await database
    .select({ data: events.data })
    .from(events)
    .where(
      and(
        eq(events.tenant, tenant),
        eq(events.thread, thread),
        eq(events.turn, turn),
        inArray(events.type, ["message", "resumed"]),
      ),
    )
    .limit(1);
  return (row?.data as { hidden?: TurnRequest } | undefined)?.hidden ?? null;
}
