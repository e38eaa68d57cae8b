/** What can be wrong with a log file. The reader adds the file's name as it was given. */
import { type ErrorDetails, MillwrightError } from "../../../errors.ts";

export type LogFileProblem =
  | "log-empty"
  | "log-truncated"
  | "log-format"
  | "log-encoding"
  | "log-syntax"
  | "log-declaration"
  | "log-oversized"
  | "log-columns"
  | "log-row"
  | "log-timestamp"
  | "log-mapping"
  | "log-missing";

/** A log file that cannot be read. Nothing of it was taken over. */
export class LogFileError extends MillwrightError {
  constructor(code: LogFileProblem, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, code === "log-missing" ? 404 : 422, message, details, options);
  }
  /** The same error with the file it is about. */
  in(file: string): LogFileError {
    if (this.details.file !== undefined) return this;
    const { line } = this.details;
    const place = line === undefined ? file : `${file}, line ${line}`;
    const named = new LogFileError(
      this.code as LogFileProblem,
      `${place}: ${this.message}`,
      { ...this.details, file },
      { cause: this.cause },
    );
    named.name = this.name;
    return named;
  }
}

/** A cell that ought to be an instant and is not. */
export const unparsableTimestamp = (line: number, column: string, value: string, expected: string) =>
  new LogFileError("log-timestamp", `"${clip(value)}" in column "${column}" is not a date (${expected})`, {
    line,
    column,
    value: clip(value),
    expected,
    remedy: "Correct the cell, or choose another time column with --map timestamp=…",
  });

/** A role without a column. */
export const missingRole = (role: "case" | "activity" | "timestamp", why: string, remedy: string) =>
  new LogFileError("log-mapping", `no column for the role ${role}: ${why}`, { role, remedy });

/** A column that was named and is not there. */
export const missingColumn = (column: string, known: readonly string[]) =>
  new LogFileError("log-columns", `there is no column "${clip(column)}"; there are: ${known.join(", ")}`, {
    column,
    expected: known.join(", "),
    remedy: "Name a column exactly as in the header.",
  });

/** A type of objects that was named for a log without objects. */
export const notObjectCentric = (objectType: string, format: string) =>
  new LogFileError(
    "log-mapping",
    `it is not object-centric (${format}), so it cannot be read by the objects of type "${clip(objectType)}"`,
    {
      value: clip(objectType),
      expected: "OCEL 2.0 as JSON, XML or SQLite",
      remedy: "Leave the type of objects out, or give an object-centric file.",
    },
  );

/** Text from a file, short enough for a message. */
export const clip = (text: string, length = 80): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

/** The error with the line it happened on, where it has none. */
export function withLine(error: unknown, line: number): unknown {
  if (!(error instanceof LogFileError) || error.details.line !== undefined) return error;
  return new LogFileError(
    error.code as "log-syntax",
    error.message,
    { ...error.details, line },
    { cause: error.cause },
  );
}
