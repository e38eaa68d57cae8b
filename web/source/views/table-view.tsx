import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { TableColumn } from "../../../channels/contract.ts";
import { formatDuration, formatInstant, formatNumber, formatShare } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { nextOrder, type Order, type Row, sortRows, type TableViewData, tableText } from "./sort.ts";

const firstRows = 12;

/** Units whose values are written out, so that the header does not name them again. */
const selfExplaining = new Set(["s", "share", "%"]);

export function TableView({ view }: { readonly view: TableViewData }) {
  const [order, setOrder] = useState<Order | null>(null);
  const [all, setAll] = useState(view.rows.length <= firstRows + 3);
  const rows = sortRows(view.rows, view.columns, order);
  const shown = all ? rows : rows.slice(0, firstRows);
  const total = view.total ?? view.rows.length;
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div role="group" className="-mx-1 overflow-x-auto px-1" tabIndex={0} aria-label={view.title}>
        <table className="w-full text-dense">
          <caption className="sr-only">{view.title}</caption>
          <thead>
            <tr className="border-b border-control">
              {view.columns.map((column) => (
                <HeaderCell
                  key={column.key}
                  column={column}
                  order={order}
                  onSort={() => setOrder(nextOrder(order, column))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own
              <tr key={index} className="border-b border-line last:border-0">
                {view.columns.map((column) => (
                  <td
                    key={column.key}
                    className={`max-w-80 py-1.5 pr-4 align-top last:pr-0 ${column.kind === "number" ? "text-right whitespace-nowrap" : column.kind === "time" ? "whitespace-nowrap" : ""}`}
                  >
                    <CellText cell={row[column.key] ?? null} column={column} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className="mt-2 flex items-center gap-2 text-caption text-muted">
        <p className="flex-1">
          {shown.length === total ? "" : `${shown.length} of `}
          {total === 1 ? "1 row" : `${total} rows`}
        </p>
        {!all && (
          <Button look="quiet" onClick={() => setAll(true)}>
            Show all {rows.length}
          </Button>
        )}
        <CopyButton label="Copy table" text={() => tableText(view, rows)} />
      </footer>
    </div>
  );
}

function HeaderCell({
  column,
  order,
  onSort,
}: {
  readonly column: TableColumn;
  readonly order: Order | null;
  readonly onSort: () => void;
}) {
  const sorted = order?.key === column.key;
  const direction = sorted ? (order.descending ? "descending" : "ascending") : "none";
  const Arrow = sorted && !order.descending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={`py-1 pr-4 align-bottom text-caption font-medium text-muted last:pr-0 ${column.kind === "number" ? "text-right" : "text-left"}`}
    >
      <button
        type="button"
        onClick={onSort}
        className={`group inline-flex min-h-6 items-center gap-1 hover:text-text ${column.kind === "number" ? "flex-row-reverse" : ""}`}
      >
        <span>
          {column.label}
          {column.unit && !selfExplaining.has(column.unit) && (
            <span className="font-normal"> ({column.unit})</span>
          )}
        </span>
        <Arrow
          aria-hidden
          className={`size-3 ${sorted ? "" : "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60"}`}
        />
      </button>
    </th>
  );
}

function CellText({ cell, column }: { readonly cell: Row[string]; readonly column: TableColumn }) {
  const locale = useLocale();
  if (cell === null) return <span className="text-muted">–</span>;
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "number") return writeCell(cell, column.unit, locale);
  return column.kind === "time" ? formatInstant(cell, locale) : cell;
}

function writeCell(cell: number, unit: string | undefined, locale: string): string {
  if (unit === "s") return formatDuration(cell, locale);
  if (unit === "share") return formatShare(cell, locale);
  if (unit === "%") return formatShare(cell / 100, locale);
  return formatNumber(cell, locale);
}
