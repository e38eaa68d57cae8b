/** Logs on this machine: a folder per log, SQL in an in-memory DuckDB per log that holds nothing else. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { MillwrightError } from "../../errors.ts";
import { DamagedLogError, decodeColumns, encodeColumns } from "./columns-file.ts";
import { type Dialect, duckDbDialect } from "./dialect.ts";
import { loadInstance, shapeOf } from "./load.ts";
import type { LogStore, QueryResult, StoredColumns } from "./log-store.ts";
import { mergeColumns } from "./merge-columns.ts";
import { casesTable, EDGES, eventsTable, type Shape, stepsTable } from "./views.ts";

export class StoredLogError extends MillwrightError {
  constructor(
    code: "log-not-stored" | "log-exists" | "log-id",
    status: number,
    message: string,
    remedy: string,
  ) {
    super(code, status, message, { remedy });
  }
}

/** A query that may not run, or that cannot. */
export class LogQueryError extends MillwrightError {
  constructor(message: string, sql: string, options?: ErrorOptions) {
    super(
      "log-query",
      400,
      message,
      {
        value: sql.length > 200 ? `${sql.slice(0, 200)}…` : sql,
        expected: "one SELECT over the relations events, steps, edges and cases",
        remedy: "Change the query.",
      },
      options,
    );
  }
}

interface Manifest {
  readonly version: 1;
  readonly parts: readonly { readonly file: string; readonly rows: number; readonly sha256: string }[];
}

const OPEN_LOGS = 4;

/** `folder` is made where it is not there. Loads DuckDB with the first query. */
export async function openDuckDbLogStore(folder: string): Promise<LogStore> {
  await mkdir(folder, { recursive: true });
  return new DuckDbLogStore(resolve(folder));
}

