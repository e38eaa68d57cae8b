/** What the API's failures mean, and which of them are worth another try. */
import { APIConnectionError, APIError } from "@anthropic-ai/sdk";
import type { AbsenceReason } from "./offline/absence.ts";

/** A stream that ended before the message did. */
export class DroppedStreamError extends Error {
  constructor(options?: ErrorOptions) {
    super("The stream ended before the message did", options);
    this.name = "DroppedStreamError";
  }
}

export interface Failure {
  /** Says nothing of the request. */
  readonly reason: AbsenceReason;
  readonly retry: boolean;
  /** What the server asks for, where it does. */
  readonly afterMilliseconds: number | null;
}

const reasons: Readonly<Record<number, AbsenceReason>> = {
  400: "request",
  401: "key",
  402: "credit",
  403: "not-allowed",
  404: "no-model",
  408: "timeout",
  413: "too-large",
  429: "rate-limit",
  504: "timeout",
  529: "overloaded",
};
const types: Readonly<Record<string, { reason: AbsenceReason; retry: boolean }>> = {
  overloaded_error: { reason: "overloaded", retry: true },
  rate_limit_error: { reason: "rate-limit", retry: true },
  api_error: { reason: "failed", retry: true },
  timeout_error: { reason: "timeout", retry: true },
};

function retryAfter(error: APIError): number | null {
  const seconds = Number(error.headers?.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** Null for errors that are not the API's or the connection's. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof DroppedStreamError || error instanceof APIConnectionError) {
    return { reason: "connection", retry: true, afterMilliseconds: null };
  }
  if (error instanceof APIError) {
    const status = error.status as number | undefined;
    if (status === undefined) {
      const known = types[error.type ?? ""];
      return { reason: known?.reason ?? "failed", retry: known?.retry ?? false, afterMilliseconds: null };
    }
    const retry = status === 408 || status === 409 || status === 429 || status >= 500;
    return { reason: reasons[status] ?? "failed", retry, afterMilliseconds: retryAfter(error) };
  }
  const broken = error instanceof TypeError && /terminated|fetch failed|network/i.test(error.message);
  return broken ? { reason: "connection", retry: true, afterMilliseconds: null } : null;
}
