/** LangGraph's checkpoints, in the same database as everything else. */
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import type pg from "pg";
import { exclusively } from "../db/migrate.ts";

/** Its own tables, apart from ours. */
const schema = "checkpoints";
/** Any number that nothing else locks. */
const setupLock = 4_117_002;

/** A checkpointer whose tables are there. Safe from several processes at once. */
export async function openCheckpointer(pool: pg.Pool): Promise<PostgresSaver> {
  await exclusively(pool, setupLock, (client) => setUpOn(client));
  return new PostgresSaver(pool, undefined, { schema });
}

/** `setup` asks its pool for one client; it gets the one that holds the lock. */
async function setUpOn(client: pg.PoolClient): Promise<void> {
  const borrowed: Pick<pg.PoolClient, "query" | "release"> = {
    query: client.query.bind(client),
    release: () => undefined,
  };
  const pool = { connect: async () => borrowed } as unknown as pg.Pool;
  await new PostgresSaver(pool, undefined, { schema }).setup();
}
