/** What stands in a separated text besides its table, and how its quotes are escaped; told from its beginning. */
import { firstRecords, guessSeparator } from "./csv.ts";

export interface Preamble {
  /** Lines before the header. */
  readonly lines: number;
  /** The separator that a line of its own declares, as spreadsheets write it. */
  readonly separator: string | null;
  /** The text from the header on. */
  readonly rest: string;
}

const DECLARED = /^"?sep=([^\r\n])"?(\r\n|\n|\r)/i;
const BLANK = /^[ \u00a0]*(\r\n|\n|\r)/;
const COMMENT = /^#[^\r\n]*(\r\n|\n|\r)/;

/** `text` is without a byte order mark. Comments begin with a number sign. */
export function preambleOf(text: string, whole: boolean): Preamble {
  const declared = DECLARED.exec(text);
  const separator = declared?.[1] ?? null;
  let lines = declared ? 1 : 0;
  let rest = text.slice(declared?.[0].length ?? 0);
  for (;;) {
    const passed = BLANK.exec(rest)?.[0] ?? commentAt(rest, separator, whole);
    if (passed === null || passed.length === rest.length) return { lines, separator, rest };
    rest = rest.slice(passed.length);
    lines++;
  }
}

/** A line that begins with a number sign, unless it has as many cells as the table: then it is the header. */
function commentAt(text: string, declared: string | null, whole: boolean): string | null {
  const comment = COMMENT.exec(text)?.[0] ?? null;
  if (comment === null) return null;
  let table = text.slice(comment.length);
  for (let passed = comment; passed; passed = (BLANK.exec(table) ?? COMMENT.exec(table))?.[0] ?? "")
    if (passed !== comment) table = table.slice(passed.length);
  const separator = declared ?? guessSeparator(table, whole);
  const [header] = separator === null ? [] : firstRecords(table, separator, 1, whole);
  return header === undefined || comment.split(separator ?? "").length === header.length ? null : comment;
}

/**
 * Whether quotes in quoted cells are escaped by backslashes (\") and not doubled: a backslash and a quote after which the
 * cell goes on. After a doubled quote or at a cell's end no such thing can stand.
 */
export function escapesByBackslash(text: string, separator: string): boolean {
  const escaped = separator === "\t" ? "\\t" : `\\${separator}`;
  const inside = new RegExp(
    `(?:^|[${escaped}\\r\\n])"(?:[^"\\\\\\r\\n]|\\\\.|"")*?\\\\"[^"${escaped}\\r\\n]`,
  );
  return inside.test(text);
}
