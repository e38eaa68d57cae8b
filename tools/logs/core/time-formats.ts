/** How the instants of a text column are written: found on a sample, held to over the whole column. */

import { parseNumber } from "./column-builders.ts";
import { type DateOrder, InstantParser } from "./instants.ts";

export type TimeFormat = DateOrder | "epoch-s" | "epoch-ms" | "epoch-us" | "excel";

const EXCEL_EPOCH_DAYS = 25_569;
const NUMERIC: readonly { format: TimeFormat; low: number; high: number; scale: number; shift: number }[] = [
  { format: "epoch-s", low: 3e8, high: 5e9, scale: 1e6, shift: 0 },
  { format: "epoch-ms", low: 3e11, high: 5e12, scale: 1e3, shift: 0 },
  { format: "epoch-us", low: 3e14, high: 5e15, scale: 1, shift: 0 },
  { format: "excel", low: 20_000, high: 80_000, scale: 86_400e6, shift: -EXCEL_EPOCH_DAYS },
];

/** A parser for one format: microseconds, `NaN` where the bytes are none. Epochs are instants (UTC). */
export function timeParser(format: TimeFormat): {
  parser: InstantParser;
  parse: (bytes: Uint8Array, start: number, end: number) => number;
} {
  const numeric = NUMERIC.find((candidate) => candidate.format === format);
  const parser = new InstantParser(numeric ? "ymd" : (format as DateOrder));
  if (!numeric) return { parser, parse: (bytes, start, end) => parser.parse(bytes, start, end) };
  return {
    parser,
    parse: (bytes, start, end) => {
      const value = parseNumber(bytes, start, end);
      parser.zoned = format !== "excel";
      return value === null ? Number.NaN : Math.round((value + numeric.shift) * numeric.scale);
    },
  };
}

export interface TimeGuess {
  readonly format: TimeFormat;
  /** Share of the non-empty sample cells that parse. */
  readonly share: number;
  /** Other orders that fit as many cells. */
  readonly alternatives: readonly TimeFormat[];
}

/** Null where less than half of the cells read as dates. Numbers count only where `named` says the column is about time. */
export function guessTimeFormat(cells: readonly string[], named: boolean): TimeGuess | null {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length === 0) return null;
  const numeric = filled.every((cell) => /^\s*[+-]?\d+(\.\d+)?\s*$/.test(cell));
  if (numeric) return named ? guessNumeric(filled) : null;
  const fits = (["ymd", "dmy", "mdy"] as const).map((format) => {
    const parser = new InstantParser(format);
    const parsed = filled.filter((cell) => !Number.isNaN(parser.text(cell))).length;
    return { format, share: parsed / filled.length };
  });
  const best = fits.reduce((a, b) => (b.share > a.share ? b : a));
  if (best.share < 0.5) return null;
  const alternatives = fits
    .filter((fit) => fit !== best && fit.share === best.share)
    .map((fit) => fit.format);
  return { ...best, alternatives };
}

function guessNumeric(cells: readonly string[]): TimeGuess | null {
  const compact = cells.every((cell) => /^\s*(19|20)\d{6}\s*$/.test(cell));
  if (compact) return { format: "ymd", share: 1, alternatives: [] };
  for (const { format, low, high } of NUMERIC) {
    const share = cells.filter((cell) => Number(cell) >= low && Number(cell) <= high).length / cells.length;
    if (share > 0.9) return { format, share, alternatives: [] };
  }
  return null;
}

/** The cell's own layout in letters, such as `DD.MM.YYYY HH:MM` or `YYYY-MM-DDTHH:MM:SS.fff±HH:MM`. */
export function describeFormat(cell: string, format: TimeFormat): string {
  if (!["ymd", "dmy", "mdy"].includes(format)) {
    return {
      "epoch-s": "seconds since 1970",
      "epoch-ms": "milliseconds since 1970",
      "epoch-us": "microseconds since 1970",
      excel: "days since 1899-12-30 (spreadsheet)",
    }[format as "excel"];
  }
  const parser = new InstantParser(format as DateOrder);
  parser.text(cell);
  const separator = cell.trim().replace(/[\p{L}\d]/gu, "")[0] ?? "";
  const parts = { ymd: ["YYYY", "MM", "DD"], dmy: ["DD", "MM", "YYYY"], mdy: ["MM", "DD", "YYYY"] }[
    format as DateOrder
  ];
  const date = /^\s*\d{8}\b/.test(cell) ? "YYYYMMDD" : parts.join(separator);
  const zone = !parser.zoned ? " (no zone)" : /z\s*$/i.test(cell) ? "Z" : "±HH:MM";
  if (parser.between === 0) return date + zone;
  const seconds = /\d:\d\d:\d\d/.test(cell) ? ":SS" : "";
  const fraction = parser.fraction > 0 ? `.${"f".repeat(parser.fraction)}` : "";
  return `${date}${String.fromCharCode(parser.between)}HH:MM${seconds}${fraction}${zone}`;
}
