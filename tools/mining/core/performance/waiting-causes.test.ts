import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type QueueWorld, queueWorld } from "../../../../tests/fixtures/queue-world.ts";
import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { type WaitingKind, waitingCauses, waitingKinds } from "./waiting-causes.ts";

const utc = (instant: number): number => instant;

/** Share of all waiting of each kind. */
function shares(log: EventLog): Record<WaitingKind, number> & { total: number } {
  const { parts } = waitingCauses(log, utc);
  const seconds = waitingKinds.map((kind) => parts[kind].reduce((sum, part) => sum + part, 0) / 1e6);
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const all = Object.fromEntries(
    waitingKinds.map((kind, i) => [kind, total === 0 ? 0 : seconds[i]! / total]),
  );
  return { ...(all as Record<WaitingKind, number>), total };
}

const worlds = (world: Omit<QueueWorld, "seed">) =>
  Array.from({ length: 8 }, (_, seed) => shares(queueWorld({ seed: seed + 1, ...world })));

describe("waiting told apart", () => {
  it("is all contention in a queue that is served first in, first out around the clock", () => {
    for (const workers of [1, 3]) {
      for (const found of worlds({ gap: 1000 / workers, work: 800, workers }))
        expect(found.contention).toBe(1);
    }
  });

  it("is prioritisation where the urgent overtake, and contention besides", () => {
    for (const found of worlds({ gap: 1000, work: 850, order: "urgent" })) {
      expect(found.prioritisation).toBeGreaterThan(0.05);
      expect(found.prioritisation + found.contention).toBe(1);
    }
  });

  it("is batching where six are done in one go", () => {
    for (const found of worlds({ gap: 3600, work: 300, batch: 6 }))
      expect(found.batching).toBeGreaterThan(0.8);
  });

  it("is unavailability where people go home", () => {
    for (const found of worlds({ gap: 14_400, work: 300, hours: [9, 17] })) {
      expect(found.unavailability).toBeGreaterThan(0.8);
      expect(found.batching).toBe(0);
      expect(found.extraneous).toBeLessThan(0.02);
    }
  });

  it("is extraneous where something outside the log holds cases up", () => {
    for (const found of worlds({ gap: 3600, work: 600, delay: 36_000 })) {
      expect(found.extraneous).toBeGreaterThan(0.8);
      expect(found.batching).toBe(0);
      expect(found.unavailability).toBe(0);
      expect(found.prioritisation).toBeLessThan(0.1);
    }
  });

  it("is nothing where nothing is planted", () => {
    for (const found of worlds({ gap: 4000, work: 60, workers: 40, cases: 300 })) expect(found.total).toBe(0);
  });

  it("does not take the idle nights of somebody with little to do for absence", () => {
    for (const found of worlds({ gap: 40_000, work: 600, cases: 60, delay: 20_000 })) {
      expect(found.unavailability).toBe(0);
    }
  });

  it("is unattributed where nobody is recorded", () => {
    const log = queueWorld({ seed: 1, gap: 1000, work: 800, cases: 50 });
    const codes = new Uint32Array(log.events).fill(MISSING);
    expect(shares({ ...log, resource: { kind: "text", codes, dictionary: [] } }).unattributed).toBe(1);
  });

  it("adds up to each wait, whatever the world", () => {
    const world = fc.record({
      seed: fc.nat(1e6),
      cases: fc.integer({ min: 1, max: 60 }),
      workers: fc.integer({ min: 1, max: 3 }),
      gap: fc.integer({ min: 1, max: 5000 }),
      work: fc.integer({ min: 1, max: 5000 }),
      order: fc.constantFrom("first" as const, "urgent" as const),
      batch: fc.integer({ min: 1, max: 5 }),
      hours: fc.constantFrom<readonly [number, number]>([0, 24], [9, 17], [22, 24]),
      delay: fc.nat(20_000),
    });
    fc.assert(
      fc.property(world, (asked) => {
        const { waits, parts } = waitingCauses(queueWorld(asked), utc);
        for (let i = 0; i < waits.count; i++) {
          const all = waitingKinds.map((kind) => parts[kind][i]!);
          expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
          expect(all.reduce((sum, part) => sum + part, 0)).toBe(waits.started[i]! - waits.enabled[i]!);
        }
      }),
      { numRuns: 200 },
    );
  });
});
