/** What a failure may say of itself in the server's log: no values that a query carried, which are people's and logs'. */

interface QueryFailure extends Error {
  readonly query: string;
  readonly params: unknown;
}

const isQueryFailure = (error: unknown): error is QueryFailure =>
  error instanceof Error && "query" in error && "params" in error;

/** The same failure, its query without parameters; of the database's reason the sentence and the code. */
export function withoutValues(error: unknown): unknown {
  if (!isQueryFailure(error)) return error;
  const { cause, query, stack = "" } = error;
  const reason =
    cause instanceof Error ? `: ${cause.message}${"code" in cause ? ` (${cause.code})` : ""}` : "";
  const told = new Error(`Failed query: ${query}${reason}`);
  const frames = stack.split("\n").filter((line) => /^\s+at /u.test(line));
  told.stack = [`Error: ${told.message}`, ...frames].join("\n");
  return told;
}
