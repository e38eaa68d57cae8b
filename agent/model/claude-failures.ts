/** What the API's failures mean, and which of them are worth another try. */
import { APIConnectionError, APIError } from "@anthropic-ai/sdk";

/** A stream that ended before the message did. */
export class DroppedStreamError extends Error {
  constructor(options?: ErrorOptions) {
    super("The stream ended before the message did", options);
    this.name = "DroppedStreamError";
  }
}

export interface Failure {
  /** For people; says nothing of the request. */
  readonly reason: string;
  readonly retry: boolean;
  /** What the server asks for, where it does. */
  readonly afterMilliseconds: number | null;
}

const reasons: Readonly<Record<number, string>> = {
  400: "the request was not accepted",
  401: "the key was not accepted",
  403: "the key may not use it",
  404: "there is no model of that name",
  413: "the request was too large",
  429: "its rate limit is reached",
  529: "it is overloaded",
};
const types: Readonly<Record<string, { reason: string; retry: boolean }>> = {
  overloaded_error: { reason: "it is overloaded", retry: true },
  rate_limit_error: { reason: "its rate limit is reached", retry: true },
  api_error: { reason: "it failed", retry: true },
  timeout_error: { reason: "it took too long", retry: true },
};

function retryAfter(error: APIError): number | null {
  const seconds = Number(error.headers?.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** Null for errors that are not the API's or the connection's. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof DroppedStreamError || error instanceof APIConnectionError) {
    return { reason: "the connection failed", retry: true, afterMilliseconds: null };
  }
  if (error instanceof APIError) {
    const status = error.status as number | undefined;
    if (status === undefined) {
      const known = types[error.type ?? ""];
      return { reason: known?.reason ?? "it failed", retry: known?.retry ?? false, afterMilliseconds: null };
    }
    const retry = status === 408 || status === 409 || status === 429 || status >= 500;
    return { reason: reasons[status] ?? "it failed", retry, afterMilliseconds: retryAfter(error) };
  }
  const broken = error instanceof TypeError && /terminated|fetch failed|network/i.test(error.message);
  return broken ? { reason: "the connection failed", retry: true, afterMilliseconds: null } : null;
}
