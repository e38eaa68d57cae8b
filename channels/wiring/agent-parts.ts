/** Everything that the agent is made of, loaded while the database opens, and the threads that it computes in. */
import type { TrinoSettings } from "../../db/logs/trino/settings.ts";
import type { Tool } from "../../tools/define.ts";
import type { DataFolder } from "../data-folder.ts";

/** What keeps a server answering while it computes: threads for tools and files, and one for the log store. */
export async function openThreads(logs: string, trino: TrinoSettings | null) {
  const [{ WorkerPool }, { openThreadedLogStore }, { isolated }] = await Promise.all([
    import("../../tools/worker-pool.ts"),
    import("../../db/logs/threaded.ts"),
    import("../../agent/isolation/isolated-tools.ts"),
  ]);
  // A tool waits in its thread until its log is read and built: were that a task of the same pool, tools could fill it
  // and wait for each other for ever.
  const pool = new WorkerPool();
  const tools = new WorkerPool();
  const module = new URL("../../tools/index.ts", import.meta.url);
  const isolate = (all: readonly Tool[]) => isolated(all, tools, module);
  const close = async () => {
    await Promise.all([tools.close(), pool.close()]);
  };
  return { pool, store: openThreadedLogStore(logs, trino), isolate, close };
}

/** Everything that the agent is made of, loaded at once while the database opens. */
export async function loadParts(environment: NodeJS.ProcessEnv, folder: DataFolder) {
  const [agent, registry, tools, watches, stores, settings, access, models, providers] = await Promise.all([
    import("../../agent/create-service.ts"),
    import("../../tools/registry.ts"),
    import("../../tools/index.ts"),
    import("../../tools/kpi/evaluate-watches.ts"),
    import("../../db/logs/open-log-store.ts"),
    import("../../db/logs/trino/settings.ts"),
    import("../../tools/logs/log-access.ts"),
    import("../../tools/mining/model-store.ts"),
    loadProviders(environment, folder),
  ]);
  return {
    createAgentService: agent.createAgentService,
    registry: (isolate = (all: readonly Tool[]) => all) => registry.createRegistry(isolate(tools.tools)),
    evaluateWatches: watches.evaluateWatches,
    openLogStore: stores.openLogStore,
    trinoSettings: settings.trinoSettings,
    createLogAccess: access.createLogAccess,
    importLog: access.importLog,
    exportStoredLog: access.exportStoredLog,
    appendEvents: access.appendEvents,
    models,
    providers,
  };
}

export type Parts = Awaited<ReturnType<typeof loadParts>>;

/** The language model that the environment names, with the built-in planner for when it cannot answer. */
async function loadProviders(environment: NodeJS.ProcessEnv, folder: DataFolder) {
  const [{ providersFrom }, { pseudonymKey }] = await Promise.all([
    import("../../agent/model/from-environment.ts"),
    import("../data-folder.ts"),
  ]);
  return providersFrom(environment, () => pseudonymKey(folder));
}
