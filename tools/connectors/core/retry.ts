/**
 * When to try a call again: at most three attempts, exponential backoff with full jitter (M. Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015), only for what may be repeated, and never sooner than the server asks.
 */

export const attempts = 3;
const base = 200;
const longest = 10_000;

export type Outcome =
  | { readonly kind: "status"; readonly status: number; readonly retryAfterMs: number | null }
  /** `sent: false`: the connection was never made, so nothing can have happened on the other side. */
  | { readonly kind: "unreachable"; readonly sent: boolean };

/** Any 2xx is success: 201, 202 and 204 too. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const passing = new Set([408, 425, 429, 500, 502, 503, 504]);
/** The server says that it did not begin with it. */
const refusedBefore = new Set([425, 429]);

/**
 * @param attempt the attempt that just ended, 1…
 * @param random uniform in [0, 1)
 * @returns milliseconds to wait before the next attempt, or null when there is none
 */
export function nextAttempt(
  attempt: number,
  outcome: Outcome,
  repeatable: boolean,
  random: () => number,
): number | null {
  if (attempt >= attempts || !mayRepeat(outcome, repeatable)) return null;
  const wait = random() * Math.min(longest, base * 2 ** attempt);
  const asked = outcome.kind === "status" ? (outcome.retryAfterMs ?? 0) : 0;
  if (asked > longest * 6) return null;
  return Math.max(asked, Math.round(wait));
}

function mayRepeat(outcome: Outcome, repeatable: boolean): boolean {
  if (outcome.kind === "unreachable") return repeatable || !outcome.sent;
  if (!passing.has(outcome.status)) return false;
  return repeatable || refusedBefore.has(outcome.status);
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds or an HTTP date. */
export function retryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
