/**
 * Logs in Trino: a schema for each state of a log, with its rows and the relations made from them. What is there can be
 * made again from the log's files at any time, so a catalog that forgets (one in memory) is no loss.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { OWN_COLUMNS, type Relation, storedNames } from "../column-names.ts";
import type { Dialect } from "../dialect.ts";
import { LogQueryError } from "../errors.ts";
import type { LogEngine, LogState } from "../folder-store.ts";
import { casesSource, eventsSource, shapeOf, type TableSource } from "../load.ts";
import type { QueryResult, StoredColumns } from "../log-store.ts";
import { writeWhole } from "../parts.ts";
import { trinoSql } from "../sql/trino-dialect.ts";
import { relationSql, type Shape } from "../views.ts";
import { type TrinoClient, TrinoStatementError } from "./client.ts";
import { assertSelect } from "./select-only.ts";
import { plainResult } from "./values.ts";
import { definitionOf, type TableBefore, type TableWriter } from "./writers.ts";

/** A state of a log as it is in Trino; kept beside the log's files. */
interface Published {
  readonly version: 1;
  readonly schema: string;
  readonly shape: Shape;
  /** The definition of the table of rows, where a later state may continue it. */
  readonly rows?: string;
}

interface Ready extends Published {
  /** Relations that are there, or are being made. */
  readonly made: Map<Relation, Promise<void>>;
}

/** Of one log: the newest, and the one that readers may still be at. */
const KEPT_STATES = 2;
const RELATIONS: readonly Relation[] = ["events", "steps", "edges", "cases"];

export class TrinoEngine implements LogEngine {
  readonly #client: TrinoClient;
  readonly #writer: TableWriter;
  readonly #ready = new Map<string, Promise<Ready>>();

  constructor(client: TrinoClient, writer: TableWriter) {
    this.#client = client;
    this.#writer = writer;
  }

  async prepare(state: LogState, columns: StoredColumns): Promise<void> {
    await this.#open(state, columns);
  }

