import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEventLog } from "./build-event-log.ts";
import { type LogColumns, MISSING } from "./event-log.ts";

interface Row {
  readonly id: string;
  readonly activity: string;
  readonly at: number | null;
  readonly lifecycle: string | null;
}

const codes = (values: readonly (string | null)[]) => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: "text" as const,
    codes: Uint32Array.from(values, (value) => (value === null ? MISSING : dictionary.indexOf(value))),
    dictionary,
  };
};

const columnsOf = (rows: readonly Row[]): LogColumns => ({
  rows: rows.length,
  case: codes(rows.map((row) => row.id)),
  activity: codes(rows.map((row) => row.activity)),
  completed: Float64Array.from(rows, (row) => row.at ?? Number.NaN),
  started: null,
  resource: null,
  lifecycle: codes(rows.map((row) => row.lifecycle)),
  instance: null,
  attributes: new Map([["row", { kind: "number", values: Float64Array.from(rows, (_, at) => at) }]]),
  caseAttributes: new Map([["id", codes([...new Set(rows.map((row) => row.id))])]]),
});

/** The definition, spelt out: group by case, sort by time, ties by row; rows without a time go with the one before. */
function naive(rows: readonly Row[]): [string, number[]][] {
  const cases = new Map<string, { row: number; key: number }[]>();
  rows.forEach(({ id, at }, row) => {
    const own = cases.get(id) ?? [];
    own.push({ row, key: at ?? own[own.length - 1]?.key ?? Number.NEGATIVE_INFINITY });
    cases.set(id, own);
  });
  return [...cases].map(([id, own]) => [
    id,
    own.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row)).map(({ row }) => row),
  ]);
}

const row = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  activity: fc.constantFrom("x", "y", "z"),
  at: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 6 }),
  lifecycle: fc.constantFrom("start", "COMPLETE", "complete", null),
});

describe("building an event log", () => {
  it("orders as the definition says, whatever the order of the rows", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const log = buildEventLog(columnsOf(rows));
        const built = log.caseNames.map((id, at) => [
          id,
          [...log.row.subarray(log.caseStart[at], log.caseStart[at + 1])],
        ]);
        expect(built).toEqual(naive(rows));
        expect([...log.activity].map((code) => log.activities[code])).toEqual(
          [...log.row].map((at) => rows[at]?.activity),
        );
        const attribute = log.attributes.get("row");
        expect(attribute?.kind === "number" && [...attribute.values]).toEqual([...log.row]);
      }),
    );
  });

  it("keeps complete rows only, and forgets the cases and activities that have none", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const log = buildEventLog(columnsOf(rows), { lifecycle: "complete" });
        const complete = rows.filter((each) => each.lifecycle?.toLowerCase() === "complete");
        expect(log.events).toBe(complete.length);
        expect(new Set(log.caseNames)).toEqual(new Set(complete.map((each) => each.id)));
        expect(new Set(log.activities)).toEqual(new Set(complete.map((each) => each.activity)));
        const ids = log.caseAttributes.get("id");
        expect(ids?.kind === "text" && [...ids.codes].map((code) => ids.dictionary[code])).toEqual(
          log.caseNames,
        );
      }),
    );
  });

  it("names activities with their transition where it is asked for", () => {
    const rows = [
      { id: "a", activity: "x", at: 1, lifecycle: "start" },
      { id: "a", activity: "x", at: 2, lifecycle: "COMPLETE" },
      { id: "a", activity: "x", at: 3, lifecycle: null },
    ];
    expect(buildEventLog(columnsOf(rows), { classifier: "name+lifecycle" }).activities).toEqual([
      "x+start",
      "x+COMPLETE",
      "x",
    ]);
  });
});
