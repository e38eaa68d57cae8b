/** The server: the agent, its channels on an address, and the sample processes' ticket system beside it. */
import type { Millwright, Served, ServeOptions } from "../millwright.ts";
import { listenWith } from "./listen-with.ts";
import { openMillwright, type Replaced } from "./open-millwright.ts";
import { reporting } from "./reporting.ts";
import { tenant } from "./tenant.ts";

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
    import("../../tests/systems/tickets/start.ts"),
    import("../data-folder.ts"),
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
  const { buildWebIfStale } = await import("../../web/build.ts");
  return (await buildWebIfStale((line) => say?.(line))).folder;
}
