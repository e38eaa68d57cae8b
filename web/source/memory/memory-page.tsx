import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { requestJson } from "../api.ts";
import { formatInstant } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Page, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Tag } from "../ui/tag.tsx";
import { isOwn, kindNames, type Memory, ownerName } from "./memories.ts";

const key = ["memories"];

/** What is remembered for whoever is signed in; their own can be taken away here, the rest goes through a proposal. */
export default function MemoryPage() {
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      requestJson<{ data: readonly Memory[] }>("/v1/tools/memory.list", {
        method: "POST",
        body: { input: {} },
        signal,
      }),
  });
  return (
    <Page
      title="What I remember"
      lead="Say “remember that” in a conversation to keep what a word means, what you prefer or what you noted. Nobody else sees your own; nothing out of a log is ever kept here."
    >
      {error ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {!error && !data ? <Skeleton lines={6} label="Looking up what I remember" /> : null}
      {data ? <Memories memories={data.data} /> : null}
    </Page>
  );
}

function Memories({ memories }: { readonly memories: readonly Memory[] }) {
  const forget = useForget();
  if (memories.length === 0)
    return (
      <Empty title="Nothing yet">
        Tell me for example: late means that the promised date has passed. Then say: remember that.
      </Empty>
    );
  return (
    <>
      {forget.error ? <ProblemNote error={forget.error} /> : null}
      <ul className="divide-y divide-line border-y border-line">
        {memories.map((memory) => (
          <MemoryRow key={memory.id} memory={memory} onForget={() => forget.mutate({ id: memory.id })} />
        ))}
      </ul>
      <ForgetAll disabled={forget.isPending} onForget={() => forget.mutate({ all: true })} />
    </>
  );
}

function MemoryRow({ memory, onForget }: { readonly memory: Memory; readonly onForget: () => void }) {
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="break-words">{memory.text}</p>
        <p className="flex flex-wrap gap-x-3 text-caption text-muted">
          <span>{kindNames[memory.kind] ?? memory.kind}</span>
          <span>since {formatInstant(memory.since, locale)}</span>
          {memory.expires ? <span>until {formatInstant(memory.expires, locale)}</span> : null}
        </p>
      </div>
      <Tag>{ownerName(memory)}</Tag>
      {isOwn(memory) ? (
        <Button onClick={onForget} aria-label={`Forget: ${memory.text}`}>
          Forget
        </Button>
      ) : null}
    </li>
  );
}

/** Asked for twice: it cannot be taken back. */
function ForgetAll({ disabled, onForget }: { readonly disabled: boolean; readonly onForget: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button className="mt-6" disabled={disabled} onClick={() => setAsked(true)}>
        Forget everything about me
      </Button>
    );
  return (
    <fieldset className="mt-6 flex flex-wrap items-center gap-3">
      <legend className="sr-only">Forget everything</legend>
      <p>Everything of yours is erased for good.</p>
      <Button
        onClick={() => {
          setAsked(false);
          onForget();
        }}
      >
        Erase it
      </Button>
      <Button onClick={() => setAsked(false)}>Keep it</Button>
    </fieldset>
  );
}

function useForget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { readonly id: string } | { readonly all: true }) =>
      requestJson("/v1/tools/memory.forget", { method: "POST", body: { input } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
