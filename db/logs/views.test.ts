import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { textColumn } from "../../tests/fixtures/generated-log.ts";
import { openDuckDbLogStore } from "./duckdb.ts";

interface Instance {
  readonly started: number | null;
  readonly completed: number | null;
}

/** Few moments, so that they fall together often, and starts after their completions. */
const moment = fc.option(fc.integer({ min: 1, max: 6 }), { freq: 5 });
const instance: fc.Arbitrary<Instance> = fc.record({ started: moment, completed: moment });

/** Seconds of waiting by the definition's own words: quadratic, over the instances of one case in the order of rows. */
function waitingOf(instances: readonly Instance[], at: number): number | null {
  const { started } = instances[at] as Instance;
  const completions = instances.flatMap(({ completed }) => completed ?? []);
  const first = instances.findIndex(({ completed }) => completed === Math.min(...completions));
  if (started === null || first === at) return null;
  const before = instances.flatMap(({ completed }, other) =>
    other !== at && completed !== null && completed <= started ? completed : [],
  );
  return before.length === 0 ? null : started - Math.max(...before);
}

it("waits from the latest completion of another instance, whatever falls together or is missing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "views-"));
  const store = await openDuckDbLogStore(folder);
  let logs = 0;
  const holds = async (cases: readonly (readonly Instance[])[]) => {
    const rows = cases.flatMap((own, number) => own.map((each, at) => ({ ...each, own, number, at })));
    const log = `log-${++logs}`;
    const seconds = (pick: "started" | "completed") =>
      Float64Array.from(rows, (row) => (row[pick] ?? Number.NaN) * 1e6);
    await store.create(log, {
      rows: rows.length,
      case: textColumn(rows.map(({ number }) => `c${number}`)),
      activity: textColumn(rows.map((_, row) => String(row))),
      completed: seconds("completed"),
      started: seconds("started"),
      resource: null,
      lifecycle: null,
      instance: null,
      attributes: new Map(),
      caseAttributes: new Map(),
    });
    const found = await store.query(log, "select activity, waiting_s from steps order by activity::int");
    expect(found.rows).toEqual(rows.map(({ own, at }, row) => [String(row), waitingOf(own, at)]));
    await store.remove(log);
  };
  const cases = fc.array(fc.array(instance, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 12 });
  try {
    await fc.assert(fc.asyncProperty(cases, holds), { numRuns: 40 });
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});
