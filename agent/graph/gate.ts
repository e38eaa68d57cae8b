/**
 * Waits for the decisions on one batch of proposals. The rows say what was decided: whatever the run is resumed with
 * is ignored, so a forged resume approves nothing.
 */
import { interrupt } from "@langchain/langgraph";
import { and, eq, inArray } from "drizzle-orm";
import { proposals } from "../../db/schema/index.ts";
import type { GraphServices } from "./run.ts";
import type { RunStateUpdate, RunStateValue } from "./state.ts";

/** The states of a batch's proposals, as they are in the table now. */
export async function batchStates(
  services: GraphServices,
  state: RunStateValue,
): Promise<ReadonlyMap<string, string>> {
  if (state.batch.length === 0) return new Map();
  const rows = await services.options.database
    .select({ id: proposals.id, state: proposals.state })
    .from(proposals)
    .where(and(eq(proposals.tenant, state.request!.tenant), inArray(proposals.id, [...state.batch])));
  return new Map(rows.map((row) => [row.id, row.state]));
}

const waiting = (states: ReadonlyMap<string, string>): string[] =>
  [...states].filter(([, state]) => state === "pending").map(([id]) => id);

/** Interrupts once while something is pending. */
export function gateNode(services: GraphServices) {
  return async (state: RunStateValue): Promise<RunStateUpdate> => {
    const pending = waiting(await batchStates(services, state));
    if (pending.length > 0) interrupt({ proposals: pending });
    return {};
  };
}

/** Executes what was approved and records what became of each; the executor's claim makes it once. */
export function executeNode(services: GraphServices) {
  return async (state: RunStateValue): Promise<RunStateUpdate> => {
    for (const [id, is] of await batchStates(services, state)) {
      if (is !== "pending") await services.settle(state.request!.tenant, id);
    }
    return {};
  };
}

/** Back to the gate while a part of the batch is undecided. */
export const afterExecute =
  (services: GraphServices) =>
  async (state: RunStateValue): Promise<"gate" | "end"> =>
    waiting(await batchStates(services, state)).length > 0 ? "gate" : "end";
