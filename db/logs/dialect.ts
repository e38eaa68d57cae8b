/**
 * The SQL of the store where a log lives. Facts are written in portable SQL (sql/portable.ts) and carry what this makes of
 * it. Plain data, so that it reaches the threads in which tools compute.
 */
import { checkPortable } from "./sql/portable.ts";
import { type TrinoTables, trinoSql } from "./sql/trino-dialect.ts";

export type Dialect = { readonly name: "duckdb" } | { readonly name: "trino"; readonly tables: TrinoTables };

export const duckDbDialect: Dialect = { name: "duckdb" };

/** Portable SQL as the store runs it: a part of DuckDB's, rendered for Trino. Throws `UnportableSqlError`. */
export function renderSql(dialect: Dialect, sql: string): string {
  if (dialect.name === "duckdb") return sql;
  checkPortable(sql);
  return trinoSql(sql, dialect.tables);
}
