import { useMemo, useRef, useState } from "react";
import type { View } from "../../../channels/contract.ts";
import { pictureTable } from "../../../channels/picture-tables.ts";
import { formatDuration, formatInstant } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { PictureTools } from "../ui/picture-tools.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { AsTable } from "./as-table.tsx";
import { categoryColour, categoryColours, ranksByFrequency } from "./categories.ts";
import { ticks } from "./ticks.ts";

type DottedChartViewData = Extract<View, { kind: "dotted-chart" }>;

const frame = { left: 12, right: 16, top: 10, bottom: 28, width: 880 };

/** Every event as a dot, a case a row. A name in the legend shows its events alone. */
export default function DottedChartView({
  view,
  large,
}: {
  readonly view: DottedChartViewData;
  readonly large: boolean;
}) {
  const drawing = useRef<SVGSVGElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const ranks = useMemo(
    () =>
      ranksByFrequency(
        view.activities.length,
        view.dots.map(([, , activity]) => activity),
      ),
    [view],
  );
  const height = Math.min(large ? 720 : 420, Math.max(160, view.rows.length * (large ? 9 : 5)));
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <Legend view={view} ranks={ranks} chosen={chosen} onChoose={setChosen} />
        <div className="ml-auto flex">
          <PictureTools name={view.title} drawing={() => drawing.current} />
        </div>
      </div>
      <ScrollBox label={view.title}>
        <svg
          ref={drawing}
          role="img"
          aria-label={`Dotted chart: ${view.title}. The table below has each case.`}
          viewBox={`0 0 ${frame.width} ${height + frame.top + frame.bottom}`}
          className="block h-auto w-full min-w-[36rem] font-sans"
        >
          <Dots view={view} height={height} ranks={ranks} chosen={chosen} />
        </svg>
      </ScrollBox>
      <p className="text-caption text-muted">
        {view.rows.length === view.total
          ? `All ${view.total} cases`
          : `${view.rows.length} of ${view.total} cases`}
        , one a row
      </p>
      <AsTable name="The cases as a table" view={pictureTable(view)} />
    </div>
  );
}

interface DotsProps {
  readonly view: DottedChartViewData;
  readonly height: number;
  readonly ranks: readonly number[];
  readonly chosen: number | null;
}

function Dots({ view, height, ranks, chosen }: DotsProps) {
  const locale = useLocale();
  const { from, to } = useMemo(() => extent(view.dots), [view]);
  const inner = frame.width - frame.left - frame.right;
  const x = (seconds: number) => frame.left + (to === from ? 0.5 : (seconds - from) / (to - from)) * inner;
  const y = (row: number) => frame.top + ((row + 0.5) / Math.max(1, view.rows.length)) * height;
  const label = (seconds: number) =>
    view.x === "time"
      ? formatInstant(new Date(seconds * 1000).toISOString(), locale, "date")
      : formatDuration(seconds, locale, "narrow");
  const radius = Math.max(1.4, Math.min(3.4, height / Math.max(1, view.rows.length) / 2));
  return (
    <>
      {ticks(from, to, 6).map((tick) => (
        <g key={tick}>
          <path d={`M${x(tick)} ${frame.top}V${frame.top + height}`} stroke="var(--line)" strokeWidth={1} />
          <text
            x={Math.min(frame.width - 36, Math.max(36, x(tick)))}
            y={frame.top + height + 18}
            fontSize={11.5}
            textAnchor="middle"
            fill="var(--muted)"
          >
            {label(tick)}
          </text>
        </g>
      ))}
      {view.dots.map(([row, seconds, activity], at) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place in the list
          key={at}
          cx={x(seconds)}
          cy={y(row)}
          r={radius}
          fill={categoryColour(ranks[activity] ?? 0)}
          opacity={chosen === null || chosen === activity ? 0.9 : 0.06}
        >
          <title>{`${view.rows[row]}: ${view.activities[activity]}, ${label(seconds)}`}</title>
        </circle>
      ))}
    </>
  );
}

function extent(dots: DottedChartViewData["dots"]): { readonly from: number; readonly to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [, seconds] of dots) {
    if (seconds < from) from = seconds;
    if (seconds > to) to = seconds;
  }
  return dots.length === 0 ? { from: 0, to: 0 } : { from, to };
}

interface LegendProps {
  readonly view: DottedChartViewData;
  readonly ranks: readonly number[];
  readonly chosen: number | null;
  readonly onChoose: (activity: number | null) => void;
}

function Legend({ view, ranks, chosen, onChoose }: LegendProps) {
  const order = view.activities
    .map((_, activity) => activity)
    .sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  return (
    <ul className="flex min-w-0 flex-1 flex-wrap gap-1">
      {order.slice(0, categoryColours * 2).map((activity) => (
        <li key={activity}>
          <button
            type="button"
            aria-pressed={chosen === activity}
            onClick={() => onChoose(chosen === activity ? null : activity)}
            className={`flex min-h-7 items-center gap-1.5 rounded-lg border px-2 text-caption hover:bg-raised ${chosen === activity ? "border-accent text-text" : "border-transparent text-muted"}`}
          >
            <svg width="10" height="10" aria-hidden>
              <circle cx="5" cy="5" r="4" fill={categoryColour(ranks[activity] ?? 0)} />
            </svg>
            {view.activities[activity]}
          </button>
        </li>
      ))}
    </ul>
  );
}
