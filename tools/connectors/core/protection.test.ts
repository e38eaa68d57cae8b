import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultLimits, freshState, type ProtectionState, permit, settle } from "./protection.ts";

const limits = { callsPerMinute: 10, failuresToOpen: 3, openFor: 1_000 };

describe("the token bucket", () => {
  it("never lets more through in any minute than twice its size, and its size in the long run", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 300 }), (gaps) => {
        let now = 0;
        let state: ProtectionState = freshState(now, limits);
        const gone: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const asked = permit(state, now, limits);
          state = asked.state;
          if (asked.kind === "go") gone.push(now);
        }
        const inMinute = gone.map((at) => gone.filter((other) => other >= at && other < at + 60_000).length);
        expect(Math.max(0, ...inMinute)).toBeLessThanOrEqual(2 * limits.callsPerMinute);
        expect(gone.length).toBeLessThanOrEqual(
          limits.callsPerMinute + (now * limits.callsPerMinute) / 60_000,
        );
      }),
    );
  });

  it("says how long to wait, and after that a call goes", () => {
    const empty = { ...freshState(0, limits), tokens: 0 };
    const asked = permit(empty, 0, limits);
    expect(asked).toMatchObject({ kind: "wait", milliseconds: 6_000 });
    expect(permit(asked.state, 6_000, limits).kind).toBe("go");
  });

  it("allows a hundred calls a minute by default", () => {
    expect(defaultLimits.callsPerMinute).toBe(100);
  });
});

describe("the circuit breaker", () => {
  const broken = [1, 2, 3].reduce<ProtectionState>(
    (state) => settle(state, false, 0, limits),
    freshState(0, limits),
  );

  it("opens after failures in a row, and a success between them starts the count again", () => {
    expect(permit(broken, 999, limits)).toMatchObject({ kind: "open", until: 1_000 });
    const mixed = settle(
      settle(settle(freshState(0, limits), false, 0, limits), true, 0, limits),
      false,
      0,
      limits,
    );
    expect(permit(mixed, 1, limits).kind).toBe("go");
  });

  it("lets one call try when its time is over; the others wait for how that ends", () => {
    const first = permit(broken, 1_000, limits);
    expect(first.kind).toBe("go");
    expect(permit(first.state, 1_001, limits).kind).toBe("open");
    expect(permit(settle(first.state, true, 1_002, limits), 1_003, limits).kind).toBe("go");
    expect(permit(settle(first.state, false, 1_002, limits), 1_003, limits).kind).toBe("open");
  });
});
