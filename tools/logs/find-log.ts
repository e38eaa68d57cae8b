import { and, asc, eq, or } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { logs } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import type { LogRow } from "./log-summary.ts";

export class LogNotFoundError extends MillwrightError {
  constructor(wanted: string | undefined, names: readonly string[]) {
    const there = names.length > 0 ? `There are: ${names.join(", ")}.` : "There is no log yet.";
    const what = wanted === undefined ? "no log is chosen" : `there is no log "${wanted}"`;
    super("log-not-found", 404, `${what}. ${there}`, {
      ...(wanted === undefined ? {} : { value: wanted }),
      expected: names.join(", "),
      remedy: names.length > 0 ? "Name one of them." : "Import a log first.",
    });
  }
}

export interface FindLogOptions {
  readonly database: Database;
  readonly tenant: string;
  /** The log of the thread, by id or name; null where none is chosen. */
  readonly threadLog: string | null;
}

export const allLogs = ({ database, tenant }: Omit<FindLogOptions, "threadLog">): Promise<LogRow[]> =>
  database.select().from(logs).where(eq(logs.tenant, tenant)).orderBy(asc(logs.name));

/** By id or name, else the thread's, else the only one there is. */
export async function findLog(options: FindLogOptions, idOrName?: string): Promise<LogRow> {
  const wanted = idOrName ?? options.threadLog ?? undefined;
  if (wanted !== undefined) {
    const named = and(eq(logs.tenant, options.tenant), or(eq(logs.id, wanted), eq(logs.name, wanted)));
    const [first, ...others] = await options.database.select().from(logs).where(named);
    const row = [first, ...others].find((candidate) => candidate?.id === wanted) ?? first;
    if (row) return row;
  }
  const all = await allLogs(options);
  const [only] = all;
  if (wanted === undefined && only && all.length === 1) return only;
  throw new LogNotFoundError(
    wanted,
    all.map((row) => row.name),
  );
}
