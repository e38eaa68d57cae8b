import type { LogSummary } from "../../../channels/contract.ts";
import { DownloadLinks } from "../ui/download-links.tsx";

const formats = [
  ["xes", "XES"],
  ["spreadsheet", "CSV for spreadsheets"],
  ["csv", "CSV, exact"],
  ["jsonl", "JSON lines"],
  ["parquet", "Parquet"],
  ["ocel", "OCEL 2.0 (JSON)"],
  ["ocel-xml", "OCEL 2.0 (XML)"],
  ["ocel-sqlite", "OCEL 2.0 (SQLite)"],
] as const;

/** The log as a file of each format that can be written. */
export function ExportLinks({ log }: { readonly log: LogSummary }) {
  const path = `/v1/logs/${encodeURIComponent(log.id)}/export`;
  return (
    <DownloadLinks links={formats.map(([format, label]) => ({ label, href: `${path}?format=${format}` }))} />
  );
}
