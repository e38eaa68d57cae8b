#!/usr/bin/env node
/** Runs the server by itself: `node main.ts`; it prints its address. It answers every question with one sentence. */
import { startMessagesApi } from "./server.ts";

const api = await startMessagesApi(() => ({
  kind: "message",
  content: [{ type: "text", text: "This is the local Messages API." }],
}));
console.log(api.url);
