/** What `mine` found, for a terminal. */
import { formatSeconds } from "../../channel.ts";
import type { MineResult } from "../command.ts";
import { painter, plain, type Terminal } from "../terminal.ts";
import { drawSheet, numberText, type Sheet } from "./table.ts";
import type { Page } from "./views.ts";

const most = 15;
const seconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : formatSeconds(value);

export function drawMine(result: MineResult, terminal: Pick<Terminal, "columns" | "color">): string {
  const page: Page = { columns: terminal.columns, paint: painter(terminal.color) };
  const parts = [
    headline(result, page),
    mappingText(result, page),
    section("Activities", activities(result), result.activities.length, page),
    section("Directly follows", edges(result), result.edges.length, page),
    section(
      "Bottlenecks (mean waiting above the threshold)",
      bottlenecks(result),
      result.bottlenecks.length,
      page,
    ),
    section("Quality", quality(result), result.quality.length, page),
    flatteningText(result, page),
    modelText(result),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headline({ log, throughput }: MineResult, { paint }: Page): string {
  const counts = `${numberText(log.cases)} cases, ${numberText(log.events)} events, ${log.activities} activities, ${numberText(log.variants)} variants`;
  const window = log.first ? `${log.first} to ${log.last}` : "no times";
  const through = throughput
    ? `Throughput: mean ${seconds(throughput.mean)}, median ${seconds(throughput.median)}, 95 % within ${seconds(throughput.p95)}`
    : "";
  return [paint("bold", counts), paint("dim", window), through].filter((line) => line !== "").join("\n");
}

function mappingText({ mapping }: MineResult, { paint }: Page): string {
  const entries = Object.entries(mapping).filter(
    ([key, value]) => key !== "reasons" && typeof value === "string",
  );
  return `${paint("bold", "Mapping")}\n${entries.map(([role, column]) => `  ${role}: ${plain(JSON.stringify(column))}`).join("\n")}`;
}

/** What an object-centric log lost when it was read by one type of objects. */
function flatteningText({ flattening }: MineResult, { paint }: Page): string {
  if (!flattening) return "";
  const { objectType, convergence, divergence, deficiency } = flattening;
  const lines = [
    ["events of several objects, counted for each", convergence],
    ["activities repeated for different other objects", divergence],
    ["events of no object, left out", deficiency],
  ] as const;
  const said = lines.map(([what, { count, examples }]) => {
    const example = examples[0] === undefined ? "" : `, such as ${plain(examples[0])}`;
    return `  ${numberText(count)} ${what}${example}`;
  });
  return `${paint("bold", `Lost by reading it by ${plain(objectType)}`)}\n${said.join("\n")}`;
}

function section(title: string, sheet: Sheet, total: number, page: Page): string {
  if (total === 0) return "";
  const rest = total > most ? `\n${page.paint("dim", `${most} of ${total}; all with --json`)}` : "";
  return `${page.paint("bold", title)}\n${drawSheet(sheet, page.columns, page.paint)}${rest}`;
}

const activities = ({ activities }: MineResult): Sheet => ({
  header: ["Activity", "Events", "Service mean", "Waiting mean", "Waiting p95"],
  rows: [...activities]
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ name, count, service, waiting }) => [
      name,
      numberText(count),
      seconds(service?.mean),
      seconds(waiting?.mean),
      seconds(waiting?.p95),
    ]),
  right: [false, true, true, true, true],
});

const edges = ({ edges }: MineResult): Sheet => ({
  header: ["From", "To", "Count", "Mean", "Median", "p95"],
  rows: [...edges]
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ from, to, count, mean, median, p95 }) => [
      from,
      to,
      numberText(count),
      seconds(mean),
      seconds(median),
      seconds(p95),
    ]),
  right: [false, false, true, true, true, true],
});

const bottlenecks = ({ bottlenecks }: MineResult): Sheet => ({
  header: ["Activity", "Waiting mean", "Median", "Share of all waiting"],
  rows: bottlenecks
    .slice(0, most)
    .map(({ activity, waiting, share }) => [
      activity,
      seconds(waiting.mean),
      seconds(waiting.median),
      numberText(share, "share"),
    ]),
  right: [false, true, true, true],
});

const quality = ({ quality }: MineResult): Sheet => ({
  header: ["Finding", "Count", "Example"],
  rows: quality
    .slice(0, most)
    .map(({ kind, count, example }) => [kind, numberText(count), exampleText(example)]),
  right: [false, true, false],
});

function modelText({ model }: MineResult): string {
  if (!model) return "";
  const share = (value: number | null) => (value === null ? "not known" : numberText(value));
  const reason = model.reason ? ` (${model.reason})` : "";
  const figures = `fitness ${share(model.fitness)}, precision ${share(model.precision)}${reason}`;
  return `Model: ${figures}; BPMN with --bpmn FILE\n${model.algorithm}: ${model.because}`;
}

/** `line 2, end_time "2011-12-30": no zone; read as UTC`. */
function exampleText(example: unknown): string {
  if (typeof example !== "object" || example === null) return String(example ?? "");
  const { line, column, value, note, ...rest } = example as Record<string, unknown>;
  const place = [line === undefined ? null : `line ${line}`, column ?? null]
    .filter((part) => part !== null)
    .join(", ");
  const shown = value === undefined ? place : `${place} ${JSON.stringify(value)}`.trim();
  const more = Object.entries(rest).map(
    ([name, item]) => `${name} ${typeof item === "string" ? item : JSON.stringify(item)}`,
  );
  return [shown, note, ...more].filter((part) => part !== undefined && part !== "").join("; ");
}
