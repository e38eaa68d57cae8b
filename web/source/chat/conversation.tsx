import { useEffect, useRef, useState } from "react";
import { useLogs, useThreads } from "../queries.ts";
import { navigate, usePlace } from "../router.ts";
import { Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Composer } from "./composer.tsx";
import { FirstScreen } from "./first-screen.tsx";
import { Message } from "./message.tsx";
import { type ChatMessage, contentsOf, describeTool } from "./messages.ts";
import { useConversation } from "./use-conversation.ts";

/** A thread, or the place where one begins. */
export function Conversation({ thread, isNew }: { readonly thread: string; readonly isNew: boolean }) {
  const { messages, busy, error, loading, ask, steer, stop, reload } = useConversation(thread, isNew);
  const { data: logs = [] } = useLogs();
  const { data: threads = [] } = useThreads();
  const { search } = usePlace();
  const [chosen, setChosen] = useState<string | null>(isNew ? search.get("log") : null);
  const [draft] = useState((isNew ? search.get("ask") : null) ?? "");
  const known = threads.find((candidate) => candidate.id === thread)?.log ?? null;
  const named = chosen ?? known;
  const log = logs.find(({ id, name }) => id === named || name === named)?.id ?? null;
  const send = (text: string) => {
    ask(text, log ?? (logs.length === 1 ? (logs[0]?.id ?? null) : null));
    navigate(`/threads/${encodeURIComponent(thread)}`, { replace: isNew });
  };
  const end = useFollowing(messages.length);
  const last = messages.at(-1);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-4 py-6 md:px-6">
          <h1 className="sr-only">Conversation</h1>
          {loading === "loading" && <Skeleton lines={5} label="Loading the conversation" />}
          {loading instanceof Error && <ProblemNote error={loading} onRetry={() => void reload()} />}
          {loading === "ready" && messages.length === 0 && !error && (
            <FirstScreen logs={logs} log={log} onLog={setChosen} onAsk={send} />
          )}
          <ol className="space-y-8">
            {messages.map((message) => (
              <Message
                key={message.id}
                message={message}
                running={busy && message === last}
                onAsk={send}
                onStop={() => void stop()}
              />
            ))}
            {busy && last?.role === "user" && (
              <li role="status">
                <span className="sr-only">Sent</span>
                <Skeleton lines={2} label="Waiting for the answer" />
              </li>
            )}
          </ol>
          {error && (
            <div className="mt-6">
              <ProblemNote error={error} onRetry={() => void reload()} />
            </div>
          )}
          <div ref={end} />
        </div>
      </div>
      <div className="mx-auto w-full max-w-3xl px-4 pt-2 pb-3 md:px-6 md:pb-5">
        <Composer
          logs={logs}
          log={log}
          onLog={setChosen}
          draft={draft}
          busy={busy}
          onAsk={send}
          onSteer={steer}
          onStop={() => void stop()}
        />
      </div>
      <Spoken message={last} busy={busy} />
    </div>
  );
}

/** Scrolls to what is new when a message is added; what streams in afterwards moves nothing under the reader's eyes. */
function useFollowing(count: number) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  return end;
}

/** Says to screen readers what is being done and then the answer: not each piece that streams in. */
function Spoken({ message, busy }: { readonly message: ChatMessage | undefined; readonly busy: boolean }) {
  const contents = message?.role === "assistant" ? contentsOf(message) : null;
  const planned = contents?.plan?.steps.find(({ state }) => state === "running")?.title;
  const step = contents?.steps.findLast((candidate) => !candidate.done);
  const working = planned ?? (step ? (step.message ?? describeTool(step.tool)) : "Working on it");
  const text = busy ? working : (contents?.reply?.answer?.headline ?? contents?.reply?.reply ?? "");
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
