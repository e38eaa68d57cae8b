import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import pg from "pg";
import { type FolderLock, lockFolder } from "./lock.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema/index.ts";

export { DatabaseLockedError } from "./lock.ts";

/** A drizzle database on PGlite or Postgres. Transactions: `database.transaction(async (tx) => …)`. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  readonly database: Database;
  /** What PostgresSaver and pg-boss take. On PGlite it has one client: the lease that drizzle uses too. */
  readonly pool: pg.Pool;
  readonly kind: "pglite" | "postgres";
  /** Writes the address of this process's server into the folder's lock; nothing to do without a folder. */
  updateLockAddress(address: string | null): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** postgres:// address. Without one, the embedded database. */
  readonly url?: string;
  /** Folder of the embedded database; in memory when absent. */
  readonly folder?: string;
  /** Address of the server that this process runs, for the lock. */
  readonly address?: string;
  /**
   * Told when the server drops a connection that nobody uses (the pools open another); written to standard error when
   * absent.
   */
  readonly onConnectionLost?: (error: Error) => void;
}

const writeLost = (error: Error): void => {
  process.stderr.write(`The database dropped an idle connection: ${error.message}\n`);
};

/** Connections of each of the two pools on a server. */
const connections = 10;

/**
 * Opens a database and brings it to the newest migration.
 * @throws DatabaseLockedError when another living process has the folder.
 */
export function openDatabase(options: OpenOptions = {}): Promise<OpenDatabase> {
  if (options.url !== undefined) return openPostgres(options.url, options.onConnectionLost ?? writeLost);
  if (options.folder !== undefined) return openEmbedded(options.folder, options.address ?? null);
  return openInMemory();
}

async function openPostgres(url: string, onConnectionLost: (error: Error) => void): Promise<OpenDatabase> {
  const [{ default: postgres }, { drizzle }] = await Promise.all([
    import("postgres"),
    import("drizzle-orm/postgres-js"),
  ]);
  const pool = new pg.Pool({ connectionString: url, max: connections, options: "-c TimeZone=UTC" });
  let closing = false;
  pool.on("error", (error) => {
    if (!closing) onConnectionLost(error);
  });
  await migrate(pool);
  const client = postgres(url, {
    max: connections,
    onnotice: () => undefined,
    connection: { TimeZone: "UTC" },
  });
  return {
    database: drizzle(client, { schema }),
    pool,
    kind: "postgres",
    updateLockAddress: async () => undefined,
    async close() {
      closing = true;
      await Promise.all([pool.end(), client.end({ timeout: 5 })]);
    },
  };
}

async function openEmbedded(folder: string, address: string | null): Promise<OpenDatabase> {
  const lock = await lockFolder(folder, address);
  try {
    const { openFolder } = await import("./pglite/engine.ts");
    return await overPGlite(await openFolder(folder), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openInMemory(): Promise<OpenDatabase> {
  const { openMemory } = await import("./pglite/engine.ts");
  return overPGlite(await openMemory(), null);
}

async function overPGlite(
  engine: import("@electric-sql/pglite").PGlite,
  lock: FolderLock | null,
): Promise<OpenDatabase> {
  const [{ pglitePool }, { drizzle }] = await Promise.all([
    import("./pglite/pool.ts"),
    import("drizzle-orm/node-postgres"),
  ]);
  const { pool, close } = pglitePool(engine);
  await migrate(pool);
  return {
    database: drizzle(pool, { schema }),
    pool,
    kind: "pglite",
    updateLockAddress: async (address) => lock?.updateAddress(address),
    async close() {
      await close();
      await lock?.release();
    },
  };
}
