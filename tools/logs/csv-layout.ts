/** How a CSV file is laid out, told by its head: lines before the header, separator, quotes, names, sample rows. */
import type { ByteSource } from "./byte-source.ts";
import { decodeWindows1252 } from "./core/byte-dictionary.ts";
import { firstRecords, guessSeparator, headerNames } from "./core/csv.ts";
import { escapesByBackslash, preambleOf } from "./core/csv-dialect.ts";
import { clip, LogFileError } from "./core/errors.ts";
import type { Sample } from "./core/guess-mapping.ts";
import { guessTimeFormat } from "./core/time-formats.ts";

const SAMPLE_ROWS = 2000;

export interface LayoutSettings {
  readonly separator?: string;
  readonly encoding: "utf-8" | "windows-1252";
}

export interface Layout {
  readonly separator: string;
  /** Lines before the header. */
  readonly preamble: number;
  /** Quotes are escaped by backslashes. */
  readonly backslash: boolean;
  readonly sample: Sample;
}

/** @throws LogFileError where no separator splits the lines, there is no row, or data stand in the header's place */
export function findLayout(source: ByteSource, settings: LayoutSettings): Layout {
  const text = (
    settings.encoding === "utf-8" ? source.head.toString("utf8") : decodeWindows1252(source.head)
  ).replace(/^\ufeff/, "");
  const { lines: preamble, separator: declared, rest: body } = preambleOf(text, source.whole);
  const separator = settings.separator ?? declared ?? guessSeparator(body, source.whole);
  if (!separator) {
    throw new LogFileError("log-format", "no separator splits the lines into columns", {
      line: 1,
      expected: "a comma, semicolon, tab or bar between cells",
      remedy: "Export the log as CSV with at least a case, an activity and a time column.",
    });
  }
  const backslash = escapesByBackslash(body, separator);
  const records = firstRecords(body, separator, SAMPLE_ROWS + 1, source.whole, backslash);
  const [header, ...rows] = records;
  const line = preamble + 1;
  if (!header || rows.length === 0) throw noRows(body, line, source.whole);
  refuseDataAsHeader(header, line);
  return { separator, preamble, backslash, sample: { names: headerNames(header, line), rows } };
}

/** Why the sample has no record below the header: there is none, or its first one does not end. */
function noRows(body: string, line: number, whole: boolean): LogFileError {
  if (body.trim().split(/[\r\n]+/).length < 2) {
    const remedy = "Export a log with events.";
    return new LogFileError("log-empty", "there is no row below the header", { line, remedy });
  }
  return new LogFileError(whole ? "log-truncated" : "log-oversized", "the first record does not end", {
    line: line + 1,
    expected: 'a closing "',
    remedy: "A quote is missing in this record, or the file is cut off.",
  });
}

function refuseDataAsHeader(header: readonly string[], line: number): void {
  const date = header.find((cell) => guessTimeFormat([cell], false) !== null);
  if (date === undefined) return;
  throw new LogFileError("log-columns", `the first line has no names: "${clip(date)}" is a date`, {
    line,
    value: clip(date),
    expected: "a header with the columns' names",
    remedy: "Add a header line.",
  });
}
