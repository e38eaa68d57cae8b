/** Typed arrays into an in-memory DuckDB that can reach nothing outside of itself. */
import type { DuckDBConnection, DuckDBInstance, DuckDBType } from "@duckdb/node-api";
import type { StoredColumn, StoredColumns } from "./log-store.ts";
import { quoteName, type Shape } from "./views.ts";

type DuckDb = typeof import("@duckdb/node-api");

const VECTOR = 2048;
const MISSING = 0xffffffff;

interface LoadColumn {
  readonly name: string;
  readonly column: StoredColumn | null;
  /** What stands where there is no value. */
  readonly otherwise?: string;
  readonly type?: "varchar" | "timestamp";
}

export function shapeOf(columns: StoredColumns): Shape {
  const transitions = new Set(columns.lifecycle?.dictionary.map((transition) => transition.toLowerCase()));
  return {
    hasTimes: columns.completed !== null,
    hasStarts: columns.started?.some((start) => !Number.isNaN(start)) ?? false,
    hasTransitions: columns.completed !== null && transitions.has("start") && transitions.has("complete"),
    attributes: [...columns.attributes.keys()],
    caseAttributes: [...columns.caseAttributes.keys()],
  };
}

/** Opens the database with the tables `raw_events` and `raw_cases`, and closes every way out of it. */
export async function loadInstance(duckdb: DuckDb, columns: StoredColumns): Promise<DuckDBInstance> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: "1GB",
    temp_directory: "",
    enable_external_access: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("set timezone = 'UTC'").catch(ignoreMissingSetting);
    await loadEvents(duckdb, connection, columns);
    await loadCases(duckdb, connection, columns);
    await connection.run("set lock_configuration = true");
  } finally {
    connection.closeSync();
  }
  return instance;
}

/** Builds of DuckDB without the calendar extension know no time zone setting, and need none. */
function ignoreMissingSetting(error: unknown): void {
  if (!/unrecognized configuration|extension/i.test(String(error))) throw error;
}

function loadEvents(duckdb: DuckDb, connection: DuckDBConnection, columns: StoredColumns): Promise<void> {
  const time = (values: Float64Array | null): StoredColumn | null => values && { kind: "time", values };
  return loadTable(duckdb, connection, "raw_events", columns.rows, "row", [
    { name: "case_id", column: columns.case },
    { name: "case_number", column: { kind: "number", values: Float64Array.from(columns.case.codes) } },
    { name: "activity", column: columns.activity, otherwise: "''" },
    { name: "completed", column: time(columns.completed), type: "timestamp" },
    { name: "started", column: time(columns.started), type: "timestamp" },
    { name: "resource", column: columns.resource },
    { name: "lifecycle", column: columns.lifecycle },
    { name: "instance", column: columns.instance },
    ...Array.from(columns.attributes, ([name, column]) => ({ name, column })),
  ]);
}

function loadCases(duckdb: DuckDb, connection: DuckDBConnection, columns: StoredColumns): Promise<void> {
  const { dictionary } = columns.case;
  const codes = Uint32Array.from(dictionary.keys());
  return loadTable(duckdb, connection, "raw_cases", dictionary.length, "case_number", [
    { name: "case_id", column: { kind: "text", codes, dictionary } },
    ...Array.from(columns.caseAttributes, ([name, column]) => ({ name, column })),
  ]);
}

async function loadTable(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  table: string,
  rows: number,
  rowName: string,
  columns: readonly LoadColumn[],
): Promise<void> {
  const filled = columns.filter((column) => column.column !== null);
  await stage(
    duckdb,
    connection,
    rows,
    filled.map((column) => column.column as StoredColumn),
  );
  const selected: string[] = [`staged.row as ${rowName}`];
  const joins: string[] = [];
  for (const { name, column, otherwise, type } of columns) {
    const at = filled.findIndex((candidate) => candidate.name === name);
    const value =
      column === null
        ? `null::${type ?? "varchar"}`
        : column.kind === "text"
          ? `d${at}.v`
          : typed(column, `staged.c${at}`);
    if (column?.kind === "text") {
      await stageDictionary(duckdb, connection, `d${at}`, column.dictionary);
      joins.push(`left join d${at} on d${at}.k = staged.c${at}`);
    }
    selected.push(`${otherwise ? `coalesce(${value}, ${otherwise})` : value} as ${quoteName(name)}`);
  }
  await connection.run(
    `create table ${table} as select ${selected.join(", ")} from staged ${joins.join(" ")}`,
  );
  await connection.run("drop table staged");
  for (const [at, { column }] of filled.entries()) {
    if (column?.kind === "text") await connection.run(`drop table d${at}`);
  }
}

const typed = (column: StoredColumn, value: string): string =>
  column.kind === "time" ? `make_timestamp(${value}::bigint)` : value;

/** Numbers as they are, texts as codes. */
async function stage(
  duckdb: DuckDb,
  connection: DuckDBConnection,
  rows: number,
  columns: readonly StoredColumn[],
): Promise<void> {
  const types = columns.map((column) => stagedType(duckdb, column));
  const names = columns.map((_, at) => `c${at} ${types[at]}`);
  await connection.run(`create table staged (row integer${names.map((name) => `, ${name}`).join("")})`);
  const appender = await connection.createAppender("staged");
  for (let from = 0; from < rows; from += VECTOR) {
    const count = Math.min(VECTOR, rows - from);
    const chunk = duckdb.DuckDBDataChunk.create([duckdb.INTEGER, ...types], count);
    chunk.setColumnValues(
      0,
      Array.from({ length: count }, (_, at) => from + at),
    );
    columns.forEach((column, at) => {
      chunk.setColumnValues(at + 1, slice(column, from, count));
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
