/** The context in which the executor carries a proposal out: that of whoever asked, as it is now. */
import { personById } from "../db/queries/people.ts";
import { findThread } from "../db/queries/threads.ts";
import type { ToolContext } from "../tools/define.ts";
import type { ProposalRow } from "./approvals/gate.ts";
import { toolContext } from "./graph/context.ts";
import type { AgentServiceOptions } from "./options.ts";

/** An execution is never cancelled half-way. */
const never = new AbortController().signal;

export const executorContext =
  (options: AgentServiceOptions) =>
  async (row: ProposalRow): Promise<ToolContext> => {
    const { database } = options;
    const { tenant, requester } = row;
    const thread =
      row.thread === null ? null : await findThread(database, { tenant, person: requester }, row.thread);
    return toolContext(options, {
      tenant,
      person: await personById(database, tenant, requester),
      thread: row.thread,
      log: thread?.log ?? null,
      now: options.clock(),
      zone: row.zone,
      signal: never,
    });
  };
