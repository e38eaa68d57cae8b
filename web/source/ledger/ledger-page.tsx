import { ShieldCheck, ShieldX } from "lucide-react";
import { useState } from "react";
import { formatUnknown } from "../format.ts";
import { useLedger } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { Page, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import type { TableViewData } from "../views/sort.ts";
import { TableView } from "../views/table-view.tsx";

/** Everything that was asked, decided and done, each entry bound to the one before it. */
export default function LedgerPage() {
  const [verify, setVerify] = useState(false);
  const { data, error, refetch, isFetching } = useLedger(verify);
  return (
    <Page
      title="Ledger"
      lead="Append-only; every entry holds the hash of the one before, so a change anywhere shows."
      actions={
        <Button
          look="primary"
          disabled={isFetching}
          onClick={() => (verify ? void refetch() : setVerify(true))}
        >
          {isFetching ? "Checking …" : "Check the chain"}
        </Button>
      }
    >
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data?.verified && <Verified verified={data.verified} />}
      {!data && !error && <Skeleton lines={6} label="Loading the ledger" />}
      {data && (
        <div className="rounded-lg border border-line bg-surface p-4">
          <TableView key={data.entries.length} view={ledgerTable(data.entries)} />
        </div>
      )}
    </Page>
  );
}

function Verified({
  verified,
}: {
  readonly verified: { readonly ok: boolean; readonly entries: number; readonly problem: string | null };
}) {
  const Icon = verified.ok ? ShieldCheck : ShieldX;
  return (
    <p
      role="status"
      className={`mb-4 flex items-center gap-2 rounded-lg p-3 font-medium ${verified.ok ? "bg-good-soft text-good" : "bg-breach-soft text-breach"}`}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {verified.ok
        ? `The chain of ${verified.entries} entries holds.`
        : `The chain is broken: ${verified.problem ?? "an entry does not fit"}`}
    </p>
  );
}

function ledgerTable(entries: readonly unknown[]): TableViewData {
  return {
    kind: "table",
    title: "Ledger entries, newest first",
    columns: [
      { key: "seq", label: "No.", kind: "number" },
      { key: "at", label: "When", kind: "time" },
      { key: "kind", label: "What", kind: "text" },
      { key: "actor", label: "Who", kind: "text" },
      { key: "subject", label: "On", kind: "text" },
      { key: "hash", label: "Hash", kind: "text" },
    ],
    rows: entries
      .map((entry) => {
        const { seq, at, kind, actor, subject, hash } = entry as Record<string, unknown>;
        return {
          seq: Number(seq),
          at: formatUnknown(at),
          kind: formatUnknown(kind),
          actor: formatUnknown(actor),
          subject: formatUnknown(subject),
          hash: formatUnknown(hash).slice(0, 12),
        };
      })
      .sort((a, b) => b.seq - a.seq),
  };
}
