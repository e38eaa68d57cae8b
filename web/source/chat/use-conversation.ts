/** One thread as a chat: its history, what streams now, and what others do to it meanwhile. */
import { useChat } from "@ai-sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import { DefaultChatTransport } from "ai";
import { useCallback, useEffect, useState } from "react";
import { request, requestJson } from "../api.ts";
import { keys } from "../queries.ts";
import { readEvents } from "../sse.ts";
import type { ChatMessage } from "./messages.ts";

interface History {
  readonly messages: ChatMessage[];
  readonly running: boolean;
  readonly lastSeq: number;
}

const threadPath = (thread: string): string => `/v1/chat/${encodeURIComponent(thread)}`;

const transport = new DefaultChatTransport<ChatMessage>({
  api: "/v1/chat",
  prepareSendMessagesRequest: ({ id, messages, body }) => ({
    body: { ...body, id, message: messages.at(-1), zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  }),
});

/** `isNew` counts when it is first shown: what a thread that began here holds is known without asking for it. */
export function useConversation(thread: string, isNew: boolean) {
  const client = useQueryClient();
  const [opened] = useState(!isNew);
  const [loading, setLoading] = useState<"loading" | "ready" | Error>(opened ? "loading" : "ready");
  const chat = useChat<ChatMessage>({
    id: thread,
    transport,
    throttle: 50,
    onFinish: () => {
      void client.invalidateQueries({ queryKey: keys.threads });
      void client.invalidateQueries({ queryKey: keys.proposals });
    },
  });
  const { setMessages, resumeStream, sendMessage, stop: stopReading, status } = chat;
  const load = useCallback(async () => {
    const history = await requestJson<History>(threadPath(thread));
    setMessages(history.messages);
    return history;
  }, [thread, setMessages]);

  useEffect(() => {
    if (!opened) return;
    let open = true;
    load().then(
      (history) => {
        if (!open) return;
        setLoading("ready");
        if (history.running) void resumeStream();
      },
      (error: unknown) => open && setLoading(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      open = false;
    };
  }, [load, opened, resumeStream]);

  const busy = status === "submitted" || status === "streaming";
  const [beside, setBeside] = useState(false);
  useEffect(() => {
    if (!beside || busy) return;
    setBeside(false);
    void load();
  }, [beside, busy, load]);
  useOthers(thread, loading === "ready" && !busy && chat.messages.length > 0, load);

  const ask = (text: string, log: string | null) => {
    void sendMessage({ text }, { body: log === null ? {} : { log } });
  };
  /** A message beside the turn that runs; what follows from it comes with that turn's own events. */
  const steer = (text: string) => {
    const said = requestJson(`/v1/threads/${encodeURIComponent(thread)}/messages`, {
      method: "POST",
      body: { text, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    });
    said.then(() => setBeside(true)).catch((error: unknown) => console.warn("It could not be said.", error));
  };
  const stop = async () => {
    await requestJson(`/v1/threads/${encodeURIComponent(thread)}/stop`, { method: "POST", body: {} });
    setTimeout(() => void stopReading(), 1_500);
  };
  return { messages: chat.messages, busy, error: chat.error, loading, ask, steer, stop, reload: load };
}

/** Follows the thread while it rests: a decision, a receipt or an alert of somebody else is read in at once. */
function useOthers(thread: string, resting: boolean, load: () => Promise<unknown>): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!resting) return;
    const leaving = new AbortController();
    const follow = async () => {
      const { lastSeq } = await requestJson<History>(threadPath(thread), { signal: leaving.signal });
      const response = await request(`/v1/threads/${encodeURIComponent(thread)}/events?from=${lastSeq}`, {
        accept: "text/event-stream",
        signal: leaving.signal,
      });
      for await (const event of readEvents(response)) {
        if (Number(event.id) <= lastSeq) continue;
        await client.invalidateQueries({ queryKey: keys.proposals });
        await load();
      }
    };
    follow().catch((error: unknown) => {
      if (!leaving.signal.aborted) console.warn("The thread is not followed live any more.", error);
    });
    return () => leaving.abort();
  }, [thread, resting, load, client]);
}
