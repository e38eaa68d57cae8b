import type { Executor } from "../rows.ts";
import { inbox } from "../schema/index.ts";

/** True the first time a message's key is seen in a channel, false for every repeat. */
export async function takeOnce(database: Executor, channel: string, key: string): Promise<boolean> {
  const taken = await database
    .insert(inbox)
    .values({ channel, key })
    .onConflictDoNothing()
    .returning({ key: inbox.key });
  return taken.length > 0;
}
