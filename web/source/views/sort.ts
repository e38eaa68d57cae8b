/** Sorting and copying of tables. */
import type { TableColumn, View } from "../../../channels/contract.ts";

export type TableViewData = Extract<View, { kind: "table" }>;
export type Row = TableViewData["rows"][number];
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** Rows in order of one column; empty cells last whichever way; equal rows keep their order. */
export function sortRows(
  rows: readonly Row[],
  columns: readonly TableColumn[],
  order: Order | null,
): readonly Row[] {
  const column = columns.find((candidate) => candidate.key === order?.key);
  if (!order || !column) return rows;
  const sign = order.descending ? -1 : 1;
  const compareText = new Intl.Collator(undefined, { numeric: true }).compare;
  return [...rows].sort((a, b) => {
    const [left, right] = [a[order.key] ?? null, b[order.key] ?? null];
    if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * compareText(String(left), String(right));
  });
}

/** A first click sorts numbers from the largest and words from A; the next one turns round. */
export function nextOrder(order: Order | null, column: TableColumn): Order {
  if (order?.key === column.key) return { key: column.key, descending: !order.descending };
  return { key: column.key, descending: column.kind === "number" };
}

/** Tab-separated text with the header, as spreadsheets paste it; a cell that would be read as a formula is quoted. */
export function tableText(view: Pick<TableViewData, "columns">, rows: readonly Row[]): string {
  const header = view.columns.map((column) =>
    column.unit ? `${column.label} (${column.unit})` : column.label,
  );
  const lines = rows.map((row) => view.columns.map((column) => plainCell(row[column.key] ?? null)));
  return [header.map(plainCell), ...lines].map((line) => line.join("\t")).join("\n");
}

function plainCell(cell: Row[string]): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = cell.replaceAll(/[\t\r\n]+/g, " ");
  return /^[=+@-]/.test(text) ? `'${text}` : text;
}
