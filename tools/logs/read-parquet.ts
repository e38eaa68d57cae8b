/** Parquet through DuckDB, chunk by chunk. Nested values come as their JSON text. */
import { resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName } from "../../db/logs/views.ts";
import { LogFileError } from "./core/errors.ts";
import type { AttributeType } from "./core/log-origin.ts";
import { logOfTable, type Table, type TableLog, type TableSettings } from "./core/table-log.ts";
import { ValueColumn } from "./core/value-columns.ts";
import { withDuckDb } from "./parquet.ts";

export interface ParquetOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number | null) => void;
}

export async function readParquet(
  path: string,
  settings: TableSettings,
  options: ParquetOptions = {},
): Promise<TableLog> {
  const table = await withDuckDb(async (connection) => {
    try {
      return await readTable(connection, literally(resolve(path)), settings, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error instanceof LogFileError ? error : damaged(error);
    }
  });
  return logOfTable(table, settings);
}

/** DuckDB takes `*`, `?` and `[` in a path for a pattern. */
const literally = (path: string): string => path.replace(/[*?[]/g, "[$&]");

const damaged = (cause: unknown): LogFileError =>
  new LogFileError(
    "log-format",
    `the Parquet file cannot be read: ${String((cause as Error).message).split("\n")[0]}`,
    { expected: "a sound Parquet file", remedy: "Get the file again." },
    { cause },
  );

interface Reader {
  readonly name: string;
  readonly databaseType: string;
  /** What is selected of the column. */
  readonly sql: string;
  readonly type: AttributeType | undefined;
  readonly instants: "zoned" | "local" | null;
  readonly values: ValueColumn;
  local: number;
}

async function readTable(
  connection: DuckDBConnection,
  path: string,
  settings: TableSettings,
  { signal, onProgress }: ParquetOptions,
): Promise<Table> {
  const from = "from read_parquet($1, binary_as_string = true)";
  const described = await connection.runAndReadAll(`describe select * ${from}`, [path]);
  const readers = described
    .getRowObjects()
    .map(({ column_name, column_type }) => readerOf(String(column_name), String(column_type)));
  const [count] = (await connection.runAndReadAll(`select count(*)::double ${from}`, [path])).getRows();
  const total = Number(count?.[0] ?? 0);
  if (total === 0)
    throw new LogFileError("log-empty", "the log has no events", { remedy: "Choose a log with events." });
  const result = await connection.stream(`select ${readers.map(({ sql }) => sql).join(", ")} ${from}`, [
    path,
  ]);
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    signal?.throwIfAborted();
    readers.forEach((reader, index) => {
      take(reader, chunk.getColumnValues(index), rows, settings.toInstant);
    });
    rows += chunk.rowCount;
    onProgress?.(rows / total);
  }
  return {
    format: "parquet",
    rows,
    columns: readers.map((reader) => finished(reader, rows)),
    lineOf: () => null,
  };
}

function readerOf(name: string, databaseType: string): Reader {
  const column = quoteName(name);
  const base = { name, databaseType, values: new ValueColumn(), local: 0 };
  const decimal = /^DECIMAL\((\d+),\d+\)$/.exec(databaseType);
  if (/^TIMESTAMP WITH TIME ZONE$/.test(databaseType))
    return { ...base, sql: `epoch_us(${column})`, type: "date", instants: "zoned" };
  if (/^(DATE|TIMESTAMP(_S|_MS|_NS)?)$/.test(databaseType))
    return { ...base, sql: `epoch_us(${column}::timestamp)`, type: "date", instants: "local" };
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(databaseType))
    return { ...base, sql: `${column}`, type: "int", instants: null };
  if (/^(FLOAT|DOUBLE)$/.test(databaseType) || (decimal && Number(decimal[1]) <= 15))
    return { ...base, sql: `${column}::double`, type: "float", instants: null };
  if (databaseType === "BOOLEAN") return { ...base, sql: column, type: "boolean", instants: null };
  if (/^(STRUCT|MAP|UNION|JSON)\b|\[\d*\]$/.test(databaseType))
    return { ...base, sql: `to_json(${column})::varchar`, type: "json", instants: null };
  return { ...base, sql: `${column}::varchar`, type: decimal ? "float" : "string", instants: null };
}

function take(
  reader: Reader,
  values: readonly unknown[],
  offset: number,
  toInstant: (local: number) => number,
): void {
  const { values: column, type, instants } = reader;
  values.forEach((value, at) => {
    if (value === null || value === undefined) return;
    const row = offset + at;
    if (instants !== null) {
      const instant = Number(value as bigint);
      column.setTime(row, instants === "zoned" ? instant : toInstant(instant));
      if (instants === "local") reader.local++;
    } else if (typeof value === "bigint") {
      const exact = BigInt(Number(value)) === value && Number.isSafeInteger(Number(value));
      column.set(row, exact ? Number(value) : String(value), type);
    } else column.set(row, value as string | number | boolean, type);
  });
}

function finished({ name, databaseType, values, local }: Reader, rows: number) {
  const { type, types } = values;
  const origin = { path: [name], type, databaseType, ...(types ? { types } : {}) };
  return { name, column: values.finish(rows), origin, local };
}
