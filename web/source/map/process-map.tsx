import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { formatShare } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { IconButton } from "../ui/button.tsx";
import { PictureTools } from "../ui/picture-tools.tsx";
import { AsTable } from "../views/as-table.tsx";
import { graphOf, type ProcessMapView } from "./graph.ts";
import { layOut } from "./layout.ts";
import { MapDrawing } from "./map-drawing.tsx";
import { MapLegend } from "./map-legend.tsx";
import type { Told } from "./ramp.ts";
import { simplify } from "./simplify.ts";

/** Enough to see the process at first sight; the slider shows the rest. */
const firstDetail = (view: ProcessMapView): number =>
  view.edges.length > 40 ? 0.35 : view.edges.length > 22 ? 0.6 : 1;

/** The process as a map: what follows what, how often, and where it waits; beside it the same as a table. */
export default function ProcessMap({
  view,
  large,
}: {
  readonly view: ProcessMapView;
  readonly large: boolean;
}) {
  const [detail, setDetail] = useState(() => firstDetail(view));
  const [zoom, setZoom] = useState<number | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [told, setTold] = useState<Told>("frequency");
  const drawing = useRef<SVGSVGElement>(null);
  const sliderId = useId();
  const locale = useLocale();
  const full = useMemo(() => graphOf(view), [view]);
  const { graph, share } = useMemo(() => simplify(full, detail), [full, detail]);
  const layout = useMemo(() => layOut(graph), [graph]);
  const shown = `${graph.edges.length} of ${full.edges.length} paths, ${formatShare(share, locale)} of all steps`;
  return (
    <div className="@container space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <label htmlFor={sliderId} className="font-medium">
            Detail
          </label>
          <input
            id={sliderId}
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={detail}
            aria-valuetext={shown}
            onChange={(event) => setDetail(Number(event.target.value))}
            className="w-36 accent-accent"
          />
          <output htmlFor={sliderId} className="text-caption text-muted">
            {shown}
          </output>
        </div>
        {view.edges.some(({ seconds }) => seconds !== null) && <TellingSwitch told={told} onTold={setTold} />}
        <div className="flex">
          <IconButton label="Zoom in" onClick={() => setZoom((zoom ?? 0.8) * 1.25)}>
            <ZoomIn className="size-4" />
          </IconButton>
          <IconButton label="Zoom out" onClick={() => setZoom((zoom ?? 0.8) * 0.8)}>
            <ZoomOut className="size-4" />
          </IconButton>
          <IconButton label="Fit" onClick={() => setZoom(null)}>
            <Maximize className="size-4" />
          </IconButton>
          <PictureTools name={view.title} drawing={() => drawing.current} />
        </div>
      </div>
      <div className={large ? "grid gap-6 @7xl:grid-cols-[minmax(0,1fr)_26rem]" : "space-y-4"}>
        <div className="min-w-0 space-y-3">
          <MapDrawing
            view={view}
            layout={layout}
            zoom={zoom}
            told={told}
            large={large}
            selected={selected}
            onSelect={setSelected}
            drawing={drawing}
          />
          <MapLegend view={view} told={told} />
        </div>
        <AsTable name="Activities as a table" view={activityTable(view)} open={large} />
      </div>
    </div>
  );
}

function TellingSwitch({ told, onTold }: { readonly told: Told; readonly onTold: (told: Told) => void }) {
  return (
    <fieldset className="flex rounded-lg border border-control p-0.5">
      <legend className="sr-only">What the arrows tell</legend>
      {(["frequency", "time"] as const).map((each) => (
        <label
          key={each}
          className="flex min-h-7 items-center rounded-md px-2.5 text-caption text-muted has-checked:bg-accent-soft has-checked:font-medium has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="told"
            value={each}
            checked={told === each}
            onChange={() => onTold(each)}
            className="sr-only"
          />
          {each === "frequency" ? "How often" : "How long"}
        </label>
      ))}
    </fieldset>
  );
}

function activityTable(view: ProcessMapView) {
  return {
    kind: "table" as const,
    title: `${view.title}: activities`,
    columns: [
      { key: "label", label: "Activity", kind: "text" as const },
      { key: "count", label: "Events", kind: "number" as const },
      { key: "waiting", label: "Waiting, mean", unit: "s", kind: "number" as const },
      { key: "service", label: "Working, mean", unit: "s", kind: "number" as const },
    ],
    rows: view.nodes.map(({ label, count, waiting, service }) => ({ label, count, waiting, service })),
  };
}
