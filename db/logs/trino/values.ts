/** Values as Trino's protocol has them, as the plain ones of a `QueryResult`. */
import type { QueryResult } from "../log-store.ts";
import type { TrinoAnswer } from "./client.ts";

type Plain = QueryResult["rows"][number][number];

export function plainResult({ columns, rows }: TrinoAnswer): QueryResult {
  const readers = columns.map(({ type }) => readerOf(type));
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((value, at) => (value === null ? null : (readers[at] ?? asText)(value)))),
  };
}

/** Whole numbers and decimals as numbers, instants as ISO 8601 in UTC, nested values as text. */
function readerOf(type: string): (value: unknown) => Plain {
  if (/^(tinyint|smallint|integer|bigint|double|real|decimal)\b/.test(type)) {
    // "NaN" and "Infinity" come as text.
    return (value) => (Number.isFinite(Number(value)) ? Number(value) : null);
  }
  if (type === "boolean") return (value) => value === true;
  if (/^timestamp\(\d+\)$/.test(type)) return (value) => instant(String(value));
  return asText;
}

const asText = (value: unknown): Plain => (typeof value === "string" ? value : JSON.stringify(value));

/** "2026-01-31 00:00:00.000001" → "2026-01-31T00:00:00.000001Z"; whole milliseconds have three digits. */
function instant(text: string): string {
  const [date = "", time = ""] = text.split(" ");
  const [clock = "", fraction = ""] = time.split(".");
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  return `${date}T${clock}.${micros.endsWith("000") ? micros.slice(0, 3) : micros}Z`;
}
