/**
 * The SQL of the store where a log lives. Facts are written in portable SQL (sql/portable.ts) and carry what this makes of
 * it. Plain data, so that it reaches the threads in which tools compute.
 */
import { checkPortable, readPortable } from "./sql/portable.ts";
import { ownName, printSql, quotedName, type Token } from "./sql/tokens.ts";
import { type TrinoTables, trinoSql } from "./sql/trino-dialect.ts";

export type Dialect =
  /** `names`: what the log's tables call its columns, where that differs. */
  | { readonly name: "duckdb"; readonly names: ReadonlyMap<string, string> }
  | { readonly name: "trino"; readonly tables: TrinoTables };

export const duckDbDialect: Dialect = { name: "duckdb", names: new Map() };

/** Portable SQL as the store runs it: a part of DuckDB's, rendered for Trino. Throws `UnportableSqlError`. */
export function renderSql(dialect: Dialect, sql: string): string {
  if (dialect.name === "duckdb") return dialect.names.size === 0 ? sql : renamed(sql, dialect.names);
  checkPortable(sql);
  return trinoSql(sql, dialect.tables);
}

function renamed(sql: string, names: ReadonlyMap<string, string>): string {
  const rename = (tokens: readonly Token[]): Token[] =>
    tokens.map((token) => {
      if (token.kind === "group") return { ...token, inner: rename(token.inner) };
      if (token.kind !== "name") return token;
      return { ...token, text: quotedName(names.get(ownName(token.text)) ?? ownName(token.text)) };
    });
  return printSql(rename(readPortable(sql)));
}
