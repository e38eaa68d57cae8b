import { describe, expect, it } from "vitest";
import { views } from "../../../channels/fixtures/views.ts";
import { chartRows, chartScale } from "./series.ts";
import { nextOrder, sortRows, tableText } from "./sort.ts";

const { table, series } = views;
const [activity, waiting] = table.columns;

describe("a table", () => {
  const rows = [
    { activity: "b10", waiting: 3 },
    { activity: "b9", waiting: null },
    { activity: "a", waiting: 7 },
  ];

  it("sorts numbers as numbers, words as people do, and leaves empty cells last both ways", () => {
    const by = (key: string, descending: boolean) =>
      sortRows(rows, table.columns, { key, descending }).map((row) => row["activity"]);
    expect(by("waiting", true)).toEqual(["a", "b10", "b9"]);
    expect(by("waiting", false)).toEqual(["b10", "a", "b9"]);
    expect(by("activity", false)).toEqual(["a", "b9", "b10"]);
    expect(sortRows(rows, table.columns, null)).toBe(rows);
  });

  it("sorts from the largest at the first click on a number, and turns round at the second", () => {
    const first = nextOrder(null, waiting as NonNullable<typeof waiting>);
    expect(first).toEqual({ key: "waiting", descending: true });
    expect(nextOrder(first, waiting as NonNullable<typeof waiting>)).toEqual({
      key: "waiting",
      descending: false,
    });
    expect(nextOrder(first, activity as NonNullable<typeof activity>).descending).toBe(false);
  });

  it("is copied so that no cell of a log runs as a formula in a spreadsheet", () => {
    const text = tableText(table, [{ activity: '=HYPERLINK("http://x")', waiting: -5, since: "a\tb" }]);
    expect(text).toBe('Activity\tMean waiting (s)\tSince\n\'=HYPERLINK("http://x")\t-5\ta b');
  });
});

describe("a series", () => {
  it("joins the points of one instant in one row, in order of time", () => {
    const second = { name: "p90", points: [["2025-12-29", 1] as const, ["2026-01-05", 2] as const] };
    expect(chartRows({ x: "time", series: [...series.series, second] })).toEqual([
      { x: "2025-12-29", s1: 1 },
      { x: "2026-01-05", s0: 86_400, s1: 2 },
      { x: "2026-01-12", s0: null },
      { x: "2026-01-19", s0: 172_800 },
    ]);
  });

  it("is drawn in the unit its largest value reads well in", () => {
    expect(chartScale(series)).toEqual({ divisor: 86_400, unit: "days" });
    expect(chartScale({ ...series, unit: "cases" })).toEqual({ divisor: 1, unit: "cases" });
    expect(chartScale({ unit: "s", series: [] })).toEqual({ divisor: 1, unit: "seconds" });
  });
});
