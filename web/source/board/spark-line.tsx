import { formatValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { type Period, sparkLines } from "./pinned.ts";

const box = { width: 112, height: 24 };
/** Room for the line's own width and its last point. */
const edge = 4;

/** How a figure went, small; in words for who does not see it. The same figures stand in a table beside it. */
export function SparkLine({
  periods,
  unit,
  name,
}: {
  readonly periods: readonly Period[];
  readonly unit: string;
  readonly name: string;
}) {
  const locale = useLocale();
  const lines = sparkLines(periods, box);
  if (lines === null) return null;
  const values = periods.flatMap(({ value }) => value ?? []);
  const written = (value: number) => formatValue(value, unit, locale);
  const [x = "0", y = "0"] = lines.at(-1)?.split(" ").at(-1)?.split(",") ?? [];
  return (
    <svg
      role="img"
      aria-label={`${name} over ${periods.length} weeks: between ${written(Math.min(...values))} and ${written(Math.max(...values))}`}
      viewBox={`${-edge} ${-edge} ${box.width + 2 * edge} ${box.height + 2 * edge}`}
      className="h-8 w-[7.5rem] shrink-0 text-accent"
    >
      {lines.map((points) =>
        points.includes(" ") ? (
          <polyline
            key={points}
            points={points}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ) : (
          <Point key={points} x={points.split(",")[0]} y={points.split(",")[1]} radius={1.25} />
        ),
      )}
      <Point x={x} y={y} radius={2.5} />
    </svg>
  );
}

const Point = ({
  x = "0",
  y = "0",
  radius,
}: {
  x?: string | undefined;
  y?: string | undefined;
  radius: number;
}) => <circle cx={x} cy={y} r={radius} fill="currentColor" />;
