import { useRef } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatInstant, formatNumber, formatValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { PictureTools } from "../ui/picture-tools.tsx";
import { AsTable } from "./as-table.tsx";
import { chartRows, chartScale, type SeriesViewData } from "./series.ts";
import type { TableViewData } from "./sort.ts";

const strokes = ["var(--accent)", "var(--ramp-3)", "var(--machine)", "var(--good)", "var(--muted)"];
const dashes = ["", "6 3", "2 3", "8 3 2 3", "1 4"];

/** A chart of the series, and the same figures as a table. */
export default function SeriesView({ view }: { readonly view: SeriesViewData }) {
  const chart = useRef<HTMLDivElement>(null);
  return (
    <div className="space-y-3">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-caption text-muted">in {chartScale(view).unit}</p>
        <div className="flex">
          <PictureTools
            name={view.title}
            drawing={() => chart.current?.querySelector<SVGSVGElement>("svg.recharts-surface")}
          />
        </div>
      </div>
      <Legend view={view} />
      <div ref={chart}>
        <Chart view={view} />
      </div>
      <AsTable name="The figures as a table" view={tableOf(view)} />
    </div>
  );
}

function Legend({ view }: { readonly view: SeriesViewData }) {
  if (view.series.length < 2 && view.threshold === undefined) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-caption text-muted">
      {view.series.map((series, index) => (
        <li key={series.name} className="flex items-center gap-1.5">
          <svg width="20" height="4" aria-hidden>
            <line
              x1="0"
              x2="20"
              y1="2"
              y2="2"
              strokeWidth="2.5"
              stroke={strokes[index % strokes.length]}
              strokeDasharray={dashes[index % dashes.length]}
            />
          </svg>
          {series.name}
        </li>
      ))}
      {view.threshold !== undefined && (
        <li className="flex items-center gap-1.5">
          <svg width="20" height="4" aria-hidden>
            <line
              x1="0"
              x2="20"
              y1="2"
              y2="2"
              strokeWidth="1.5"
              stroke="var(--breach)"
              strokeDasharray="3 3"
            />
          </svg>
          limit
        </li>
      )}
    </ul>
  );
}

function Chart({ view }: { readonly view: SeriesViewData }) {
  const locale = useLocale();
  const scale = chartScale(view);
  const scaled = (amount: number | null) => (amount === null ? null : amount / scale.divisor);
  const rows = chartRows({
    ...view,
    series: view.series.map((one) => ({
      ...one,
      points: one.points.map(([x, y]) => [x, scaled(y)] as const),
    })),
  });
  const label = (x: unknown) => (view.x === "time" ? formatInstant(String(x), locale, "date") : String(x));
  const value = (shown: unknown) => formatValue(Number(shown) * scale.divisor, view.unit, locale);
  const Kind = view.x === "time" ? LineChart : BarChart;
  return (
    <div className="h-60" role="img" aria-label={`Chart: ${view.title}. The table below has the figures.`}>
      <ResponsiveContainer width="100%" height="100%">
        <Kind data={[...rows]} margin={{ top: 8, right: 12, bottom: 0, left: 4 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="x" tickFormatter={label} {...axis} minTickGap={24} />
          <YAxis tickFormatter={(tick: number) => formatNumber(tick, locale)} {...axis} width={44} />
          <Tooltip
            labelFormatter={label}
            formatter={value}
            contentStyle={{
              background: "var(--surface)",
              border: "1px solid var(--control)",
              borderRadius: 8,
            }}
            itemStyle={{ color: "var(--text)" }}
            cursor={{ fill: "var(--raised)", stroke: "var(--control)" }}
          />
          {view.threshold !== undefined && (
            <ReferenceLine
              y={view.threshold / scale.divisor}
              stroke="var(--breach)"
              strokeDasharray="3 3"
              ifOverflow="extendDomain"
            />
          )}
          {view.series.map((series, index) =>
            view.x === "time" ? (
              <Line
                key={series.name}
                dataKey={`s${index}`}
                name={series.name}
                stroke={strokes[index % strokes.length] ?? "var(--accent)"}
                strokeDasharray={dashes[index % dashes.length] ?? ""}
                strokeWidth={2}
                dot={rows.length < 20 ? { r: 2.5 } : false}
                isAnimationActive={false}
              />
            ) : (
              <Bar
                key={series.name}
                dataKey={`s${index}`}
                name={series.name}
                fill={strokes[index % strokes.length] ?? "var(--accent)"}
                radius={[3, 3, 0, 0]}
                maxBarSize={44}
                isAnimationActive={false}
              />
            ),
          )}
        </Kind>
      </ResponsiveContainer>
    </div>
  );
}

const axis = {
  stroke: "var(--control)",
  tick: { fill: "var(--muted)", fontSize: 12 },
  tickLine: false,
} as const;

function tableOf(view: SeriesViewData): TableViewData {
  return {
    kind: "table",
    title: view.title,
    columns: [
      { key: "x", label: view.x === "time" ? "When" : "What", kind: view.x === "time" ? "time" : "text" },
      ...view.series.map((series, index) => ({
        key: `s${index}`,
        label: series.name,
        unit: view.unit,
        kind: "number" as const,
      })),
    ],
    rows: chartRows(view).map((row) => ({ ...row })),
  };
}
