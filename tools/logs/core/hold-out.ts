/** How good an imputation is: known cells are hidden, filled, and compared. */
import { quantile } from "../../mining/core/quantiles.ts";
import { type LogColumns, MISSING } from "./event-log.ts";
import { type Imputable, type ImputeMethod, impute, imputeMethods } from "./impute.ts";

export interface HoldOut {
  /** Cells that were hidden. */
  readonly cells: number;
  /** `share` of names that came back right; for times the `seconds` by which the middle one was off. */
  readonly measure: "share" | "seconds";
  readonly by: Readonly<Record<ImputeMethod, number>>;
}

const FEWEST = 20;
const MOST = 5000;

/**
 * Hides about one known cell in ten, at most 5,000, and fills them again by either method. The choice is a hash of
 * seed and row, so it is the same every time. Null where there are too few known cells to say anything. O(rows).
 */
export function holdOut(columns: LogColumns, column: Imputable, seed: number): HoldOut | null {
  const known = knownRows(columns, column);
  const every = Math.max(10, Math.ceil(known.length / MOST));
  const hidden = known.filter((row) => hashOf(row, seed) % every === 0);
  if (hidden.length < FEWEST) return null;
  const without = hide(columns, column, hidden);
  const score = (method: ImputeMethod) =>
    compare(columns, impute(without, column, method).columns, column, hidden);
  const by = Object.fromEntries(imputeMethods.map((method) => [method, score(method)]));
  return {
    cells: hidden.length,
    measure: column === "timestamp" || column === "start" ? "seconds" : "share",
    by: by as Record<ImputeMethod, number>,
  };
}

type NameColumn = Exclude<Imputable, "timestamp" | "start">;

/** The times of a column of times; undefined for names. */
function timesOf(columns: LogColumns, column: Imputable): Float64Array | null | undefined {
  if (column === "timestamp") return columns.completed;
  return column === "start" ? columns.started : undefined;
}

/** Mixes all bits of a 32-bit number (Murmur3's finalizer, Appleby 2011). */
function hashOf(row: number, seed: number): number {
  let mixed = (row ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function knownRows(columns: LogColumns, column: Imputable): number[] {
  const rows = Array.from({ length: columns.rows }, (_, row) => row);
  const times = timesOf(columns, column);
  if (times !== undefined) return rows.filter((row) => !Number.isNaN(times?.[row] ?? Number.NaN));
  const own = columns[column as NameColumn];
  if (own === null) return [];
  return rows.filter((row) => own.codes[row] !== MISSING && own.dictionary[own.codes[row]!] !== "");
}

function hide(columns: LogColumns, column: Imputable, rows: readonly number[]): LogColumns {
  const times = timesOf(columns, column)?.slice();
  if (times) {
    for (const row of rows) times[row] = Number.NaN;
    return { ...columns, [column === "start" ? "started" : "completed"]: times };
  }
  const own = columns[column as NameColumn]!;
  const unnamed = own.dictionary.indexOf("");
  const dictionary = column === "activity" && unnamed < 0 ? [...own.dictionary, ""] : own.dictionary;
  const code = column === "resource" ? MISSING : dictionary.indexOf("");
  const codes = own.codes.slice();
  for (const row of rows) codes[row] = code;
  return { ...columns, [column]: { ...own, codes, dictionary } };
}

function compare(truth: LogColumns, guessed: LogColumns, column: Imputable, rows: readonly number[]): number {
  const [known, filled] = [timesOf(truth, column), timesOf(guessed, column)];
  if (known && filled) {
    const off = rows.map((row) => Math.abs(filled[row]! - known[row]!) / 1e6);
    const found = Float64Array.from(off).filter((error) => !Number.isNaN(error));
    return found.length === 0 ? Number.NaN : quantile(found, 0.5);
  }
  const [right, own] = [truth[column as NameColumn]!, guessed[column as NameColumn]!];
  const hits = rows.filter((row) => own.dictionary[own.codes[row]!] === right.dictionary[right.codes[row]!]);
  return hits.length / rows.length;
}
