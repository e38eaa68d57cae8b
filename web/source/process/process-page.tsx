import { useQuery } from "@tanstack/react-query";
import { Tabs } from "radix-ui";
import { Suspense } from "react";
import type { View } from "../../../channels/contract.ts";
import { requestJson } from "../api.ts";
import { useLogs } from "../queries.ts";
import { navigate } from "../router.ts";
import { Empty, Page, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { titleOf, ViewBody } from "../views/view.tsx";

interface CallResult {
  readonly kind: "result" | "proposal";
  readonly views?: readonly View[];
}

/** Views of one log without a conversation: the map and the BPMN model, with their tables. */
export default function ProcessPage({ id }: { readonly id: string | null }) {
  const { data: logs, error } = useLogs();
  const log =
    logs?.find((known) => known.id === id || known.name === id) ?? (id === null ? logs?.[0] : undefined);
  return (
    <Page
      wide
      title="Process"
      lead={log ? `How ${log.name} really flows.` : undefined}
      actions={
        logs &&
        logs.length > 0 && (
          <label className="flex items-center gap-2">
            <span className="text-muted">Log</span>
            <select
              value={log?.id ?? ""}
              onChange={(event) => navigate(`/process/${encodeURIComponent(event.target.value)}`)}
              className="h-9 max-w-56 rounded-lg border border-control bg-surface px-2"
            >
              {logs.map((known) => (
                <option key={known.id} value={known.id}>
                  {known.name}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {error && <ProblemNote error={error} />}
      {!logs && !error && <Skeleton lines={4} label="Loading logs" />}
      {logs && !log && <Empty title="No such log">Drop one under Logs first.</Empty>}
      {log && <Discovered key={log.id} log={log.id} />}
    </Page>
  );
}

const keyOf = (view: View): string => `${view.kind} ${titleOf(view)}`;

function Discovered({ log }: { readonly log: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["process", log],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      requestJson<CallResult>("/v1/tools/mining.discover", {
        method: "POST",
        body: { input: {}, log },
        signal,
      }),
  });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} label="Discovering the process" />;
  const views = data.views ?? [];
  if (views.length === 0) return <Empty title="Nothing was discovered">The log has no events to draw.</Empty>;
  return (
    <Tabs.Root defaultValue="0">
      <Tabs.List aria-label="Views of the process" className="mb-4 flex flex-wrap gap-1 border-b border-line">
        {views.map((view, index) => (
          <Tabs.Trigger
            key={keyOf(view)}
            value={String(index)}
            className="-mb-px border-b-2 border-transparent px-3 py-2 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {titleOf(view)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {views.map((view, index) => (
        <Tabs.Content key={keyOf(view)} value={String(index)}>
          <Suspense fallback={<Skeleton lines={4} label={`Loading ${titleOf(view)}`} />}>
            <ViewBody view={view} large />
          </Suspense>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
