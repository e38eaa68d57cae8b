/**
 * The SQL that facts are written in: what DuckDB and Trino read alike, and a few functions that each dialect has under
 * a name of its own (trino-dialect.ts renders them). DuckDB runs it as it is. `checkPortable` is run on every fact that a test makes,
 * so that a figure which only one store could make again is found without a second store at hand.
 */
import { MillwrightError } from "../../../errors.ts";
import { parseSql, printSql, SqlTextError, type Token } from "./tokens.ts";

export class UnportableSqlError extends MillwrightError {
  constructor(what: string, sql: string) {
    super("unportable-sql", 500, `the SQL of a figure is not portable: ${what}`, {
      value: sql.length > 300 ? `${sql.slice(0, 300)}…` : sql,
      expected: "one SELECT in the words that docs/decisions lists for facts",
      remedy: "Write it with the functions of db/logs/sql/portable.ts.",
    });
  }
}

/** Functions that mean the same in both dialects, given the same arguments. */
const SHARED =
  "abs any_value avg bool_and bool_or cast ceil coalesce concat corr count count_if covar_pop covar_samp cume_dist " +
  "date_trunc dense_rank exp extract first_value floor greatest lag last_value lead least length ln lower max " +
  "max_by min min_by mod ntile nullif percent_rank power rank replace round row_number sign sqrt starts_with " +
  "stddev_pop stddev_samp strpos substr substring sum trim try_cast upper var_pop var_samp";

/** Functions that Trino has in another form. */
const RENDERED =
  "arg_max arg_min epoch_us make_timestamp md5 median quantile_cont range regexp_full_match regexp_matches string_agg typeof unnest";

/** Words that may stand before a bracket without calling anything. */
const BEFORE_BRACKETS =
  "all and any as between by case distinct else except exists filter from having in intersect is join like limit not " +
  "null offset on or order over partition select some then union values when where window with";

export const FUNCTIONS: ReadonlySet<string> = new Set(`${SHARED} ${RENDERED}`.split(" "));
const KEYWORDS: ReadonlySet<string> = new Set(BEFORE_BRACKETS.split(" "));

/** What DuckDB would take and Trino would not, or would take for something else; and what to write. */
const REFUSED: Readonly<Record<string, string>> = {
  using: 'join with "on a.case_id = b.case_id"',
  qualify: "filter in a query around it",
  exclude: "name the columns",
  ilike: "compare lower(…)",
  similar: "regexp_matches(…)",
  glob: "regexp_matches(…)",
  asof: "join on the latest row by a window",
  pivot: "aggregate with filter (where …)",
  unpivot: "use union all",
  sample: "choose by md5(case_id)",
  tablesample: "choose by md5(case_id)",
  recursive: "compute it in the kernel",
  lateral: "use a window",
  insert: "select only",
  update: "select only",
  delete: "select only",
};

/** Throws `UnportableSqlError` naming what is to be written otherwise. */
export function checkPortable(sql: string): void {
  const tokens = readPortable(sql);
  const [first] = tokens;
  const verb = first?.kind === "word" ? first.text.toLowerCase() : "";
  if (verb !== "select" && verb !== "with") throw new UnportableSqlError("it is no SELECT", sql);
  check(tokens, sql);
}

export function readPortable(sql: string): readonly Token[] {
  try {
    return parseSql(sql);
  } catch (error) {
    if (error instanceof SqlTextError) throw new UnportableSqlError(error.message, sql);
    throw error;
  }
}

function check(tokens: readonly Token[], sql: string): void {
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token.kind === "symbol" && token.text === ";")
      throw new UnportableSqlError("it is more than one statement", sql);
    if (token.kind === "group") {
      if (token.open === "[") throw new UnportableSqlError("there are no lists", sql);
      check(token.inner, sql);
    }
    if (token.kind === "word") checkWord(token.text.toLowerCase(), tokens[at - 1], next, sql);
    if (isCall(tokens, at) && !FUNCTIONS.has((token as { text: string }).text.toLowerCase()))
      throw new UnportableSqlError(
        `the function ${printSql([token]).trim()} is not of those that both stores have`,
        sql,
      );
  });
}

function checkWord(word: string, before: Token | undefined, next: Token | undefined, sql: string): void {
  const qualified = before?.kind === "symbol" && before.text === ".";
  if (!qualified && word in REFUSED) throw new UnportableSqlError(`"${word}": ${REFUSED[word]}`, sql);
  const after = next?.kind === "word" ? next.text.toLowerCase() : "";
  const isByAll = word === "by" && after === "all" && before?.kind === "word";
  if (isByAll) throw new UnportableSqlError('"by all": name the columns', sql);
}

/** Whether the word there calls something with the bracket after it, and is no table with its columns. */
export function isCall(tokens: readonly Token[], at: number): boolean {
  const [before, token, next, after, further] = [at - 1, at, at + 1, at + 2, at + 3].map(
    (own) => tokens[own],
  );
  if (token?.kind !== "word" || next?.kind !== "group" || next.open !== "(") return false;
  if (KEYWORDS.has(token.text.toLowerCase())) return false;
  const isAlias = before?.kind === "group" || isWord(before, "as");
  const isTable = isWord(after, "as") && further?.kind === "group";
  return !isAlias && !isTable && !isStarReplace(before, token);
}

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === "word" && token.text.toLowerCase() === word;

/** `t.* replace (expression as column)`: every column of a relation, some of them replaced. */
export const isStarReplace = (before: Token | undefined, token: Token): boolean =>
  isWord(token, "replace") && before?.kind === "symbol" && before.text === "*";
