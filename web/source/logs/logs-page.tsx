import { Check, ChevronRight, TriangleAlert } from "lucide-react";
import type { LogSummary } from "../../../channels/contract.ts";
import { formatInstant, formatNumber, formatUnknown } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useLogs } from "../queries.ts";
import { followLink, navigate } from "../router.ts";
import { useListKeys } from "../shell/keys.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Page, Section, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Tag } from "../ui/tag.tsx";
import { CalendarChoice } from "./calendar-choice.tsx";
import { DropZone } from "./drop-zone.tsx";
import { ExportLinks } from "./export-links.tsx";
import { describeFinding } from "./mapping.ts";
import { MappingEditor } from "./mapping-editor.tsx";

export default function LogsPage({ id }: { readonly id: string | null }) {
  const { data, error, refetch } = useLogs();
  if (error) {
    return (
      <Page title="Logs">
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title="Logs">
        <Skeleton lines={4} label="Loading logs" />
      </Page>
    );
  }
  if (id === null) return <LogList logs={data} />;
  const log = data.find((candidate) => candidate.id === id || candidate.name === id);
  return log ? <OneLog log={log} /> : <Unknown id={id} />;
}

function LogList({ logs }: { readonly logs: readonly LogSummary[] }) {
  const locale = useLocale();
  const list = useListKeys();
  return (
    <Page title="Logs" lead="Event logs: one row for each thing that happened to a case.">
      <div className="mb-6">
        <DropZone />
      </div>
      {logs.length === 0 && <Empty title="No logs yet">Drop a file above to begin.</Empty>}
      <ul ref={list} className="space-y-2">
        {logs.map((log) => (
          <li key={log.id}>
            <a
              href={`/logs/${encodeURIComponent(log.id)}`}
              onClick={followLink}
              className="flex items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3 hover:border-control hover:bg-raised"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{log.name}</span>
                <span className="block text-caption text-muted">
                  {formatNumber(log.cases, locale)} cases, {formatNumber(log.events, locale)} events
                  {log.first && log.last && `, ${span(log, locale)}`}
                </span>
              </span>
              {log.findings.length > 0 && (
                <Tag tone="waiting" icon={<TriangleAlert className="size-3.5" aria-hidden />}>
                  {log.findings.length === 1 ? "1 finding" : `${log.findings.length} findings`}
                </Tag>
              )}
              <ChevronRight className="size-5 shrink-0 text-muted" aria-hidden />
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

const span = (log: LogSummary, locale: string): string =>
  `${formatInstant(log.first ?? "", locale, "date")} to ${formatInstant(log.last ?? "", locale, "date")}`;

function OneLog({ log }: { readonly log: LogSummary }) {
  const locale = useLocale();
  return (
    <Page
      title={log.name}
      lead={`${formatNumber(log.cases, locale)} cases, ${formatNumber(log.events, locale)} events${log.first ? `, ${span(log, locale)}` : ""}`}
      actions={
        <div className="flex gap-2">
          <Button onClick={() => navigate("/logs")}>All logs</Button>
          <Button look="primary" onClick={() => navigate(`/process/${encodeURIComponent(log.id)}`)}>
            Show the process
          </Button>
        </div>
      }
    >
      <Section title="What was found in the data">
        <Findings findings={log.findings} />
      </Section>
      <Section title="How the columns were read">
        <MappingEditor key={log.id} log={log} />
      </Section>
      <Section title="Business hours">
        <CalendarChoice log={log} />
      </Section>
      <Section title="Save as a file">
        <ExportLinks log={log} />
      </Section>
    </Page>
  );
}

function Findings({ findings }: { readonly findings: LogSummary["findings"] }) {
  const locale = useLocale();
  if (findings.length === 0) {
    return (
      <p className="flex items-center gap-2 text-good">
        <Check className="size-4" aria-hidden /> Nothing that would distort an answer.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {findings.map((finding) => (
        <li key={finding.kind} className="grid gap-x-4 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]">
          <span className="font-medium">{describeFinding(finding.kind)}</span>
          <span className="text-muted sm:text-right">{formatNumber(finding.count, locale)}</span>
          {formatUnknown(finding.example) !== "" && (
            <span className="line-clamp-3 text-caption text-muted">
              for example {formatUnknown(finding.example)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Unknown({ id }: { readonly id: string }) {
  return (
    <Page title="Logs">
      <Empty title={`There is no log “${id}”`}>
        <Button onClick={() => navigate("/logs")}>See the logs there are</Button>
      </Empty>
    </Page>
  );
}
