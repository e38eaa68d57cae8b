/** The two ways to every number, SQL over the store and typed arrays, held against each other. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "../../db/logs/duckdb.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { steps } from "../mining/core/steps.ts";
import { stepTimes } from "../mining/core/waiting-and-service.ts";
import { buildEventLog } from "./core/build-event-log.ts";
import { type LogColumns, MISSING } from "./core/event-log.ts";
import { readLogFile } from "./read-log.ts";

let folder: string;
let store: LogStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sql-and-kernel-"));
  store = await openDuckDbLogStore(folder);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

type Sums = Record<
  string,
  { steps: number; service: number; serviceSum: number; waiting: number; waitingSum: number }
>;

function kernelSums(columns: LogColumns): Sums {
  const log = buildEventLog(columns);
  const found = steps(log);
  const times = stepTimes(found);
  const sums: Sums = {};
  for (let at = 0; at < found.count; at++) {
    const name = log.activities[found.activity[at] as number] as string;
    sums[name] ??= { steps: 0, service: 0, serviceSum: 0, waiting: 0, waitingSum: 0 };
    const own = sums[name];
    own.steps++;
    const [service, waiting] = [(times.service[at] as number) / 1e6, (times.waiting[at] as number) / 1e6];
    if (!Number.isNaN(service)) [own.service, own.serviceSum] = [own.service + 1, own.serviceSum + service];
    if (!Number.isNaN(waiting)) [own.waiting, own.waitingSum] = [own.waiting + 1, own.waitingSum + waiting];
  }
  return sums;
}

async function sqlSums(id: string, columns: LogColumns): Promise<Sums> {
  await store.create(id, columns);
  const { rows } = await store.query(
    id,
    "select activity, count(*), count(service_s), coalesce(sum(service_s), 0), count(waiting_s), coalesce(sum(waiting_s), 0) from steps group by 1",
  );
  await store.remove(id);
  return Object.fromEntries(
    (rows as [string, ...number[]][]).map(([name, ...[count, service, serviceSum, waiting, waitingSum]]) => [
      name,
      { steps: count, service, serviceSum, waiting, waitingSum },
    ]),
  ) as Sums;
}

function expectEqual(sql: Sums, kernel: Sums, what: string): void {
  expect(Object.keys(sql).sort(), what).toEqual(Object.keys(kernel).sort());
  for (const [name, { serviceSum, waitingSum, ...counts }] of Object.entries(kernel)) {
    expect(sql[name], `${what}, ${name}`).toMatchObject(counts);
    expect(sql[name]?.serviceSum, `${what}, ${name}`).toBeCloseTo(serviceSum, 2);
    expect(sql[name]?.waitingSum, `${what}, ${name}`).toBeCloseTo(waitingSum, 2);
  }
}

const text = (values: readonly string[]) => {
  const dictionary = [...new Set(values)];
  return {
    kind: "text" as const,
    codes: Uint32Array.from(values, (value) => dictionary.indexOf(value)),
    dictionary,
  };
};
const optional = (values: readonly (string | null)[]) => {
  const column = text(values.map((value) => value ?? ""));
  return { ...column, codes: column.codes.map((code) => (column.dictionary[code] === "" ? MISSING : code)) };
};

describe("waiting and service in SQL and in the kernel", () => {
  it("are the same for any log with starts, transitions, ties and gaps", async () => {
    const row = fc.record({
      id: fc.constantFrom("a", "b"),
      activity: fc.constantFrom("x", "y"),
      at: fc.integer({ min: 0, max: 6 }),
      start: fc.option(fc.integer({ min: 0, max: 7 })),
      lifecycle: fc.constantFrom("start", "Complete", "schedule"),
      instance: fc.option(fc.constantFrom("1", "2")),
    });
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 16 }),
      fc.boolean(),
      async (rows, withStarts) => {
        const columns: LogColumns = {
          rows: rows.length,
          case: text(rows.map(({ id }) => id)),
          activity: text(rows.map(({ activity }) => activity)),
          completed: Float64Array.from(rows, ({ at }) => at * 3.6e9),
          started: withStarts
            ? Float64Array.from(rows, ({ start }) => (start === null ? Number.NaN : start * 3.6e9))
            : null,
          resource: null,
          lifecycle: text(rows.map(({ lifecycle }) => lifecycle)),
          instance: optional(rows.map(({ instance }) => instance)),
          attributes: new Map(),
          caseAttributes: new Map(),
        };
        expectEqual(await sqlSums(`p${++run}`, columns), kernelSums(columns), JSON.stringify(rows));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

describeWithShared("waiting and service of the logs in ../shared", () => {
  it.each([
    "bpic2012.xes.gz",
    "purchasing_example.csv",
    "patients_lifecycle.csv",
    "reviewing.xes.gz",
    "repairExample.xes.gz",
    "receipt.csv",
  ])("%s: SQL and kernel agree", async (file) => {
    const { columns } = await readLogFile(shared(`logs/${file}`));
    expectEqual(await sqlSums("real", columns), kernelSums(columns), file);
  });
});
