import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { Download, Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { View } from "../../../channels/contract.ts";
import { formatNumber } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { IconButton } from "../ui/button.tsx";
import { download } from "../ui/download.ts";
import { PictureTools } from "../ui/picture-tools.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { overlayFor } from "./bpmn-overlay.ts";
import { TableView } from "./table-view.tsx";

type BpmnViewData = Extract<View, { kind: "bpmn" }>;

/** The few services of bpmn-js that are used here; its own types leave `get` untyped. */
interface Canvas {
  zoom(level?: "fit-viewport" | number, center?: "auto" | { readonly x: number; readonly y: number }): number;
  viewbox(): { readonly inner: Box; readonly outer: Box };
  resized(): void;
  addMarker(element: string, marker: string): void;
}
interface Box {
  readonly width: number;
  readonly height: number;
}
interface Overlays {
  add(element: string, overlay: { position: { top: number; left: number }; html: HTMLElement }): void;
}
interface Registry {
  get(id: string): { businessObject?: { name?: string } } | undefined;
}

const words = { bottleneck: "Waits", optimized: "Improved", deviation: "Deviates" } as const;

/** A BPMN diagram with its marks, beside a table of them. bpmn.io's own mark stays visible, as its licence asks. */
export default function BpmnView({ view, large }: { readonly view: BpmnViewData; readonly large: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const locale = useLocale();

  useEffect(() => {
    if (!host.current) return;
    const drawn = new NavigatedViewer({ container: host.current });
    viewer.current = drawn;
    let open = true;
    drawn
      .importXML(view.xml)
      .then(() => {
        if (!open) return;
        setNames(mark(drawn, view));
        if (host.current) frame(drawn.get<Canvas>("canvas"), host.current);
      })
      .catch((error: unknown) => open && setFailure(error));
    return () => {
      open = false;
      drawn.destroy();
    };
  }, [view]);

  const zoom = (factor: number) => {
    const canvas = viewer.current?.get<Canvas>("canvas");
    if (canvas && factor === 0) canvas.zoom("fit-viewport", "auto");
    else if (canvas) canvas.zoom(canvas.zoom() * factor, "auto");
  };
  if (failure !== null) return <ProblemNote error={failure} />;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-muted">
        <p className="flex-1">
          Fitness {view.fitness === null ? "not computed" : formatNumber(view.fitness, locale)} · Precision{" "}
          {view.precision === null ? "not computed" : formatNumber(view.precision, locale)}
        </p>
        <div className="flex">
          <IconButton label="Zoom in" onClick={() => zoom(1.25)}>
            <ZoomIn className="size-4" />
          </IconButton>
          <IconButton label="Zoom out" onClick={() => zoom(0.8)}>
            <ZoomOut className="size-4" />
          </IconButton>
          <IconButton label="Fit" onClick={() => zoom(0)}>
            <Maximize className="size-4" />
          </IconButton>
          <PictureTools name={view.title} drawing={() => viewer.current?.saveSVG().then(({ svg }) => svg)} />
          <IconButton
            label="Download BPMN"
            onClick={() => download(`${view.title}.bpmn`, "application/xml", view.xml)}
          >
            <Download className="size-4" />
          </IconButton>
        </div>
      </div>
      <div
        ref={host}
        role="img"
        aria-label={`BPMN diagram: ${view.title}`}
        className={`bpmn-canvas overflow-hidden rounded-lg border border-line bg-surface ${large ? "h-[min(60dvh,32rem)]" : "h-72"}`}
      />
      {view.marks.length > 0 && (
        <TableView
          view={{
            kind: "table",
            title: "Marked in the diagram",
            columns: [
              { key: "element", label: "Element", kind: "text" },
              { key: "kind", label: "Mark", kind: "text" },
              { key: "label", label: "Why", kind: "text" },
            ],
            rows: view.marks.map((row) => ({
              element: names.get(row.element) ?? row.element,
              kind: words[row.kind],
              label: row.label,
            })),
          }}
        />
      )}
    </div>
  );
}

/** Smaller than this nobody reads a label; what does not fit then is reached by dragging. */
const smallestScale = 0.6;
const margin = 40;

/** Makes the box as high as its diagram needs, and shows all of it, or its beginning where all would be too small. */
function frame(canvas: Canvas, host: HTMLElement): void {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, Math.max(smallestScale, (outer.width - margin) / (inner.width + margin)));
  const highest = host.clientHeight;
  const wanted = (inner.height + 2 * margin) * scale;
  host.style.height = `${Math.max(180, Math.min(highest, wanted))}px`;
  canvas.resized();
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() < scale) canvas.zoom(scale, { x: 0, y: host.clientHeight / 2 });
}

/** Puts the marks on the diagram; gives the names of the marked elements. */
function mark(viewer: NavigatedViewer, view: BpmnViewData): ReadonlyMap<string, string> {
  const canvas = viewer.get<Canvas>("canvas");
  const overlays = viewer.get<Overlays>("overlays");
  const registry = viewer.get<Registry>("elementRegistry");
  const names = new Map<string, string>();
  for (const { element, kind, label } of view.marks) {
    const found = registry.get(element);
    if (!found) continue;
    names.set(element, found.businessObject?.name ?? element);
    canvas.addMarker(element, `mark-${kind}`);
    overlays.add(element, { position: { top: -14, left: 8 }, html: overlayFor(kind, label) });
  }
  return names;
}
