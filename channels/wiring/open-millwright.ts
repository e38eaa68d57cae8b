/** Opens the database and puts the agent over it. It only wires: everything is loaded when it is needed. */
import type { AgentServiceOptions } from "../../agent/options.ts";
import type { Database } from "../../db/client.ts";
import type { WorkerPool } from "../../tools/worker-pool.ts";
import { createCalendars } from "../calendars.ts";
import type { Person } from "../contract.ts";
import type { DataFolder } from "../data-folder.ts";
import type { Millwright, OpenMillwrightOptions } from "../millwright.ts";
import { loadParts, openThreads } from "./agent-parts.ts";
import { embedding } from "./embedding.ts";
import { importOnce, importSamples, logPorts, memoryEventsOf } from "./logs.ts";
import { reporting } from "./reporting.ts";
import { collectors, evalsLater, fromFile, toolServices } from "./services.ts";
import { tenant } from "./tenant.ts";

export type Replaced = Partial<Pick<AgentServiceOptions, "provider" | "fallback" | "registry" | "services">>;

/**
 * Opens the database and puts the agent over it.
 * @param replaced ports of the agent that are not the ones this root would wire: another mind, wrapped tools
 */
export async function openMillwright(
  options: OpenMillwrightOptions = {},
  replaced: Replaced = {},
): Promise<Millwright> {
  const environment = options.environment ?? process.env;
  const report = reporting(options.report);
  const [{ openDatabase }, { dataFolder }] = await Promise.all([
    import("../../db/client.ts"),
    import("../data-folder.ts"),
  ]);
  const { databaseUrl } = options;
  const folder = dataFolder(options.data ?? (environment["MILLWRIGHT_DATA"] || ".millwright"));
  const location = databaseUrl === undefined ? { folder: folder.database } : { url: databaseUrl };
  const [opened, parts] = await Promise.all([openDatabase(location), loadParts(environment, folder)]);
  try {
    const [{ seedTenant }, { createImportMemory }, { planLimits }] = await Promise.all([
      import("../../db/queries/seed.ts"),
      import("../imports.ts"),
      import("../plan-limits.ts"),
    ]);
    await seedTenant(opened.database, tenant);
    const trino = parts.trinoSettings(environment);
    const threads = options.threads ? await openThreads(folder.logs, trino) : null;
    const store = threads?.store ?? (await parts.openLogStore(folder.logs, trino, environment));
    const memoryEvents = memoryEventsOf(environment);
    const logs = logPorts({ database: opened.database, store, parts, memoryEvents }, threads?.pool);
    const wired = await toolServices(opened.database, options, environment, threads?.pool);
    const services = { ...wired, evals: evalsLater(folder.evals, environment), ...replaced.services };
    const embedded = databaseUrl === undefined;
    const { closeEmbedder, ...finding } = await embedding(opened.database, folder, environment);
    const service = parts.createAgentService({
      ...logs,
      ...parts.providers,
      ...(embedded ? { alone: true, importSpecification: fromFile(opened.database, wired) } : {}),
      database: opened.database,
      pool: opened.pool,
      registry: parts.registry(threads?.isolate),
      spanProcessors: await collectors(environment),
      ...finding,
      clock: () => options.now ?? new Date(),
      newId: () => crypto.randomUUID(),
      random: Math.random,
      ledgerHead: folder.ledgerHead,
      limits: { ...parts.providers.limits, ...planLimits(environment) },
      report,
      ...replaced,
      services,
    });
    const millwright: Millwright = {
      service,
      tenant,
      folder,
      embedded,
      database: opened.database,
      ...overDatabase(opened.database, folder),
      importLog: importOnce(service, logs, createImportMemory(folder.imports)),
      ...agentLoading(),
      mine: mineWith(threads?.pool),
      async everyMinute(name, work) {
        const { openJobs } = await import("../../db/jobs.ts");
        const jobs = await openJobs(opened, (error) => report(error, "jobs"));
        await jobs.work(name, work);
        await jobs.schedule(name, "* * * * *");
        return () => jobs.stop(1);
      },
      listensAt: (address) => opened.updateLockAddress(address),
      async close() {
        await service.close();
        await closeEmbedder?.();
        await threads?.close();
        await store.close();
        await opened.close();
      },
    };
    if (options.samples && millwright.embedded) await importSamples(millwright);
    return millwright;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Mines a file in a thread where there are any. */
const mineWith =
  (pool?: WorkerPool): Millwright["mine"] =>
  async ({ signal, ...input }) => {
    const tasks = pool ?? (await import("../../tools/inline-tasks.ts")).inlineTasks;
    const module = new URL("../../tools/mining/mine-task.ts", import.meta.url);
    const options = { group: "mine", ...(signal ? { signal } : {}) };
    return tasks.run({ module, name: "mineRequest", input }, options);
  };

/** The graph and what it stands on: two seconds that nobody should wait for before the address is printed. */
function agentLoading(): Pick<Millwright, "warm" | "isWarm"> {
  let isWarm = false;
  return {
    async warm() {
      await import("../../agent/graph/graph.ts");
      isWarm = true;
    },
    isWarm: () => isWarm,
  };
}

/** Days. */
const tracesAreKept = 30;

/** What the root itself does on the database. */
const overDatabase = (database: Database, folder: DataFolder) => ({
  setKpis: async (kpis: readonly unknown[]) => (await import("../kpis.ts")).setKpis(database, tenant, kpis),
  calendars: createCalendars(database, tenant, async () => ({
    ...(await import("../../tools/logs/calendar-store.ts")),
    describeCalendar: (await import("../../tools/logs/core/calendar-definition.ts")).describeCalendar,
  })),
  issueToken: async (caller: Person, owner: string, label: string) =>
    (await import("../tokens.ts")).issueTokenFor(database, caller, owner, label),
  firstToken: async () => (await import("../tokens.ts")).firstToken(database, tenant, "dev"),
  linkIdentity: async (person: string, channel: string, subject: string) => {
    const { linkIdentity } = await import("../../db/queries/people.ts");
    await linkIdentity(database, { tenant, person, channel, subject });
  },
  claim: async (channel: string, key: string) =>
    (await import("../../db/queries/inbox.ts")).takeOnce(database, channel, key),
  expire: async () => {
    const [{ expireProposals }, { fileLedgerHead }, { deleteExpired }, { deleteOldSpans }] =
      await Promise.all([
        import("../../agent/approvals/expire.ts"),
        import("../../agent/approvals/ledger-head.ts"),
        import("../../db/queries/memories/delete.ts"),
        import("../../db/queries/spans.ts"),
      ]);
    await expireProposals({ database, head: fileLedgerHead(folder.ledgerHead) }, tenant);
    await deleteExpired(database);
    await deleteOldSpans(database, tracesAreKept);
  },
});
