/**
 * Tools that compute for long, run in worker threads: here the log is opened and queried, there the tool works. Nothing
 * else of the process can be reached from there, and nobody waits for the event loop meanwhile.
 */

import { inSharedMemory } from "../../db/logs/shared-memory.ts";
import { isWrite, type OpenLog, type ReadTool, type Tool, type ToolContext } from "../../tools/define.ts";
import type { WorkerPool } from "../../tools/worker-pool.ts";
import type { OpenedLog, OpenRequest, QueryRequest, ToolRun } from "./tool-run.ts";

const task = { module: new URL("./tool-task.ts", import.meta.url), name: "runTool" };

/** `tools` with those that compute moved to `pool`; `module` exports the same tools as `tools`. */
export function isolated(tools: readonly Tool[], pool: WorkerPool, module: URL): Tool[] {
  return tools.map((tool) => {
    if (isWrite(tool)) return tool;
    const read = tool as ReadTool;
    return read.computes ? isolate(read, pool, module) : read;
  });
}

function isolate(tool: ReadTool, pool: WorkerPool, module: URL): ReadTool {
  return {
    ...tool,
    execute: (input, context) =>
      pool.run({ ...task, input: runOf(tool, input, context, module) }, optionsOf(context)),
  };
}

function runOf(tool: ReadTool, input: unknown, context: ToolContext, module: URL): ToolRun {
  const { tenant, person, thread, now, zone } = context;
  const seed = Math.floor(context.random() * 2 ** 32);
  return { module: module.href, tool: tool.name, input, tenant, person, thread, now, zone, seed };
}

function optionsOf(context: ToolContext) {
  const opened = new Map<string, OpenLog>();
  return {
    signal: context.signal,
    group: context.person?.id ?? context.thread ?? context.tenant,
    onProgress: (message: string, share?: number) => context.progress(message, share),
    calls: {
      list: () => context.logs.list(),
      open: async ({ log: wanted, known }: OpenRequest): Promise<OpenedLog> => {
        const found = await context.logs.open(wanted ?? undefined);
        opened.set(found.id, found);
        if (found.large !== undefined) {
          const { id, name, digest, dialect, large, calendars = [] } = found;
          return { id, name, digest, dialect, large, calendars, log: null };
        }
        const { log, query: _query, columns: _columns, ...plain } = found;
        return { ...plain, log: known.includes(`${found.id} ${found.digest}`) ? null : shared(log) };
      },
      query: ({ log, sql }: QueryRequest) => opened.get(log)?.query(sql),
    },
  };
}

/** A log's arrays are copied into shared memory once, whichever threads read them. */
const inShared = new WeakMap<OpenLog["log"], OpenLog["log"]>();

function shared(log: OpenLog["log"]): OpenLog["log"] {
  const known = inShared.get(log) ?? inSharedMemory(log);
  inShared.set(log, known);
  return known;
}
