/** Makes proposals of a plan's writes. Nothing is done here: each waits as a row, with the digest of its exact input. */
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { isWrite, type WriteTool } from "../../tools/define.ts";
import { toCards } from "../approvals/gate.ts";
import { createProposals } from "../approvals/proposal.ts";
import type { ToolOutcome } from "../model/provider.ts";
import { traced } from "../tracing/step.ts";
import { contextFor, problemOutcome } from "./read.ts";
import type { GraphServices, LiveTurn } from "./run.ts";
import type { CheckedCall, RunStateUpdate, RunStateValue } from "./state.ts";
import { toolMessage } from "./tool-message.ts";

export function proposeNode(services: GraphServices) {
  return async (state: RunStateValue, config: LangGraphRunnableConfig): Promise<RunStateUpdate> => {
    const turn = services.turnOf(config);
    const outcomes: ToolOutcome[] = [];
    const messages = [...state.messages];
    for (const call of state.calls) {
      const tool = services.options.registry.find(call.tool);
      if (tool === null || !isWrite(tool)) continue;
      const outcome = await proposeCall(services, turn, call, tool);
      outcomes.push(outcome);
      messages.push(toolMessage(call.id, outcome));
    }
    return { outcomes: [...state.outcomes, ...outcomes], messages, calls: [] };
  };
}

async function proposeCall(
  services: GraphServices,
  turn: LiveTurn,
  call: CheckedCall,
  tool: WriteTool,
): Promise<ToolOutcome> {
  turn.signal.throwIfAborted();
  try {
    const rows = await traced({ kind: "propose", tool: tool.name }, () =>
      createProposals(services.gate, {
        requests: [{ tool, input: call.input }],
        context: contextFor(services, turn, call.id),
        turn: turn.request.turn,
      }),
    );
    const [proposal] = await toCards(services.gate.database, rows);
    await turn.recorder.record({ type: "proposal", proposal: proposal! });
    return { kind: "proposal", tool: call.tool, input: call.input, proposal: proposal! };
  } catch (error) {
    if (turn.signal.aborted) throw turn.signal.reason;
    return problemOutcome(services, call, error);
  }
}
