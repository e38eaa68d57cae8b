import { useMemo, useRef, useState } from "react";
import type { View } from "../../../channels/contract.ts";
import { pictureTable } from "../../../channels/picture-tables.ts";
import { formatDuration, formatNumber, formatShare } from "../format.ts";
import { wrapLabel } from "../map/ramp.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { PictureTools } from "../ui/picture-tools.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { AsTable } from "./as-table.tsx";
import { categoryColour, ranksByFrequency } from "./categories.ts";

type VariantsViewData = Extract<View, { kind: "variants" }>;
type Variant = VariantsViewData["variants"][number];

const firstRows = 8;
const side = 132;
const step = 104;
const rowHeight = 52;
const chevron = { width: 98, height: 34, tip: 9 };

/** Each path as a chain of its steps, the most frequent on top, with its share of the cases and its mean time. */
export default function VariantsView({ view }: { readonly view: VariantsViewData }) {
  const [all, setAll] = useState(view.variants.length <= firstRows + 2);
  const drawing = useRef<SVGSVGElement>(null);
  const ranks = useMemo(
    () =>
      ranksByFrequency(
        view.activities.length,
        view.variants.flatMap(({ path }) => [...new Set(path)]),
      ),
    [view],
  );
  const shown = all ? view.variants : view.variants.slice(0, firstRows);
  const longest = Math.max(1, ...shown.map(({ path }) => path.length));
  const [width, height] = [side + longest * step + 12, shown.length * rowHeight];
  return (
    <div className="space-y-3">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-caption text-muted">
          {shown.length} of {view.total} paths
        </p>
        <div className="flex">
          <PictureTools name={view.title} drawing={() => drawing.current} />
        </div>
      </div>
      <ScrollBox label={view.title}>
        <svg
          ref={drawing}
          role="img"
          aria-label={`${view.title}. The table below has the same.`}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          className="block font-sans"
        >
          {shown.map((variant, row) => (
            <Path key={variant.path.join(" ")} variant={variant} row={row} view={view} ranks={ranks} />
          ))}
        </svg>
      </ScrollBox>
      {!all && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show {view.variants.length} paths
        </Button>
      )}
      <AsTable name="The paths as a table" view={pictureTable(view)} />
    </div>
  );
}

interface PathProps {
  readonly variant: Variant;
  readonly row: number;
  readonly view: VariantsViewData;
  readonly ranks: readonly number[];
}

function Path({ variant, row, view, ranks }: PathProps) {
  const locale = useLocale();
  const { path, cases, share, seconds } = variant;
  const bar = Math.max(2, share * (side - 24));
  return (
    <g transform={`translate(0 ${row * rowHeight})`}>
      {row > 0 && <path d={`M0 0H${side + path.length * step}`} stroke="var(--line)" strokeWidth={1} />}
      <text x={12} y={18} fontSize={12.5} fontWeight={600} fill="var(--text)">
        {formatShare(share, locale)}
      </text>
      <text x={side - 12} y={18} fontSize={11.5} textAnchor="end" fill="var(--muted)">
        {formatNumber(cases, locale)}
      </text>
      <rect x={12} y={24} width={side - 24} height={5} rx={2.5} fill="var(--raised)" />
      <rect x={12} y={24} width={bar} height={5} rx={2.5} fill="var(--accent)" />
      <text x={12} y={43} fontSize={11.5} fill="var(--muted)">
        {seconds === null ? "" : `${formatDuration(seconds, locale, "narrow")} on average`}
      </text>
      {path.map((activity, at) => (
        <Step
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the path
          key={at}
          x={side + at * step}
          label={view.activities[activity] ?? ""}
          colour={categoryColour(ranks[activity] ?? 0)}
        />
      ))}
    </g>
  );
}

function Step({ x, label, colour }: { readonly x: number; readonly label: string; readonly colour: string }) {
  const { width, height, tip } = chevron;
  const lines = wrapLabel(label, 14, 2);
  return (
    <g transform={`translate(${x} ${(rowHeight - height) / 2})`}>
      <title>{label}</title>
      <path
        d={`M0 0H${width - tip}L${width} ${height / 2}L${width - tip} ${height}H0L${tip} ${height / 2}Z`}
        fill="var(--raised)"
      />
      <path d={`M0 0H${width - tip}l1.2 1.6H1.6L${tip} ${height / 2}`} fill={colour} />
      <path d={`M0 0L${tip} ${height / 2}L0 ${height}`} fill="none" stroke={colour} strokeWidth={3} />
      {lines.map((line, index) => (
        <text
          key={line}
          x={tip + 8}
          y={lines.length === 1 ? height / 2 + 4 : height / 2 - 2 + index * 13}
          fontSize={10.5}
          fill="var(--text)"
        >
          {line}
        </text>
      ))}
    </g>
  );
}
