import { useMemo, useRef, useState } from "react";
import type { View } from "../../../channels/contract.ts";
import { largestCells, pictureTable } from "../../../channels/picture-tables.ts";
import { formatNumber, formatValue } from "../format.ts";
import { rampColour, rampLimits, rampStep } from "../map/ramp.ts";
import { useLocale } from "../preferences.ts";
import { PictureTools } from "../ui/picture-tools.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { AsTable } from "./as-table.tsx";

type HeatMapViewData = Extract<View, { kind: "heat-map" }>;

const cell = { width: 26, height: 24 };
const head = 40;
const most = 34;

/** A figure by two things as coloured cells, and the same as a table. */
export default function HeatMapView({ view }: { readonly view: HeatMapViewData }) {
  const locale = useLocale();
  const drawing = useRef<SVGSVGElement>(null);
  const [told, setTold] = useState<string | null>(null);
  const largest = useMemo(() => Math.max(0, ...view.cells.flat().map((value) => value ?? 0)), [view]);
  const left = Math.min(most, Math.max(4, ...view.rows.map((name) => name.length))) * 7.1 + 18;
  const [width, height] = [
    left + view.columns.length * cell.width + 8,
    head + view.rows.length * cell.height + 4,
  ];
  const tell = (row: number, column: number): string => {
    const value = view.cells[row]?.[column] ?? null;
    const where = `${view.rows[row]}, ${view.columns[column]}`;
    if (value === null) return `${where}: nothing to measure`;
    const counted = `${formatNumber(view.counts[row]?.[column] ?? 0, locale)} ${view.counted}`;
    return `${where}: ${formatValue(value, view.unit, locale)} (${counted})`;
  };
  const every = Math.ceil((Math.max(...view.columns.map((name) => name.length)) * 6.4 + 10) / cell.width);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Legend view={view} largest={largest} />
        <div className="ml-auto flex">
          <PictureTools name={view.title} drawing={() => drawing.current} />
        </div>
      </div>
      <ScrollBox label={view.title}>
        <svg
          ref={drawing}
          role="img"
          aria-label={`Heat map: ${view.title}. The tables below have the figures.`}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          className="block font-sans"
        >
          {view.columns.map(
            (name, column) =>
              column % every === 0 && (
                <text
                  key={name}
                  x={left + column * cell.width + 2}
                  y={head - 10}
                  fontSize={11}
                  fill="var(--muted)"
                >
                  {name}
                </text>
              ),
          )}
          {view.rows.map((name, row) => (
            <g key={name} transform={`translate(0 ${head + row * cell.height})`}>
              <text x={left - 10} y={16} fontSize={12} textAnchor="end" fill="var(--text)">
                {name.length > most ? `${name.slice(0, most - 1)}…` : name}
              </text>
              {view.columns.map((column, at) => (
                <Cell
                  key={column}
                  x={left + at * cell.width}
                  value={view.cells[row]?.[at] ?? null}
                  largest={largest}
                  told={tell(row, at)}
                  onTell={setTold}
                />
              ))}
            </g>
          ))}
        </svg>
      </ScrollBox>
      <p className="min-h-5 text-caption text-muted" aria-live="off">
        {told ?? "Point at a cell for its figure."}
      </p>
      <AsTable name="The cells as a table, the largest first" view={largestCells(view)} />
      <AsTable name="The map as a table" view={pictureTable(view)} />
    </div>
  );
}

interface CellProps {
  readonly x: number;
  readonly value: number | null;
  readonly largest: number;
  readonly told: string;
  readonly onTell: (told: string | null) => void;
}

function Cell({ x, value, largest, told, onTell }: CellProps) {
  const shape = { x: x + 1, y: 1, width: cell.width - 2, height: cell.height - 2, rx: 3 };
  return (
    <g onPointerEnter={() => onTell(told)} onPointerLeave={() => onTell(null)}>
      <title>{told}</title>
      {value === null ? (
        <rect {...shape} fill="none" stroke="var(--line)" strokeWidth={1} />
      ) : (
        <rect {...shape} fill={value === 0 ? "var(--raised)" : rampColour(rampStep(value, largest))} />
      )}
    </g>
  );
}

function Legend({ view, largest }: { readonly view: HeatMapViewData; readonly largest: number }) {
  const locale = useLocale();
  return (
    <ul className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-muted">
      {rampLimits(largest).map((limit, step) => (
        <li key={limit} className="flex items-center gap-1">
          <svg width="14" height="10" aria-hidden>
            <rect width="14" height="10" rx="2" fill={rampColour(step)} />
          </svg>
          {step === 0 ? "less" : `≥ ${formatValue(limit, view.unit, locale)}`}
        </li>
      ))}
      <li className="flex items-center gap-1">
        <svg width="14" height="10" aria-hidden>
          <rect x="0.5" y="0.5" width="13" height="9" rx="2" fill="none" stroke="var(--control)" />
        </svg>
        nothing to measure
      </li>
    </ul>
  );
}
