/** Logs on this machine: SQL in an in-memory DuckDB per log that holds nothing else. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { MillwrightError } from "../../errors.ts";
import { type Relation, storedNames } from "./column-names.ts";
import type { Dialect } from "./dialect.ts";
import { LogQueryError, StoredLogError } from "./errors.ts";
import { FolderLogStore, type LogEngine, type LogState } from "./folder-store.ts";
import { loadInstance, shapeOf } from "./load.ts";
import type { LogStore, QueryResult, StoredColumns } from "./log-store.ts";
import { LogParts } from "./parts.ts";
import { relationSql, type Shape } from "./views.ts";

export { LogQueryError, StoredLogError } from "./errors.ts";

const OPEN_LOGS = 4;

/** `folder` is made where it is not there. Loads DuckDB with the first query. */
export async function openDuckDbLogStore(folder: string): Promise<LogStore> {
  await mkdir(folder, { recursive: true });
  return new FolderLogStore({
    parts: new LogParts(resolve(folder)),
    engines: { duckdb: new DuckDbEngine() },
    choose: () => "duckdb",
    missing: (log, engine) => new EngineMissingError(log, engine),
  });
}

/** A log's SQL runs where Millwright is not connected to. */
export class EngineMissingError extends StoredLogError {
  constructor(log: string, engine: string) {
    super(
      "log-not-stored",
      503,
      `the log ${log} is queried in ${engine}, which is not set up here`,
      "Set MILLWRIGHT_TRINO_URL as where it was imported.",
    );
  }
}

/** Logs loaded into memory, those used last. */
export class DuckDbEngine implements LogEngine {
  /** The one used last at the end. */
  readonly #loaded = new Map<string, { digest: string; log: Promise<LoadedLog> }>();

  /** Loads with the first query. */
  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async query(state: LogState, sql: string, signal: AbortSignal | undefined): Promise<QueryResult> {
    const loaded = await this.#load(state);
    return loaded.query(sql, signal);
  }

  dialect({ attributes }: LogState): Promise<Dialect> {
    return Promise.resolve({ name: "duckdb", names: storedNames(attributes) });
  }

  async forget(log: string): Promise<void> {
    const entry = this.#loaded.get(log);
    this.#loaded.delete(log);
    const loaded = await entry?.log.catch(() => null);
    await loaded?.close();
  }

  remove({ log }: LogState): Promise<void> {
    return this.forget(log);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#loaded.keys()].map((log) => this.forget(log)));
  }

  async #load({ log, digest, attributes, read }: LogState): Promise<LoadedLog> {
    const known = this.#loaded.get(log);
    if (known?.digest === digest) {
      this.#loaded.delete(log);
      this.#loaded.set(log, known);
      return known.log;
    }
    if (known) await this.forget(log);
    const open = (columns: StoredColumns) => LoadedLog.open(columns, storedNames(attributes));
    const entry = { digest, log: read().then(open) };
    this.#loaded.set(log, entry);
    entry.log.catch(() => {
      if (this.#loaded.get(log) === entry) this.#loaded.delete(log);
    });
    for (const [oldest] of this.#loaded) if (this.#loaded.size > OPEN_LOGS) await this.forget(oldest);
    return entry.log;
  }
}

/** One log in one database. Relations are made when a query first names them. */
class LoadedLog {
  readonly #instance: DuckDBInstance;
  readonly #shape: Shape;
  readonly #made = new Map<Relation, Promise<void>>();
  #running = 0;
  #closing = false;

  constructor(instance: DuckDBInstance, shape: Shape) {
    this.#instance = instance;
    this.#shape = shape;
  }

  static async open(columns: StoredColumns, names: ReadonlyMap<string, string>): Promise<LoadedLog> {
    const duckdb = await import("@duckdb/node-api");
    return new LoadedLog(await loadInstance(duckdb, columns, names), shapeOf(columns, names));
  }

  async query(sql: string, signal?: AbortSignal): Promise<QueryResult> {
    this.#running++;
    try {
      await this.#make("events");
      for (const relation of ["steps", "edges", "cases"] as const) {
        if (new RegExp(`\\b${relation}\\b`, "i").test(sql)) await this.#make(relation);
      }
      return await this.#select(sql, signal);
    } finally {
      this.#running--;
      this.#closeWhenIdle();
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (this.#closing && this.#running === 0) this.#instance.closeSync();
  }

  #make(relation: Relation): Promise<void> {
    const known = this.#made.get(relation);
    if (known) return known;
    const made = this.#run(`create table ${relation} as ${relationSql(relation, this.#shape)}`);
    this.#made.set(relation, made);
    return made;
  }

  async #run(sql: string): Promise<void> {
    const connection = await this.#instance.connect();
    try {
      await connection.run(sql);
    } finally {
      connection.closeSync();
    }
  }

  async #select(sql: string, signal?: AbortSignal): Promise<QueryResult> {
    const connection = await this.#instance.connect();
    const interrupt = () => connection.interrupt();
    try {
      signal?.addEventListener("abort", interrupt, { once: true });
      signal?.throwIfAborted();
      const result = await (await prepareSelect(connection, sql)).runAndReadAll();
      return { columns: result.columnNames(), rows: result.getRows().map((row) => row.map(plain)) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof MillwrightError) throw error;
      throw new LogQueryError(firstLine(error), sql, { cause: error });
    } finally {
      signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
    }
  }
}

/** Exactly one statement, and one that only selects. The database itself has no way to files or the network. */
async function prepareSelect(connection: DuckDBConnection, sql: string) {
  const { StatementType } = await import("@duckdb/node-api");
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new LogQueryError("a query is exactly one statement", sql);
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT)
    throw new LogQueryError("only SELECT may run over a log", sql);
  if (prepared.parameterCount > 0) throw new LogQueryError("a query over a log takes no parameters", sql);
  return prepared;
}

const firstLine = (error: unknown): string =>
  String((error as Error).message ?? error).split("\n")[0] as string;

/** A DuckDB value as JSON: instants in UTC, whole numbers as numbers, nested values as text. */
function plain(value: DuckDBValue): number | string | boolean | null {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if ("micros" in value && typeof value.micros === "bigint" && !("months" in value))
    return instant(value.micros);
  if ("scale" in value && typeof value.scale === "number") return Number(value.toString());
  return String(value);
}

function instant(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const text = new Date(Number((micros - rest) / 1000n)).toISOString();
  return rest === 0n ? text : `${text.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}
