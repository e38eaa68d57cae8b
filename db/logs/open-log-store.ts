/** The log store as it is set up: DuckDB, and Trino for large logs where there is one. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { DuckDbEngine, EngineMissingError } from "./duckdb.ts";
import { FolderLogStore } from "./folder-store.ts";
import type { LogStore } from "./log-store.ts";
import { LogParts } from "./parts.ts";
import { TrinoClient } from "./trino/client.ts";
import { TrinoEngine } from "./trino/engine.ts";
import { connectionOf, type TrinoSettings } from "./trino/settings.ts";
import { InsertWriter, ParquetWriter } from "./trino/writers.ts";

/** `folder` is made where it is not there. */
export async function openLogStore(
  folder: string,
  trino: TrinoSettings | null,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<LogStore> {
  await mkdir(folder, { recursive: true });
  return new FolderLogStore({
    parts: new LogParts(resolve(folder)),
    engines: {
      duckdb: new DuckDbEngine(),
      ...(trino === null ? {} : { trino: await trinoEngine(trino, environment) }),
    },
    choose: ({ rows }) => (trino !== null && rows >= trino.fromEvents ? "trino" : "duckdb"),
    missing: (log, engine) => new EngineMissingError(log, engine),
  });
}

async function trinoEngine(settings: TrinoSettings, environment: NodeJS.ProcessEnv): Promise<TrinoEngine> {
  const client = new TrinoClient(await connectionOf(settings, environment));
  const { files } = settings;
  return new TrinoEngine(
    client,
    files === null ? new InsertWriter(client) : new ParquetWriter(client, files),
  );
}
