/** Portable SQL (portable.ts) as Trino has it. */
import { FUNCTIONS, isCall, isStarReplace, readPortable, UnportableSqlError } from "./portable.ts";
import { type Group, ownName, quotedName, type Token } from "./tokens.ts";

/** What Trino's tables of one log are like. */
export interface TrinoTables {
  /** What a column is called there, by its own name, where that differs. */
  readonly names: ReadonlyMap<string, string>;
  /** The columns of each relation, in order, as they are called there. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

const UNKNOWN_TABLES: TrinoTables = { names: new Map(), columns: {} };

/** A SELECT in portable SQL as one for Trino. Names in quotes are replaced by those that the log's tables have. */
export function trinoSql(sql: string, tables = UNKNOWN_TABLES): string {
  const write = new Writer(sql, tables);
  return write.all(readPortable(sql)).trim();
}

const TYPES: Readonly<Record<string, string>> = {
  timestamp: "timestamp(6)",
  text: "varchar",
  int: "integer",
  hugeint: "bigint",
};

/** Functions by name: their arguments, written, become an expression. */
const FORMS: Readonly<Record<string, (...given: string[]) => string>> = {
  // Rows where the argument is missing do not count in DuckDB.
  arg_max: (value, by) => `max_by(${value}, CASE WHEN ${value} IS NOT NULL THEN ${by} END)`,
  arg_min: (value, by) => `min_by(${value}, CASE WHEN ${value} IS NOT NULL THEN ${by} END)`,
  max_by: (value, by) => `max_by(${value}, CASE WHEN ${value} IS NOT NULL THEN ${by} END)`,
  min_by: (value, by) => `min_by(${value}, CASE WHEN ${value} IS NOT NULL THEN ${by} END)`,
  epoch_us: (instant) => `CAST(round(to_unixtime(${instant}) * 1e6) AS bigint)`,
  make_timestamp: (micros) =>
    `CAST(from_unixtime_nanos(CAST(${micros} AS bigint) * 1000) AT TIME ZONE 'UTC' AS timestamp(6))`,
  md5: (text) => `lower(to_hex(md5(to_utf8(${text}))))`,
  regexp_matches: (text, pattern) => `regexp_like(${text}, ${pattern})`,
  regexp_full_match: (text, pattern) => `regexp_like(${text}, '^(?:' || ${pattern} || ')$')`,
  range: (count) => `sequence(0, ${count} - 1)`,
  typeof: (value) =>
    `CASE typeof(${value}) WHEN 'timestamp(6)' THEN 'TIMESTAMP' WHEN 'double' THEN 'DOUBLE' WHEN 'boolean' THEN 'BOOLEAN' ELSE 'VARCHAR' END`,
};

class Writer {
  readonly #sql: string;
  readonly #tables: TrinoTables;

  constructor(sql: string, tables: TrinoTables) {
    this.#sql = sql;
    this.#tables = tables;
  }

  all(tokens: readonly Token[]): string {
    const written: string[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      const next = tokens[at + 1];
      if (token.kind === "word" && next?.kind === "group" && isCall(tokens, at)) {
        at += this.#call(token, next, tokens.slice(at + 2), written);
      } else if (next?.kind === "group" && isStarReplace(tokens[at - 1], token)) {
        this.#replacing(written, next);
        at++;
      } else if (token.kind === "symbol" && token.text === "::") {
        this.#castBefore(written, tokens[++at]);
      } else written.push(this.#one(token, next));
    }
    return written.join("");
  }

  #one(token: Token, next: Token | undefined): string {
    if (token.kind === "group") return `${token.space}(${this.all(token.inner)}${token.end})`;
    return `${token.space}${this.#plain(token, next)}`;
  }

  #plain(token: Exclude<Token, Group>, next: Token | undefined): string {
    switch (token.kind) {
      case "name": {
        const own = ownName(token.text);
        return quotedName(this.#tables.names.get(own) ?? own);
      }
      // Trino divides whole numbers without a rest, and takes 0.5 for a decimal.
      case "symbol":
        return token.text === "/" ? "* 1e0 /" : token.text;
      case "number":
        return /^\d*\.\d*$/.test(token.text) ? `${token.text}e0` : token.text;
      case "word":
        return token.text.toLowerCase() === "timestamp" && next?.kind !== "string"
          ? "timestamp(6)"
          : token.text;
      case "string":
        return token.text;
    }
  }

