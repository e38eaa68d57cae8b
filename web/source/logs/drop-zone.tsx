import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { formatShare } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { keys } from "../queries.ts";
import { navigate } from "../router.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { rememberFile } from "./kept-files.ts";
import { type Progress, uploadLog } from "./upload.ts";

/** Takes an event log by drop or by choosing, shows how far it is, and opens what was imported. */
export function DropZone() {
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<{ error: unknown; file: File } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const inputId = useId();

  const take = async (file: File | undefined) => {
    if (!file || progress) return;
    setFailure(null);
    setProgress({ message: "Sending", share: 0 });
    stop.current = new AbortController();
    try {
      const log = await uploadLog({ file, onProgress: setProgress, signal: stop.current.signal });
      rememberFile(log.id, file);
      await client.invalidateQueries({ queryKey: keys.logs });
      navigate(`/logs/${encodeURIComponent(log.id)}`);
    } catch (error) {
      setFailure({ error, file });
    } finally {
      setProgress(null);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className="space-y-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same by keyboard */}
      <div
        data-drop-zone
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={`flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-6 text-center ${over ? "border-accent bg-accent-soft" : "border-control"}`}
      >
        {progress ? (
          <Running progress={progress} onStop={() => stop.current?.abort()} />
        ) : (
          <>
            <label htmlFor={inputId} className="flex flex-col items-center gap-1">
              <Upload className="mb-1 size-6 text-muted" aria-hidden />
              <span className="font-medium">Drop an event log here</span>
              <span className="text-caption text-muted">
                CSV, XES, JSON lines, Parquet or OCEL 2.0; it stays on the machine Millwright runs on
              </span>
            </label>
            <input
              ref={input}
              id={inputId}
              type="file"
              accept=".csv,.tsv,.txt,.xes,.gz,.json,.jsonl,.ndjson,.parquet,.jsonocel,.xmlocel,.xml,.sqlite,.db"
              className="sr-only"
              onChange={(event) => {
                void take(event.target.files?.[0]);
                event.target.value = "";
              }}
              tabIndex={-1}
            />
            <Button onClick={() => input.current?.click()}>Choose a file</Button>
          </>
        )}
      </div>
      {failure && <ProblemNote error={failure.error} onRetry={() => void take(failure.file)} />}
    </div>
  );
}

function Running({ progress, onStop }: { readonly progress: Progress; readonly onStop: () => void }) {
  const locale = useLocale();
  const { message, share } = progress;
  return (
    <div role="status" className="flex w-full max-w-sm flex-col items-center gap-3">
      <p>
        {message}
        {share !== null && ` ${formatShare(share, locale)}`}
      </p>
      <progress
        {...(share === null ? {} : { value: share })}
        max={1}
        aria-label={message}
        className="h-1.5 w-full accent-accent"
      />
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}
