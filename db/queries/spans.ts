import { lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { spans } from "../schema/index.ts";

/** Takes traces away that are older than so many days. */
export async function deleteOldSpans(database: Database, days: number): Promise<void> {
  await database
    .delete(spans)
    .where(lt(spans.startedAt, sql`clock_timestamp() - ${days} * interval '1 day'`));
}
