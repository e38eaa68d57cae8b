/** Typed arrays into an in-memory DuckDB that can reach nothing outside of itself. */
import type { DuckDBConnection, DuckDBInstance, DuckDBType } from "@duckdb/node-api";
import type { StoredColumn, StoredColumns } from "./log-store.ts";
import { quoteName, type Shape } from "./views.ts";

type DuckDb = typeof import("@duckdb/node-api");

const VECTOR = 2048;
const MISSING = 0xffffffff;

export interface LoadColumn {
  readonly name: string;
  readonly column: StoredColumn | null;
  /** What stands where there is no value. */
  readonly otherwise?: string;
  readonly type?: "varchar" | "timestamp";
}

/** `names`: what the tables call attributes, where it is not their own name (column-names.ts). */
export function shapeOf(columns: StoredColumns, names: ReadonlyMap<string, string>): Shape {
  const transitions = new Set(columns.lifecycle?.dictionary.map((transition) => transition.toLowerCase()));
  return {
    hasTimes: columns.completed !== null,
    hasStarts: columns.started?.some((start) => !Number.isNaN(start)) ?? false,
    hasTransitions: columns.completed !== null && transitions.has("start") && transitions.has("complete"),
    attributes: Array.from(columns.attributes.keys(), (name) => names.get(name) ?? name),
    caseAttributes: Array.from(columns.caseAttributes.keys(), (name) => names.get(name) ?? name),
  };
}

/** Opens the database with the tables `raw_events` and `raw_cases`, and closes every way out of it. */
export async function loadInstance(
  duckdb: DuckDb,
  columns: StoredColumns,
  names: ReadonlyMap<string, string>,
): Promise<DuckDBInstance> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: memoryOf(columns),
    temp_directory: "",
    enable_external_access: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("set timezone = 'UTC'").catch(ignoreMissingSetting);
    await loadTable(duckdb, connection, "raw_events", eventsSource(columns, names));
    await loadTable(duckdb, connection, "raw_cases", casesSource(columns, names));
    await connection.run("set lock_configuration = true");
  } finally {
    connection.closeSync();
  }
  return instance;
}

/** A log and its four relations take up to a kilobyte an event; a small log takes part of a gigabyte. */
const memoryOf = ({ rows }: StoredColumns): string => `${1_000 + Math.ceil(rows / 1_000)}MB`;

/** Builds of DuckDB without the calendar extension know no time zone setting, and need none. */
function ignoreMissingSetting(error: unknown): void {
  if (!/unrecognized configuration|extension/i.test(String(error))) throw error;
}

/** A table to be: what its columns are made from. */
export interface TableSource {
  readonly rows: number;
  /** What the number of a row is called. */
  readonly rowName: string;
  readonly columns: readonly LoadColumn[];
}

export function eventsSource(columns: StoredColumns, names: ReadonlyMap<string, string>): TableSource {
  const time = (values: Float64Array | null): StoredColumn | null => values && { kind: "time", values };
  return {
    rows: columns.rows,
    rowName: "row",
    columns: [
      { name: "case_id", column: columns.case },
      { name: "case_number", column: { kind: "number", values: Float64Array.from(columns.case.codes) } },
      { name: "activity", column: columns.activity, otherwise: "''" },
      { name: "completed", column: time(columns.completed), type: "timestamp" },
      { name: "started", column: time(columns.started), type: "timestamp" },
      { name: "resource", column: columns.resource },
      { name: "lifecycle", column: columns.lifecycle },
      { name: "instance", column: columns.instance },
      ...Array.from(columns.attributes, ([name, column]) => ({ name: names.get(name) ?? name, column })),
    ],
  };
}

export function casesSource(columns: StoredColumns, names: ReadonlyMap<string, string>): TableSource {
  const { dictionary } = columns.case;
  const codes = Uint32Array.from(dictionary.keys());
  return {
    rows: dictionary.length,
    rowName: "case_number",
    columns: [
      { name: "case_id", column: { kind: "text", codes, dictionary } },
      ...Array.from(columns.caseAttributes, ([name, column]) => ({ name: names.get(name) ?? name, column })),
    ],
  };
}

async function loadTable(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  table: string,
  source: TableSource,
): Promise<void> {
  const staging = await Staging.open(duckdb, connection, source);
  await staging.fill(0, source.rows);
  await connection.run(`create table ${table} as ${staging.select}`);
  await staging.close();
}

