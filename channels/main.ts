#!/usr/bin/env node
/**
 * The server's composition root, and the agent's for the command line. It only wires: everything is loaded when it is
 * needed, so that importing this module costs nothing. `node channels/main.ts --open` is `npm start`.
 */
import { setImmediate } from "node:timers/promises";
import type { Hono } from "hono";
import type { AgentServiceOptions } from "../agent/options.ts";
import type { AgentService, LogSummary } from "../agent/service.ts";
import type { Database } from "../db/client.ts";
import type { LogStore } from "../db/logs/log-store.ts";
import type { TrinoSettings } from "../db/logs/trino/settings.ts";
import { MillwrightError, toProblem } from "../errors.ts";
import type { Tool } from "../tools/define.ts";
import type { EvalsPort } from "../tools/evals/evals.ts";
import type { WorkerPool } from "../tools/worker-pool.ts";
import { createCalendars } from "./calendars.ts";
import type { Person } from "./contract.ts";
import type { DataFolder } from "./data-folder.ts";
import type { ImportMemory } from "./imports.ts";
import type {
  ImportRequest,
  Millwright,
  OpenMillwrightOptions,
  Report,
  Served,
  ServeOptions,
} from "./millwright.ts";
import { withoutValues } from "./reported.ts";
import type { SlackChannel } from "./slack/channel.ts";

export type { ImportRequest, Millwright, OpenMillwrightOptions, Served, ServeOptions } from "./millwright.ts";

const tenant = "local";

const reportToStandardError: Report = (error, where) => {
  console.error(`millwright ${where}:`, error);
};

/** No failure is reported with the values that its query carried. */
const reporting =
  (report: Report = reportToStandardError): Report =>
  (error, where) =>
    report(withoutValues(error), where);

