import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { LogSummary } from "../../../channels/contract.ts";

export interface ComposerProps {
  readonly logs: readonly LogSummary[];
  readonly log: string | null;
  readonly onLog: (log: string | null) => void;
  /** What stands in the field when it opens; nobody has sent it yet. */
  readonly draft?: string;
  readonly busy: boolean;
  readonly onAsk: (text: string) => void;
  /** Says something to the plan that runs. */
  readonly onSteer: (text: string) => void;
  readonly onStop: () => void;
}

/** Where one asks: Enter sends, Shift with Enter makes a line; which log is meant stands beside. */
export function Composer({ logs, log, onLog, draft = "", busy, onAsk, onSteer, onStop }: ComposerProps) {
  const [text, setText] = useState(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft !== "") field.current?.focus();
  }, [draft]);
  useEffect(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = text === "" ? "" : `${Math.min(field.current.scrollHeight, 200)}px`;
  }, [text]);
  const send = () => {
    if (text.trim() === "") return;
    if (busy) onSteer(text.trim());
    else onAsk(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-lg border border-control bg-surface focus-within:border-accent focus-within:outline-1 focus-within:outline-accent"
    >
      <label>
        <span className="sr-only">Ask about a process</span>
        <textarea
          ref={field}
          data-composer
          rows={1}
          value={text}
          placeholder={busy ? "Change what is left: “skip …”, “only …”, “stop”" : "Ask about a process"}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="block max-h-52 w-full resize-none bg-transparent px-4 pt-3 pb-1 text-body outline-none placeholder:text-muted"
        />
      </label>
      <div className="flex items-center justify-between gap-2 px-2 pb-2">
        <label className="flex min-w-0 items-center gap-1 text-caption text-muted">
          <span className="sr-only">Which log</span>
          <select
            value={log ?? ""}
            onChange={(event) => onLog(event.target.value === "" ? null : event.target.value)}
            className="h-8 max-w-52 truncate rounded-lg bg-transparent px-2 text-caption text-muted hover:bg-raised hover:text-text"
          >
            <option value="">any log</option>
            {logs.map((known) => (
              <option key={known.id} value={known.id}>
                {known.name}
              </option>
            ))}
          </select>
        </label>
        <div className="flex gap-2">
          {busy && (
            <button
              type="button"
              onClick={onStop}
              aria-label="Stop"
              className="grid size-9 place-items-center rounded-lg border border-control bg-surface hover:bg-raised"
            >
              <Square className="size-4" aria-hidden />
            </button>
          )}
          {(!busy || text.trim() !== "") && (
            <button
              type="submit"
              aria-label="Send"
              disabled={text.trim() === ""}
              className="grid size-9 place-items-center rounded-lg bg-accent text-on-accent hover:bg-accent-strong disabled:bg-raised disabled:text-muted"
            >
              <ArrowUp className="size-4" aria-hidden />
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
