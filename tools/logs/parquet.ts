/** What the reader and the writer of Parquet share: a DuckDB in memory that loads nothing from outside. */
import type { DuckDBConnection } from "@duckdb/node-api";

export type DuckDb = typeof import("@duckdb/node-api");

/** Runs `use` with a connection to a new database, which is gone afterwards. */
export async function withDuckDb<Result>(
  use: (connection: DuckDBConnection, duckdb: DuckDb) => Promise<Result>,
): Promise<Result> {
  const duckdb = await import("@duckdb/node-api");
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: "2GB",
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("set timezone = 'UTC'").catch(ignoreMissingSetting);
    return await use(connection, duckdb);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Builds of DuckDB without the calendar extension know no time zone setting, and need none. */
function ignoreMissingSetting(error: unknown): void {
  if (!/unrecognized configuration|extension/i.test(String(error))) throw error;
}
