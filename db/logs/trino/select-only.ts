/**
 * What may run in Trino: one SELECT over the relations of one log. A user of Trino may often read much more than that, so
 * other schemas, other catalogs and table functions are refused here, before Trino sees the text.
 */
import { LogQueryError } from "../errors.ts";
import { parseSql, SqlTextError, type Token } from "../sql/tokens.ts";

const RELATIONS = ["events", "steps", "edges", "cases"];
/** Whose brackets hold a FROM that names no table. */
const WITH_OWN_FROM = ["extract", "trim", "substring", "position", "overlay"];
const AFTER_FROM =
  "where group having order limit offset fetch union intersect except window on select".split(" ");

/** Throws `LogQueryError`. */
export function assertSelect(sql: string): void {
  const tokens = read(sql);
  const [verb, second] = tokens.map(wordOf);
  if (verb !== "select" && verb !== "with") throw new LogQueryError("only SELECT may run over a log", sql);
  if (verb === "with" && (second === "session" || second === "function"))
    throw new LogQueryError(`with ${second} may not run over a log`, sql);
  const known = new Set([...RELATIONS, ...tableNames(tokens)]);
  walk(tokens, known, sql);
}

function read(sql: string): readonly Token[] {
  try {
    return parseSql(sql);
  } catch (error) {
    if (error instanceof SqlTextError) throw new LogQueryError(error.message, sql, { cause: error });
    throw error;
  }
}

const wordOf = (token: Token | undefined): string => (token?.kind === "word" ? token.text.toLowerCase() : "");

/** Names that the query gives to queries of its own: `name as (…)`, `name(columns) as (…)`. */
function tableNames(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, at) => {
    if (token.kind === "group") return tableNames(token.inner);
    const after = tokens[at + 1]?.kind === "group" ? at + 2 : at + 1;
    const named = wordOf(tokens[after]) === "as" && tokens[after + 1]?.kind === "group";
    return named && token.kind === "word" ? [token.text.toLowerCase()] : [];
  });
}

function walk(tokens: readonly Token[], known: ReadonlySet<string>, sql: string): void {
  let inFrom = false;
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (token.kind === "symbol" && token.text === ";")
      throw new LogQueryError("a query is exactly one statement", sql);
    if (token.kind === "group" && !WITH_OWN_FROM.includes(wordOf(before))) walk(token.inner, known, sql);
    const word = wordOf(token);
    const isTableFunction = word === "table" && tokens[at + 1]?.kind === "group";
    if (isTableFunction) throw new LogQueryError("table functions may not run over a log", sql);
    const opensFrom = word === "from" && wordOf(before) !== "distinct";
    if (AFTER_FROM.includes(word)) inFrom = false;
    const comma = token.kind === "symbol" && token.text === ",";
    if (opensFrom || word === "join" || (inFrom && comma)) {
      inFrom = true;
      checkTable(tokens, at + 1, known, sql);
    }
  });
}

/** What stands where a table does: a relation, a query, or `unnest(…)`. */
function checkTable(tokens: readonly Token[], at: number, known: ReadonlySet<string>, sql: string): void {
  const [table, next] = [tokens[at], tokens[at + 1]];
  if (table?.kind === "group") return;
  const word = wordOf(table);
  if (word === "unnest" && next?.kind === "group") return;
  const isQualified = next?.kind === "symbol" && next.text === ".";
  const isCall = next?.kind === "group";
  const name = table?.kind === "name" ? table.text.slice(1, -1).toLowerCase() : word;
  if (isQualified || isCall || !known.has(name))
    throw new LogQueryError(`"${name || "that"}" is no relation of the log`, sql);
}
