import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "../../../db/logs/duckdb.ts";
import type { LogStore } from "../../../db/logs/log-store.ts";
import type { Filter } from "../../inputs.ts";
import { buildEventLog } from "./build-event-log.ts";
import type { EventLog, LogColumns } from "./event-log.ts";
import { columnsOfEvents } from "./event-rows.ts";
import { FilterError, filterLog, filterSql } from "./filters.ts";

const none: LogColumns = {
  rows: 0,
  case: { kind: "text", codes: new Uint32Array(0), dictionary: [] },
  activity: { kind: "text", codes: new Uint32Array(0), dictionary: [] },
  completed: new Float64Array(0),
  started: null,
  resource: null,
  lifecycle: null,
  instance: null,
  attributes: new Map(),
  caseAttributes: new Map([
    ["amount", { kind: "number", values: new Float64Array(0) }],
    ["country", { kind: "text", codes: new Uint32Array(0), dictionary: [] }],
    ["due", { kind: "time", values: new Float64Array(0) }],
    ["vip", { kind: "boolean", values: new Uint8Array(0) }],
  ]),
};
const mapping = { case: "case", activity: "activity", timestamp: "timestamp" };

const names = ["Check", "check", "It's → done", "a\\b", "Ü"];
const countries = ["DE", "it's", "5", "5.0", "NaN", "", "zz"];
const instant = fc
  .integer({ min: 0, max: 40 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
const event = fc.record({
  case: fc.constantFrom("1", "2", "3", "4", "5"),
  activity: fc.constantFrom(...names),
  timestamp: instant,
  amount: fc.option(fc.constantFrom(0, 5, 499.5, 500, 501)),
  country: fc.constantFrom(...countries),
  due: fc.option(instant),
  vip: fc.option(fc.boolean()),
  note: fc.constantFrom("", "x", "7", "y'"),
});
const value = fc.oneof(fc.constantFrom(...countries), fc.constantFrom(5, 500, -1), fc.boolean(), instant);
const comparator = fc.constantFrom("=", "!=", ">", ">=", "<", "<=" as const);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant("activity" as const),
    activities: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
    mode: fc.constantFrom("any" as const, "all" as const, "none" as const),
  }),
  fc.record({
    kind: fc.constant("attribute" as const),
    attribute: fc.constantFrom("amount", "country", "due", "vip", "note", "activity"),
    comparator: fc.oneof(comparator, fc.constantFrom("in" as const, "not-in" as const)),
    value: fc.oneof(
      value,
      fc.array(fc.oneof(fc.constantFrom(...countries), fc.constantFrom(5, 500)), { maxLength: 3 }),
    ),
  }) as fc.Arbitrary<Filter>,
  fc.record({
    kind: fc.constant("window" as const),
    from: fc.option(instant),
    to: fc.option(instant),
    by: fc.constantFrom("completed" as const, "started" as const),
  }),
  fc.record({
    kind: fc.constant("duration" as const),
    comparator: comparator as fc.Arbitrary<"=">,
    seconds: fc.constantFrom(0, 86_400, 864_000),
  }),
  fc.record({
    kind: fc.constant("variant" as const),
    variants: fc.array(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
);

describe("filters", () => {
  let folder: string;
  let store: LogStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "filters-"));
    store = await openDuckDbLogStore(folder);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it("select the same cases on typed arrays and in SQL", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 14 }),
        fc.array(fc.array(filter, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 12 }),
        async (events, tries) => {
          const seeded = [
            ...names.map((activity) => ({ ...(events[0] as object), case: "0", activity, note: "n" })),
            ...events,
          ];
          const columns = columnsOfEvents(seeded, mapping, none, (local) => local);
          const log = buildEventLog(columns);
          const id = `f${++run}`;
          await store.create(id, columns);
          for (const filters of tries) {
            const kernel = tryFilter(log, filters);
            if (!kernel) continue;
            const { rows } = await store.query(id, `select case_id from cases where ${filterSql(filters)}`);
            const selected = rows.map(([name]) => name).sort();
            expect(selected, JSON.stringify(filters)).toEqual([...kernel.caseNames].sort());
          }
          await store.remove(id);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("name what there is where an activity or attribute is unknown", () => {
    const columns = columnsOfEvents(
      [{ case: "1", activity: "Credit check", timestamp: "2026-01-01" }],
      mapping,
      none,
      (local) => local,
    );
    const log = buildEventLog(columns);
    expect(() => filterLog(log, [{ kind: "activity", activities: ["credit chek"], mode: "any" }])).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ expected: "Credit check" }) }),
    );
    expect(() =>
      filterLog(log, [{ kind: "attribute", attribute: "colour", comparator: "=", value: 1 }]),
    ).toThrow(FilterError);
  });
});

/** Null where this log has no such attribute, which the kernel refuses. */
function tryFilter(log: EventLog, filters: readonly Filter[]): EventLog | null {
  try {
    return filterLog(log, filters);
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}
