/** Rows that are there twice, cells that are missing. */
import { type Column, type EventLog, type LogColumns, MISSING } from "../event-log.ts";
import type { Finding, FindingExample } from "../findings.ts";
import { caseOf, finding, place } from "./finding.ts";

/** Rows that repeat another row of the case in every column. */
export function duplicates(log: EventLog): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  for (const { index, event } of repetitions(log)) {
    count++;
    example ??= place(log, index, event, "the same row is there twice");
  }
  return finding("duplicate", count, example);
}

/** Rows of the file that repeat another one, but for the first of each. */
export const duplicateRows = (log: EventLog): number[] =>
  Array.from(repetitions(log), ({ event }) => log.row[event] as number);

function* repetitions(log: EventLog): Generator<{ readonly index: number; readonly event: number }> {
  const { completed } = log;
  if (!completed) return;
  const columns = cellColumns(log);
  for (let index = 0; index < log.cases; index++) {
    const end = log.caseStart[index + 1] as number;
    for (let from = log.caseStart[index] as number; from < end; ) {
      let to = from + 1;
      while (to < end && completed[to] === completed[from]) to++;
      if (to - from > 1) for (const event of repeats(columns, from, to)) yield { index, event };
      from = to;
    }
  }
}

/** Events that have the same cells as one before them; `from` to `to` have the same time. */
function repeats(columns: readonly Cells[], from: number, to: number): number[] {
  if (to - from === 2) return sameCells(columns, from, from + 1) ? [from + 1] : [];
  const seen = new Set<string>();
  const repeated: number[] = [];
  for (let at = from; at < to; at++) {
    const key = columns.map((column) => column[at]).join();
    if (seen.has(key)) repeated.push(at);
    seen.add(key);
  }
  return repeated;
}

type Cells = ArrayLike<number>;

const sameCells = (columns: readonly Cells[], a: number, b: number): boolean =>
  columns.every((column) => column[a] === column[b] || (Number.isNaN(column[a]) && Number.isNaN(column[b])));

/** Everything that a row says besides its case and its completion. */
function cellColumns(log: EventLog): Cells[] {
  const { activity, started, resource, lifecycle, instance, attributes } = log;
  const roles = [activity, started, resource?.codes, lifecycle?.codes, instance?.codes];
  const others = Array.from(attributes.values(), (column) =>
    column.kind === "text" ? column.codes : column.values,
  );
  return [...roles.filter((cells) => cells !== null && cells !== undefined), ...others];
}

/** Cells without a value among the columns that play a role. */
export function missing(log: EventLog, columns: LogColumns): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  const note = (column: string, { found, first }: Matches): void => {
    count += found;
    if (found > 0) example ??= { ...place(log, caseOf(log, first), first, "no value"), column };
  };
  const unnamed = log.activities.indexOf("");
  if (unnamed >= 0) note("activity", codesEqual(log.activity, unnamed));
  const emptyCase = columns.case.dictionary.indexOf("");
  if (emptyCase >= 0) note("case", codesEqual(columns.case.codes, emptyCase, log.row));
  if (log.completed) note("timestamp", notNumbers(log.completed));
  if (log.started) note("start", notNumbers(log.started));
  for (const role of ["resource", "lifecycle"] as const) {
    const column = log[role];
    if (column) note(role, codesEqual(column.codes, MISSING));
  }
  return finding("missing", count, example);
}

interface Matches {
  readonly found: number;
  /** Index of the first; -1 where there is none. */
  readonly first: number;
}

/** `rows`, where given, says which codes to look at, in which order. The search is native: nearly every cell has a value. */
function codesEqual(codes: Uint32Array, wanted: number, rows?: Uint32Array): Matches {
  if (!codes.includes(wanted)) return NONE;
  let found = 0;
  let first = -1;
  const end = rows?.length ?? codes.length;
  for (let at = 0; at < end; at++) {
    if (codes[rows ? (rows[at] as number) : at] !== wanted) continue;
    if (found++ === 0) first = at;
  }
  return { found, first };
}

const NONE: Matches = { found: 0, first: -1 };

function notNumbers(values: Float64Array): Matches {
  if (!values.includes(Number.NaN)) return NONE;
  let found = 0;
  let first = -1;
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at]) && found++ === 0) first = at;
  }
  return { found, first };
}

export const isNotAvailable = (text: string): boolean => NOT_AVAILABLE.test(text);

const NOT_AVAILABLE = /^(na|n\/a|n\.a\.|nan|null|none|nil|#n\/a|-|\?)$/i;

/** Texts that usually stand for "nothing", kept as they are. */
export function notAvailable(columns: LogColumns): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  const perEvent: [string, Column | null][] = [
    ["case", columns.case],
    ["activity", columns.activity],
    ["resource", columns.resource],
    ...columns.attributes,
  ];
  for (const [name, column] of [...perEvent, ...columns.caseAttributes]) {
    if (column?.kind !== "text") continue;
    const suspects = new Set(
      column.dictionary.flatMap((value, code) => (NOT_AVAILABLE.test(value) ? [code] : [])),
    );
    if (suspects.size === 0) continue;
    column.codes.forEach((code, row) => {
      if (!suspects.has(code)) return;
      count++;
      const where =
        column.codes.length === columns.rows
          ? { row: row + 1 }
          : { case: columns.case.dictionary[row] as string };
      example ??= {
        ...where,
        column: name,
        value: column.dictionary[code] as string,
        note: "kept as a value, not read as empty",
      };
    });
  }
  return finding("na-text", count, example);
}
