/** Makes proposals of a plan's writes. Nothing is done here: each waits as a row, with the digest of its exact input. */
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { isWrite, type WriteTool } from "../../tools/define.ts";
import { type ProposalRow, toCards } from "../approvals/gate.ts";
import { createProposals, supersede } from "../approvals/proposal.ts";
import type { ToolOutcome } from "../model/provider.ts";
import type { RunPlan } from "../plans/plan.ts";
import { traced } from "../tracing/step.ts";
import { trackPlan } from "./progress.ts";
import { contextFor, endOf, outOfTime, problemOutcome, stepAttribute } from "./read.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { CheckedCall, RunStateUpdate, RunStateValue } from "./state.ts";
import { toolMessage } from "./tool-message.ts";

export function proposeNode(services: GraphServices) {
  return async (state: RunStateValue, config: LangGraphRunnableConfig): Promise<RunStateUpdate> => {
    const turn = services.turnOf(config);
    const outcomes: ToolOutcome[] = [];
    const messages = [...state.messages];
    const writes = state.calls.flatMap((call) => {
      const tool = services.options.registry.find(call.tool);
      return tool === null || !isWrite(tool) ? [] : [{ call, tool }];
    });
    const progress = trackPlan(
      turn,
      state.runPlan,
      writes.map(({ call }) => call.id),
    );
    for (const { call, tool } of writes) {
      await progress.begin(call.id);
      const outcome = await proposeCall(services, turn, state.runPlan, call, tool);
      outcomes.push(outcome);
      messages.push(toolMessage(call.id, outcome));
      await progress.end(call.id, endOf(services, turn, outcome));
    }
    return {
      outcomes: [...state.outcomes, ...outcomes],
      messages,
      calls: [],
      runPlan: progress.plan(),
      elapsed: turn.pace.elapsed(),
    };
  };
}

async function proposeCall(
  services: GraphServices,
  turn: LiveTurn,
  plan: RunPlan | null,
  call: CheckedCall,
  tool: WriteTool,
): Promise<ToolOutcome> {
  turn.signal.throwIfAborted();
  if (turn.pace.signal.aborted) return outOfTime(services, turn, call);
  try {
    const rows = await traced({ kind: "propose", tool: tool.name, ...stepAttribute(plan, call.id) }, () =>
      createProposals(services.gate, {
        requests: [{ tool, input: call.input }],
        context: contextFor(services, turn, call.id),
        turn: turn.request.turn,
      }),
    );
    if (turn.signal.aborted) await takeBack(services, turn, rows);
    turn.signal.throwIfAborted();
    const [proposal] = await toCards(services.gate.database, rows);
    await turn.recorder.record({ type: "proposal", proposal: proposal! });
    return { kind: "proposal", tool: call.tool, input: call.input, proposal: proposal! };
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    return problemOutcome(services, call, error);
  }
}

/** A turn that was stopped while its dry run was made leaves no proposal behind. */
async function takeBack(
  services: GraphServices,
  turn: LiveTurn,
  rows: readonly ProposalRow[],
): Promise<void> {
  await supersede(services.gate, {
    tenant: turn.request.tenant,
    proposals: rows.map(({ id }) => id),
    by: null,
    person: turn.request.person ?? "",
  });
}
