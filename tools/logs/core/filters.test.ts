import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "../../../db/logs/duckdb.ts";
import type { LogStore } from "../../../db/logs/log-store.ts";
import type { Filter } from "../../inputs.ts";
import { buildEventLog } from "./build-event-log.ts";
import { inCalendarSql } from "./business-sql.ts";
import { type BusinessTime, businessTimeOf } from "./business-time.ts";
import type { EventLog, LogColumns } from "./event-log.ts";
import { columnsOfEvents } from "./event-rows.ts";
import { FilterError, filterLog, filterSql } from "./filters.ts";
import { calendars } from "./fixtures/calendars.ts";

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
const mapping = { case: "case", activity: "activity", timestamp: "timestamp", start: "begun" };

const names = ["Check", "check", "It's → done", "a\\b", "Ü"];
const countries = ["DE", "it's", "5", "5.0", "NaN", "", "zz"];
const instant = fc
  .integer({ min: 0, max: 40 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
const event = fc.record({
  case: fc.constantFrom("1", "2", "3", "4", "5"),
  activity: fc.constantFrom(...names),
  timestamp: instant,
  begun: fc.option(instant),
  amount: fc.option(fc.constantFrom(0, 5, 499.5, 500, 501)),
  country: fc.constantFrom(...countries),
  due: fc.option(instant),
  vip: fc.option(fc.boolean()),
  note: fc.constantFrom("", "x", "7", "y'"),
});
const value = fc.oneof(fc.constantFrom(...countries), fc.constantFrom(5, 500, -1), fc.boolean(), instant);
const comparator = fc.constantFrom("=", "!=", ">", ">=", "<", "<=" as const);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record(
    { kind: fc.constant("open" as const), next: fc.constantFrom(...names) },
    { requiredKeys: ["kind"] },
  ),
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
    by: fc.constantFrom(
      "completed" as const,
      "started" as const,
      "contained" as const,
      "intersecting" as const,
    ),
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
  fc.oneof(
    fc.record({
      kind: fc.constant("top-variants" as const),
      unit: fc.constant("variants" as const),
      most: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      kind: fc.constant("top-variants" as const),
      unit: fc.constant("share" as const),
      most: fc.constantFrom(0.1, 0.2, 1 / 3, 0.5, 0.8, 1),
    }),
  ),
  fc.record({
    kind: fc.constant("endpoint" as const),
    at: fc.constantFrom("start" as const, "end" as const),
    activities: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
  }),
  fc.record(
    {
      kind: fc.constant("follows" as const),
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      how: fc.constantFrom("directly" as const, "eventually" as const),
      mode: fc.constantFrom("some" as const, "never" as const),
      comparator: comparator as fc.Arbitrary<"=">,
      seconds: fc.constantFrom(0, 86_400, 864_000),
    },
    { requiredKeys: ["kind", "from", "to", "how", "mode"] },
  ) as fc.Arbitrary<Filter>,
  fc.record(
    {
      kind: fc.constant("waiting" as const),
      activity: fc.constantFrom(...names),
      comparator: comparator as fc.Arbitrary<"=">,
      seconds: fc.constantFrom(0, 86_400, 864_000),
    },
    { requiredKeys: ["kind", "comparator", "seconds"] },
  ) as fc.Arbitrary<Filter>,
  fc.oneof(
    fc.record({
      kind: fc.constant("sample" as const),
      unit: fc.constant("cases" as const),
      size: fc.integer({ min: 1, max: 5 }),
      seed: fc.nat(),
    }),
    fc.record({
      kind: fc.constant("sample" as const),
      unit: fc.constant("share" as const),
      size: fc.double({ min: 0.01, max: 1, noNaN: true }),
      seed: fc.nat(),
    }),
  ),
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

  it("count durations in business time on typed arrays and in SQL", async () => {
    const timed = filter.filter(({ kind }) => ["duration", "follows", "waiting"].includes(kind));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 14 }),
        fc.array(timed, { minLength: 1, maxLength: 8 }),
        calendars(),
        async (events, tries, calendar) => {
          const columns = columnsOfEvents(
            [
              ...names.map((activity) => ({ ...(events[0] as object), case: "0", activity, note: "n" })),
              ...events,
            ],
            mapping,
            none,
            (local) => local,
          );
          const log = buildEventLog(columns);
          const time = businessTimeOf(log, calendar) as BusinessTime;
          const id = `b${++run}`;
          await store.create(id, columns);
          for (const own of tries) {
            const kernel = filterLog(log, [own], time);
            const sql = inCalendarSql(`select case_id from cases where ${filterSql([own], true)}`, time);
            const { rows } = await store.query(id, sql);
            expect(rows.map(([name]) => name).sort(), JSON.stringify(own)).toEqual(
              [...kernel.caseNames].sort(),
            );
          }
          await store.remove(id);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("draw the same sample every time, and another one for another seed", () => {
    const columns = columnsOfEvents(
      Array.from({ length: 1000 }, (_, at) => ({ case: `${at}`, activity: "a", timestamp: "2026-01-01" })),
      mapping,
      none,
      (local) => local,
    );
    const log = buildEventLog(columns);
    const drawn = (seed: number) =>
      filterLog(log, [{ kind: "sample", unit: "share", size: 0.2, seed }]).caseNames;
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    expect(drawn(1).length).toBeGreaterThan(150);
    expect(drawn(1).length).toBeLessThan(250);
    expect(filterLog(log, [{ kind: "sample", unit: "cases", size: 7, seed: 3 }]).cases).toBe(7);
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
