/** A series view as the rows a chart and a table take: one row a point on the x axis. */
import type { View } from "../../../channels/contract.ts";

export type SeriesViewData = Extract<View, { kind: "series" }>;

export interface ChartRow {
  readonly x: string;
  /** By the series' position. */
  readonly [series: `s${number}`]: number | null;
}

const durations = [
  { divisor: 86_400, unit: "days" },
  { divisor: 3_600, unit: "hours" },
  { divisor: 60, unit: "minutes" },
] as const;

/** What a chart's values are divided by, so that its axis has round numbers in a unit people use. */
export function chartScale(view: Pick<SeriesViewData, "series" | "unit">): { divisor: number; unit: string } {
  if (view.unit === "share") return { divisor: 0.01, unit: "%" };
  if (view.unit !== "s") return { divisor: 1, unit: view.unit };
  const largest = Math.max(0, ...view.series.flatMap(({ points }) => points.map(([, value]) => value ?? 0)));
  return durations.find(({ divisor }) => largest >= 2 * divisor) ?? { divisor: 1, unit: "seconds" };
}

/** Points with the same x stand in one row; time is in order, categories stay as given. */
export function chartRows(view: Pick<SeriesViewData, "series" | "x">): readonly ChartRow[] {
  const rows = new Map<string, { x: string; [series: `s${number}`]: number | null }>();
  view.series.forEach((series, index) => {
    for (const [x, value] of series.points) {
      const row = rows.get(x) ?? { x };
      row[`s${index}`] = value;
      rows.set(x, row);
    }
  });
  const all = [...rows.values()];
  return view.x === "time" ? all.sort((a, b) => a.x.localeCompare(b.x)) : all;
}
