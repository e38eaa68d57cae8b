/** What kind of values each column of a CSV file holds, told by a sample of its rows. */
import { isLongIdentifier } from "./column-builders.ts";
import { groupingOf, type Thousands } from "./grouped-numbers.ts";
import type { MappingGuess, Sample } from "./guess-mapping.ts";
import { type TimeFormat, type TimeGuess, timeParser } from "./time-formats.ts";

export type Kind =
  | { readonly kind: "text" }
  | { readonly kind: "number"; readonly decimalComma: boolean; readonly thousands?: Thousands }
  | { readonly kind: "boolean" }
  | { readonly kind: "time"; readonly format: TimeFormat };

/** Texts that stand for no value. */
export const NOT_AVAILABLE = /^(na|n\/a|nan|null|none|nil|-|\?)$/i;

/** A kind for each column: roles first, then what every cell of the sample can be read as. */
export function planKinds({ names, rows }: Sample, guess: MappingGuess): Kind[] {
  const roleOf = new Map([...guess.roles].map(([role, index]) => [index, role]));
  return names.map((_, index) => {
    const role = roleOf.get(index);
    const cells = rows.map((row) => row[index] ?? "").filter((cell) => cell !== "");
    if (role === "timestamp" || role === "start")
      return { kind: "time", format: roleFormat(index, guess, rows) };
    return role === undefined
      ? attributeKind(
          cells.filter((cell) => !NOT_AVAILABLE.test(cell)),
          guess.times.get(index),
        )
      : { kind: "text" };
  });
}

/** Where the sample leaves day and month open, the reading that keeps more cases in order; day first by default. */
function roleFormat(index: number, guess: MappingGuess, rows: Sample["rows"]): TimeFormat {
  const time = guess.times.get(index);
  if (!time) return "ymd";
  const open = [time.format, ...time.alternatives];
  if (!open.includes("dmy") || !open.includes("mdy")) return time.format;
  const caseColumn = guess.roles.get("case") ?? 0;
  const inversions = (format: TimeFormat) => countInversions(rows, caseColumn, index, format);
  return inversions("mdy") < inversions("dmy") ? "mdy" : "dmy";
}

function countInversions(
  rows: Sample["rows"],
  caseColumn: number,
  index: number,
  format: TimeFormat,
): number {
  const { parse } = timeParser(format);
  const last = new Map<string, number>();
  let inversions = 0;
  for (const row of rows) {
    const bytes = Buffer.from(row[index] ?? "");
    const time = parse(bytes, 0, bytes.length);
    const key = row[caseColumn] ?? "";
    if (time < (last.get(key) ?? Number.NEGATIVE_INFINITY)) inversions++;
    if (!Number.isNaN(time)) last.set(key, time);
  }
  return inversions;
}

const WHOLE_OR_BROKEN = /^[+-]?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/;
const WITH_COMMA = /^[+-]?(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$/;

function attributeKind(cells: readonly string[], time: TimeGuess | undefined): Kind {
  if (cells.length === 0) return { kind: "text" };
  if (time && time.share === 1) return { kind: "time", format: time.format };
  if (cells.every((cell) => WHOLE_OR_BROKEN.test(cell) && !isLongIdentifier(cell)))
    return { kind: "number", decimalComma: false };
  if (cells.some((cell) => cell.includes(",")) && cells.every((cell) => WITH_COMMA.test(cell))) {
    return { kind: "number", decimalComma: true };
  }
  const grouping = groupingOf(cells);
  if (grouping !== null) return { kind: "number", ...grouping };
  return cells.every((cell) => /^(true|false)$/i.test(cell)) ? { kind: "boolean" } : { kind: "text" };
}
