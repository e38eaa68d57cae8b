/** Runs one tool in a worker thread: see isolated-tools.ts. */
import { MillwrightError } from "../../errors.ts";
import type { LogAccess, OpenLog, ReadTool, Tool, ToolContext, ToolResult } from "../../tools/define.ts";
import { isWrite, largeLog } from "../../tools/define.ts";
import type { WorkerHost } from "../../tools/worker-pool.worker.ts";
import { createFactory, rememberDigests } from "../evidence/facts.ts";
import type { OpenedLog, OpenRequest, QueryRequest, ToolRun } from "./tool-run.ts";

export class OutOfReachError extends MillwrightError {
  constructor(tool: string, what: string) {
    super("out-of-reach", 500, `${tool} computes in a thread of its own and asked for the ${what}`, {
      expected: "a tool that computes out of logs alone",
      remedy: "Leave `computes` out of its declaration.",
    });
  }
}

/** Logs that this thread holds, the one used last at the end. */
const held = new Map<string, OpenLog["log"]>();
const HELD_LOGS = 2;

function hold(key: string, log: OpenLog["log"]): OpenLog["log"] {
  held.delete(key);
  held.set(key, log);
  for (const oldest of held.keys()) if (held.size > HELD_LOGS) held.delete(oldest);
  return log;
}

function logAccess(host: WorkerHost): LogAccess {
  return {
    list: () => host.call("list", null),
    open: async (idOrName) => {
      const request: OpenRequest = { log: idOrName ?? null, known: [...held.keys()] };
      const { log, ...plain } = await host.call<OpenedLog>("open", request);
      const key = `${plain.id} ${plain.digest}`;
      const query = (sql: string) =>
        host.call<Awaited<ReturnType<OpenLog["query"]>>>("query", {
          log: plain.id,
          sql,
        } satisfies QueryRequest);
      if (plain.large !== undefined) return largeLog({ ...plain, large: plain.large, query });
      return { ...plain, log: hold(key, log ?? held.get(key)!), query };
    },
  };
}

export async function runTool(run: ToolRun, host: WorkerHost): Promise<ToolResult<unknown>> {
  const { tools } = (await import(run.module)) as { readonly tools: readonly Tool[] };
  const tool = tools.find(({ name }) => name === run.tool);
  if (tool === undefined || isWrite(tool)) throw new OutOfReachError(run.tool, "right to be run");
  return (tool as ReadTool).execute(run.input, contextOf(run, host));
}

function contextOf(run: ToolRun, host: WorkerHost): ToolContext {
  const { logs, digestOf } = rememberDigests(logAccess(host));
  const { tenant, person, thread, now, zone, seed } = run;
  return {
    tenant,
    person,
    thread,
    now,
    zone,
    signal: host.signal,
    get database(): never {
      throw new OutOfReachError(run.tool, "database");
    },
    get services(): never {
      throw new OutOfReachError(run.tool, "services");
    },
    logs,
    progress: (message, share) => host.progress(message, share),
    fact: createFactory(digestOf, zone),
    random: randomFrom(seed),
  };
}

/** Mulberry32 (Ettinger 2017): 32 bits of state are enough for a seed that was itself drawn. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
