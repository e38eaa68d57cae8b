import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { PGliteSession, PGliteStream } from "./stream.ts";

/** Milliseconds to wait for the lease; a statement beside its own open transaction would else wait for ever. */
const leaseTimeout = 60_000;

export interface PGlitePool {
  readonly pool: pg.Pool;
  /** Waits for what is under way, then closes pool and engine. */
  close(): Promise<void>;
}

/**
 * The one way into a PGlite engine. PGlite is a single session, so the pool has one client: whoever holds it
 * (`connect` … `release`) has the database to itself, and drizzle, the checkpointer and pg-boss take turns.
 */
export function pglitePool(engine: PGlite): PGlitePool {
  const session = new PGliteSession(engine);
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: leaseTimeout,
    user: "postgres",
    database: "postgres",
    stream: () => new PGliteStream(session),
  });
  return {
    pool,
    async close() {
      await pool.end();
      await session.close();
    },
  };
}
