/** Numbers with a mark between thousands, as people and spreadsheets write them: 1,234.5, 1'234.5, 1 234,5. */
import type { Decode } from "./byte-dictionary.ts";
import type { NumberParser } from "./column-builders.ts";

/** The point between thousands stands with decimal commas, which have a reader of their own. */
export type Thousands = "," | "'" | " ";

export interface Grouping {
  readonly thousands: Thousands;
  readonly decimalComma: boolean;
}

const MARK: Readonly<Record<Thousands, string>> = { ",": ",", "'": "['’]", " ": "[ \u00a0\u202f]" };
const groupings: readonly Grouping[] = [
  { thousands: ",", decimalComma: false },
  { thousands: "'", decimalComma: false },
  { thousands: " ", decimalComma: true },
  { thousands: " ", decimalComma: false },
];

const shapeOf = ({ thousands, decimalComma }: Grouping): RegExp =>
  new RegExp(
    `^[+-]?(0|[1-9]\\d*|[1-9]\\d{0,2}(${MARK[thousands]}\\d{3})+)(${decimalComma ? "," : "\\."}\\d+)?$`,
  );

/**
 * The one way in which all cells are numbers and some have groups; null where there is none. Where commas could be of
 * decimals (1,234), or spaces those of codes (123 456), some cell has to tell.
 */
export function groupingOf(cells: readonly string[]): Grouping | null {
  const fits = (grouping: Grouping): boolean => {
    const shape = shapeOf(grouping);
    const mark = new RegExp(MARK[grouping.thousands]);
    return (
      cells.some((cell) => mark.test(cell)) &&
      cells.every((cell) => shape.test(cell)) &&
      tells(grouping, cells)
    );
  };
  return groupings.find(fits) ?? null;
}

function tells({ thousands }: Grouping, cells: readonly string[]): boolean {
  if (thousands === ",") return cells.some((cell) => /,\d{3}[,.]/.test(cell));
  return thousands === "'" || cells.some((cell) => /^[+-]|[.,]\d+$/.test(cell));
}

export function groupedNumber(thousands: Thousands, decimalComma: boolean, decode: Decode): NumberParser {
  const shape = shapeOf({ thousands, decimalComma });
  const marks = new RegExp(MARK[thousands], "g");
  return (bytes, start, end) => {
    const text = decode(bytes.subarray(start, end)).trim();
    if (!shape.test(text)) return null;
    const number = Number(text.replace(marks, "").replace(",", "."));
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? null : number;
  };
}
