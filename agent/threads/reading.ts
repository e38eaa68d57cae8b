/** Threads for reading: which there are, and what happened in one. */
import { findThread, listThreads } from "../../db/queries/threads.ts";
import { NotFoundError } from "../errors.ts";
import type { AgentServiceOptions } from "../options.ts";
import type { AgentService, ThreadEvent } from "../service.ts";
import { resolveSpeaker } from "../speaker.ts";
import { eventsAfter } from "./events.ts";
import { followThread, type Live } from "./live.ts";

export function createReading(services: {
  readonly options: AgentServiceOptions;
  readonly live: Live;
}): Pick<AgentService, "threads" | "replay"> {
  const { database } = services.options;
  return {
    async threads({ person, tenant }) {
      const speaker = await resolveSpeaker(database, tenant, person);
      const rows = await listThreads(database, { tenant, person: speaker?.id ?? null });
      return rows.map(({ id, title, log, lastSeq, createdAt }) => ({
        id,
        title,
        log,
        lastSeq,
        createdAt: createdAt.toISOString(),
      }));
    },
    async *replay({ person, tenant, thread, from = 0, follow = false, signal }): AsyncGenerator<ThreadEvent> {
      const speaker = await resolveSpeaker(database, tenant, person);
      const row = await findThread(database, { tenant, person: speaker?.id ?? null }, thread);
      if (row === null) throw new NotFoundError("thread", thread);
      if (follow) {
        yield* followThread(database, services.live, { tenant, thread }, from, signal);
        return;
      }
      for (let last = from; ; ) {
        const found = await eventsAfter(database, { tenant, thread }, last);
        yield* found;
        if (found.length === 0) return;
        last = found.at(-1)!.seq;
      }
    },
  };
}
