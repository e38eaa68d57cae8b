/** What failures of a chat completions server mean, and which of them are worth another try. */
import type { AbsenceReason } from "./offline/absence.ts";
import { ChatApiError } from "./openai-stream.ts";
import { connectionFailure, type Failure, retryAfter } from "./wire.ts";

const reasons: Readonly<Record<number, AbsenceReason>> = {
  400: "request",
  401: "key",
  402: "credit",
  403: "not-allowed",
  404: "no-model",
  408: "timeout",
  413: "too-large",
  422: "request",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
  529: "overloaded",
};

/** By the error's code or type, where no status says it: in the middle of a stream. */
const codes: readonly (readonly [RegExp, AbsenceReason])[] = [
  [/insufficient_quota|billing/u, "credit"],
  [/rate_limit/u, "rate-limit"],
  [/overloaded|unavailable/u, "overloaded"],
  [/timeout/u, "timeout"],
  [/invalid_api_key|authentication/u, "key"],
];
const passing: ReadonlySet<AbsenceReason> = new Set(["rate-limit", "overloaded", "timeout", "failed"]);

const tooLong =
  /context_length_exceeded|maximum context length|context window|exceeds? the (?:available )?context/iu;

/** Null for errors that are not the server's or the connection's. */
export function chatFailure(error: unknown): Failure | null {
  const lost = connectionFailure(error);
  if (lost !== null || !(error instanceof ChatApiError)) return lost;
  const { status, code, message, headers } = error;
  const afterMilliseconds = retryAfter(headers, new Date());
  if ((status === null || status === 400 || status === 413) && tooLong.test(`${code} ${message}`))
    return { reason: "too-large", retry: false, afterMilliseconds, contextFull: true };
  const told = codes.find(([pattern]) => pattern.test(code))?.[1];
  if (told === "credit") return { reason: "credit", retry: false, afterMilliseconds };
  if (status === null) {
    const reason = told ?? "failed";
    return { reason, retry: passing.has(reason), afterMilliseconds };
  }
  const retry = status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
  return { reason: reasons[status] ?? "failed", retry, afterMilliseconds };
}
