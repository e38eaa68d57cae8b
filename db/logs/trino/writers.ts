/**
 * How a log's rows come to Trino. Through files: Parquet in a folder that both reach, which is the way for logs of any size.
 * Or through statements, where there is no such folder: slower by far (docs/scaling.md), but it needs nothing more.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type LoadColumn, Staging, type TableSource } from "../load.ts";
import type { StoredColumn } from "../log-store.ts";
import { quotedName } from "../sql/tokens.ts";
import type { TrinoClient } from "./client.ts";

export interface TableWriter {
  /** Makes `schema.table` and fills it. */
  write(schema: string, table: string, source: TableSource): Promise<void>;
  /** Removes what it keeps beside Trino's tables. */
  remove(schema: string): Promise<void>;
}

const TYPES = { text: "varchar", number: "double", time: "timestamp(6)", boolean: "boolean" } as const;

function definition({ rowName, columns }: TableSource): string {
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

export class ParquetWriter implements TableWriter {
  readonly #client: TrinoClient;
  readonly #folder: SharedFolder;

  constructor(client: TrinoClient, folder: SharedFolder) {
    this.#client = client;
    this.#folder = folder;
  }

  async write(schema: string, table: string, source: TableSource): Promise<void> {
    const { path, location } = this.#folder;
    const folder = join(path, schema, table);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeParquet(folder, source);
    const place = `${location.replace(/\/+$/, "")}/${schema}/${table}`.replace(/^(\w+):\/([^/])/, "$1:///$2");
    await this.#client.run(
      `create table ${schema}.${table} (${definition(source)}) with (format = 'PARQUET', external_location = '${place.replaceAll("'", "''")}')`,
    );
  }

  async remove(schema: string): Promise<void> {
    await rm(join(this.#folder.path, schema), { recursive: true, force: true });
  }
}

async function writeParquet(folder: string, source: TableSource): Promise<void> {
  const duckdb = await import("@duckdb/node-api");
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "2GB" });
  const connection = await instance.connect();
  try {
    const staging = await Staging.open(duckdb, connection, source);
    for (let from = 0, file = 1; from < source.rows; from += FILE_ROWS, file++) {
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
    await this.#client.run(`create table ${schema}.${table} (${definition(source)}) ${options}`);
    let rows: string[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      if (rows.length > 0) await this.#client.run(`insert into ${schema}.${table} values ${rows.join(",")}`);
      [rows, size] = [[], 0];
    };
    for (let row = 0; row < source.rows; row++) {
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
