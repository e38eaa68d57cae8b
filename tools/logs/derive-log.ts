/** A changed copy of a log as a log of its own: the original is never touched, and the copy says what it was made of. */
import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { logs } from "../../db/schema/index.ts";
import type { DeriveRequest } from "../define.ts";
import type { ColumnMapping, LogColumns } from "./core/event-log.ts";
import type { Finding } from "./core/findings.ts";
import { describe } from "./describe-log.ts";
import { keepLog } from "./import-log.ts";
import type { LogSummary } from "./log-summary.ts";

/** What only the file itself could show stays found, until a repair of the times settles it. */
const OF_THE_FILE = "zone";

export interface DeriveOptions {
  readonly database: Database;
  readonly store: LogStore;
  readonly tenant: string;
}

/** Stores the columns under the name, or the name with a number where it is taken; all of it or nothing. */
export async function deriveLog(options: DeriveOptions, request: DeriveRequest): Promise<LogSummary> {
  const { from, name, columns, recipe, person, zone } = request;
  const [row] = await options.database.select().from(logs).where(eq(logs.id, from.id));
  const mapping = row?.mapping as ColumnMapping;
  const found = (row?.findings ?? []) as readonly Finding[];
  const ofTheFile = found.filter(({ kind }) => kind === OF_THE_FILE && zone === undefined);
  return keepLog(options, {
    name,
    person,
    columns: withoutRest(columns as LogColumns),
    calendar: row?.calendar ?? null,
    mapping: { ...mapping, ...(zone === undefined ? {} : { zone }), recipe },
    described: describe(columns as LogColumns, ofTheFile),
    id: crypto.randomUUID(),
  });
}

/** What an object-centric file said besides its columns is no longer true of changed ones. */
function withoutRest({ origin, ...columns }: LogColumns): LogColumns {
  if (origin === undefined) return columns;
  const { ocel: _, ...own } = origin;
  return { ...columns, origin: own };
}
