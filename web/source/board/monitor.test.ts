import { expect, it } from "vitest";
import { readAlert, readKpi, readPromise, withValues } from "./monitor.ts";

it("a KPI above its limit has breached; one without a limit has not", () => {
  expect(readKpi({ name: "Lead time", metric: "cycle_time", value: 5, limit: 3 })).toMatchObject({
    breached: true,
    unit: "s",
  });
  expect(readKpi({ name: "Lead time", metric: "cycle_time", value: 5, limit: null }).breached).toBe(false);
  expect(readKpi({ metric: "rework", value: 0.1, limit: 0.2 })).toMatchObject({
    name: "Rework",
    unit: "share",
  });
});

it("the server's own word on a breach counts more than the comparison", () => {
  expect(readKpi({ metric: "throughput", value: 5, limit: 9, breached: true }).breached).toBe(true);
});

it("a promise shows what was promised beside what was measured", () => {
  const definition = {
    metric: "waiting_time",
    activity: "Check credit",
    before: 9,
    expected: 5,
    low: 4,
    high: 6,
  };
  expect(readPromise({ id: "w", definition, last: { value: 5.5, verdict: "kept" } }, 0)).toMatchObject({
    what: "Waiting time, Check credit",
    expected: 5,
    measured: 5.5,
    verdict: "kept",
  });
});

it("an alert of an unknown shape is still shown", () => {
  expect(readAlert({}, 3)).toMatchObject({ title: "Alert", text: "" });
});

it("a KPI that brings no value has the one that was measured of it", () => {
  const kpis = [
    { name: "a", log: "orders", metric: "cycle_time" },
    { name: "a", log: null, metric: "cycle_time", value: 3 },
  ];
  const listed = { kpis: [{ name: "a", log: "orders", value: 7, unit: "s" }] };
  expect(withValues(kpis, listed).map((kpi) => readKpi(kpi).value)).toEqual([7, 3]);
  expect(withValues(kpis, undefined)).toEqual(kpis);
});
