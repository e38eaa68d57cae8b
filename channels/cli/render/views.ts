/** Every kind of view as text for a terminal. */
import { formatSeconds, formatValue, type Renderers, renderView, type ViewOf } from "../../channel.ts";
import type { ProposalCard, View } from "../../contract.ts";
import { largestCells, pictureTable } from "../../picture-tables.ts";
import { type Paint, plain, wrap } from "../terminal.ts";
import { cellText, drawSheet, numberText, type Sheet, sheetOf } from "./table.ts";

export interface Page {
  readonly columns: number;
  readonly paint: Paint;
}

const mostRows = 15;
const sparks = "▁▂▃▄▅▆▇█";

export function drawView(view: View, page: Page): string {
  return renderView(renderersFor(page), view);
}

const renderersFor = (page: Page): Renderers<string> => ({
  text: (view) => titled(view.title, wrap(plain(view.text), page.columns), page),
  table: (view) => titled(view.title, tableText(view, page), page),
  series: (view) => titled(view.title, seriesText(view, page), page),
  "process-map": (view) => titled(view.title, mapText(view, page), page),
  bpmn: (view) => titled(view.title, bpmnText(view), page),
  variants: (view) => titled(view.title, tableText(pictureTable(view), page), page),
  "dotted-chart": (view) => titled(view.title, tableText(pictureTable(view), page), page),
  "heat-map": (view) => titled(view.title, tableText(largestCells(view), page), page),
  diff: (view) => titled(view.title, changesText(view.changes, page), page),
  proposal: (view) => proposalText(view.proposal, page),
  form: (view) => titled(view.title, formText(view, page), page),
});

const titled = (title: string, body: string, { paint }: Page): string =>
  `${paint("bold", plain(title))}\n${body}`;

function tableText(view: ViewOf<"table">, page: Page): string {
  const shown = Math.min(view.rows.length, mostRows);
  const total = view.total ?? view.rows.length;
  const drawn = drawSheet(sheetOf(view, mostRows), page.columns, page.paint);
  return total > shown ? `${drawn}\n${page.paint("dim", `${shown} of ${total} rows`)}` : drawn;
}

function seriesText(view: ViewOf<"series">, { paint }: Page): string {
  const lines = view.series.map(({ name, points }) => {
    const values = points.map(([, value]) => value);
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${plain(name)}: no values`;
    const range = `${formatValue(Math.min(...known), view.unit)} … ${formatValue(Math.max(...known), view.unit)}`;
    const window = `${plain(points[0]?.[0] ?? "")} … ${plain(points.at(-1)?.[0] ?? "")}`;
    return `${plain(name)}  ${paint("cyan", spark(values, known))}  ${range}  ${paint("dim", window)}`;
  });
  const limit = view.threshold === undefined ? [] : [`limit ${formatValue(view.threshold, view.unit)}`];
  return [...lines, ...limit].join("\n");
}

function spark(values: readonly (number | null)[], known: readonly number[]): string {
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = Math.ceil(values.length / 60);
  return values
    .filter((_, index) => index % step === 0)
    .map((value) =>
      value === null ? "·" : (sparks[Math.round(((value - low) / span) * (sparks.length - 1))] ?? ""),
    )
    .join("");
}

function mapText(view: ViewOf<"process-map">, page: Page): string {
  const labels = new Map(view.nodes.map((node) => [node.id, node.label]));
  const nameOf = (id: string | null, otherwise: string) => (id === null ? otherwise : (labels.get(id) ?? id));
  const edges = [...view.edges].sort((a, b) => b.count - a.count);
  const sheet: Sheet = {
    header: ["From", "To", "Cases", "Mean time"],
    rows: edges
      .slice(0, mostRows)
      .map(({ from, to, count, seconds }) => [
        nameOf(from, "(start)"),
        nameOf(to, "(end)"),
        numberText(count),
        seconds === null ? "–" : formatSeconds(seconds),
      ]),
    right: [false, false, true, true],
  };
  const waits = view.nodes
    .filter((node) => node.bottleneck)
    .map((node) => {
      const waiting = node.waiting === null ? "" : ` waits ${formatSeconds(node.waiting)} on average`;
      return page.paint("yellow", `⧗ ${plain(node.label)}${waiting}`);
    });
  const rest = edges.length > mostRows ? [page.paint("dim", `${mostRows} of ${edges.length} edges`)] : [];
  return [drawSheet(sheet, page.columns, page.paint), ...rest, ...waits].join("\n");
}

function bpmnText(view: ViewOf<"bpmn">): string {
  const share = (value: number | null) => (value === null ? "not known" : numberText(value));
  const tasks = view.xml.match(/<(?:\w+:)?(?:task|userTask|serviceTask)\b/g)?.length ?? 0;
  const marks = view.marks.map((mark) => `  ${mark.kind}: ${plain(mark.label)}`);
  const facts = `BPMN 2.0 with ${tasks} tasks; fitness ${share(view.fitness)}, precision ${share(view.precision)}`;
  return [facts, ...marks].join("\n");
}

function changesText(changes: ViewOf<"diff">["changes"], { paint }: Page): string {
  const value = (cell: string | number | boolean | null) => plain(cellText(cell, { kind: "text" }));
  return changes
    .flatMap(({ what, before, after }) => [
      `  ${plain(what)}`,
      ...(before === null ? [] : [paint("red", `  - ${value(before)}`)]),
      ...(after === null ? [] : [paint("green", `  + ${value(after)}`)]),
    ])
    .join("\n");
}

function formText(view: ViewOf<"form">, page: Page): string {
  const rows = view.fields.map(({ label, value, reason }) => [
    label,
    cellText(value, { kind: "text" }),
    reason ?? "",
  ]);
  return drawSheet(
    { header: ["Field", "Value", "Why"], rows, right: [false, false, false] },
    page.columns,
    page.paint,
  );
}

/** What an approver must see: made from the input and the preview, never from a model's words. */
export function proposalText(card: ProposalCard, page: Page): string {
  const { paint, columns } = page;
  const { preview } = card;
  const line = (label: string, text: string) =>
    wrap(`  ${`${label}:`.padEnd(11)} ${plain(text)}`, columns, " ".repeat(14));
  const money = preview.money ? `, ${numberText(preview.money.amount)} ${preview.money.currency}` : "";
  const examples = preview.affected.examples.slice(0, 5).join(", ");
  const affected = `${numberText(preview.affected.count)} ${preview.affected.unit}${money}${examples ? ` (${examples})` : ""}`;
  return [
    `${paint("magenta", `◆ Proposal ${plain(card.id)}`)} ${paint("dim", `${card.tool} · ${card.risk} · ${card.state}`)}`,
    wrap(`  ${paint("bold", plain(card.summary))}`, columns, "  "),
    changesText(preview.changes, page),
    line("Why", preview.why),
    line("Affects", affected),
    line("Undo", preview.undo.possible ? preview.undo.how : `Not possible. ${preview.undo.how}`),
    ...preview.risks.map((risk) => paint("yellow", line("Risk", risk))),
    line("Asked by", card.requester),
    line("Decided by", `${card.approvers.join(" or ")} until ${card.expires} (${card.policy})`),
    line("Digest", card.digest),
    ...(card.state === "pending" ? [line("Decide", `millwright approve ${card.id} --as PERSON`)] : []),
  ]
    .filter((text) => text !== "")
    .join("\n");
}
