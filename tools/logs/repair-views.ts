import type { View } from "../define.ts";
import type { HoldOut } from "./core/hold-out.ts";
import type { Imputable } from "./core/impute.ts";
import type { Repair, RepairStep } from "./core/repair.ts";
import { repairWords } from "./core/repair-words.ts";
import type { Effect } from "./repair-effect.ts";

/** By column, where enough cells are known to measure it. */
export type Accuracy = Readonly<Partial<Record<Imputable, HoldOut | null>>>;

export const stepsTable = (steps: readonly RepairStep[]): View => ({
  kind: "table",
  title: "What the repair does",
  columns: [
    { key: "repair", label: "Repair", kind: "text" },
    { key: "changed", label: "How many", kind: "number" },
    { key: "unit", label: "Of what", kind: "text" },
    { key: "mark", label: "Marked in", kind: "text" },
  ],
  rows: steps.map(({ repair, changed, unit }) => ({
    repair: repairWords(repair).text.replace(
      /\{(\w+)\}/gu,
      (_, key: string) => repairWords(repair).values[key] ?? "",
    ),
    changed,
    unit,
    mark: changed === 0 ? "" : markOf(repair),
  })),
});

function markOf(repair: Repair): string {
  if (repair.kind === "impute") return `imputed:${repair.column}`;
  if (repair.kind === "merge-names") return "repaired:activity";
  return repair.kind === "swap-day-month" || repair.kind === "set-zone" ? "repaired:timestamp" : "";
}

export const effectTable = ({ rows }: Effect): View => ({
  kind: "table",
  title: "Before and after",
  columns: [
    { key: "figure", label: "Figure", kind: "text" },
    { key: "before", label: "Before", kind: "number" },
    { key: "after", label: "After", kind: "number" },
    { key: "unit", label: "Unit", kind: "text" },
  ],
  rows: rows.map((row) => ({ ...row })),
});

export function accuracyTable(accuracy: Accuracy): View[] {
  const rows = Object.entries(accuracy).flatMap(([column, found]) =>
    found ? [{ column, cells: found.cells, measure: found.measure, ...found.by }] : [],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      title: "How right it is, on known cells that were hidden",
      columns: [
        { key: "column", label: "Column", kind: "text" },
        { key: "neighbours", label: "From the neighbours", kind: "number" },
        { key: "mode", label: "Most frequent value", kind: "number" },
        { key: "measure", label: "Share right, or seconds off", kind: "text" },
        { key: "cells", label: "Hidden cells", kind: "number" },
      ],
      rows,
    },
  ];
}
