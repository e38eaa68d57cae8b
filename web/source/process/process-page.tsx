import { useQuery } from "@tanstack/react-query";
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
  return (
    <div className="space-y-8">
      {(data.views ?? []).map((view) => (
        <section key={`${view.kind} ${titleOf(view)}`} aria-label={titleOf(view)}>
          <h2 className="mb-3 font-semibold">{titleOf(view)}</h2>
          <Suspense fallback={<Skeleton lines={4} label={`Loading ${titleOf(view)}`} />}>
            <ViewBody view={view} large />
          </Suspense>
        </section>
      ))}
    </div>
  );
}
