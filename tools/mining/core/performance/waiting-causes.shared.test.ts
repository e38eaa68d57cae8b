import { expect, it } from "vitest";
import { describeWithShared, shared } from "../../../../tests/fixtures/needs.ts";
import { buildEventLog } from "../../../logs/core/build-event-log.ts";
import { readLogFile } from "../../../logs/read-log.ts";
import { waitingCauses, waitingKinds } from "./waiting-causes.ts";

describeWithShared("waiting of simulated processes", () => {
  it("is not extraneous in a loan process whose simulation says that no delay was", async () => {
    const { columns } = await readLogFile(shared("logs/loan_synth_apiu.csv.gz"));
    const log = buildEventLog(columns);
    const delays = log.attributes.get("extraneous_delay") ?? log.caseAttributes.get("extraneous_delay");
    expect(delays?.kind === "number" && delays.values.every((delay) => delay === 0)).toBe(true);
    const { parts } = waitingCauses(log, (instant) => instant);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const total = waitingKinds.reduce((all, kind) => all + sum(parts[kind]), 0);
    expect(sum(parts.extraneous) / total).toBeLessThan(0.001);
    expect(sum(parts.batching)).toBe(0);
    expect(sum(parts.contention) / total).toBeGreaterThan(0.9);
  });

  it("is batching in the patients of a hospital that was simulated with batches, each of one size", async () => {
    const { columns } = await readLogFile(shared("logs/patients_lifecycle.csv"));
    const log = buildEventLog(columns);
    const { batched } = waitingCauses(log, (instant) => instant);
    const sizes = [...batched.values()].map(({ activity, steps, batches, cleared }) => [
      log.activities[activity],
      steps / batches,
      cleared,
    ]);
    expect(sizes.sort()).toEqual([
      ["Blood test", 3, 1],
      ["Discuss Results", 3, 1],
      ["MRI SCAN", 2, 1],
      ["X-Ray", 3, 1],
    ]);
  });
});