class DuckDbLogStore implements LogStore {
  readonly #folder: string;
  /** Loaded logs, the one used last at the end. */
  readonly #loaded = new Map<string, { digest: string; log: Promise<LoadedLog> }>();
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  create(log: string, columns: StoredColumns): Promise<void> {
    return this.#exclusively(log, async () => {
      if (await this.#manifest(log)) {
        throw new StoredLogError("log-exists", 409, `there is a log ${log} already`, "Choose another id.");
      }
      await mkdir(this.#path(log), { recursive: true });
      await this.#addPart(log, { version: 1, parts: [] }, columns);
    });
  }

  append(log: string, columns: StoredColumns, after?: string): Promise<string> {
    return this.#exclusively(log, async () => {
      const found = await this.#require(log);
      const kept = stateAt(log, found, after);
      const next = await this.#addPart(log, kept, columns);
      const dropped = found.parts.slice(kept.parts.length);
      await Promise.all(dropped.map(({ file }) => rm(join(this.#path(log), file), { force: true })));
      return digestOf(next);
    });
  }

  async read(log: string, digest?: string): Promise<StoredColumns> {
    const { parts } = stateAt(log, await this.#require(log), digest);
    const read = parts.map(async ({ file, sha256 }) => {
      const bytes = await readFile(join(this.#path(log), file)).catch((cause: unknown) => {
        throw new DamagedLogError(log, `the part ${file} is missing`, { cause });
      });
      if (hash(bytes) !== sha256) throw new DamagedLogError(log, `the part ${file} was changed`);
      return decodeColumns(log, bytes);
    });
    return mergeColumns(await Promise.all(read));
  }

  async query(
    log: string,
    sql: string,
    { signal, digest }: { signal?: AbortSignal; digest?: string } = {},
  ): Promise<QueryResult> {
    signal?.throwIfAborted();
    const loaded = await this.#load(log, digest ?? (await this.digest(log)));
    return loaded.query(sql, signal);
  }

  dialect(): Promise<Dialect> {
    return Promise.resolve(duckDbDialect);
  }

  async digest(log: string): Promise<string> {
    return digestOf(await this.#require(log));
  }

  async remove(log: string): Promise<void> {
    await this.#exclusively(log, async () => {
      await this.#require(log);
      const grave = join(this.#folder, `.removed-${randomUUID()}`);
      await rename(this.#path(log), grave);
      await rm(grave, { recursive: true });
      await this.#forget(log);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#loaded.keys()].map((log) => this.#forget(log)));
  }

  /** One writer at a time for each log. */
  #exclusively<Result>(log: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#writing.get(log) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#writing.set(log, done);
    const clear = () => {
      if (this.#writing.get(log) === done) this.#writing.delete(log);
    };
    done.then(clear, clear);
    return done;
  }

  /** Identifiers are names of folders, so they may not lead anywhere else. */
  #path(log: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(log)) {
      throw new StoredLogError(
        "log-id",
        400,
        `"${log.slice(0, 40)}" is not the id of a log`,
        "Use letters, digits, - and _.",
      );
    }
    return join(this.#folder, log);
  }

  async #manifest(log: string): Promise<Manifest | null> {
    const path = join(this.#path(log), "manifest.json");
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (text === null) return null;
    try {
      return JSON.parse(text) as Manifest;
    } catch (cause) {
      throw new DamagedLogError(log, "its list of parts cannot be read", { cause });
    }
  }

  async #require(log: string): Promise<Manifest> {
    const manifest = await this.#manifest(log);
    if (manifest) return manifest;
    throw new StoredLogError("log-not-stored", 404, `there is no log ${log} in the store`, "Import it.");
  }

  /** The part is on disk before the manifest names it, so a crash leaves the log as it was. */
  async #addPart(log: string, manifest: Manifest, columns: StoredColumns): Promise<Manifest> {
    const buffers = encodeColumns(columns);
    const sha = createHash("sha256");
    for (const buffer of buffers) sha.update(buffer);
    const number = String(manifest.parts.length + 1).padStart(6, "0");
    const file = `part-${number}-${randomUUID().slice(0, 8)}.columns`;
    await writeWhole(join(this.#path(log), file), buffers);
    const part = { file, rows: columns.rows, sha256: sha.digest("hex") };
    const next: Manifest = { version: 1, parts: [...manifest.parts, part] };
    await writeWhole(join(this.#path(log), "manifest.json"), [Buffer.from(JSON.stringify(next, null, 1))]);
    return next;
  }

  async #load(log: string, digest: string): Promise<LoadedLog> {
    const known = this.#loaded.get(log);
    if (known?.digest === digest) {
      this.#loaded.delete(log);
      this.#loaded.set(log, known);
      return known.log;
    }
    if (known) await this.#forget(log);
    const entry = { digest, log: this.read(log, digest).then(LoadedLog.open) };
    this.#loaded.set(log, entry);
    entry.log.catch(() => {
      if (this.#loaded.get(log) === entry) this.#loaded.delete(log);
    });
    for (const [oldest] of this.#loaded) if (this.#loaded.size > OPEN_LOGS) await this.#forget(oldest);
    return entry.log;
  }

  async #forget(log: string): Promise<void> {
    const entry = this.#loaded.get(log);
    this.#loaded.delete(log);
    const loaded = await entry?.log.catch(() => null);
    await loaded?.close();
  }
}

type Relation = "events" | "steps" | "edges" | "cases";

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

  static async open(columns: StoredColumns): Promise<LoadedLog> {
    const duckdb = await import("@duckdb/node-api");
    return new LoadedLog(await loadInstance(duckdb, columns), shapeOf(columns));
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
    const made = this.#run(definition(relation, this.#shape));
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

function definition(relation: Relation, shape: Shape): string {
  switch (relation) {
    case "events":
      return eventsTable(shape);
    case "steps":
      return stepsTable(shape);
    case "edges":
      return EDGES;
    case "cases":
      return casesTable(shape);
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

const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const digestOf = ({ parts }: Manifest): string =>
  createHash("sha256")
    .update(parts.map((part) => part.sha256).join("\n"))
    .digest("hex");

/** A log only grows by parts, so each state it had is a beginning of its list of parts. */
function stateAt(log: string, manifest: Manifest, digest: string | undefined): Manifest {
  if (digest === undefined) return manifest;
  for (let count = manifest.parts.length; count > 0; count--) {
    const state = { ...manifest, parts: manifest.parts.slice(0, count) };
    if (digestOf(state) === digest) return state;
  }
  throw new DamagedLogError(log, `no state of it has the digest ${digest}`);
}

/** All of it under its name, or nothing. */
async function writeWhole(path: string, buffers: readonly Buffer[]): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.new`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writev([...buffers]);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
