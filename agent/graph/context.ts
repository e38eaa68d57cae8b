/** Builds the context a tool runs in. */
import type { Database } from "../../db/client.ts";
import type { LogAccess, Person, ToolContext } from "../../tools/define.ts";
import { createFactory, rememberDigests } from "../evidence/facts.ts";
import type { AgentServiceOptions } from "../options.ts";

export interface ContextRequest {
  readonly tenant: string;
  readonly person: Person | null;
  readonly thread: string | null;
  /** What `logs.open()` without a name means: a log's id. */
  readonly log: string | null;
  readonly now: Date;
  readonly zone: string;
  readonly signal: AbortSignal;
  progress?(message: string, share?: number): void;
}

export type ContextOptions = Pick<AgentServiceOptions, "logAccess" | "services" | "random"> & {
  readonly database: Database;
};

/** A fresh context for one call: what it opens is what its facts may be about. */
export function toolContext(options: ContextOptions, request: ContextRequest): ToolContext {
  const { logs, digestOf } = rememberDigests(options.logAccess(request.tenant, request.log));
  return {
    tenant: request.tenant,
    person: request.person,
    thread: request.thread,
    now: request.now,
    zone: request.zone,
    signal: request.signal,
    database: options.database,
    logs: guarded(logs, request.signal),
    services: options.services,
    progress: (message, share) => request.progress?.(message, share),
    fact: createFactory(digestOf, request.zone),
    random: options.random,
  };
}

/** A call that was stopped opens no more logs. */
const guarded = (logs: LogAccess, signal: AbortSignal): LogAccess => ({
  list: () => {
    signal.throwIfAborted();
    return logs.list();
  },
  ...(logs.derive ? { derive: logs.derive } : {}),
  open: (idOrName) => {
    signal.throwIfAborted();
    return logs.open(idOrName);
  },
});
