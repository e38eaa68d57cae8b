/** Aligned tables: numbers to the right, units in the header, cut to the terminal's width. */
import { formatValue } from "../../channel.ts";
import type { TableColumn, View } from "../../contract.ts";
import { cut, type Paint, padEnd, padStart, plain, widthOf } from "../terminal.ts";

export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that hold numbers. */
  readonly right: readonly boolean[];
}

const gap = 2;

export function drawSheet(sheet: Sheet, columns: number, paint: Paint): string {
  const cells = [sheet.header, ...sheet.rows].map((row) =>
    row.map((cell) => plain(cell).replaceAll("\n", " ")),
  );
  const widths = fitWidths(
    sheet.header.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? "")))),
    columns,
  );
  const [header = [], ...rows] = cells.map((row) => drawRow(row, widths, sheet.right));
  return [paint("dim", String(header)), ...rows.map(String)].join("\n");
}

function drawRow(row: readonly string[], widths: readonly number[], right: readonly boolean[]): string {
  const cells = widths.map((width, index) => {
    const cell = cut(row[index] ?? "", width);
    return right[index] ? padStart(cell, width) : padEnd(cell, width);
  });
  return cells.join(" ".repeat(gap)).trimEnd();
}

/** Narrows the widest columns until the row fits; none gets narrower than 6. */
function fitWidths(natural: readonly number[], columns: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width + gap, -gap);
  while (total() > columns) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 6) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

export function sheetOf(view: Extract<View, { kind: "table" }>, most: number): Sheet {
  return {
    header: view.columns.map(({ label, unit }) =>
      unit && unit !== "s" && unit !== "share" ? `${label} (${unit})` : label,
    ),
    rows: view.rows
      .slice(0, most)
      .map((row) => view.columns.map((column) => cellText(row[column.key] ?? null, column))),
    right: view.columns.map((column) => column.kind === "number"),
  };
}

/** Seconds and shares are written readably; other units stand in the header. */
export function cellText(
  cell: string | number | boolean | null,
  column: Pick<TableColumn, "unit" | "kind">,
): string {
  if (cell === null) return "–";
  if (typeof cell === "number") return numberText(cell, column.unit);
  if (column.kind === "time" && typeof cell === "string")
    return cell.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
  return String(cell);
}

/** Seconds and shares readably; other numbers with up to three decimals. */
export function numberText(value: number, unit?: string): string {
  if (unit === "s" || unit === "share") return formatValue(value, unit);
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 3 });
}
