import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attempts, isSuccess, nextAttempt, type Outcome, retryAfter } from "./retry.ts";

const answered = (status: number, retryAfterMs: number | null = null): Outcome => ({
  kind: "status",
  status,
  retryAfterMs,
});
const half = () => 0.5;

describe("trying a call again", () => {
  it("takes any 2xx for success", () => {
    expect([200, 201, 202, 204, 299].every(isSuccess)).toBe(true);
    expect([199, 300, 404, 500].some(isSuccess)).toBe(false);
  });

  it("waits longer each time, with jitter", () => {
    const evenly = Array.from({ length: 200 }, (_, index) => index / 200);
    const first = evenly.map((random) => nextAttempt(1, answered(503), true, () => random));
    expect(Math.max(...first.map(Number))).toBeLessThanOrEqual(400);
    expect(new Set(first).size).toBeGreaterThan(50);
    expect(nextAttempt(2, answered(503), true, half)).toBeGreaterThan(
      Number(nextAttempt(1, answered(503), true, half)),
    );
  });

  it("ends after three attempts", () => {
    expect(nextAttempt(attempts, answered(503), true, half)).toBeNull();
    expect(nextAttempt(attempts - 1, answered(503), true, half)).not.toBeNull();
  });

  it("never repeats what may not be repeated, unless the other side certainly did not begin", () => {
    fc.assert(
      fc.property(fc.constantFrom(400, 401, 404, 409, 422, 500, 502, 503, 504), (status) => {
        expect(nextAttempt(1, answered(status), false, half)).toBeNull();
      }),
    );
    expect(nextAttempt(1, { kind: "unreachable", sent: true }, false, half)).toBeNull();
    expect(nextAttempt(1, { kind: "unreachable", sent: false }, false, half)).not.toBeNull();
    expect(nextAttempt(1, answered(429), false, half)).not.toBeNull();
  });

  it("never comes back sooner than asked, and not at all when asked to wait for minutes", () => {
    expect(nextAttempt(1, answered(429, 5000), true, half)).toBe(5000);
    expect(nextAttempt(1, answered(503, 600_000), true, half)).toBeNull();
  });

  it("reads Retry-After in seconds and as a date", () => {
    const now = new Date("2026-11-21T10:00:00Z");
    expect(retryAfter("3", now)).toBe(3000);
    expect(retryAfter("Sat, 21 Nov 2026 10:00:07 GMT", now)).toBe(7000);
    expect(retryAfter("soon", now)).toBeNull();
    expect(retryAfter(null, now)).toBeNull();
  });
});
