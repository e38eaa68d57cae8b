/** What a picture says as a table: for channels that draw no pictures, and beside each picture that is drawn. */
import type { View } from "./contract.ts";

type Table = Extract<View, { kind: "table" }>;
export type Picture = Extract<View, { kind: "variants" | "dotted-chart" | "heat-map" }>;

export function pictureTable(view: Picture): Table {
  switch (view.kind) {
    case "variants":
      return variantsTable(view);
    case "dotted-chart":
      return casesTable(view);
    case "heat-map":
      return cellsTable(view);
  }
}

function variantsTable({
  title,
  activities,
  variants,
  total,
}: Extract<Picture, { kind: "variants" }>): Table {
  return {
    kind: "table",
    title,
    columns: [
      { key: "rank", label: "#", kind: "number" },
      { key: "path", label: "Path", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      { key: "share", label: "Share", unit: "share", kind: "number" },
      { key: "mean", label: "Mean cycle time", unit: "s", kind: "number" },
    ],
    rows: variants.map(({ path, cases, share, seconds }, at) => ({
      rank: at + 1,
      path: path.map((activity) => activities[activity]).join(" → "),
      cases,
      share,
      mean: seconds,
    })),
    total,
  };
}

/** A row a case: when it began, how long it took, how many events it has. */
function casesTable({ title, x, rows, dots, total }: Extract<Picture, { kind: "dotted-chart" }>): Table {
  const cases = rows.map((name) => ({
    name,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    events: 0,
  }));
  for (const [row, seconds] of dots) {
    const own = cases[row]!;
    own.first = Math.min(own.first, seconds);
    own.last = Math.max(own.last, seconds);
    own.events++;
  }
  const begun = { key: "first", label: "First event", kind: "time" as const };
  return {
    kind: "table",
    title,
    columns: [
      { key: "case", label: "Case", kind: "text" },
      ...(x === "time" ? [begun] : []),
      { key: "seconds", label: "From first to last event", unit: "s", kind: "number" },
      { key: "events", label: "Events", kind: "number" },
    ],
    rows: cases.map(({ name, first, last, events }) => ({
      case: name,
      ...(x === "time" ? { first: events === 0 ? null : new Date(first * 1000).toISOString() } : {}),
      seconds: events === 0 ? null : last - first,
      events,
    })),
    total,
  };
}

/** Its rows with the columns side by side; a cell without a figure is empty. */
function cellsTable({ title, unit, rows, columns, cells }: Extract<Picture, { kind: "heat-map" }>): Table {
  return {
    kind: "table",
    title,
    columns: [
      { key: "row", label: "What", kind: "text" },
      ...columns.map((label, at) => ({ key: `c${at}`, label, unit, kind: "number" as const })),
    ],
    rows: rows.map((name, row) => ({
      row: name,
      ...Object.fromEntries(columns.map((_, at) => [`c${at}`, cells[row]?.[at] ?? null])),
    })),
  };
}

/** The cells of a heat map from the largest down, as a table that fits a narrow place. */
export function largestCells({
  title,
  unit,
  rows,
  columns,
  cells,
  counts,
  counted,
}: Extract<Picture, { kind: "heat-map" }>): Table {
  const all = rows.flatMap((row, r) =>
    columns.flatMap((column, c) => {
      const value = cells[r]?.[c] ?? null;
      return value === null ? [] : [{ row, column, value, n: counts[r]?.[c] ?? 0 }];
    }),
  );
  return {
    kind: "table",
    title,
    columns: [
      { key: "row", label: "What", kind: "text" },
      { key: "column", label: "When", kind: "text" },
      { key: "value", label: "Mean", unit, kind: "number" },
      { key: "n", label: counted, kind: "number" },
    ],
    rows: all.sort((a, b) => b.value - a.value),
  };
}
