#!/usr/bin/env node
/** The HTTP and web channels over the recorded service. Run by hand to look at the screens: `node tests/e2e/screens-server.ts 4200`. */
import type { Calendars } from "../../channels/contract.ts";
import { createCallers } from "../../channels/http/authenticate.ts";
import { createHttpChannel } from "../../channels/http/channel.ts";
import { type Listening, listen } from "../../channels/listen.ts";
import { createWebChannel } from "../../channels/web/chat.ts";
import { buildWebIfStale } from "../../web/build.ts";
import { createRecordedService, type RecordedService } from "./recorded-service.ts";

export interface Screens extends Listening {
  readonly service: RecordedService;
}

/** One calendar, and what was chosen for each log. */
function calendarsInMemory(): Calendars {
  const office = { name: "Berlin office", hours: "Mon–Fri 09:00–17:00, Europe/Berlin", definition: {} };
  const chosen = new Map<string, string | null>();
  const defaultOf = async (log: string) => ({ log, calendar: chosen.get(log) ?? null });
  return {
    list: async () => [office],
    show: async () => office,
    set: async () => office,
    remove: async () => undefined,
    defaultOf,
    async setDefault(_caller, log, calendar) {
      chosen.set(log, calendar);
      return { log, calendar };
    },
  };
}

export async function serveScreens(port = 0): Promise<Screens> {
  const { folder } = await buildWebIfStale();
  const service = createRecordedService();
  const options = { tenant: "local", local: true, calendars: calendarsInMemory() };
  const callers = createCallers(service, options);
  const web = createWebChannel(service, { site: folder, speaker: (request) => callers.speaker(request) });
  const app = createHttpChannel(service, { ...options, callers, mounts: [web], onError: console.error });
  const listening = await listen((request) => app.fetch(request), "127.0.0.1", port);
  return { ...listening, service };
}

if (import.meta.main) {
  const { address, service } = await serveScreens(Number(process.argv[2] ?? 4200));
  service.pace = 150;
  console.log(address);
}
