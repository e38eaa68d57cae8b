/** Memories of a place. */

import { and, asc, desc } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { memories } from "../../schema/index.ts";
import { columns, type MemoryPlace, type MemoryRow, nearestOwner, ofKinds, visible } from "./visible.ts";

/** At most 500, the nearest owner first. Without kinds, answers and decisions of threads stay out. */
export function findMemories(
  database: Database,
  place: MemoryPlace,
  kinds?: readonly MemoryRow["kind"][],
): Promise<MemoryRow[]> {
  const chosen = ofKinds(kinds ?? ["definition", "preference", "pinned-kpi", "note"]);
  return database
    .select(columns)
    .from(memories)
    .where(and(visible(database, place), chosen))
    .orderBy(asc(nearestOwner), desc(memories.updatedAt), asc(memories.id))
    .limit(500);
}
