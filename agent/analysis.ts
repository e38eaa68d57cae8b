/** One tool by name, outside a conversation. */
import { z } from "zod";
import { findThread } from "../db/queries/threads.ts";
import { isWrite, type ReadTool } from "../tools/define.ts";
import type { Gate } from "./approvals/gate.ts";
import { findProposal, toCards } from "./approvals/gate.ts";
import { createProposals, proposeUndo } from "./approvals/proposal.ts";
import { findLog } from "./briefing.ts";
import { NotFoundError } from "./errors.ts";
import { parseInput, toolFor } from "./graph/check-plan.ts";
import { toolContext } from "./graph/context.ts";
import { executeRead } from "./graph/read.ts";
import type { AgentServiceOptions, Limits } from "./options.ts";
import type { AgentService } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";

export interface AnalysisServices {
  readonly options: AgentServiceOptions;
  readonly limits: Limits;
  readonly gate: Gate;
}

export type CallRequest = Parameters<AgentService["call"]>[0];

export function createAnalysis(services: AnalysisServices): Pick<AgentService, "call" | "tools" | "undo"> {
  const { options, gate } = services;
  return {
    tools: () =>
      options.registry.list().map(({ name, description, risk, examples, input }) => ({
        name,
        description,
        risk,
        examples: examples.en,
        input: z.toJSONSchema(input, { io: "input", unrepresentable: "any" }),
      })),
    async call(request) {
      const person = await resolveSpeaker(options.database, request.tenant, request.person);
      const tool = toolFor(options.registry, request.tool, person);
      const input = parseInput(tool, request.input);
      const context = toolContext(options, {
        tenant: request.tenant,
        person,
        thread: request.thread ?? null,
        log: await logOf(options, request, person?.id ?? null),
        now: request.now ?? options.clock(),
        zone: request.zone ?? "UTC",
        signal: limited(services.limits, request.signal),
      });
      if (!isWrite(tool)) {
        const { data, facts, views, answer } = await executeRead(options, tool as ReadTool, input, context);
        return { kind: "result", data, facts, views, answer };
      }
      const rows = await createProposals(gate, { requests: [{ tool, input }], context });
      const [proposal] = await toCards(options.database, rows);
      return { kind: "proposal", proposal: proposal! };
    },
    async undo({ person: speaker, tenant, proposal: id }) {
      const person = await resolveSpeaker(options.database, tenant, speaker);
      const { thread } = await findProposal(options.database, tenant, id);
      const context = toolContext(options, {
        tenant,
        person,
        thread,
        log: null,
        now: options.clock(),
        zone: "UTC",
        signal: limited(services.limits, undefined),
      });
      const findTool = (name: string) => options.registry.find(name) ?? undefined;
      const row = await proposeUndo(gate, { proposal: id, context, findTool });
      const [proposal] = await toCards(options.database, [row]);
      return proposal!;
    },
  };
}

const limited = (limits: Limits, signal: AbortSignal | undefined): AbortSignal => {
  const deadline = AbortSignal.timeout(limits.turnMilliseconds);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
};

/** The log that was named, else the thread's. A thread that whoever calls may not read is not there for them. */
async function logOf(
  options: AgentServiceOptions,
  { tenant, thread, log }: CallRequest,
  person: string | null,
): Promise<string | null> {
  const row =
    thread === undefined ? undefined : await findThread(options.database, { tenant, person }, thread);
  if (row === null) throw new NotFoundError("thread", thread ?? "");
  return log === undefined ? (row?.log ?? null) : (await findLog(options.database, tenant, log)).id;
}
