import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveInWorker } from "../solver.ts";
import { type AssignmentOptions, assign, objectiveOf, queueByTangents, tangentPoints } from "./assignment.ts";
import { ModelBuilder } from "./linear-model.ts";
import { costOf, loads, type Plan, type Staffing } from "./staffing.ts";

const options: AssignmentOptions = { portions: 3, budget: null, goal: "time", seconds: 20, gap: 0 };

/** Every way to share `portions` among the eligible resources. */
function* shares(eligible: Uint8Array, portions: number, from = 0): Generator<number[]> {
  if (from === eligible.length) {
    if (portions === 0) yield [];
    return;
  }
  for (let own = 0; own <= (eligible[from] === 1 ? portions : 0); own++) {
    for (const rest of shares(eligible, portions - own, from + 1)) yield [own, ...rest];
  }
}

function* plans(staffing: Staffing, portions: number, activity = 0): Generator<Plan> {
  if (activity === staffing.activities.length) {
    yield [];
    return;
  }
  const { arrivals } = staffing.activities[activity]!;
  for (const share of shares(staffing.eligible[activity]!, portions)) {
    const row = Float64Array.from(share, (own) => (own * arrivals) / portions);
    for (const rest of plans(staffing, portions, activity + 1)) yield [row, ...rest];
  }
}

const fitsIn = (staffing: Staffing, plan: Plan, budget: number | null): boolean =>
  loads(staffing, plan).every((load, resource) => load <= staffing.resources[resource]!.hours + 1e-9) &&
  (budget === null || costOf(staffing, plan) <= budget + 1e-9);

function bruteForce(staffing: Staffing, { portions, budget, goal }: AssignmentOptions): number {
  let best = Number.POSITIVE_INFINITY;
  for (const plan of plans(staffing, portions)) {
    if (fitsIn(staffing, plan, budget)) best = Math.min(best, objectiveOf(staffing, plan, goal));
  }
  return best;
}

const small: fc.Arbitrary<Staffing> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }))
  .chain(([activities, resources]) =>
    fc.record({
      arrivals: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: activities, maxLength: activities }),
      hours: fc.array(fc.integer({ min: 5, max: 40 }), { minLength: resources, maxLength: resources }),
      rates: fc.array(fc.integer({ min: 10, max: 90 }), { minLength: resources, maxLength: resources }),
      service: fc.array(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: resources, maxLength: resources }),
        { minLength: activities, maxLength: activities },
      ),
      eligible: fc.array(fc.array(fc.boolean(), { minLength: resources, maxLength: resources }), {
        minLength: activities,
        maxLength: activities,
      }),
    }),
  )
  .filter(({ eligible }) => eligible.every((row) => row.includes(true)))
  .map(({ arrivals, hours, rates, service, eligible }) => ({
    activities: arrivals.map((own, code) => ({ name: `a${code}`, code, arrivals: own })),
    resources: hours.map((own, code) => ({ name: `r${code}`, code, hours: own, rate: rates[code]! })),
    service: service.map((row) => Float64Array.from(row, (tenths) => tenths / 10)),
    seen: service.map((row) => Float64Array.from(row, () => 1)),
    eligible: eligible.map((row) => Uint8Array.from(row, Number)),
    weeks: 1,
  }));

describe("the assignment", () => {
  it("is as good as the best of all plans, or says that there is none", async () => {
    await fc.assert(
      fc.asyncProperty(
        small,
        fc.constantFrom("time" as const, "cost" as const),
        fc.option(fc.integer({ min: 100, max: 2000 }), { nil: null }),
        async (staffing, goal, budget) => {
          const own = { ...options, goal, budget };
          const best = bruteForce(staffing, own);
          const found = await assign(staffing, own, solveInWorker);
          if (found.status === "infeasible") {
            expect(best).toBe(Number.POSITIVE_INFINITY);
            const { hours, budget: over } = found.relaxation;
            expect(over + hours.reduce((sum, { more }) => sum + more, 0)).toBeGreaterThan(0);
            const relaxed = {
              ...staffing,
              resources: staffing.resources.map((resource) => ({
                ...resource,
                hours:
                  resource.hours + (hours.find((part) => part.resource === resource.name)?.more ?? 0) + 1e-6,
              })),
            };
            const again = bruteForce(relaxed, {
              ...own,
              budget: budget === null ? null : budget + over + 1e-4,
            });
            expect(again).toBeLessThan(Number.POSITIVE_INFINITY);
          } else {
            expect(found.status).toBe("optimal");
            expect(fitsIn(staffing, found.plan, budget)).toBe(true);
            expect(found.objective).toBeCloseTo(best, 5);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("waits as an M/M/1 queue does at the tangent points, and never more", () => {
    for (const point of tangentPoints)
      expect(queueByTangents(point)).toBeCloseTo(point ** 2 / (1 - point), 9);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.98, noNaN: true }), (share) => {
        expect(queueByTangents(share)).toBeLessThanOrEqual(share ** 2 / (1 - share) + 1e-9);
      }),
    );
  });
});

describe("the solver's thread", () => {
  it("is killed by an abort", async () => {
    const builder = new ModelBuilder();
    const column = builder.column(1, 0, 10, true);
    builder.row(3, 10, [[column, 1]]);
    const controller = new AbortController();
    const solving = solveInWorker(builder.build(), { seconds: 60, gap: 0 }, controller.signal);
    controller.abort(new Error("stopped"));
    await expect(solving).rejects.toThrow("stopped");
  });

  it("solves, and tells infeasible from optimal", async () => {
    const builder = new ModelBuilder();
    const chairs = builder.column(-30, 0, 100, true);
    const tables = builder.column(-50, 0, 100, true);
    builder.row(-Infinity, 40, [
      [chairs, 1],
      [tables, 2],
    ]);
    builder.row(-Infinity, 50, [
      [chairs, 2],
      [tables, 1],
    ]);
    const solved = await solveInWorker(builder.build(), { seconds: 10, gap: 0 });
    expect(solved).toMatchObject({ status: "optimal", objective: -1100 });
    builder.row(200, Infinity, [[chairs, 1]]);
    expect((await solveInWorker(builder.build(), { seconds: 10, gap: 0 })).status).toBe("infeasible");
  });
});