  /** Writes a call; returns how many of the tokens after its name it took. */
  #call(name: Exclude<Token, Group>, group: Group, rest: readonly Token[], written: string[]): number {
    const word = name.text.toLowerCase();
    if (!FUNCTIONS.has(word)) throw new UnportableSqlError(`the function ${word} is not known`, this.#sql);
    const filter = filterOf(rest);
    const suffix =
      filter === null
        ? null
        : this.all(filter.inner)
            .replace(/^\s*where\b/i, "")
            .trim();
    const taken = 1 + (filter === null ? 0 : 2);
    const put = (text: string): number => {
      written.push(`${name.space}${text}`);
      return taken;
    };
    if (word === "quantile_cont" || word === "median") return put(this.#quantile(group, suffix));
    const kept = suffix === null ? "" : ` FILTER (WHERE ${suffix})`;
    if (word === "string_agg") return put(this.#joined(group, kept));
    const ignoring = / ignore nulls$/i.exec(this.all(group.inner));
    if (ignoring !== null)
      return put(`${name.text}(${this.all(group.inner).slice(0, ignoring.index)}) IGNORE NULLS`);
    const form = FORMS[word];
    if (form === undefined) return put(`${name.text}(${this.all(group.inner)}${group.end})${kept}`);
    return put(`${form(...this.#arguments(group))}${kept}`);
  }

  #arguments(group: Group): string[] {
    return split(group.inner).map((own) => this.all(own).trim());
  }

  /**
   * Exact quantile of R's type 7: the values in order, and between the two that enclose the place asked for. Trino's
   * own approx_percentile is none. One group's values stand in the memory of one worker, 8 bytes each.
   */
  #quantile(group: Group, condition: string | null): string {
    const [value = "", share = "0.5e0"] = this.#arguments(group);
    const present = [`${value} IS NOT NULL`, ...(condition === null ? [] : [condition])].join(" AND ");
    const sorted = `array_sort(array_agg(CAST(${value} AS double)) FILTER (WHERE ${present}))`;
    const place = `(cardinality(a) - 1) * ${share}`;
    const [below, above] = [
      `a[CAST(floor(${place}) AS bigint) + 1]`,
      `a[CAST(ceil(${place}) AS bigint) + 1]`,
    ];
    return `transform(ARRAY[${sorted}], a -> ${below} + (${above} - ${below}) * (${place} - floor(${place})))[1]`;
  }

  /** string_agg(value, separator order by …). listagg would end at a megabyte. */
  #joined(group: Group, filter: string): string {
    const [value = [], after = []] = split(group.inner);
    const at = after.findIndex((token) => token.kind === "word" && token.text.toLowerCase() === "order");
    const separator = this.all(at < 0 ? after : after.slice(0, at)).trim();
    const order = at < 0 ? "" : this.all(after.slice(at));
    return `array_join(array_agg(${this.all(value).trim()}${order})${filter}, ${separator})`;
  }

  /** `relation.* replace (expression as column, …)`: Trino has no such thing, so all columns are named. */
  #replacing(written: string[], group: Group): void {
    const [relation = "", dot] = written.splice(-3);
    const columns = this.#tables.columns[relation.trim()];
    if (columns === undefined || dot !== ".")
      throw new UnportableSqlError(`the columns of "${relation.trim()}" are not known`, this.#sql);
    const replaced = new Map(
      split(group.inner).map((part) => {
        const column = part.at(-1);
        const name = column?.kind === "word" || column?.kind === "name" ? column.text : "";
        return [name.replaceAll('"', ""), this.all(part.slice(0, -2)).trim()] as const;
      }),
    );
    const list = columns.map((name) => {
      const expression = replaced.get(name);
      return expression === undefined
        ? `${relation.trim()}.${quotedName(name)}`
        : `${expression} AS ${quotedName(name)}`;
    });
    written.push(`${/^\s*/.exec(relation)?.[0] ?? ""}${list.join(", ")}`);
  }

  /** `expression::type`: what was written last is the expression, with the name or the call that it belongs to. */
  #castBefore(written: string[], type: Token | undefined): void {
    if (type?.kind !== "word") throw new UnportableSqlError('after "::" stands a type', this.#sql);
    let from = written.length - 1;
    while (from >= 2 && written[from - 1] === ".") from -= 2;
    const operand = written.splice(from).join("");
    const space = /^\s*/.exec(operand)?.[0] ?? "";
    const own = type.text.toLowerCase();
    written.push(`${space}CAST(${operand.trim()} AS ${TYPES[own] ?? own})`);
  }
}

/** `filter (where …)` right after a call. */
function filterOf([word, group]: readonly Token[]): Group | null {
  const isFilter = word?.kind === "word" && word.text.toLowerCase() === "filter" && group?.kind === "group";
  return isFilter ? group : null;
}

/** By the commas that stand in no brackets of their own. */
function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "symbol" && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
