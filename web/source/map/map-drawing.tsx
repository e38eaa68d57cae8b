import { type KeyboardEvent, type RefObject, useMemo } from "react";
import { formatDuration, formatNumber } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { endId, type MapNode, type ProcessMapView, startId } from "./graph.ts";
import { arrow, type Layout, type PlacedEdge, type PlacedNode, size } from "./layout.ts";
import { longestOf } from "./map-legend.tsx";
import { rampColour, rampStep, strokeWidth, type Told, timeWidth, wrapLabel } from "./ramp.ts";

export interface MapDrawingProps {
  readonly view: ProcessMapView;
  readonly layout: Layout;
  /** Null fits the width. */
  readonly zoom: number | null;
  readonly large: boolean;
  /** What the width and the labels of the happy path tell. */
  readonly told: Told;
  readonly selected: string | null;
  readonly onSelect: (node: string | null) => void;
  readonly drawing: RefObject<SVGSVGElement | null>;
}

/** The drawing itself. Nodes take the focus; the arrow keys move between them; Enter shows a node's own steps. */
export function MapDrawing({
  view,
  layout,
  zoom,
  large,
  told,
  selected,
  onSelect,
  drawing,
}: MapDrawingProps) {
  const byId = useMemo(() => new Map(view.nodes.map((node) => [node.id, node])), [view]);
  const longest = longestOf(view);
  const largest = Math.max(1, ...view.edges.map((edge) => edge.count));
  const scale = zoom === null ? undefined : { width: layout.width * zoom, maxWidth: "none" };
  const touches = ({ edge }: PlacedEdge) => edge.from === selected || edge.to === selected;
  return (
    <div
      className={`overflow-auto rounded-lg border border-line bg-surface ${large ? "max-h-[70dvh]" : "max-h-[27rem]"}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG drawing has no element of its own for this */}
      <svg
        ref={drawing}
        role="group"
        aria-label={`Process map: ${view.title}`}
        viewBox={`${layout.left} ${layout.top} ${layout.width} ${layout.height}`}
        style={scale ?? { width: "100%", minWidth: layout.width * 0.8, maxWidth: layout.width }}
        className="map-svg mx-auto block h-auto font-sans"
        data-selecting={selected === null ? undefined : ""}
      >
        {layout.edges.map((placed) => (
          <Edge
            key={`${placed.edge.from} ${placed.edge.to}`}
            placed={placed}
            told={told}
            width={
              told === "frequency"
                ? strokeWidth(placed.edge.count, largest)
                : timeWidth(placed.edge.seconds, longest)
            }
            colour={rampColour(rampStep(placed.edge.seconds, longest))}
            shown={touches(placed)}
          />
        ))}
        {layout.nodes.map((placed) => {
          const node = byId.get(placed.id);
          return node ? (
            <Activity
              key={placed.id}
              placed={placed}
              node={node}
              selected={selected === placed.id}
              onSelect={() => onSelect(selected === placed.id ? null : placed.id)}
            />
          ) : (
            <Terminal key={placed.id} placed={placed} />
          );
        })}
      </svg>
    </div>
  );
}

function Edge({
  placed,
  told,
  width,
  colour,
  shown,
}: {
  readonly placed: PlacedEdge;
  readonly told: Told;
  readonly width: number;
  readonly colour: string;
  readonly shown: boolean;
}) {
  const locale = useLocale();
  const { edge, path, label, tip } = placed;
  const head = Math.max(4, width * 0.85);
  const count = formatNumber(edge.count, locale);
  const time = edge.seconds === null ? null : formatDuration(edge.seconds, locale, "narrow");
  const both = told === "time" ? [time, count] : [count, time];
  const text = both.filter((part) => part !== null).join(" · ");
  const box = text.length * 7 + 12;
  return (
    <g className="map-edge-group" data-shown={shown ? "" : undefined}>
      <path d={path} className="map-edge" stroke="transparent" strokeWidth={Math.max(14, width)} />
      <path d={path} className="map-edge" stroke={colour} strokeWidth={width} data-happy={placed.happy} />
      <path
        d={`M0 0L${-arrow} ${-head}L${-arrow} ${head}Z`}
        fill={colour}
        transform={`translate(${tip.x} ${tip.y}) rotate(${tip.angle})`}
      />
      <g className="map-edge-label" transform={`translate(${label.x} ${label.y})`}>
        <rect
          x={-box / 2}
          y={-10}
          width={box}
          height={20}
          rx={5}
          fill="var(--surface)"
          stroke="var(--control)"
        />
        <text y={4} textAnchor="middle" fontSize={12} fill="var(--text)">
          {text}
        </text>
      </g>
    </g>
  );
}

function Activity({
  placed,
  node,
  selected,
  onSelect,
}: {
  readonly placed: PlacedNode;
  readonly node: MapNode;
  readonly selected: boolean;
  readonly onSelect: () => void;
}) {
  const locale = useLocale();
  const lines = wrapLabel(node.label, 20, 2);
  const count = formatNumber(node.count, locale);
  const waiting = node.waiting === null ? null : formatDuration(node.waiting, locale, "narrow");
  const name = `${node.label}, ${count} events${waiting === null ? "" : `, waits ${formatDuration(node.waiting ?? 0, locale, "long")} on average`}${node.bottleneck ? ", bottleneck" : ""}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      className="map-node cursor-pointer"
      transform={`translate(${placed.x - placed.width / 2} ${placed.y - placed.height / 2})`}
      onClick={onSelect}
      onKeyDown={(event) => moveFocus(event, onSelect)}
    >
      <title>{name}</title>
      <rect
        width={placed.width}
        height={placed.height}
        rx={8}
        fill={node.bottleneck ? "var(--waiting-soft)" : "var(--surface)"}
        stroke={selected ? "var(--accent)" : node.bottleneck ? "var(--waiting)" : "var(--control)"}
        strokeWidth={selected || node.bottleneck ? 2 : 1.25}
      />
      {lines.map((line, index) => (
        <text
          aria-hidden
          key={line}
          x={12}
          y={lines.length === 1 ? 22 : 18 + index * 15}
          fontSize={12.5}
          fontWeight={500}
          fill="var(--text)"
        >
          {line}
        </text>
      ))}
      <text aria-hidden x={12} y={48} fontSize={11.5} fill="var(--muted)">
        {count}
      </text>
      {node.bottleneck && waiting !== null && <Clock x={placed.width - 12} text={waiting} />}
    </g>
  );
}

/** A clock and the waiting time, right-aligned at x. */
function Clock({ x, text }: { readonly x: number; readonly text: string }) {
  const left = x - text.length * 6.6 - 9;
  return (
    <g aria-hidden>
      <circle cx={left} cy={44} r={5.5} fill="none" stroke="var(--waiting)" strokeWidth={1.5} />
      <path
        d={`M${left} 41v3.2l2.2 1.4`}
        fill="none"
        stroke="var(--waiting)"
        strokeWidth={1.3}
        strokeLinecap="round"
      />
      <text x={x} y={48} textAnchor="end" fontSize={11.5} fontWeight={600} fill="var(--waiting)">
        {text}
      </text>
    </g>
  );
}

function Terminal({ placed }: { readonly placed: PlacedNode }) {
  const isStart = placed.id === startId;
  const label = isStart ? "Start" : placed.id === endId ? "End" : placed.id;
  return (
    <g transform={`translate(${placed.x} ${placed.y})`}>
      <title>{label}</title>
      <circle
        r={size.end / 2}
        fill={isStart ? "var(--good-soft)" : "var(--raised)"}
        stroke={isStart ? "var(--good)" : "var(--text)"}
        strokeWidth={isStart ? 1.75 : 3.5}
      />
      <text y={size.end / 2 + 15} textAnchor="middle" fontSize={11} fill="var(--muted)">
        {label}
      </text>
    </g>
  );
}

function moveFocus(event: KeyboardEvent<SVGGElement>, onSelect: () => void): void {
  const nodes = [...(event.currentTarget.ownerSVGElement?.querySelectorAll<SVGGElement>(".map-node") ?? [])];
  const at = nodes.indexOf(event.currentTarget);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    nodes[(at + step + nodes.length) % nodes.length]?.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    onSelect();
  }
}
