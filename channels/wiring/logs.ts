/** The logs' room behind the agent's ports, and how files and samples become logs. */
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { AgentService, LogSummary } from "../../agent/service.ts";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import type { WorkerPool } from "../../tools/worker-pool.ts";
import type { ImportMemory } from "../imports.ts";
import type { ImportRequest, Millwright } from "../millwright.ts";
import type { Parts } from "./agent-parts.ts";
import { tenant } from "./tenant.ts";

type LogPorts = Pick<
  AgentServiceOptions,
  "logAccess" | "importLog" | "exportLog" | "appendEvents" | "evaluateWatches" | "storeModel" | "listModels"
>;

interface LogWiring {
  readonly database: Database;
  readonly store: LogStore;
  readonly parts: Parts;
  readonly memoryEvents: { readonly memoryEvents?: number };
}

/** Empty where the variable does not say. */
export function memoryEventsOf(environment: NodeJS.ProcessEnv): LogWiring["memoryEvents"] {
  const events = Number(environment["MILLWRIGHT_MEMORY_EVENTS"] || Number.NaN);
  return Number.isNaN(events) ? {} : { memoryEvents: events };
}

/** The logs' room behind the agent's ports. */
export function logPorts({ database, store, parts, memoryEvents }: LogWiring, pool?: WorkerPool): LogPorts {
  const newId = () => crypto.randomUUID();
  const tasks = pool === undefined ? {} : { tasks: pool };
  return {
    logAccess: (owner, threadLog) =>
      parts.createLogAccess({ database, store, tenant: owner, threadLog, ...memoryEvents, ...tasks }),
    importLog: ({ progress, ...request }) =>
      parts.importLog({ ...request, database, store, newId, onProgress: progress, ...tasks }),
    exportLog: (request) => parts.exportStoredLog({ ...request, database, store, ...tasks }),
    appendEvents: (request) => parts.appendEvents({ ...request, database, store }),
    evaluateWatches: (request) => parts.evaluateWatches({ ...request, database, newId }),
    storeModel: (request) => parts.models.storeModel({ ...request, database, newId }),
    listModels: async (owner, log) =>
      (await parts.models.listModels(database, owner, log)).map(parts.models.summaryOf),
  };
}

/** Through the service where a person is known; directly where the database is this OS user's own. */
export function importOnce(service: AgentService, logs: LogPorts, memory: ImportMemory) {
  return (request: ImportRequest): Promise<LogSummary> => {
    const { person, onProgress, ...file } = request;
    const progress = onProgress ?? (() => undefined);
    const signal = request.signal ?? new AbortController().signal;
    return memory.once(
      request,
      () => service.logs({ person: null, tenant }),
      () =>
        person
          ? service.upload({ ...file, person, tenant, onProgress: progress })
          : logs.importLog({ ...file, tenant, person: "owner", signal, progress }),
    );
  };
}

/** On first start: a log of each sample process. */
export async function importSamples(millwright: Millwright): Promise<void> {
  if ((await millwright.service.logs({ person: null, tenant })).length > 0) return;
  const [{ generateSample, sampleNames }, { withFile }] = await Promise.all([
    import("../../tools/logs/samples/generate.ts"),
    import("../temporary-file.ts"),
  ]);
  for (const name of sampleNames) {
    const file = `${name}.csv`;
    await withFile(file, generateSample(name).csv, (path) =>
      millwright.importLog({ person: null, name: file, path }),
    );
  }
}
