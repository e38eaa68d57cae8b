/** Maps each rule's action to an operation of a connected system, as a proposal. Nothing is called here. */
import { MillwrightError } from "../errors.ts";
import { isWrite, type ToolContext } from "../tools/define.ts";
import { type Gate, toCards } from "./approvals/gate.ts";
import { createProposals } from "./approvals/proposal.ts";
import { summaryOf } from "./graph/reply.ts";
import type { AgentServiceOptions } from "./options.ts";
import type { ProposalSummary, RunResult } from "./service.ts";

export interface MappedAction {
  readonly action: string;
  readonly condition: string;
  /** The call that would carry the action out. */
  readonly call: { readonly tool: string; readonly input: unknown } | null;
  readonly proposal: ProposalSummary | null;
  /** Why there is no call or no proposal. */
  readonly reason: string | null;
}

/** Rules whose actions are mapped. */
const mostActions = 10;

export async function integrate(
  services: { readonly options: AgentServiceOptions; readonly gate: Gate },
  context: ToolContext,
  rules: RunResult["rules"],
  system: string | null,
): Promise<readonly MappedAction[]> {
  const mapped: MappedAction[] = [];
  for (const rule of rules.slice(0, mostActions)) {
    mapped.push(await mapAction(services, context, rule, system));
  }
  return mapped;
}

async function mapAction(
  services: { readonly options: AgentServiceOptions; readonly gate: Gate },
  context: ToolContext,
  { condition, action }: RunResult["rules"][number],
  system: string | null,
): Promise<MappedAction> {
  const { workItems } = context.services;
  const nothing = { condition, action, call: null, proposal: null };
  const call = await workItems?.propose({
    title: action,
    description: `If ${condition}, then ${action}.`,
    priority: "medium",
    ...(system === null ? {} : { system }),
  });
  if (call == null) return { ...nothing, reason: "No connected system has an operation for it." };
  if (context.person === null)
    return { ...nothing, call, reason: "Proposing it needs a person with a name." };
  const tool = services.options.registry.find(call.tool);
  if (tool === null || !isWrite(tool)) return { ...nothing, call, reason: `There is no tool ${call.tool}.` };
  try {
    const rows = await createProposals(services.gate, { requests: [{ tool, input: call.input }], context });
    const [card] = await toCards(services.gate.database, rows);
    return { condition, action, call, proposal: summaryOf(card!), reason: null };
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    return { ...nothing, call, reason: error.message };
  }
}
