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
import { type ModelFiles, ModelLinks } from "./model-links.tsx";

interface CallResult {
  readonly kind: "result" | "proposal";
  readonly views?: readonly View[];
}

/** Pictures of one log without a conversation, each with its table. */
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
      {log && <Pictures key={log.id} log={log.id} />}
    </Page>
  );
}

/** What can be seen of a log: each picture is asked for when it is looked at first. */
const pictures: readonly Picture[] = [
  { name: "Map", tool: "mining.discover", input: {}, only: ["process-map"], files: "map" },
  { name: "BPMN model", tool: "mining.discover", input: {}, only: ["bpmn", "table"], files: "model" },
  { name: "Paths", tool: "mining.variants", input: { limit: 40 } },
  { name: "Dotted chart", tool: "mining.dotted-chart", input: {} },
  { name: "Since the start", tool: "mining.dotted-chart", input: { x: "since-start", order: "duration" } },
  { name: "Waiting", tool: "mining.bottlenecks", input: {} },
  { name: "Waiting by hour", tool: "mining.waiting-hours", input: {} },
  { name: "Cycle time over time", tool: "kpi.query", input: { metric: "cycle_time", period: "week" } },
];

interface Picture {
  readonly name: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Kinds of its views that are shown; all when absent. */
  readonly only?: readonly View["kind"][];
  /** What of it can be downloaded; nothing when absent. */
  readonly files?: ModelFiles;
}

function Pictures({ log }: { readonly log: string }) {
  return (
    <Tabs.Root defaultValue="0">
      <Tabs.List
        aria-label="Pictures of the process"
        className="mb-4 flex flex-wrap gap-1 border-b border-line"
      >
        {pictures.map(({ name }, at) => (
          <Tabs.Trigger
            key={name}
            value={String(at)}
            className="-mb-px border-b-2 border-transparent px-3 py-2 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {pictures.map((picture, at) => (
        <Tabs.Content key={picture.name} value={String(at)}>
          <Seen log={log} picture={picture} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function Seen({ log, picture }: { readonly log: string; readonly picture: Picture }) {
  const { name, tool, input, only, files } = picture;
  const { data, error, refetch } = useQuery({
    queryKey: ["process", log, tool, input],
    staleTime: 60_000,
    retry: false,
    queryFn: ({ signal }) =>
      requestJson<CallResult>(`/v1/tools/${tool}`, { method: "POST", body: { input, log }, signal }),
  });
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} label={`Drawing ${name.toLowerCase()}`} />;
  const views = (data.views ?? []).filter(({ kind }) => only === undefined || only.includes(kind));
  if (views.length === 0)
    return <Empty title="Nothing to draw">The log has too little for this picture.</Empty>;
  return (
    <div className="space-y-8">
      {views.map((view) => (
        <section key={`${view.kind} ${titleOf(view)}`} aria-label={titleOf(view)} className="space-y-3">
          <h2 className="font-semibold">{titleOf(view)}</h2>
          <Suspense fallback={<Skeleton lines={4} label={`Loading ${titleOf(view)}`} />}>
            <ViewBody view={view} large />
          </Suspense>
        </section>
      ))}
      {files && <ModelLinks log={log} of={files} />}
    </div>
  );
}
