/** Builds the context a tool runs in. */
import type { Database } from "../../db/client.ts";
import type { LogAccess, OpenLog, Person, ToolContext } from "../../tools/define.ts";
import { createFactory, rememberDigests } from "../evidence/facts.ts";
import type { AgentServiceOptions } from "../options.ts";
import { traced } from "../tracing/step.ts";

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
    traced,
  };
}

/** A call that was stopped opens no more logs. */
const guarded = (logs: LogAccess, signal: AbortSignal): LogAccess => ({
  list: () => {
    signal.throwIfAborted();
    return logs.list();
  },
  ...(logs.derive ? { derive: logs.derive } : {}),
  open: async (idOrName) => {
    signal.throwIfAborted();
    return withTracedQueries(await logs.open(idOrName));
  },
});

/** The same log, whose queries are steps of the trace. Copied by its descriptors: reaching for `log` may throw. */
export function withTracedQueries(open: OpenLog): OpenLog {
  const query: OpenLog["query"] = (sql) =>
    traced({ kind: "sql", system: open.dialect.name }, async (step) => {
      const result = await open.query(sql);
      step.set({ "db.response.returned_rows": result.rows.length });
      return result;
    });
  const own = Object.getOwnPropertyDescriptors(open);
  return Object.create(Object.getPrototypeOf(open), { ...own, query: { value: query, enumerable: true } });
}
