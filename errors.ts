/**
 * The base of every error a person may see: what was wrong, where, what was expected, what to do.
 * Channels render it as RFC 9457 (`type` is `urn:millwright:<code>`).
 */
export interface ErrorDetails {
  /** File as it was given. */
  readonly file?: string;
  /** 1-based line of the file; the header is line 1. */
  readonly line?: number;
  readonly column?: string;
  /** The role that is missing. */
  readonly role?: "case" | "activity" | "timestamp";
  readonly value?: string;
  readonly expected?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export class MillwrightError extends Error {
  /** HTTP status this maps to. */
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetails;
  /** Of a write that failed: certainly nothing happened on the other side. */
  readonly noEffect: boolean = false;
  constructor(
    code: string,
    status: number,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** RFC 9457 problem details. Members beyond the standard five are extensions named as in `ErrorDetails`. */
export interface Problem extends ErrorDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** Postgres has no NUL in texts, nor half of a surrogate pair in JSON: 22021, 22P05. */
const notText: ReadonlySet<unknown> = new Set(["22021", "22P05"]);

/** The database was handed a character that no text of it can hold: what was asked with it is not there, and cannot be. */
const holdsNoText = (error: unknown): boolean =>
  error instanceof Error && (notText.has((error as { code?: unknown }).code) || holdsNoText(error.cause));

/** A person's errors say what they are; anything else is an internal error whose text stays in the server's log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof MillwrightError) {
    return {
      type: `urn:millwright:${error.code}`,
      title: error.name,
      status: error.status,
      detail: error.message,
      ...error.details,
    };
  }
  if (holdsNoText(error)) {
    return {
      type: "urn:millwright:character",
      title: "CharacterError",
      status: 400,
      detail: "A name or text holds a character that nothing kept here can hold, such as NUL.",
      remedy: "Leave out control characters.",
    };
  }
  return {
    type: "about:blank",
    title: "Internal error",
    status: 500,
    detail: "Something failed inside Millwright. The server's log has the trace.",
  };
}

/** An error as plain values, for another thread: structured clones forget classes and their fields. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What makes it an error that a person may see. */
  readonly told?: { readonly code: string; readonly status: number; readonly details: ErrorDetails };
}

export function serialised(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  const record = { name, message, ...(stack === undefined ? {} : { stack }) };
  if (!(error instanceof MillwrightError)) return record;
  return { ...record, told: { code: error.code, status: error.status, details: error.details } };
}

/** The error again: under its name, with its code, status and details. */
export function revived({ name, message, stack, told }: ErrorRecord): Error {
  const error = told
    ? new MillwrightError(told.code, told.status, message, told.details)
    : new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
