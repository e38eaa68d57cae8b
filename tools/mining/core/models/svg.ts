import type { Point, Rectangle } from "../geometry.ts";
import { escapeXml } from "./xml.ts";

/** Classes rather than colours, so that the picture follows a light or a dark page; the light ones are the fallback. */
const STYLE = `
text { font: 12px Inter, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1c2330; text-anchor: middle; dominant-baseline: central; }
.page { fill: #ffffff; }
.shape { fill: #f4f6fa; stroke: #3b4660; stroke-width: 1.5; }
.heavy { stroke-width: 3; }
.dark { fill: #3b4660; stroke: #3b4660; }
.line { fill: none; stroke: #5b6780; stroke-width: 1.5; stroke-linejoin: round; }
.head { fill: #5b6780; }
.mark { fill: none; stroke: #3b4660; stroke-width: 2.5; stroke-linecap: round; }
.hot { fill: #fdebd8; stroke: #b4540a; }
.small { font-size: 10.5px; }
.onpage { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) {
text { fill: #e6eaf2; }
.page { fill: #12161f; }
.shape { fill: #1d2431; stroke: #a3b0c8; }
.dark { fill: #a3b0c8; stroke: #a3b0c8; }
.line { stroke: #8592ab; }
.head { fill: #8592ab; }
.mark { stroke: #a3b0c8; }
.hot { fill: #4a2a10; stroke: #f0a05a; }
.onpage { stroke: #12161f; }
}`;

/** An SVG document of its own: no script, no outside asset. */
export function svgDocument(width: number, height: number, title: string, body: readonly string[]): string {
  const [w, h] = [Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">
<title>${escapeXml(title)}</title>
<style>${STYLE}
</style>
<defs>${head("arrow", 9)}${head("large-arrow", 15)}</defs>
<rect class="page" width="${w}" height="${h}" />
${body.join("\n")}
</svg>
`;
}

const head = (id: string, size: number): string =>
  `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="${size}" markerHeight="${size}" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 1 L10 5 L0 9 z" /></marker>`;

/** A line with an arrow at its end. `width` in pixels; 1.5 where not given. */
export function arrow(points: readonly Point[], title: string, width?: number): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  const style = width === undefined ? "" : ` style="stroke-width:${width}px"`;
  const hover = title === "" ? "" : `<title>${escapeXml(title)}</title>`;
  const end = width !== undefined && width > 2.5 ? "large-arrow" : "arrow";
  return `<path class="line" d="${path}" marker-end="url(#${end})"${style}>${hover}</path>`;
}

export const box = ({ x, y, width, height }: Rectangle, radius: number, classes = "shape"): string =>
  `<rect class="${classes}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" />`;

export const circle = (centre: Point, radius: number, classes = "shape"): string =>
  `<circle class="${classes}" cx="${centre.x}" cy="${centre.y}" r="${radius}" />`;

export const centreOf = ({ x, y, width, height }: Rectangle): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

const LINE_HEIGHT = 15;
/** Width of a character, on average, at 12 px. */
const CHARACTER = 6.6;

/** A text in lines around a point, as many as fit; what does not fit ends in an ellipsis, and all of it is in the title. */
export function textIn(text: string, centre: Point, width: number, lines: number, classes = ""): string {
  const wrapped = wrap(text, Math.max(4, Math.floor(width / CHARACTER)), lines);
  const first = centre.y - ((wrapped.length - 1) * LINE_HEIGHT) / 2;
  const spans = wrapped.map(
    (line, i) => `<tspan x="${centre.x}" y="${first + i * LINE_HEIGHT}">${escapeXml(line)}</tspan>`,
  );
  const style = classes === "" ? "" : ` class="${classes}"`;
  return text === "" ? "" : `<text${style}><title>${escapeXml(text)}</title>${spans.join("")}</text>`;
}

function wrap(text: string, longest: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, longest))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  kept[most - 1] = `${kept[most - 1]!.slice(0, longest - 1)}…`;
  return kept;
}

const pieces = (word: string, longest: number): string[] =>
  Array.from({ length: Math.ceil(word.length / longest) }, (_, i) =>
    word.slice(i * longest, (i + 1) * longest),
  );
