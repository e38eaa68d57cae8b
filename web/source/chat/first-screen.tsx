import { ArrowUpRight, Workflow } from "lucide-react";
import type { LogSummary } from "../../../channels/contract.ts";
import { formatNumber } from "../format.ts";
import { DropZone } from "../logs/drop-zone.tsx";
import { useLocale } from "../preferences.ts";

const questions = [
  "Where do we lose time?",
  "Show me the process",
  "Why do some cases take so long?",
  "What could we do about it?",
] as const;

export interface FirstScreenProps {
  readonly logs: readonly LogSummary[];
  readonly log: string | null;
  readonly onLog: (log: string | null) => void;
  readonly onAsk: (text: string) => void;
}

/** Something to drop a file on, processes that are there, four questions to click. */
export function FirstScreen({ logs, log, onLog, onAsk }: FirstScreenProps) {
  return (
    <div className="space-y-8 pt-2 md:pt-10">
      <div>
        <p className="text-display font-semibold tracking-tight">What would you like to know?</p>
        <p className="mt-2 max-w-[60ch] text-body text-muted">
          Ask about a process in plain words. Every number comes with its evidence, and nothing is changed
          before the right person has approved it.
        </p>
      </div>
      <ul className="grid gap-2 sm:grid-cols-2">
        {questions.map((question) => (
          <li key={question}>
            <button
              type="button"
              onClick={() => onAsk(question)}
              className="flex w-full items-center justify-between gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-left text-body hover:border-control hover:bg-raised"
            >
              {question}
              <ArrowUpRight className="size-4 shrink-0 text-muted" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {logs.length > 0 && <Processes logs={logs} log={log} onLog={onLog} />}
      <DropZone />
    </div>
  );
}

function Processes({ logs, log, onLog }: Pick<FirstScreenProps, "logs" | "log" | "onLog">) {
  const locale = useLocale();
  return (
    <section>
      <h2 className="mb-2 text-dense font-semibold">About which process?</h2>
      <ul className="grid gap-2 sm:grid-cols-2">
        {logs.slice(0, 4).map((known) => (
          <li key={known.id}>
            <button
              type="button"
              aria-pressed={log === known.id}
              onClick={() => onLog(log === known.id ? null : known.id)}
              className="flex w-full items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2.5 text-left hover:border-control hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <Workflow className="size-5 shrink-0 text-muted" aria-hidden />
              <span className="min-w-0">
                <span className="block truncate font-medium">{known.name}</span>
                <span className="block text-caption text-muted">
                  {formatNumber(known.cases, locale)} cases, {formatNumber(known.events, locale)} events
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
