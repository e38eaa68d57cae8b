/**
 * How a log's rows come to Trino. Through files: Parquet in a folder that both reach, which is the way for logs of any size.
 * Or through statements, where there is no such folder: slower by far (docs/scaling.md), but it needs nothing more.
 */
import { link, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type LoadColumn, Staging, type TableSource } from "../load.ts";
import type { StoredColumn } from "../log-store.ts";
import { quotedName } from "../sql/tokens.ts";
import { type TrinoClient, TrinoStatementError } from "./client.ts";

export interface TableWriter {
  /** Makes `schema.table` and fills it. */
  write(schema: string, table: string, source: TableSource): Promise<void>;
  /**
   * The same, where an earlier table has the first rows: only the others are written. False where that is not possible, and
   * nothing was made.
   */
  continue(schema: string, table: string, source: TableSource, before: TableBefore): Promise<boolean>;
  /** Removes what it keeps beside Trino's tables. */
  remove(schema: string): Promise<void>;
}

/** A table of that name in another schema, with the first rows of the one to be made and the same columns. */
export interface TableBefore {
  readonly schema: string;
  readonly rows: number;
}

const TYPES = { text: "varchar", number: "double", time: "timestamp(6)", boolean: "boolean" } as const;

/** The columns of a table in SQL. */
export function definitionOf({ rowName, columns }: TableSource): string {
  const list = columns.map(({ name, column, type }) => {
    const own = column === null ? (type === "timestamp" ? TYPES.time : TYPES.text) : TYPES[column.kind];
    return `${quotedName(name)} ${own}`;
  });
  return [`${rowName} integer`, ...list].join(", ");
}

export interface SharedFolder {
  /** Here. */
  readonly path: string;
  /** As Trino knows it: `local:///logs`, `s3://bucket/logs`. */
  readonly location: string;
}

/** Of one file: what a worker reads at once, and what this process holds while it writes. */
const FILE_ROWS = 1_000_000;
/** Of a table: small ones make reading slow, so a log that grew by so many is written anew. */
const MOST_FILES = 64;

export class ParquetWriter implements TableWriter {
  readonly #client: TrinoClient;
  readonly #folder: SharedFolder;

  constructor(client: TrinoClient, folder: SharedFolder) {
    this.#client = client;
    this.#folder = folder;
  }

  async write(schema: string, table: string, source: TableSource): Promise<void> {
    const folder = await this.#emptyFolder(schema, table);
    await writeParquet(folder, source, 0, 0);
    await this.#create(schema, table, source);
  }

  /** Files that were written stay as they are, so the earlier table's stand in both folders: as links, without a copy. */
  async continue(schema: string, table: string, source: TableSource, before: TableBefore): Promise<boolean> {
    const old = join(this.#folder.path, before.schema, table);
    const files = (await readdir(old).catch(() => [])).filter((name) => name.endsWith(".parquet")).sort();
    if (files.length === 0 || files.length >= MOST_FILES) return false;
    const folder = await this.#emptyFolder(schema, table);
    try {
      for (const name of files) await link(join(old, name), join(folder, name));
    } catch {
      // A file system without links, or the earlier state was just removed.
      await rm(folder, { recursive: true, force: true });
      return false;
    }
    await writeParquet(folder, source, before.rows, Number.parseInt(files.at(-1) ?? "", 10));
    await this.#create(schema, table, source);
    return true;
  }

  async #emptyFolder(schema: string, table: string): Promise<string> {
    const folder = join(this.#folder.path, schema, table);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async #create(schema: string, table: string, source: TableSource): Promise<void> {
    const { location } = this.#folder;
    const place = `${location.replace(/\/+$/, "")}/${schema}/${table}`.replace(/^(\w+):\/([^/])/, "$1:///$2");
    await this.#client.run(
      `create table ${schema}.${table} (${definitionOf(source)}) with (format = 'PARQUET', external_location = '${place.replaceAll("'", "''")}')`,
    );
  }

  async remove(schema: string): Promise<void> {
    await rm(join(this.#folder.path, schema), { recursive: true, force: true });
  }
}

/** Rows from `first` on, in files numbered after `last`. */
async function writeParquet(folder: string, source: TableSource, first: number, last: number): Promise<void> {
  const duckdb = await import("@duckdb/node-api");
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "2GB" });
  const connection = await instance.connect();
  try {
    const staging = await Staging.open(duckdb, connection, source);
    for (let from = first, file = last + 1; from < source.rows; from += FILE_ROWS, file++) {
      await staging.fill(from, Math.min(source.rows, from + FILE_ROWS));
      const path = join(folder, `${String(file).padStart(6, "0")}.parquet`).replaceAll("'", "''");
      await connection.run(
        `copy (${staging.select}) to '${path}' (format parquet, compression zstd, row_group_size 250000)`,
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Trino takes statements of a million characters. */
const STATEMENT = 800_000;

export class InsertWriter implements TableWriter {
  readonly #client: TrinoClient;

  constructor(client: TrinoClient) {
    this.#client = client;
  }

  async write(schema: string, table: string, source: TableSource): Promise<void> {
    const options = await this.#client.tableOptions();
    await this.#client.run(`create table ${schema}.${table} (${definitionOf(source)}) ${options}`);
    await this.#insert(schema, table, source, 0);
  }

  async continue(schema: string, table: string, source: TableSource, before: TableBefore): Promise<boolean> {
    const options = await this.#client.tableOptions();
    try {
      await this.#client.run(
        `create table ${schema}.${table} ${options} as select * from ${before.schema}.${table}`,
      );
    } catch (error) {
      if (error instanceof TrinoStatementError && error.isOurs) return false;
      throw error;
    }
    await this.#insert(schema, table, source, before.rows);
    return true;
  }

  async #insert(schema: string, table: string, source: TableSource, first: number): Promise<void> {
    let rows: string[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      if (rows.length > 0) await this.#client.run(`insert into ${schema}.${table} values ${rows.join(",")}`);
      [rows, size] = [[], 0];
    };
    for (let row = first; row < source.rows; row++) {
      const text = `(${[`${row}`, ...source.columns.map((own) => literal(own, row))].join(",")})`;
      if (size + text.length > STATEMENT) await flush();
      rows.push(text);
      size += text.length + 1;
    }
    await flush();
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }
}

function literal({ column, otherwise, type }: LoadColumn, row: number): string {
  const empty = otherwise ?? `cast(null as ${column === null ? (type ?? "varchar") : TYPES[column.kind]})`;
  const nothing = empty.replace("timestamp)", "timestamp(6))");
  if (column === null) return nothing;
  return cell(column, row) ?? nothing;
}

function cell(column: StoredColumn, row: number): string | null {
  if (column.kind === "text") {
    const value = column.dictionary[column.codes[row] as number];
    return value === undefined ? null : `'${value.replaceAll("'", "''")}'`;
  }
  const value = column.values[row] as number;
  if (column.kind === "boolean") return value === 2 ? null : String(value === 1);
  if (Number.isNaN(value)) return null;
  return column.kind === "time" ? timestamp(value) : value.toExponential();
}

function timestamp(micros: number): string {
  const rest = ((micros % 1000) + 1000) % 1000;
  const text = new Date((micros - rest) / 1000).toISOString().replace("T", " ").slice(0, -1);
  return `timestamp '${text}${String(Math.floor(rest)).padStart(3, "0")}'`;
}
