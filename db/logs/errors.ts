import { MillwrightError } from "../../errors.ts";

export class StoredLogError extends MillwrightError {
  constructor(
    code: "log-not-stored" | "log-exists" | "log-id",
    status: number,
    message: string,
    remedy: string,
  ) {
    super(code, status, message, { remedy });
  }
}

/** A query that may not run, or that cannot. */
export class LogQueryError extends MillwrightError {
  constructor(message: string, sql: string, options?: ErrorOptions) {
    super(
      "log-query",
      400,
      message,
      {
        value: sql.length > 200 ? `${sql.slice(0, 200)}…` : sql,
        expected: "one SELECT over the relations events, steps, edges and cases",
        remedy: "Change the query.",
      },
      options,
    );
  }
}
