import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../../tests/fixtures/needs.ts";
import { throughput } from "../../mining/core/throughput.ts";
import { variants } from "../../mining/core/variants.ts";
import { readLogFile } from "../read-log.ts";
import { buildEventLog } from "./build-event-log.ts";
import { type LogColumns, MISSING, type TextColumn } from "./event-log.ts";
import { holdOut } from "./hold-out.ts";
import { impute } from "./impute.ts";
import { findQuality } from "./quality/find-quality.ts";
import { qualityReport } from "./quality-report.ts";
import { RepairError, repairLog } from "./repair.ts";

type Row = readonly [id: string, activity: string | null, hour: number | null, resource?: string | null];

const text = (values: readonly (string | null)[]): TextColumn => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: "text",
    codes: Uint32Array.from(values, (value) => (value === null ? MISSING : dictionary.indexOf(value))),
    dictionary,
  };
};
const HOUR = 3_600_000_000;
const columnsOf = (rows: readonly Row[], attributes: LogColumns["attributes"] = new Map()): LogColumns => ({
  rows: rows.length,
  case: text(rows.map(([id]) => id)),
  activity: text(rows.map(([, activity]) => activity ?? "")),
  completed: Float64Array.from(rows, ([, , hour]) => (hour === null ? Number.NaN : hour * HOUR)),
  started: null,
  resource: text(rows.map(([, , , resource]) => resource ?? null)),
  lifecycle: null,
  instance: null,
  attributes,
  caseAttributes: new Map(),
});
const here = { zone: "UTC", isZoneless: true };
const names = ({ activity }: LogColumns) => Array.from(activity.codes, (code) => activity.dictionary[code]);
const people = ({ resource }: LogColumns) =>
  Array.from(resource!.codes, (code) => (code === MISSING ? null : resource!.dictionary[code]));

/** Order, Check, Ship; where the check fails: Order, Reject. */
const usual = (count: number): Row[] =>
  Array.from({ length: count }, (_, at): Row[] => {
    const start = at * 100;
    return at % 3 === 0
      ? [
          [`${at}`, "Order", start, "ana"],
          [`${at}`, "Reject", start + 1, "ben"],
        ]
      : [
          [`${at}`, "Order", start, "ana"],
          [`${at}`, "Check", start + 8, "ben"],
          [`${at}`, "Ship", start + 10, "cem"],
        ];
  }).flat();