  async query(state: LogState, sql: string, signal: AbortSignal | undefined): Promise<QueryResult> {
    assertSelect(sql);
    const ready = await this.#open(state);
    const named = RELATIONS.filter((relation) => new RegExp(`\\b${relation}\\b`, "i").test(sql));
    if (named.length > 0) await this.#make(ready, "events");
    await Promise.all(named.map((relation) => this.#make(ready, relation)));
    signal?.throwIfAborted();
    try {
      return plainResult(await this.#client.run(sql, { schema: ready.schema, signal }));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TrinoStatementError && error.isOurs)
        throw new LogQueryError(error.message, sql, { cause: error });
      throw error;
    }
  }

  async dialect(state: LogState): Promise<Dialect> {
    const { shape } = await this.#open(state);
    const columns = {
      ...OWN_COLUMNS,
      events: [...OWN_COLUMNS.events, ...shape.attributes],
      cases: [...OWN_COLUMNS.cases, ...shape.caseAttributes],
    };
    return { name: "trino", tables: { names: namesOf(state), columns } };
  }

  forget(log: string): Promise<void> {
    for (const key of this.#ready.keys()) if (key.startsWith(`${log} `)) this.#ready.delete(key);
    return Promise.resolve();
  }

  /** Every state that was published, by whichever process. */
  async remove({ folder }: LogState): Promise<void> {
    for (const name of await recordsIn(folder)) {
      await this.#drop((await recordAt(join(folder, name))).schema);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#ready.values());
  }

  #open(state: LogState, columns?: StoredColumns): Promise<Ready> {
    const key = `${state.log} ${state.digest}`;
    const known = this.#ready.get(key);
    if (known) return known;
    const ready = this.#found(state).then((found) => found ?? this.#publish(state, columns));
    this.#ready.set(key, ready);
    ready.catch(() => this.#ready.delete(key));
    return ready;
  }

  /** What an earlier process published, if Trino still has it. */
  async #found(state: LogState): Promise<Ready | null> {
    const text = await readFile(recordOf(state), "utf8").catch(() => null);
    if (text === null) return null;
    const published = JSON.parse(text) as Published;
    const { rows } = await this.#client.run(
      `select table_name from information_schema.tables where table_schema = '${published.schema}'`,
    );
    const there = new Set(rows.map(([table]) => table));
    if (there.has("raw_events") && there.has("raw_cases")) {
      const made = RELATIONS.filter((relation) => there.has(relation));
      return { ...published, made: new Map(made.map((relation) => [relation, Promise.resolve()])) };
    }
    await rm(recordOf(state), { force: true });
    return null;
  }

  /** Into a schema of its own name, so that processes that publish at once do not meet; the first record counts. */
  async #publish(state: LogState, given?: StoredColumns): Promise<Ready> {
    const columns = given ?? (await state.read());
    const names = namesOf(state);
    const schema = `${prefixOf(state.log)}${state.digest.slice(0, 8)}_${randomUUID().slice(0, 8)}`;
    const events = eventsSource(columns, names);
    const rows = definitionOf(events);
    const published: Published = { version: 1, schema, shape: shapeOf(columns, names), rows };
    try {
      await this.#client.run(`create schema ${schema}`);
      await this.#writeRows(state, schema, events);
      await this.#writer.write(schema, "raw_cases", casesSource(columns, names));
      await writeWhole(recordOf(state), [Buffer.from(JSON.stringify(published))]);
    } catch (error) {
      await this.#drop(schema).catch(() => undefined);
      throw error;
    }
    await this.#dropOldStates(state);
    return { ...published, made: new Map() };
  }

  /** Only the new rows where an earlier state is there. */
  async #writeRows(state: LogState, schema: string, events: TableSource): Promise<void> {
    const before = await this.#before(state, definitionOf(events));
    if (before !== null && (await this.#writer.continue(schema, "raw_events", events, before))) {
      // A state that is removed loses its record first: while that is there, so were all of its rows.
      if ((await this.#before(state, definitionOf(events)))?.schema === before.schema) return;
      await this.#client.run(`drop table ${schema}.raw_events`);
    }
    await this.#writer.write(schema, "raw_events", events);
  }

  /** The newest state before this one that is in Trino with the same columns: its rows are this one's first ones. */
  async #before(state: LogState, rows: string): Promise<TableBefore | null> {
    const records = new Set(await recordsIn(state.folder));
    if (records.size === 0) return null;
    for (const earlier of await state.earlier()) {
      if (!records.has(recordName(earlier.digest))) continue;
      const published = await recordAt(join(state.folder, recordName(earlier.digest))).catch(() => null);
      if (published?.rows === rows) return { schema: published.schema, rows: earlier.rows };
    }
    return null;
  }

  /** Makes a relation once; another process may have been first. */
  #make(ready: Ready, relation: Relation): Promise<void> {
    const known = ready.made.get(relation);
    if (known) return known;
    const sql = trinoSql(relationSql(relation, ready.shape));
    const made = this.#createRelation(ready.schema, relation, sql);
    ready.made.set(relation, made);
    made.catch(() => ready.made.delete(relation));
    return made;
  }

  async #createRelation(schema: string, relation: Relation, sql: string): Promise<void> {
    const options = await this.#client.tableOptions();
    try {
      await this.#client.run(`create table ${relation} ${options} as ${sql}`, { schema });
    } catch (error) {
      if (!(error instanceof TrinoStatementError && error.errorName === "TABLE_ALREADY_EXISTS")) throw error;
    }
  }

  async #dropOldStates({ log, folder }: LogState): Promise<void> {
    const records = await recordsIn(folder);
    const dated = await Promise.all(
      records.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
    );
    for (const { name } of dated.sort((a, b) => b.at - a.at).slice(KEPT_STATES)) {
      const { schema } = await recordAt(join(folder, name));
      await rm(join(folder, name), { force: true });
      for (const key of this.#ready.keys()) {
        if (key.startsWith(`${log} `) && (await this.#ready.get(key))?.schema === schema)
          this.#ready.delete(key);
      }
      await this.#drop(schema);
    }
  }

  async #drop(schema: string): Promise<void> {
    await this.#client.run(`drop schema if exists ${schema} cascade`);
    await this.#writer.remove(schema);
  }
}

const recordName = (digest: string): string => `trino-${digest.slice(0, 16)}.json`;
const recordOf = ({ folder, digest }: LogState): string => join(folder, recordName(digest));

const recordsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^trino-[0-9a-f]+\.json$/.test(name));

const recordAt = async (path: string): Promise<Published> =>
  JSON.parse(await readFile(path, "utf8")) as Published;

const namesOf = ({ attributes }: LogState): ReadonlyMap<string, string> => storedNames(attributes, cleanName);

/** Hive has no columns with commas, or with spaces at their ends, and writes all names in small letters. */
function cleanName(name: string): string {
  return name
    .replaceAll(/[,\p{C}]/gu, "_")
    .trim()
    .slice(0, 100)
    .trim()
    .toLowerCase();
}

/** A part of the id to be recognised by, and a hash of all of it. */
function prefixOf(log: string): string {
  const hash = createHash("sha256").update(log).digest("hex").slice(0, 12);
  return `log_${log
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "_")
    .slice(0, 40)}_${hash}_`;
}
