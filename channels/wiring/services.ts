/** What tools and traces reach outside: connected systems, collectors, evals. */
import type { Database } from "../../db/client.ts";
import type { EvalsPort } from "../../tools/evals/evals.ts";
import type { WorkerPool } from "../../tools/worker-pool.ts";
import type { OpenMillwrightOptions } from "../millwright.ts";
import { tenant } from "./tenant.ts";

/** Traces go to a collector where OpenTelemetry's own variables name one. */
export async function collectors(environment: NodeJS.ProcessEnv) {
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

export async function toolServices(
  database: Database,
  options: OpenMillwrightOptions,
  environment: NodeJS.ProcessEnv,
  tasks?: WorkerPool,
) {
  const [{ createWorkItems }, { openSecret }, { setTimeout: wait }] = await Promise.all([
    import("../../tools/connectors/create-work-items.ts"),
    import("../../tools/connectors/secrets.ts"),
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
export function evalsLater(file: string, environment: NodeJS.ProcessEnv): EvalsPort {
  const port = async () => (await import("../../evals/main.ts")).evalsPort(file, environment);
  return { latest: async () => (await port()).latest(), run: async (request) => (await port()).run(request) };
}

/** Imports a specification out of a file; for the embedded database, whose callers are this OS user. */
export const fromFile =
  (database: Database, { connectors }: Awaited<ReturnType<typeof toolServices>>) =>
  async ({ tenant: owner, path }: { tenant: string; path: string }): Promise<{ id: string }> => {
    const [{ importSpecification }, { readFile }] = await Promise.all([
      import("../../tools/connectors/import-specification.ts"),
      import("node:fs/promises"),
    ]);
    const text = await readFile(path, "utf8");
    return importSpecification({ database, tenant: owner, text, allowedHosts: connectors.allowedHosts });
  };
