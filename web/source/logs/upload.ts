/** Sends a file and tells how far it is: first the sending, then what the server reports of the import. */
import type { LogSummary, Problem } from "../../../channels/contract.ts";
import { isProblem, RequestError } from "../api.ts";
import { eventReader, type ServerEvent } from "../sse.ts";

export interface Progress {
  readonly message: string;
  /** 0…1; null where it cannot be told. */
  readonly share: number | null;
}

export interface UploadRequest {
  readonly file: File;
  /** Role → column; guessed by the server when absent. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

const lost: Problem = {
  type: "urn:millwright:upload-interrupted",
  title: "Interrupted",
  status: 0,
  detail: "The upload was interrupted. Nothing was imported.",
  remedy: "See that the server still runs and that the file has not changed, then try again.",
};

/** `fetch` cannot tell how much was sent, so this is the one place that uses XMLHttpRequest. */
export function uploadLog({ file, mapping, zone, onProgress, signal }: UploadRequest): Promise<LogSummary> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const outcome = outcomeReader(onProgress);
    call.open("POST", "/v1/logs");
    call.setRequestHeader("accept", "text/event-stream");
    call.upload.onprogress = (event) =>
      onProgress({ message: "Sending", share: event.lengthComputable ? event.loaded / event.total : null });
    call.upload.onload = () => onProgress({ message: "Reading the file", share: null });
    call.onprogress = () => call.status < 300 && outcome.read(call.responseText);
    call.onload = () => {
      if (call.status >= 300) return reject(new RequestError(problemIn(call.responseText)));
      outcome.read(call.responseText);
      const result = outcome.result();
      return result instanceof RequestError ? reject(result) : resolve(result);
    };
    call.onerror = () => reject(new RequestError(lost));
    call.onabort = () => reject(new RequestError({ ...lost, detail: "The upload was stopped." }));
    signal?.addEventListener("abort", () => call.abort());
    call.send(formOf(file, mapping, zone));
  });
}

function formOf(file: File, mapping: UploadRequest["mapping"], zone: string | undefined): FormData {
  const form = new FormData();
  if (mapping) form.set("mapping", JSON.stringify(mapping));
  if (zone) form.set("zone", zone);
  form.set("file", file, file.name);
  return form;
}

/** Reads the growing text of the answer: `progress` events, then `log` or `problem`. */
export function outcomeReader(onProgress: (progress: Progress) => void) {
  const events = eventReader();
  let seen = 0;
  let log: LogSummary | null = null;
  let problem: Problem | null = null;
  const take = ({ event, data }: ServerEvent) => {
    const value: unknown = JSON.parse(data);
    if (event === "progress") onProgress(value as Progress);
    else if (event === "problem") problem = isProblem(value) ? value : lost;
    else if (event === "log") log = value as LogSummary;
  };
  return {
    read(text: string): void {
      const fresh = text.slice(seen);
      seen = text.length;
      for (const event of events(fresh)) take(event);
    },
    result: (): LogSummary | RequestError => (log && !problem ? log : new RequestError(problem ?? lost)),
  };
}

function problemIn(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : lost;
  } catch {
    return lost;
  }
}
