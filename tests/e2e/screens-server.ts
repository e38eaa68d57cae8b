#!/usr/bin/env node
import { createCallers } from "../../channels/http/authenticate.ts";
/** The HTTP and web channels over the recorded service. Run by hand to look at the screens: `node tests/e2e/screens-server.ts 4200`. */
import { createHttpChannel } from "../../channels/http/channel.ts";
import { type Listening, listen } from "../../channels/listen.ts";
import { createWebChannel } from "../../channels/web/chat.ts";
import { buildWebIfStale } from "../../web/build.ts";
import { createRecordedService, type RecordedService } from "./recorded-service.ts";

export interface Screens extends Listening {
  readonly service: RecordedService;
}

export async function serveScreens(port = 0): Promise<Screens> {
  const { folder } = await buildWebIfStale();
  const service = createRecordedService();
  const options = { tenant: "local", local: true };
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
