/** What the command line wires together: everything heavy, loaded when a command asks for it. `mine` loads no agent. */
import type { ConformanceResult, Engines } from "./command.ts";
import type { Connector } from "./connection.ts";
import type { DemoWorld } from "./demo.ts";

export const engines: Engines = {
  async mine(file, options) {
    const { mineFile } = await import("../../tools/mining/mine.ts");
    const { mapping, ...rest } = options;
    const { result } = await mineFile(file, {
      ...rest,
      ...(mapping && { mapping: mapping as Record<string, string> }),
    });
    return { ...result, mapping: { ...result.mapping } };
  },
  async conformance(log, model, { mapping, ...options }, signal) {
    const { inlineTasks } = await import("../../tools/inline-tasks.ts");
    const input = { log, model, ...options, ...(mapping && { mapping: mapping as Record<string, string> }) };
    const module = new URL("../../tools/mining/conformance-files.ts", import.meta.url);
    return inlineTasks.run<ConformanceResult>({ module, name: "conformanceOfFiles", input }, { signal });
  },
  model: async (file, options) => (await import("../../tools/mining/model-file.ts")).modelFile(file, options),
  async exportFile(file, request) {
    const { exportLogFile } = await import("../../tools/logs/export-file.ts");
    return exportLogFile(file, request);
  },
  async exportStored(request, write) {
    const { exportTo } = await import("../../tools/logs/export-file.ts");
    return exportTo(request, write);
  },
  demo: demoWorld,
  async mutants({ onResult, ...request }) {
    const { runMutants, survivors, inWords } = await import("../../evals/mutants/run.ts");
    const report = await runMutants({
      ...request,
      environment: process.env,
      onResult: ({ mutant, caughtBy, broke }) =>
        onResult({ id: mutant.id, caught: caughtBy.length > 0 || broke !== null }),
    });
    const of = report.results.length;
    return { text: inWords(report), json: report, caught: of - survivors(report).length, of };
  },
  async evals(request) {
    const { evaluate } = await import("../../evals/main.ts");
    return evaluate({ ...request, environment: process.env });
  },
  serve: async (options) => (await import("../main.ts")).serve(options),
  connector: async (request) => (await connector())(request),
};

/** Everything that the demo needs, in a folder of its own; only the ticket system's one port may be called. */
async function demoWorld({ data, now, say }: Parameters<Engines["demo"]>[0]): Promise<DemoWorld> {
  const [{ startTickets }, { openMillwright }, { generateSample, nextEvents }, { withFile }] =
    await Promise.all([
      import("../../tests/systems/tickets/start.ts"),
      import("../main.ts"),
      import("../../tools/logs/samples/generate.ts"),
      import("../temporary-file.ts"),
    ]);
  const token = crypto.randomUUID();
  const tickets = await startTickets({ token });
  const millwright = await openMillwright({
    data,
    environment: { ...process.env, ANTHROPIC_API_KEY: "", MILLWRIGHT_MODEL_URL: "", TICKETS_TOKEN: token },
    allowedHosts: [`127.0.0.1:${tickets.port}`],
    ...(now === undefined ? {} : { now }),
  });
  return {
    millwright,
    say,
    tickets: { ...tickets, list: () => listTickets(tickets.url, token) },
    importLog: () =>
      withFile("order-to-cash.csv", generateSample("order-to-cash").csv, (path) =>
        millwright.importLog({ person: null, name: "order-to-cash.csv", path }),
      ),
    laterEvents: (from) => nextEvents("order-to-cash", { from, cases: 400, improved: true }),
  };
}

async function listTickets(url: string, token: string): Promise<{ id: string; title: string }[]> {
  const response = await fetch(`${url}/tickets`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as { id: string; title: string }[];
}

async function connector(): Promise<Connector> {
  const { createConnector } = await import("./connect.ts");
  return createConnector({
    open: async (options) => (await import("../main.ts")).openMillwright(options),
    async holder(data) {
      const [{ dataFolder }, { folderHolder }] = await Promise.all([
        import("../data-folder.ts"),
        import("../../db/lock.ts"),
      ]);
      return folderHolder(dataFolder(data).database);
    },
    async secret(data) {
      const { dataFolder, readSecret } = await import("../data-folder.ts");
      return readSecret(dataFolder(data));
    },
  });
}
