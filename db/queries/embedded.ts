import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "../rows.ts";

/** True on PGlite: this process is the only one on the database (its folder is locked, or it is in memory). */
export async function isEmbedded(database: Executor): Promise<boolean> {
  const [row] = await rowsOf<{ version: string }>(database, sql`select version() as version`);
  return row!.version.includes("PGlite");
}
