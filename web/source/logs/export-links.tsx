import { Download } from "lucide-react";
import type { LogSummary } from "../../../channels/contract.ts";

const formats = [
  ["xes", "XES"],
  ["csv", "CSV"],
  ["jsonl", "JSON lines"],
  ["parquet", "Parquet"],
  ["ocel", "OCEL 2.0 (JSON)"],
  ["ocel-xml", "OCEL 2.0 (XML)"],
  ["ocel-sqlite", "OCEL 2.0 (SQLite)"],
] as const;

/** The log as a file of each format that can be written; the server makes it when it is asked for. */
export function ExportLinks({ log }: { readonly log: LogSummary }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {formats.map(([format, label]) => (
        <li key={format}>
          <a
            href={`/v1/logs/${encodeURIComponent(log.id)}/export?format=${format}`}
            download
            className="inline-flex min-h-9 items-center gap-2 rounded-lg border border-control bg-surface px-3 py-1.5 text-dense font-medium hover:bg-raised"
          >
            <Download className="size-4 text-muted" aria-hidden />
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
