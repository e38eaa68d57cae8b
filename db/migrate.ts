import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as apply } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";

export const migrationsFolder = fileURLToPath(new URL("./migrations/", import.meta.url));

/** Any number that nothing else locks: processes that open a database at once apply its migrations one after the other. */
const migrationLock = 4_117_001;

/** Runs `work` on one connection while no other process does so under the same key. */
export async function exclusively<Result>(
  pool: pg.Pool,
  key: number,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [key]);
    try {
      return await work(client);
    } finally {
      await client.query("select pg_advisory_unlock($1)", [key]);
    }
  } finally {
    client.release();
  }
}

/** Brings the database to the newest migration. Safe from several processes at once. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await exclusively(pool, migrationLock, (client) => apply(drizzle(client), { migrationsFolder }));
}