type Replaced = Partial<Pick<AgentServiceOptions, "provider" | "fallback" | "registry" | "services">>;

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
    import("../db/client.ts"),
    import("./data-folder.ts"),
  ]);
  const { databaseUrl } = options;
  const folder = dataFolder(options.data ?? (environment["MILLWRIGHT_DATA"] || ".millwright"));
  const location = databaseUrl === undefined ? { folder: folder.database } : { url: databaseUrl };
  const [opened, parts] = await Promise.all([openDatabase(location), loadParts(environment, folder)]);
  try {
    const [{ seedTenant }, { createImportMemory }, { planLimits }] = await Promise.all([
      import("../db/queries/seed.ts"),
      import("./imports.ts"),
      import("./plan-limits.ts"),
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
    const { embedder, closeEmbedder } = await embedding(opened.database, folder, environment);
    const service = parts.createAgentService({
      ...logs,
      ...parts.providers,
      ...(embedded ? { alone: true, importSpecification: fromFile(opened.database, wired) } : {}),
      database: opened.database,
      pool: opened.pool,
      registry: parts.registry(threads?.isolate),
      spanProcessors: await collectors(environment),
      ...(embedder === undefined ? {} : { embedder }),
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
        const { openJobs } = await import("../db/jobs.ts");
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
    const tasks = pool ?? (await import("../tools/inline-tasks.ts")).inlineTasks;
    const module = new URL("../tools/mining/mine-task.ts", import.meta.url);
    const options = { group: "mine", ...(signal ? { signal } : {}) };
    return tasks.run({ module, name: "mineRequest", input }, options);
  };

/** The graph and what it stands on: two seconds that nobody should wait for before the address is printed. */
function agentLoading(): Pick<Millwright, "warm" | "isWarm"> {
  let isWarm = false;
  return {
    async warm() {
      await import("../agent/graph/graph.ts");
      isWarm = true;
    },
    isWarm: () => isWarm,
  };
}

type Parts = Awaited<ReturnType<typeof loadParts>>;
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
function memoryEventsOf(environment: NodeJS.ProcessEnv): LogWiring["memoryEvents"] {
  const events = Number(environment["MILLWRIGHT_MEMORY_EVENTS"] || Number.NaN);
  return Number.isNaN(events) ? {} : { memoryEvents: events };
}

/** The logs' room behind the agent's ports. */
function logPorts({ database, store, parts, memoryEvents }: LogWiring, pool?: WorkerPool): LogPorts {
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
function importOnce(service: AgentService, logs: LogPorts, memory: ImportMemory) {
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
async function importSamples(millwright: Millwright): Promise<void> {
  if ((await millwright.service.logs({ person: null, tenant })).length > 0) return;
  const [{ generateSample, sampleNames }, { withFile }] = await Promise.all([
    import("../tools/logs/samples/generate.ts"),
    import("./temporary-file.ts"),
  ]);
  for (const name of sampleNames) {
    const file = `${name}.csv`;
    await withFile(file, generateSample(name).csv, (path) =>
      millwright.importLog({ person: null, name: file, path }),
    );
  }
}

/** What keeps a server answering while it computes: threads for tools and files, and one for the log store. */
async function openThreads(logs: string, trino: TrinoSettings | null) {
  const [{ WorkerPool }, { openThreadedLogStore }, { isolated }] = await Promise.all([
    import("../tools/worker-pool.ts"),
    import("../db/logs/threaded.ts"),
    import("../agent/isolation/isolated-tools.ts"),
  ]);
  // A tool waits in its thread until its log is read and built: were that a task of the same pool, tools could fill it
  // and wait for each other for ever.
  const pool = new WorkerPool();
  const tools = new WorkerPool();
  const module = new URL("../tools/index.ts", import.meta.url);
  const isolate = (all: readonly Tool[]) => isolated(all, tools, module);
  const close = async () => {
    await Promise.all([tools.close(), pool.close()]);
  };
  return { pool, store: openThreadedLogStore(logs, trino), isolate, close };
}

/** Everything that the agent is made of, loaded at once while the database opens. */
async function loadParts(environment: NodeJS.ProcessEnv, folder: DataFolder) {
  const [agent, registry, tools, watches, stores, settings, access, models, providers] = await Promise.all([
    import("../agent/create-service.ts"),
    import("../tools/registry.ts"),
    import("../tools/index.ts"),
    import("../tools/kpi/evaluate-watches.ts"),
    import("../db/logs/open-log-store.ts"),
    import("../db/logs/trino/settings.ts"),
    import("../tools/logs/log-access.ts"),
    import("../tools/mining/model-store.ts"),
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

/** The language model that the environment names, with the built-in planner for when it cannot answer. */
async function loadProviders(environment: NodeJS.ProcessEnv, folder: DataFolder) {
  const [{ providersFrom }, { pseudonymKey }] = await Promise.all([
    import("../agent/model/from-environment.ts"),
    import("./data-folder.ts"),
  ]);
  return providersFrom(environment, () => pseudonymKey(folder));
}

/**
 * The embedder that the environment names: a server by its address, a sentence model by its folder; none for the built-in
 * one.
 */
async function embedding(database: Database, folder: DataFolder, environment: NodeJS.ProcessEnv) {
  const named = environment["MILLWRIGHT_EMBEDDINGS"];
  if (!named) return {};
  if (/^https?:/iu.test(named))
    return { embedder: await hostedEmbedding(named, database, folder, environment) };
  const { openSentenceModel } = await import("../memory/sentence-model/open.ts");
  const dimensions = environment["MILLWRIGHT_EMBEDDINGS_DIMENSIONS"];
  const embedder = await openSentenceModel(named, dimensions ? { dimensions: Number(dimensions) } : {});
  return { embedder, closeEmbedder: embedder.close };
}

async function hostedEmbedding(
  url: string,
  database: Database,
  folder: DataFolder,
  environment: NodeJS.ProcessEnv,
) {
  const [{ hostedEmbedder }, { createPseudonyms }, { pseudonymKey }, { readSecret }, { listPeople }] =
    await Promise.all([
      import("../memory/hosted-embedder.ts"),
      import("../memory/redact.ts"),
      import("./data-folder.ts"),
      import("../agent/model/secret.ts"),
      import("../db/queries/people.ts"),
    ]);
  const reference = environment["MILLWRIGHT_EMBEDDINGS_KEY"];
  const names = (await listPeople(database, tenant)).map(({ name }) => name);
  const { hide } = createPseudonyms({ key: await pseudonymKey(folder), tenant, names });
  return hostedEmbedder({
    url,
    model: environment["MILLWRIGHT_EMBEDDINGS_MODEL"] || "text-embedding-3-small",
    dimensions: Number(environment["MILLWRIGHT_EMBEDDINGS_DIMENSIONS"] || 512),
    key: () => (reference ? readSecret(reference) : null),
    hide,
  });
}

/** Traces go to a collector where OpenTelemetry's own variables name one. */
async function collectors(environment: NodeJS.ProcessEnv) {
  const all = environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const traces =
    environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || (all && `${all.replace(/\/$/u, "")}/v1/traces`);
  if (!traces) return [];
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  return [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: traces }) })];
}

async function toolServices(
  database: Database,
  options: OpenMillwrightOptions,
  environment: NodeJS.ProcessEnv,
  tasks?: WorkerPool,
) {
  const [{ createWorkItems }, { openSecret }, { setTimeout: wait }] = await Promise.all([
    import("../tools/connectors/create-work-items.ts"),
    import("../tools/connectors/secrets.ts"),
    import("node:timers/promises"),
  ]);
  const named = (environment["MILLWRIGHT_ALLOW_HOSTS"] ?? "").split(",").map((host) => host.trim());
  return {
    ...(tasks === undefined ? {} : { tasks }),
    workItems: createWorkItems(database, tenant),
    connectors: {
      allowedHosts: [...named.filter((host) => host !== ""), ...(options.allowedHosts ?? [])],
      openSecret: (reference: string) => openSecret(reference, environment),
      timeout: 10_000,
      wait: async (milliseconds: number, signal: AbortSignal) => {
        await wait(milliseconds, undefined, { signal });
      },
      random: Math.random,
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
    },
  };
}

/** The eval suites, loaded when somebody asks for them. */
function evalsLater(file: string, environment: NodeJS.ProcessEnv): EvalsPort {
  const port = async () => (await import("../evals/main.ts")).evalsPort(file, environment);
  return { latest: async () => (await port()).latest(), run: async (request) => (await port()).run(request) };
}

/** Imports a specification out of a file; for the embedded database, whose callers are this OS user. */
const fromFile =
  (database: Database, { connectors }: Awaited<ReturnType<typeof toolServices>>) =>
  async ({ tenant: owner, path }: { tenant: string; path: string }): Promise<{ id: string }> => {
    const [{ importSpecification }, { readFile }] = await Promise.all([
      import("../tools/connectors/import-specification.ts"),
      import("node:fs/promises"),
    ]);
    const text = await readFile(path, "utf8");
    return importSpecification({ database, tenant: owner, text, allowedHosts: connectors.allowedHosts });
  };

/** Days. */
const tracesAreKept = 30;

/** What the root itself does on the database. */
const overDatabase = (database: Database, folder: DataFolder) => ({
  setKpis: async (kpis: readonly unknown[]) => (await import("./kpis.ts")).setKpis(database, tenant, kpis),
  calendars: createCalendars(database, tenant, async () => ({
    ...(await import("../tools/logs/calendar-store.ts")),
    describeCalendar: (await import("../tools/logs/core/calendar-definition.ts")).describeCalendar,
  })),
  issueToken: async (caller: Person, owner: string, label: string) =>
    (await import("./tokens.ts")).issueTokenFor(database, caller, owner, label),
  firstToken: async () => (await import("./tokens.ts")).firstToken(database, tenant, "dev"),
  linkIdentity: async (person: string, channel: string, subject: string) => {
    const { linkIdentity } = await import("../db/queries/people.ts");
    await linkIdentity(database, { tenant, person, channel, subject });
  },
  claim: async (channel: string, key: string) =>
    (await import("../db/queries/inbox.ts")).takeOnce(database, channel, key),
  expire: async () => {
    const [{ expireProposals }, { fileLedgerHead }, { deleteExpired }, { deleteOldSpans }] =
      await Promise.all([
        import("../agent/approvals/expire.ts"),
        import("../agent/approvals/ledger-head.ts"),
        import("../db/queries/memories.ts"),
        import("../db/queries/spans.ts"),
      ]);
    await expireProposals({ database, head: fileLedgerHead(folder.ledgerHead) }, tenant);
    await deleteExpired(database);
    await deleteOldSpans(database, tracesAreKept);
  },
});

/**
 * Opens everything and listens. What the first question needs is loaded after the address has been printed.
 * @param replaced as for `openMillwright`
 */
export async function serve(options: ServeOptions = {}, replaced: Replaced = {}): Promise<Served> {
  const environment = options.environment ?? process.env;
  const report = reporting(options.report);
  const databaseUrl = options.databaseUrl ?? (environment["DATABASE_URL"] || undefined);
  const tickets =
    options.tickets && databaseUrl === undefined ? await startSampleTickets(options, environment) : null;
  const cleanup: (() => Promise<unknown>)[] = tickets === null ? [] : [() => tickets.close()];
  const close = async () => {
    for (const step of cleanup.splice(0).reverse()) await step();
  };
  try {
    const [millwright, site] = await Promise.all([
      openMillwright(
        {
          samples: true,
          threads: true,
          ...options,
          environment: { ...environment, ...tickets?.environment },
          allowedHosts: [...(options.allowedHosts ?? []), ...(tickets?.allowedHosts ?? [])],
          report,
          ...(databaseUrl === undefined ? {} : { databaseUrl }),
        },
        replaced,
      ),
      options.site ?? builtSite(options),
    ]);
    cleanup.push(() => millwright.close());
    await tickets?.connect(millwright);
    const address = await listenWith(millwright, { ...options, environment, report, site }, cleanup);
    return { address, millwright, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The ticket system of the sample processes, so that an approved action has somewhere to happen: a process of its own
 * that keeps its tickets in the data folder. Only its one port may be called; its token lives as long as both processes.
 */
async function startSampleTickets(options: ServeOptions, environment: NodeJS.ProcessEnv) {
  const [{ startTickets }, { dataFolder }, { mkdir }] = await Promise.all([
    import("../tests/systems/tickets/start.ts"),
    import("./data-folder.ts"),
    import("node:fs/promises"),
  ]);
  const { root, tickets: file } = dataFolder(
    options.data ?? (environment["MILLWRIGHT_DATA"] || ".millwright"),
  );
  await mkdir(root, { recursive: true });
  const token = crypto.randomUUID();
  const { url, port, specification, close } = await startTickets({ token, file });
  const references = { token: "env:MILLWRIGHT_SAMPLE_TICKETS_TOKEN" };
  return {
    environment: { MILLWRIGHT_SAMPLE_TICKETS_TOKEN: token },
    allowedHosts: [`127.0.0.1:${port}`],
    close,
    async connect({ service }: Millwright): Promise<void> {
      const person = await service.identify({ person: "dev", tenant });
      const credential = { id: "tickets", scheme: "bearer", references, settings: {} };
      const input = { specification, id: "tickets", baseUrl: url, credential };
      await service.call({ person, tenant, tool: "connectors.import", input });
    },
  };
}

async function builtSite({ say }: ServeOptions): Promise<string> {
  const { buildWebIfStale } = await import("../web/build.ts");
  return (await buildWebIfStale((line) => say?.(line))).folder;
}

interface Wiring extends ServeOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly report: Report;
  /** The built web app. */
  readonly site: string;
}

/** Puts the channels on an address. What must be undone is added to `cleanup`, in order. */
async function listenWith(
  millwright: Millwright,
  options: Wiring,
  cleanup: (() => Promise<unknown>)[],
): Promise<string> {
  const { environment, report } = options;
  const { listen, isLoopback, ownAddress } = await import("./listen.ts");
  const host = options.host ?? (environment["HOST"] || "127.0.0.1");
  const secret = await localSecret(millwright, cleanup);
  const slack = await slackChannel(millwright, environment, report);
  const app = await httpApplication(millwright, options, isLoopback(host), secret, slack?.routes ?? null);
  const port = options.port ?? Number(environment["PORT"] || 4117);
  const server = await listen((request) => app.fetch(request), host, port);
  cleanup.push(() => server.close());
  await millwright.listensAt(ownAddress(server));
  cleanup.push(() => millwright.listensAt(null));
  if (slack) {
    await slack.start();
    cleanup.push(() => slack.stop());
  }
  await options.say?.(`Millwright listens at ${server.address}`);
  const token = millwright.embedded ? null : await millwright.firstToken();
  if (token !== null)
    await options.say?.(`First start: token of dev (administrator), shown this once: ${token}`);
  cleanup.push(beginUpkeep(millwright, report));
  if (options.open) await (await import("./browser.ts")).openBrowser(server.address, environment);
  return server.address;
}

/** On the embedded database: the secret by which the same OS user's command line is known. */
async function localSecret(
  { embedded, folder }: Millwright,
  cleanup: (() => Promise<unknown>)[],
): Promise<string | null> {
  if (!embedded) return null;
  const { removeSecret, writeSecret } = await import("./data-folder.ts");
  const secret = await writeSecret(folder);
  cleanup.push(() => removeSecret(folder, secret));
  return secret;
}

async function httpApplication(
  millwright: Millwright,
  { environment, report, site }: Wiring,
  loopback: boolean,
  secret: string | null,
  slack: Hono | null,
) {
  const [{ createHttpChannel }, { createCallers }, { createWebChannel }] = await Promise.all([
    import("./http/channel.ts"),
    import("./http/authenticate.ts"),
    import("./web/chat.ts"),
  ]);
  const { service } = millwright;
  const onError = (error: unknown) => {
    if (!(error instanceof MillwrightError) || error.status >= 500) report(error, "request");
  };
  const who = { tenant, local: millwright.embedded && loopback, ...(secret === null ? {} : { secret }) };
  const callers = createCallers(service, who);
  const web = createWebChannel(service, { site, onError, speaker: callers.speaker });
  return createHttpChannel(service, {
    ...who,
    callers,
    onError,
    hosts: (environment["MILLWRIGHT_HOSTS"] ?? "").split(",").filter((name) => name.trim() !== ""),
    secure: environment["MILLWRIGHT_URL"]?.startsWith("https://") === true,
    mine: (request) => millwright.mine(request),
    importLog: (request) => millwright.importLog(request),
    setKpis: (kpis) => millwright.setKpis(kpis),
    calendars: millwright.calendars,
    issueToken: (caller, owner, label) => millwright.issueToken(caller, owner, label),
    linkIdentity: (person, channel, subject) => millwright.linkIdentity(person, channel, subject),
    ready: () => millwright.isWarm(),
    mounts: slack ? [slack, web] : [web],
  });
}

/** Slack, where it is set up. */
async function slackChannel(
  millwright: Millwright,
  environment: NodeJS.ProcessEnv,
  report: Report,
): Promise<SlackChannel | null> {
  const botToken = environment["SLACK_BOT_TOKEN"];
  if (!botToken) return null;
  const [{ createSlackChannel }, { createInbox }] = await Promise.all([
    import("./slack/channel.ts"),
    import("./inbox.ts"),
  ]);
  const { SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL, MILLWRIGHT_URL } = environment;
  return createSlackChannel(millwright.service, createInbox(millwright.claim), {
    botToken,
    ...(SLACK_SIGNING_SECRET ? { signingSecret: SLACK_SIGNING_SECRET } : {}),
    ...(SLACK_APP_TOKEN ? { appToken: SLACK_APP_TOKEN } : {}),
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
    onError: (error) => report(error, "slack"),
    link: (thread, fact) =>
      MILLWRIGHT_URL
        ? `${MILLWRIGHT_URL.replace(/\/$/, "")}/threads/${encodeURIComponent(thread)}?panel=fact/${fact}`
        : null,
  });
}

/**
 * Loads the agent behind the answers, and marks proposals that lapse: now, and then as a job, which one process of all
 * over this database does. Returns what ends it.
 */
function beginUpkeep(millwright: Millwright, report: Report): () => Promise<void> {
  const begin = async (): Promise<() => Promise<void>> => {
    await millwright.warm();
    await millwright.expire();
    return millwright.everyMinute("expire-proposals", () => millwright.expire());
  };
  const begun = begin().catch((error: unknown) => report(error, "upkeep"));
  const warmed = new AbortController();
  void begun
    .then(() => warmLanguages(warmed.signal))
    .catch((error: unknown) => warmed.signal.aborted || report(error, "warming"));
  return async () => {
    warmed.abort();
    await (await begun)?.();
  };
}

/** First words in every language are then read as fast as later ones; requests are answered between the pieces. */
async function warmLanguages(signal: AbortSignal): Promise<void> {
  const [{ warmPlanner }, { tools }] = await Promise.all([
    import("../agent/model/offline/warm.ts"),
    import("../tools/index.ts"),
  ]);
  await warmPlanner(tools, () => setImmediate(undefined, { signal }));
}

/** `node channels/main.ts`: serves until it is told to stop. */
async function main(): Promise<void> {
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  try {
    const open = process.argv.includes("--open");
    const served = await serve({ open, tickets: true, say: (line) => console.log(line) });
    await stop;
    await served.close();
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    const { detail, remedy } = toProblem(error);
    console.error(`millwright: ${detail}${remedy === undefined ? "" : ` ${remedy}`}`);
    process.exitCode = 1;
  }
}

// Not awaited: what imports this module later (the evals' worlds) would wait until the server ends.
if (import.meta.main) void main();
