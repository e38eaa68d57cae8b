import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema/index.ts";

/** A drizzle database on PGlite or Postgres. Transactions: `database.transaction(async (tx) => …)`. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
