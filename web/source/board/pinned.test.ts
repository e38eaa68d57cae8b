import { expect, it } from "vitest";
import { changeIn, conversationAbout, pinnedNames, readMeasured, sparkLines } from "./pinned.ts";

const period = (key: string, value: number | null, isPartial = false) => ({ key, value, isPartial });

it("what is pinned is each KPI once, in the order it was pinned", () => {
  const pin = (kpi: string) => ({ kind: "pinned-kpi", meaning: { kpi } });
  expect(pinnedNames([pin("on time"), pin("credit wait"), pin("on time"), { meaning: {} }, null])).toEqual([
    "on time",
    "credit wait",
  ]);
  expect(pinnedNames(undefined)).toEqual([]);
});

it("a figure has the fact that is behind it, and its periods", () => {
  const facts = [
    { id: "f1", value: 12, unit: "cases" },
    { id: "f2", value: 3600, unit: "s" },
  ];
  const periods = [{ key: "2026-W01", start: 0, end: 1, value: 3600, n: 12, breaches: 0, isPartial: true }];
  const data = { value: 3600, unit: "s", statistic: "median", n: 12, limit: null, periods };
  expect(readMeasured({ data, facts })).toEqual({
    value: 3600,
    unit: "s",
    statistic: "median",
    n: 12,
    limit: null,
    fact: "f2",
    periods: [period("2026-W01", 3600, true)],
  });
  expect(readMeasured(null)).toMatchObject({ value: null, fact: null, periods: [] });
});

it("the last change is between whole periods that have a value", () => {
  const weeks = [period("1", 4), period("2", 2), period("3", null), period("4", 3), period("5", 9, true)];
  expect(changeIn(weeks)).toEqual({ now: 3, before: 2, share: 0.5 });
  expect(changeIn([period("1", 0), period("2", 3)])).toMatchObject({ share: null });
  expect(changeIn([period("1", 4)])).toBeNull();
});

it("a line is broken where nothing was observed, flat where nothing changes, and none with one point", () => {
  const box = { width: 100, height: 20 };
  const weeks = [period("1", 0), period("2", 10), period("3", null), period("4", 5), period("5", 5)];
  expect(sparkLines(weeks, box)).toEqual(["0.0,20.0 25.0,0.0", "75.0,10.0 100.0,10.0"]);
  expect(sparkLines([period("1", 3), period("2", 3)], box)).toEqual(["0.0,10.0 100.0,10.0"]);
  expect(sparkLines([period("1", 3)], box)).toBeNull();
});

it("the conversation is opened with the question and the log", () => {
  const link = new URL(conversationAbout("credit & wait?", "log-1"), "http://here");
  expect(link.searchParams.get("ask")).toBe("how did the KPI credit & wait? develop by week?");
  expect(link.searchParams.get("log")).toBe("log-1");
});
