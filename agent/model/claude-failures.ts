/** What the Messages API's failures mean, and which of them are worth another try. */
import { APIConnectionError, APIConnectionTimeoutError, APIError } from "@anthropic-ai/sdk";
import type { AbsenceReason } from "./offline/absence.ts";
import { connectionFailure, type Failure, retryAfter } from "./wire.ts";

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

/** The API says it in words only. */
const tooLong = /prompt is too long|exceed(?:s|ed)? (?:the )?context (?:limit|window)/iu;

/** Null for errors that are not the API's or the connection's. */
export function claudeFailure(error: unknown): Failure | null {
  const lost = connectionFailure(error);
  if (lost !== null) return lost;
  if (error instanceof APIConnectionError) {
    const reason = error instanceof APIConnectionTimeoutError ? "timeout" : "connection";
    return { reason, retry: true, afterMilliseconds: null };
  }
  if (!(error instanceof APIError)) return null;
  const status = error.status as number | undefined;
  if (status === undefined) {
    const known = types[error.type ?? ""];
    return { reason: known?.reason ?? "failed", retry: known?.retry ?? false, afterMilliseconds: null };
  }
  const retry = status === 408 || status === 409 || status === 429 || status >= 500;
  return {
    reason: reasons[status] ?? "failed",
    retry,
    afterMilliseconds: retryAfter(error.headers, new Date()),
    ...(status === 400 && tooLong.test(error.message) ? { contextFull: true } : {}),
  };
}
