/** Every kind of view as Slack blocks. Pictures are words and tables here; the web app draws them. */
import type { KnownBlock } from "@slack/web-api";
import { formatSeconds, formatValue, type Renderers, renderView, type ViewOf } from "../channel.ts";
import type { View } from "../contract.ts";
import { largestCells, pictureTable } from "../picture-tables.ts";
import { context, section } from "./blocks.ts";
import { escapeText, preformatted, quoteText } from "./limits.ts";
import { proposalBlocks } from "./proposal-card.ts";

const mostRows = 12;
const cellWidth = 28;

export const viewBlocks = (view: View): KnownBlock[] => renderView(renderers, view);

const renderers: Renderers<KnownBlock[]> = {
  text: ({ title, text }) => [section(`*${quoteText(title)}*\n${escapeText(text)}`)],
  table: (view) => {
    const shown = Math.min(view.rows.length, mostRows);
    const total = view.total ?? view.rows.length;
    const rows = view.rows
      .slice(0, mostRows)
      .map((row) => view.columns.map(({ key, unit }) => cellText(row[key] ?? null, unit)));
    const right = view.columns.map((column) => column.kind === "number");
    const blocks = titled(view.title, align([view.columns.map(({ label }) => label), ...rows], right));
    return total > shown ? [...blocks, context(`${shown} of ${total} rows`)] : blocks;
  },
  series: (view) => titled(view.title, seriesLines(view)),
  "process-map": (view) => mapBlocks(view),
  bpmn: (view) => {
    const share = (value: number | null) => (value === null ? "not known" : value.toFixed(3));
    const marks = view.marks.map((mark) => `• ${mark.kind}: ${quoteText(mark.label)}`);
    const facts = `BPMN 2.0; fitness ${share(view.fitness)}, precision ${share(view.precision)}`;
    return [section([`*${quoteText(view.title)}*`, facts, ...marks].join("\n"))];
  },
  variants: (view) => renderers.table(pictureTable(view)),
  "dotted-chart": (view) => renderers.table(pictureTable(view)),
  "heat-map": (view) => renderers.table(largestCells(view)),
  diff: (view) => titled(view.title, changeLines(view.changes)),
  proposal: (view) => proposalBlocks(view.proposal),
  form: (view) =>
    titled(
      view.title,
      align(
        view.fields.map(({ label, value, reason }) => [label, cellText(value), reason ?? ""]),
        [false, false, false],
      ),
    ),
};

const titled = (title: string, lines: readonly string[]): KnownBlock[] => [
  section(`*${quoteText(title)}*`),
  section(preformatted(lines.map((line) => escapeText(line.replaceAll("```", "'''"))))),
];

export function cellText(cell: string | number | boolean | null, unit?: string): string {
  if (cell === null) return "–";
  if (typeof cell === "number")
    return unit === undefined ? cell.toLocaleString("en-US") : formatValue(cell, unit);
  return String(cell).replaceAll("\n", " ");
}

/** Columns of equal width; numbers to the right. */
function align(rows: readonly (readonly string[])[], right: readonly boolean[]): string[] {
  const cut = rows.map((row) =>
    row.map((cell) => (cell.length > cellWidth ? `${cell.slice(0, cellWidth - 1)}…` : cell)),
  );
  const widths = right.map((_, column) => Math.max(...cut.map((row) => (row[column] ?? "").length)));
  return cut.map((row) =>
    widths
      .map((width, column) =>
        right[column] ? (row[column] ?? "").padStart(width) : (row[column] ?? "").padEnd(width),
      )
      .join("  ")
      .trimEnd(),
  );
}

function seriesLines(view: ViewOf<"series">): string[] {
  const lines = view.series.flatMap(({ name, points }) => [
    name,
    ...points
      .slice(-mostRows)
      .map(([at, value]) => `  ${at}  ${value === null ? "–" : formatValue(value, view.unit)}`),
  ]);
  return view.threshold === undefined
    ? lines
    : [...lines, `limit  ${formatValue(view.threshold, view.unit)}`];
}

function mapBlocks(view: ViewOf<"process-map">): KnownBlock[] {
  const labels = new Map(view.nodes.map((node) => [node.id, node.label]));
  const nameOf = (id: string | null, otherwise: string) => (id === null ? otherwise : (labels.get(id) ?? id));
  const rows = [...view.edges]
    .sort((a, b) => b.count - a.count)
    .slice(0, mostRows)
    .map(({ from, to, count, seconds }) => [
      `${nameOf(from, "(start)")} → ${nameOf(to, "(end)")}`,
      count.toLocaleString("en-US"),
      seconds === null ? "–" : formatSeconds(seconds),
    ]);
  const waits = view.nodes
    .filter((node) => node.bottleneck)
    .map(
      (node) =>
        `:hourglass: ${quoteText(node.label)}${node.waiting === null ? "" : ` waits ${formatSeconds(node.waiting)}`}`,
    );
  const table = titled(view.title, align([["Step", "Cases", "Mean time"], ...rows], [false, true, true]));
  return waits.length === 0 ? table : [...table, section(waits.join("\n"))];
}

export function changeLines(changes: ViewOf<"diff">["changes"]): string[] {
  return changes.flatMap(({ what, before, after }) => [
    what,
    ...(before === null ? [] : [`- ${cellText(before)}`]),
    ...(after === null ? [] : [`+ ${cellText(after)}`]),
  ]);
}
