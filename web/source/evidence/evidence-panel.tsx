import { CircleCheck, CircleX, RotateCw } from "lucide-react";
import { formatNumber, formatUnknown, writeValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { type CheckedFact, useFact, useLogs } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Detail, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import type { TableViewData } from "../views/sort.ts";
import { TableView } from "../views/table-view.tsx";

/** Where a figure comes from: in words, in SQL, its rows, its hash; opening it runs the query again. */
export default function EvidencePanel({ id }: { readonly id: string }) {
  const { data, error, refetch, isFetching } = useFact(id);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} label="Running the query again" />;
  return (
    <div className="space-y-5">
      <Value checked={data} />
      <Verdict checked={data} busy={isFetching} onRun={() => void refetch()} />
      <Query checked={data} />
      <Rows checked={data} />
    </div>
  );
}

/** A log by its name, once the list of logs is there. */
function Source({ of: source }: { readonly of: CheckedFact["fact"]["source"] }) {
  const { data: logs } = useLogs();
  if (source.kind !== "log") return `tool ${source.tool}`;
  return `log ${logs?.find(({ id }) => id === source.log)?.name ?? source.log}`;
}

function Value({ checked: { fact } }: { readonly checked: CheckedFact }) {
  const locale = useLocale();
  const { value, unit } = writeValue(fact.value, fact.unit, locale);
  return (
    <div>
      <p className="flex items-baseline gap-2">
        <span className="text-display font-semibold">{value}</span>
        <span className="text-muted">{unit}</span>
      </p>
      <p className="mt-1">{fact.label}</p>
      <dl className="mt-3 divide-y divide-line border-y border-line">
        <Detail label="Rows used">{formatNumber(fact.rows, locale)}</Detail>
        <Detail label="Exact value">
          {fact.value} <span className="text-muted">{fact.unit}</span>
        </Detail>
        <Detail label="From">
          <Source of={fact.source} />
        </Detail>
        <Detail label="Hash">
          <span className="flex items-start gap-1">
            <code className="min-w-0 font-mono text-caption break-all text-muted">{fact.hash}</code>
            <CopyButton label="Copy hash" text={() => fact.hash} />
          </span>
        </Detail>
      </dl>
    </div>
  );
}

function Verdict({
  checked,
  busy,
  onRun,
}: {
  readonly checked: CheckedFact;
  readonly busy: boolean;
  readonly onRun: () => void;
}) {
  const { agrees, value } = checked.rerun;
  const Icon = agrees ? CircleCheck : CircleX;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p
        role="status"
        className={`flex items-center gap-2 font-medium ${agrees ? "text-good" : "text-breach"}`}
      >
        <Icon className="size-4 shrink-0" aria-hidden />
        {agrees
          ? "Run again just now: the same"
          : `Run again just now: ${value ?? "no value"}, which differs`}
      </p>
      <Button onClick={onRun} disabled={busy} icon={<RotateCw className="size-4" aria-hidden />}>
        {busy ? "Running …" : "Run again"}
      </Button>
    </div>
  );
}

function Query({ checked: { fact } }: { readonly checked: CheckedFact }) {
  const text = fact.sql ?? (fact.source.kind === "call" ? JSON.stringify(fact.source.input, null, 2) : "");
  return (
    <section aria-label={fact.sql === null ? "Call" : "SQL"}>
      <div className="flex items-center justify-between">
        <h3 className="font-semibold">{fact.sql === null ? "The call that makes it" : "SQL"}</h3>
        <CopyButton label="Copy" text={() => text} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="mt-1 max-h-72 overflow-auto rounded-lg bg-raised p-3 font-mono text-caption whitespace-pre-wrap"
      >
        {text}
      </pre>
    </section>
  );
}

function Rows({ checked: { rerun } }: { readonly checked: CheckedFact }) {
  if (rerun.rows.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-semibold">Result</h3>
      <TableView view={resultTable(rerun)} />
    </section>
  );
}

function resultTable(rerun: CheckedFact["rerun"]): TableViewData {
  const isNumber = (index: number) => rerun.rows.every((row) => typeof row[index] === "number");
  return {
    kind: "table",
    title: "Result of the query",
    columns: rerun.columns.map((label, index) => ({
      key: `c${index}`,
      label,
      kind: isNumber(index) ? "number" : "text",
    })),
    rows: rerun.rows.map((row) =>
      Object.fromEntries(
        row.map((cell, index) => [`c${index}`, typeof cell === "number" ? cell : formatUnknown(cell)]),
      ),
    ),
  };
}
