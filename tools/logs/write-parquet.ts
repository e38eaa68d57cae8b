/** A log as Parquet, through DuckDB. Columns that came from Parquet keep their type where every value still fits it. */
import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import { quoteName } from "../../db/logs/views.ts";
import { MISSING } from "./core/event-log.ts";
import { type Field, placeOf, rowFields, type WrittenLog } from "./core/log-fields.ts";
import { type DuckDb, withDuckDb } from "./parquet.ts";

export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

const VECTOR = 2048;

/** `path` must not be there yet. */
export async function writeParquet(log: WrittenLog, path: string, options: WriteOptions = {}): Promise<void> {
  await withDuckDb(async (connection, duckdb) => {
    const fields = rowFields(log);
    await stage(connection, duckdb, log, fields, options);
    const selected: string[] = [];
    for (const [at, field] of fields.entries())
      selected.push(
        `${await expression(connection, log, field, `c${at}`)} as ${quoteName(field.path.join("."))}`,
      );
    const target = `'${path.replaceAll("'", "''")}'`;
    await connection.run(
      `copy (select ${selected.join(", ")} from staged) to ${target} (format parquet, compression zstd)`,
    );
  });
  options.signal?.throwIfAborted();
}

async function stage(
  connection: DuckDBConnection,
  duckdb: DuckDb,
  log: WrittenLog,
  fields: readonly Field[],
  { signal, onProgress }: WriteOptions,
): Promise<void> {
  const types = fields.map(({ column }): DuckDBType => {
    if (column.kind === "text") return duckdb.VARCHAR;
    return column.kind === "boolean" ? duckdb.BOOLEAN : duckdb.DOUBLE;
  });
  await connection.run(`create table staged (${types.map((type, at) => `c${at} ${type}`).join(", ")})`);
  const appender = await connection.createAppender("staged");
  const { rows } = log.columns;
  for (let from = 0; from < rows; from += VECTOR) {
    signal?.throwIfAborted();
    const count = Math.min(VECTOR, rows - from);
    const chunk = duckdb.DuckDBDataChunk.create(types, count);
    fields.forEach((field, at) => {
      chunk.setColumnValues(at, valuesOf(log, field, from, count));
    });
    appender.appendDataChunk(chunk);
    onProgress?.((from + count) / rows);
  }
  appender.closeSync();
}

function valuesOf(log: WrittenLog, field: Field, from: number, count: number) {
  const { column } = field;
  return Array.from({ length: count }, (_, at) => {
    const place = placeOf(field, from + at, log.columns.case.codes[from + at] as number);
    if (place < 0) return null;
    if (column.kind === "text") {
      const code = column.codes[place] as number;
      return code === MISSING ? null : (column.dictionary[code] ?? null);
    }
    const value = column.values[place] as number;
    if (column.kind === "boolean") return value === 2 ? null : value === 1;
    return Number.isNaN(value) ? null : value;
  });
}

async function expression(
  connection: DuckDBConnection,
  log: WrittenLog,
  { column, origin }: Field,
  staged: string,
): Promise<string> {
  const wanted = origin?.databaseType;
  if (column.kind === "time") {
    const instant = `make_timestamp(${staged}::bigint)`;
    const local =
      /^(DATE|TIMESTAMP(_S|_MS|_NS)?)$/.test(wanted ?? "") && (log.mapping.zone ?? "UTC") === "UTC";
    return local ? `${instant}::${wanted}` : `${instant}::timestamptz`;
  }
  const plain = column.kind === "number" && isWhole(column.values) ? `${staged}::bigint` : staged;
  if (wanted === undefined || /^(VARCHAR|BLOB)$/.test(wanted)) return plain;
  const typed = /^(STRUCT|MAP|UNION)\b|\[\d*\]$/.test(wanted) ? `${staged}::json` : staged;
  return (await fits(connection, typed, staged, wanted)) ? `cast(${typed} as ${wanted})` : plain;
}

const isWhole = (values: Float64Array): boolean =>
  values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));

async function fits(
  connection: DuckDBConnection,
  typed: string,
  staged: string,
  wanted: string,
): Promise<boolean> {
  const lost = `select count(*)::double from staged where ${staged} is not null and try_cast(${typed} as ${wanted}) is null`;
  const [row] = (await connection.runAndReadAll(lost)).getRows();
  return row?.[0] === 0;
}
