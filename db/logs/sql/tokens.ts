/**
 * The words of a SQL text. Both of our dialects agree on them: quotes are doubled inside quotes, and nothing else
 * escapes. Comments, dollar quotes and prefixed strings (E'', U&'', X'') are refused, so that no dialect can read a text
 * in another way than we do.
 */

export type Token =
  | {
      readonly kind: "word" | "name" | "string" | "number" | "symbol";
      readonly text: string;
      readonly space: string;
    }
  | Group;

/** What stands in a pair of brackets. */
export interface Group {
  readonly kind: "group";
  readonly space: string;
  readonly open: "(" | "[";
  readonly inner: readonly Token[];
  /** Spaces before the closing bracket. */
  readonly end: string;
}

export class SqlTextError extends Error {
  override readonly name = "SqlTextError";
}

const TOKEN =
  /(\s*)(?:([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"]|"")*")|('(?:[^']|'')*')|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(::|<=|>=|<>|!=|\|\||[-+*/%<>=,.()[\];])|(\S))/gy;

const KINDS = ["word", "name", "string", "number", "symbol"] as const;

/** Brackets become groups. Throws `SqlTextError` for what is no SQL of ours. */
export function parseSql(sql: string): readonly Token[] {
  const stack: { open: "(" | "["; space: string; inner: Token[] }[] = [];
  let current: Token[] = [];
  for (const token of scan(sql)) {
    if (token.kind === "symbol" && (token.text === "(" || token.text === "[")) {
      stack.push({ open: token.text, space: token.space, inner: current });
      current = [];
    } else if (token.kind === "symbol" && (token.text === ")" || token.text === "]")) {
      const opened = stack.pop();
      if (opened?.open !== (token.text === ")" ? "(" : "[")) throw new SqlTextError("brackets do not match");
      const group: Group = {
        kind: "group",
        space: opened.space,
        open: opened.open,
        inner: current,
        end: token.space,
      };
      current = opened.inner;
      current.push(group);
    } else current.push(token);
  }
  if (stack.length > 0) throw new SqlTextError("brackets do not match");
  return current;
}

function* scan(sql: string): Generator<Exclude<Token, Group>> {
  TOKEN.lastIndex = 0;
  const end = sql.trimEnd().length;
  let at = 0;
  let before: Exclude<Token, Group> | null = null;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    if (match === null) throw new SqlTextError("it cannot be read");
    const [whole, space = "", ...found] = match;
    const kind = KINDS[found.findIndex((text) => text !== undefined)];
    const text = whole.slice(space.length);
    if (kind === undefined) throw new SqlTextError(`"${text}" has no place in it`);
    const token = { kind, text, space } as Exclude<Token, Group>;
    refuseLookalikes(token, before);
    yield token;
    before = token;
    at += whole.length;
  }
}

/** Comments and prefixed strings, which dialects read differently. */
function refuseLookalikes(token: Exclude<Token, Group>, before: Exclude<Token, Group> | null): void {
  if (before === null || token.space !== "") return;
  const pair = `${before.text}${token.text}`;
  if (before.kind === "symbol" && token.kind === "symbol" && (pair === "--" || pair === "/*"))
    throw new SqlTextError("comments have no place in it");
  if (before.kind === "symbol" && token.kind === "symbol" && pair === "//")
    throw new SqlTextError('"//" has no place in it: divide with "/" and round with floor()');
  if (token.kind === "string" && (before.kind === "word" || before.kind === "string"))
    throw new SqlTextError(`a text is written '…', without "${before.text.slice(0, 20)}" before it`);
  if (token.kind === "word" && before.kind === "number") throw new SqlTextError(`"${pair}" is no number`);
}

/** The text again, as it was. */
export const printSql = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      token.kind === "group"
        ? `${token.space}${token.open}${printSql(token.inner)}${token.end}${token.open === "(" ? ")" : "]"}`
        : `${token.space}${token.text}`,
    )
    .join("");

/** A name as it is written in SQL, and back. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const ownName = (quoted: string): string => quoted.slice(1, -1).replaceAll('""', '"');
