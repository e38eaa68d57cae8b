/** The SQL of a store. Facts are written in portable SQL (sql/portable.ts) and carry what the dialect makes of it. */
import { checkPortable } from "./sql/portable.ts";
import { type StoredNames, trinoSql } from "./sql/trino-dialect.ts";

export interface Dialect {
  readonly name: "duckdb" | "trino";
  /** Portable SQL as the store runs it. Throws `UnportableSqlError`. */
  render(sql: string): string;
}

/** Portable SQL is a part of DuckDB's. */
export const duckDbDialect: Dialect = { name: "duckdb", render: (sql) => sql };

/** `names`: how the tables of a log call its columns, where that differs. */
export const trinoDialect = (names?: StoredNames): Dialect => ({
  name: "trino",
  render(sql) {
    checkPortable(sql);
    return trinoSql(sql, names);
  },
});
