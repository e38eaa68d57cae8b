/**
 * The log store: logs rest in files (parts.ts), and SQL over them runs in an engine that is given what they hold. So a log
 * reads the same and has the same digest whichever engine it has, and what an engine holds can always be made again.
 */
import type { Dialect } from "./dialect.ts";
import type { LogStore, QueryResult, StoredColumns } from "./log-store.ts";
import type { EarlierState, EngineName, LogParts } from "./parts.ts";

/** One state of a log, for an engine. */
export interface LogState {
  readonly log: string;
  readonly digest: string;
  /** Its files' folder. */
  readonly folder: string;
  /** The names of all attributes that it has or will have, in the order in which they came. */
  readonly attributes: readonly string[];
  read(): Promise<StoredColumns>;
  /** States of which this one is a continuation, the newest first. */
  earlier(): Promise<readonly EarlierState[]>;
}

/** Where SQL over logs runs. */
export interface LogEngine {
  /** Makes a new log ready for queries. */
  prepare(state: LogState, columns: StoredColumns): Promise<void>;
  query(state: LogState, sql: string, signal: AbortSignal | undefined): Promise<QueryResult>;
  dialect(state: LogState): Promise<Dialect>;
  /** Gives up what it holds of a log in memory. */
  forget(log: string): Promise<void>;
  /** Removes what it has of a log anywhere. */
  remove(state: LogState): Promise<void>;
  close(): Promise<void>;
}

export interface FolderStoreOptions {
  readonly parts: LogParts;
  readonly engines: Readonly<Partial<Record<EngineName, LogEngine>>>;
  /** Which engine a new log gets. */
  readonly choose: (columns: StoredColumns) => EngineName;
  /** What to say when a log needs an engine that is not there. */
  readonly missing: (log: string, engine: EngineName) => Error;
}

export class FolderLogStore implements LogStore {
  readonly #options: FolderStoreOptions;

  constructor(options: FolderStoreOptions) {
    this.#options = options;
  }

  async create(log: string, columns: StoredColumns): Promise<void> {
    const { parts, choose } = this.#options;
    const name = choose(columns);
    const engine = this.#engine(log, name);
    await parts.create(log, columns, name);
    try {
      const { state } = await this.#open(log);
      await engine.prepare(state, columns);
    } catch (error) {
      await this.remove(log);
      throw error;
    }
  }

  append(log: string, columns: StoredColumns, after?: string): Promise<string> {
    return this.#options.parts.append(log, columns, after);
  }

  read(log: string, digest?: string): Promise<StoredColumns> {
    return this.#options.parts.read(log, digest);
  }

  async query(
    log: string,
    sql: string,
    { signal, digest }: { signal?: AbortSignal; digest?: string } = {},
  ): Promise<QueryResult> {
    signal?.throwIfAborted();
    const { engine, state } = await this.#open(log, digest);
    return engine.query(state, sql, signal);
  }

  async dialect(log: string): Promise<Dialect> {
    const { engine, state } = await this.#open(log);
    return engine.dialect(state);
  }

  digest(log: string): Promise<string> {
    return this.#options.parts.digest(log);
  }

  async remove(log: string): Promise<void> {
    const { engine, state } = await this.#open(log);
    await engine.remove(state);
    await this.#options.parts.remove(log);
    await engine.forget(log);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#options.engines).map((engine) => engine.close()));
  }

  async #open(log: string, wanted?: string): Promise<{ engine: LogEngine; state: LogState }> {
    const { parts } = this.#options;
    const { engine, digest: latest, attributes } = await parts.about(log);
    const digest = wanted ?? latest;
    const read = () => parts.read(log, digest);
    const earlier = () => parts.earlier(log, digest);
    return {
      engine: this.#engine(log, engine),
      state: { log, digest, folder: parts.path(log), attributes, read, earlier },
    };
  }

  #engine(log: string, name: EngineName): LogEngine {
    const engine = this.#options.engines[name];
    if (engine === undefined) throw this.#options.missing(log, name);
    return engine;
  }
}
