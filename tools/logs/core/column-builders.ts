/** Typed columns that grow while a file is read. A row may be set again: the last value stays. */
import { ByteDictionary, type Decode } from "./byte-dictionary.ts";
import {
  type BooleanColumn,
  type Column,
  MISSING,
  type NumberColumn,
  type TextColumn,
  type TimeColumn,
} from "./event-log.ts";
import { InstantParser, isoInstant } from "./instants.ts";

export interface ColumnBuilder {
  readonly kind: Column["kind"];
  /** False where the bytes are not of this kind; nothing is stored then. */
  set(row: number, bytes: Uint8Array, start: number, end: number): boolean;
  finish(rows: number): Column;
}

export class TextBuilder implements ColumnBuilder {
  readonly kind = "text";
  readonly #dictionary: ByteDictionary;
  #codes = new Uint32Array(1024).fill(MISSING);

  constructor(decode: Decode) {
    this.#dictionary = new ByteDictionary(decode);
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (row >= this.#codes.length) this.#codes = widen(this.#codes, row, MISSING);
    this.#codes[row] = this.#dictionary.code(bytes, start, end);
    return true;
  }

  setText(row: number, text: string): void {
    const bytes = Buffer.from(text);
    this.set(row, bytes, 0, bytes.length);
  }

  finish(rows: number): TextColumn {
    return { kind: "text", codes: sized(this.#codes, rows, MISSING), dictionary: this.#dictionary.texts() };
  }
}

/** Null where the bytes are no number. */
export type NumberParser = (bytes: Uint8Array, start: number, end: number) => number | null;

export class NumberBuilder implements ColumnBuilder {
  readonly kind = "number";
  readonly #parse: NumberParser;
  #values = new Float64Array(1024).fill(Number.NaN);

  /** How cells are read, or whether a comma stands before their decimals. */
  constructor(parse: NumberParser | boolean = false) {
    this.#parse =
      typeof parse === "boolean" ? (bytes, start, end) => parseNumber(bytes, start, end, parse) : parse;
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.#parse(bytes, start, end);
    if (value === null) return false;
    if (row >= this.#values.length) this.#values = widen(this.#values, row, Number.NaN);
    this.#values[row] = value;
    return true;
  }

  finish(rows: number): NumberColumn {
    return { kind: "number", values: sized(this.#values, rows, Number.NaN) };
  }
}

/** Instants; `toInstant` reads those that carry no zone. Counts which of the two there were. */
export class TimeBuilder implements ColumnBuilder {
  readonly kind = "time";
  readonly #parse: (bytes: Uint8Array, start: number, end: number) => number;
  readonly parser: InstantParser;
  readonly #toInstant: (local: number) => number;
  #values = new Float64Array(1024).fill(Number.NaN);
  #counted = -1;
  zoned = 0;
  local = 0;

  constructor(
    toInstant: (local: number) => number,
    parser = new InstantParser("ymd"),
    parse: (bytes: Uint8Array, start: number, end: number) => number = (bytes, start, end) =>
      parser.parse(bytes, start, end),
  ) {
    this.#toInstant = toInstant;
    this.parser = parser;
    this.#parse = parse;
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.#parse(bytes, start, end);
    if (Number.isNaN(value)) return false;
    if (row >= this.#values.length) this.#values = widen(this.#values, row, Number.NaN);
    const { zoned } = this.parser;
    this.#values[row] = zoned ? value : this.#toInstant(value);
    if (row > this.#counted) {
      this.#counted = row;
      if (zoned) this.zoned++;
      else this.local++;
    }
    return true;
  }

  finish(rows: number): TimeColumn {
    return { kind: "time", values: sized(this.#values, rows, Number.NaN) };
  }
}

export class BooleanBuilder implements ColumnBuilder {
  readonly kind = "boolean";
  #values = new Uint8Array(1024).fill(2);

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = parseBoolean(bytes, start, end);
    if (value === null) return false;
    if (row >= this.#values.length) this.#values = widen(this.#values, row, 2);
    this.#values[row] = value ? 1 : 0;
    return true;
  }

  finish(rows: number): BooleanColumn {
    return { kind: "boolean", values: sized(this.#values, rows, 2) };
  }
}

/** A column's values as text, for a column whose later rows are of another kind. */
export function toText(column: Column, rows: number, decode: Decode): TextBuilder {
  const builder = new TextBuilder(decode);
  for (let row = 0; row < rows; row++) {
    const text = cellText(column, row);
    if (text !== null) builder.setText(row, text);
  }
  return builder;
}

/** A cell as a person would write it; null where there is none. */
export function cellText(column: Column, row: number): string | null {
  switch (column.kind) {
    case "text":
      return column.dictionary[column.codes[row] as number] ?? null;
    case "boolean":
      return [null, "true", "false"][[2, 1, 0].indexOf(column.values[row] as number)] ?? null;
    default: {
      const value = column.values[row] as number;
      if (Number.isNaN(value)) return null;
      return column.kind === "time" ? isoInstant(value) : String(value);
    }
  }
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Null where the bytes are no number, or one that a double would not keep (long identifiers). */
export function parseNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  decimalComma = false,
): number | null {
  let at = start;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) {
      value = value * 10 + byte - 48;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (decimals < 0 && byte === (decimalComma ? 44 : 46)) decimals = 0;
    else if (decimalComma && byte === 46 && decimals < 0) continue;
    else return slowNumber(bytes, start, end, decimalComma);
  }
  if (digits === 0) return null;
  if (digits > 15) return slowNumber(bytes, start, end, decimalComma);
  const scaled = decimals > 0 ? value / (POWERS[decimals] as number) : value;
  return negative ? -scaled : scaled;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function slowNumber(bytes: Uint8Array, start: number, end: number, decimalComma: boolean): number | null {
  const written = Buffer.from(bytes.subarray(start, end)).toString("latin1").trim();
  const text = decimalComma ? written.replaceAll(".", "").replace(",", ".") : written;
  if (!NUMBER.test(text)) return null;
  return isLongIdentifier(text) ? null : Number(text);
}

/** A whole number that a double would change; the last digits of a long decimal are no loss. */
export const isLongIdentifier = (text: string): boolean =>
  /^[+-]?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text));

/** `true`/`false` in any case. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): boolean | null {
  if (end - start !== 4 && end - start !== 5) return null;
  const text = Buffer.from(bytes.subarray(start, end)).toString("latin1").toLowerCase();
  return text === "true" ? true : text === "false" ? false : null;
}

type Growable = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function widen<Values extends Growable>(values: Values, row: number, missing: number): Values {
  const length = Math.max(values.length * 2, row + 1);
  const wider = new (values.constructor as new (length: number) => Values)(length);
  wider.set(values);
  wider.fill(missing, values.length);
  return wider;
}

/** Exactly `rows` entries; trimmed by a copy so that the slack is freed. */
export function sized<Values extends Growable>(values: Values, rows: number, missing: number): Values {
  if (values.length < rows) return widen(values, rows - 1, missing).slice(0, rows) as Values;
  return values.length === rows ? values : (values.slice(0, rows) as Values);
}