describe("imputation", () => {
  it("takes the step that stands between the same neighbours, where the mode takes the most frequent one", () => {
    const columns = columnsOf([
      ...usual(30),
      ["x", "Order", 9000, "ana"],
      ["x", null, 9001, null],
      ["x", "Ship", 9002, "cem"],
    ]);
    const byNeighbours = impute(columns, "activity", "neighbours");
    expect(names(byNeighbours.columns).at(-2)).toBe("Check");
    expect(byNeighbours.confidence.at(-2)).toBe(1);
    expect(names(impute(columns, "activity", "mode").columns).at(-2)).toBe("Order");
    expect(byNeighbours.count).toBe(1);
    expect([...byNeighbours.marks.keys()].filter((row) => byNeighbours.marks[row] === 1)).toEqual([
      columns.rows - 2,
    ]);
  });

  it("takes who does this step after the same colleague", () => {
    const columns = columnsOf([...usual(30), ["x", "Order", 9000, "ana"], ["x", "Check", 9008, null]]);
    expect(people(impute(columns, "resource", "neighbours").columns).at(-1)).toBe("ben");
  });

  it("puts a time at the usual share of the gap, and never beyond the neighbours", () => {
    const columns = columnsOf([
      ...usual(30),
      ["x", "Order", 9000],
      ["x", "Check", null],
      ["x", "Ship", 9100],
    ]);
    const filled = impute(columns, "timestamp", "neighbours").columns.completed!;
    expect(filled.at(-2)).toBe(9080 * HOUR);
    expect(impute(columns, "timestamp", "mode").columns.completed!.at(-2)).toBe(9050 * HOUR);
    fc.assert(
      fc.property(
        fc.array(fc.record({ activity: fc.constantFrom("a", "b"), step: fc.nat(9), gone: fc.boolean() }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom("neighbours" as const, "mode" as const),
        (events, method) => {
          let hour = 0;
          const rows = events.map(({ activity, step, gone }): Row => {
            hour += step;
            return ["1", activity, gone ? null : hour];
          });
          const before = columnsOf(rows);
          const { columns, marks } = impute(before, "timestamp", method);
          const times = columns.completed!;
          if (rows.every(([, , at]) => at === null)) return;
          for (let row = 1; row < rows.length; row++)
            expect(times[row]).toBeGreaterThanOrEqual(times[row - 1]!);
          rows.forEach(([, , at], row) => {
            expect(marks[row]).toBe(at === null ? 1 : 0);
            if (at !== null) expect(times[row]).toBe(at * HOUR);
          });
        },
      ),
    );
  });

  it("puts a start the usual working time of the step before its completion, and not into the step before", () => {
    const complete = columnsOf([
      ...usual(30),
      ["x", "Order", 9000],
      ["x", "Check", 9001],
      ["x", "Check", 9020],
    ]);
    const hours: Readonly<Record<string, number>> = { Order: 1, Check: 3, Ship: Number.NaN, Reject: 0.5 };
    const activities = names(complete);
    const started = complete.completed!.map((time, row) =>
      row < complete.rows - 3 ? time - hours[activities[row]!]! * HOUR : Number.NaN,
    );
    const columns = { ...complete, started };
    const filled = impute(columns, "start", "neighbours");
    expect([...filled.columns.started!.slice(-3)]).toEqual([8999 * HOUR, 9000 * HOUR, 9017 * HOUR]);
    expect([...filled.marks.slice(-4)]).toEqual([0, 1, 1, 1]);
    // Of a step whose activity never has a start, none is made up.
    expect(filled.columns.started!.filter((time) => Number.isNaN(time)).length).toBe(20);
    expect([...impute(columns, "start", "mode").columns.started!.slice(-3)]).toEqual(
      [9000, 9001, 9020].map((at) => (at - 1) * HOUR),
    );
    expect(columns.started).toBe(started);
    const { columns: repaired } = repairLog(
      columns,
      [{ kind: "impute", column: "start", method: "neighbours" }],
      here,
    );
    expect(repaired.attributes.get("imputed:start")).toMatchObject({ kind: "boolean" });
  });

  it("says how far starts are off, by starts that it hides", () => {
    const complete = columnsOf(usual(300));
    const columns = { ...complete, started: complete.completed!.map((time) => time - HOUR) };
    expect(holdOut(columns, "start", 1)).toMatchObject({
      measure: "seconds",
      by: { neighbours: 0, mode: 0 },
    });
  });

  it("says how often it is right, by cells that it hides; the columns stay as they are", () => {
    const columns = columnsOf(usual(300));
    const before = names(columns);
    const measured = holdOut(columns, "activity", 1)!;
    expect(measured.cells).toBeGreaterThan(40);
    expect(measured.by.neighbours).toBeGreaterThan(0.85);
    expect(measured.by.mode).toBeLessThan(0.6);
    expect(holdOut(columns, "activity", 1)).toEqual(measured);
    expect(names(columns)).toEqual(before);
    expect(holdOut(columnsOf(usual(3)), "activity", 1)).toBeNull();
  });
});

describe("repairs", () => {
  it("mark what they changed, in columns that mining and SQL see", () => {
    const columns = columnsOf([...usual(30), ["x", "Order", 9000, "ana"], ["x", "Check", 9008, null]]);
    const { columns: repaired, steps } = repairLog(
      columns,
      [{ kind: "impute", column: "resource", method: "neighbours" }],
      here,
    );
    expect(steps).toMatchObject([{ changed: 1, unit: "cells" }]);
    const log = buildEventLog(repaired);
    expect(log.attributes.get("imputed:resource")).toMatchObject({ kind: "boolean" });
    expect(log.attributes.get("confidence:resource")).toMatchObject({ kind: "number" });
    expect(columns.attributes.size).toBe(0);
  });

  it("drop rows that repeat another in every column, and no others", () => {
    const columns = columnsOf([
      ["1", "a", 1, "x"],
      ["1", "a", 1, "x"],
      ["1", "a", 1, "y"],
      ["1", "a", 2, "x"],
      ["1", "a", 1, "x"],
    ]);
    const { columns: repaired, steps } = repairLog(columns, [{ kind: "drop-duplicates" }], here);
    expect(steps[0]?.changed).toBe(2);
    expect(people(repaired)).toEqual(["x", "y", "x"]);
    expect(findQuality(buildEventLog(repaired), repaired).map(({ kind }) => kind)).not.toContain("duplicate");
  });

  it("merge names, clear words for nothing, and refuse a name that is not there", () => {
    const columns = columnsOf([
      ["1", "Credit check", 1, "NA"],
      ["1", "credit-check", 2, "ana"],
    ]);
    const { columns: repaired, steps } = repairLog(
      columns,
      [{ kind: "merge-names", names: { "credit-check": "Credit check" } }, { kind: "clear-na" }],
      here,
    );
    expect(names(repaired)).toEqual(["Credit check", "Credit check"]);
    expect(people(repaired)).toEqual([null, "ana"]);
    expect(steps.map(({ changed }) => changed)).toEqual([1, 1]);
    expect(() => repairLog(columns, [{ kind: "merge-names", names: { none: "x" } }], here)).toThrow(
      RepairError,
    );
  });

  it("read times in another zone, summer time included, and only where none carries one", () => {
    const columns = columnsOf([
      ["1", "a", 12],
      ["1", "b", 24 * 182 + 12],
    ]);
    const { columns: repaired } = repairLog(columns, [{ kind: "set-zone", zone: "Europe/Berlin" }], here);
    expect(Array.from(repaired.completed!, (time) => time / HOUR)).toEqual([11, 24 * 182 + 11]);
    expect(() =>
      repairLog(columns, [{ kind: "set-zone", zone: "UTC" }], { ...here, isZoneless: false }),
    ).toThrow(RepairError);
  });

  it("exchange day and month twice and are back where they began", () => {
    fc.assert(
      fc.property(
        fc.array(fc.date({ min: new Date("1980-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })),
        fc.constantFrom("UTC", "Asia/Tokyo"),
        (dates, zone) => {
          const columns = columnsOf(dates.map((date): Row => ["1", "a", date.getTime() / 3_600_000]));
          columns.completed!.set(dates.map((date) => date.getTime() * 1000));
          const once = repairLog(columns, [{ kind: "swap-day-month" }], { ...here, zone }).columns;
          const twice = repairLog(once, [{ kind: "swap-day-month" }], { ...here, zone }).columns;
          expect(twice.completed).toEqual(columns.completed);
        },
      ),
    );
  });
});

describe("the quality report", () => {
  it("proposes a handling for everything, with its repair where there is one", () => {
    const columns = columnsOf([
      ...usual(60),
      ["x", "Order", 9000, null],
      ["x", "order ", 9000, "NA"],
      ["y", "Order", 9000, "ana"],
      ["y", "Order", 9000, "ana"],
    ]);
    const log = buildEventLog(columns);
    const report = qualityReport(log, findQuality(log, columns));
    expect(report.every(({ handling }) => handling.length > 20)).toBe(true);
    const repairs = report.flatMap((problem) => problem.repairs);
    expect(repairs).toContainEqual({ kind: "drop-duplicates" });
    expect(repairs).toContainEqual({ kind: "merge-names", names: { "order ": "Order" } });
    expect(repairs).toContainEqual({ kind: "impute", column: "resource", method: "neighbours" });
    expect(report.find(({ kind }) => kind === "incomplete")).toMatchObject({
      count: 1,
      example: { case: "y" },
    });
  });

  it("sees dates of spreadsheets and clocks that count from 1970", () => {
    const numbers = (...values: number[]) => ({ kind: "number" as const, values: Float64Array.from(values) });
    const log = buildEventLog(
      columnsOf(
        [
          ["1", "a", 1],
          ["1", "b", 2],
        ],
        new Map([
          ["due date", numbers(45_292.5, 45_300)],
          ["changed", numbers(1.7e12, 1.71e12)],
          ["amount", numbers(45_292, 45_300)],
        ]),
      ),
    );
    const notes = qualityReport(log, [])
      .filter(({ kind }) => kind === "serial")
      .map(({ example }) => example?.note);
    expect(notes).toEqual([
      "may be days since 1900, as spreadsheets count",
      "may be milliseconds since 1970",
    ]);
  });
});

describeWithShared("repairs of the logs in ../shared", () => {
  it("give the help desk its 226 variants back when day and month are exchanged", async () => {
    const { columns } = await readLogFile(shared("logs/helpdesk_fau_semicolon.csv"));
    const { columns: repaired } = repairLog(columns, [{ kind: "swap-day-month" }], here);
    expect(variants(buildEventLog(columns)).counts.length).toBe(699);
    expect(variants(buildEventLog(repaired)).counts.length).toBe(226);
    expect(throughput(buildEventLog(repaired)).seconds?.mean).toBeCloseTo(3_530_166, 0);
  });

  it("fill the resources of bpic2012 better from the neighbours than by the mode", async () => {
    const { columns } = await readLogFile(shared("logs/bpic2012.xes.gz"));
    const { by } = holdOut(columns, "resource", 1)!;
    expect(by.neighbours).toBeGreaterThan(2 * by.mode);
    expect(impute(columns, "resource", "neighbours").count).toBe(18_010);
    const activity = holdOut(columns, "activity", 1)!.by;
    expect(activity.neighbours).toBeGreaterThan(2 * activity.mode);
  });
});