/** Rows of a table on their way in: numbers as they are, texts as codes beside their dictionaries. */
export class Staging {
  /** The rows that were filled in, as the table has them. */
  readonly select: string;
  readonly #duckdb: DuckDb;
  readonly #connection: DuckDBConnection;
  readonly #filled: readonly StoredColumn[];

  private constructor(duckdb: DuckDb, connection: DuckDBConnection, source: TableSource) {
    const filled = source.columns.filter((column) => column.column !== null);
    this.#duckdb = duckdb;
    this.#connection = connection;
    this.#filled = filled.map((column) => column.column as StoredColumn);
    this.select = selectOf(source, filled);
  }

  static async open(duckdb: DuckDb, connection: DuckDBConnection, source: TableSource): Promise<Staging> {
    const staging = new Staging(duckdb, connection, source);
    for (const [at, column] of staging.#filled.entries()) {
      if (column.kind === "text") await stageDictionary(duckdb, connection, `d${at}`, column.dictionary);
    }
    return staging;
  }

  /** Replaces what was filled in before. */
  async fill(from: number, to: number): Promise<void> {
    await stage(this.#duckdb, this.#connection, from, to, this.#filled);
  }

  async close(): Promise<void> {
    await this.#connection.run("drop table if exists staged");
    for (const [at, column] of this.#filled.entries()) {
      if (column.kind === "text") await this.#connection.run(`drop table d${at}`);
    }
  }
}

function selectOf({ rowName, columns }: TableSource, filled: readonly LoadColumn[]): string {
  const selected: string[] = [`staged.row as ${rowName}`];
  const joins: string[] = [];
  for (const own of columns) {
    const { name, column, otherwise, type } = own;
    const at = filled.indexOf(own);
    const value =
      column === null
        ? `null::${type ?? "varchar"}`
        : column.kind === "text"
          ? `d${at}.v`
          : typed(column, `staged.c${at}`);
    if (column?.kind === "text") joins.push(`left join d${at} on d${at}.k = staged.c${at}`);
    selected.push(`${otherwise ? `coalesce(${value}, ${otherwise})` : value} as ${quoteName(name)}`);
  }
  return `select ${selected.join(", ")} from staged ${joins.join(" ")}`;
}

const typed = (column: StoredColumn, value: string): string =>
  column.kind === "time" ? `make_timestamp(${value}::bigint)` : value;

async function stage(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  from: number,
  to: number,
  columns: readonly StoredColumn[],
): Promise<void> {
  const types = columns.map((column) => stagedType(duckdb, column));
  const names = columns.map((_, at) => `c${at} ${types[at]}`);
  await connection.run(
    `create or replace table staged (row integer${names.map((name) => `, ${name}`).join("")})`,
  );
  const appender = await connection.createAppender("staged");
  for (let at = from; at < to; at += VECTOR) {
    const count = Math.min(VECTOR, to - at);
    const chunk = duckdb.DuckDBDataChunk.create([duckdb.INTEGER, ...types], count);
    chunk.setColumnValues(
      0,
      Array.from({ length: count }, (_, row) => at + row),
    );
    columns.forEach((column, number) => {
      chunk.setColumnValues(number + 1, slice(column, at, count));
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function stagedType(duckdb: DuckDb, column: StoredColumn): DuckDBType {
  return column.kind === "text"
    ? duckdb.UINTEGER
    : column.kind === "boolean"
      ? duckdb.BOOLEAN
      : duckdb.DOUBLE;
}

function slice(column: StoredColumn, from: number, count: number): (number | boolean | null)[] {
  const values = new Array<number | boolean | null>(count);
  for (let at = 0; at < count; at++) {
    const value = (column.kind === "text" ? column.codes : column.values)[from + at] as number;
    const missing =
      column.kind === "text"
        ? value === MISSING
        : column.kind === "boolean"
          ? value === 2
          : Number.isNaN(value);
    values[at] = missing ? null : column.kind === "boolean" ? value === 1 : value;
  }
  return values;
}

async function stageDictionary(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  name: string,
  dictionary: readonly string[],
): Promise<void> {
  await connection.run(`create table ${name} (k uinteger, v varchar)`);
  const appender = await connection.createAppender(name);
  for (let from = 0; from < dictionary.length; from += VECTOR) {
    const values = dictionary.slice(from, from + VECTOR);
    const chunk = duckdb.DuckDBDataChunk.create([duckdb.UINTEGER, duckdb.VARCHAR], values.length);
    chunk.setColumnValues(
      0,
      values.map((_, at) => from + at),
    );
    chunk.setColumnValues(1, values);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
