/** Columns for a reader: by the scanner where there is one, else in TypeScript alone. */
import type { Decode } from "./byte-dictionary.ts";
import {
  BooleanBuilder,
  type ColumnBuilder,
  NumberBuilder,
  TextBuilder,
  TimeBuilder,
} from "./column-builders.ts";
import type { Scope } from "./scan-exports.ts";
import type { Scanner } from "./scanner.ts";

/** How many times of a column carried a zone, and how many did not. */
export interface TimeCounts {
  readonly zoned: number;
  readonly local: number;
}

export interface ColumnMaker {
  text(): ColumnBuilder;
  /** Times whose year comes first. */
  time(): ColumnBuilder & TimeCounts;
  /** Numbers with a decimal point. */
  number(): ColumnBuilder;
  boolean(): ColumnBuilder;
}

type ToInstant = ((local: number) => number) | null;

/** `toInstant` reads times without a zone; null: they are UTC. */
export const plainColumns = (decode: Decode, toInstant: ToInstant): ColumnMaker => ({
  text: () => new TextBuilder(decode),
  time: () => new TimeBuilder(toInstant ?? ((local) => local)),
  number: () => new NumberBuilder(),
  boolean: () => new BooleanBuilder(),
});

/** A batch of each takes memory from its first value on, so that logs with thousands of keys get them for the first only. */
const MOST_SCANNED = 256;

export function scannedColumns(
  scanner: Scanner,
  scope: Scope,
  decode: Decode,
  toInstant: ToInstant,
): ColumnMaker {
  const plain = plainColumns(decode, toInstant);
  let made = 0;
  const maker = (): Pick<ColumnMaker, keyof ColumnMaker> | null => (made++ < MOST_SCANNED ? scanned : null);
  const scanned: ColumnMaker = {
    text: () => scanner.text(scope, decode),
    time: () => scanner.time(scope, toInstant),
    number: () => scanner.number(scope),
    boolean: () => scanner.boolean(scope),
  };
  return {
    text: () => (maker() ?? plain).text(),
    time: () => (maker() ?? plain).time(),
    number: () => (maker() ?? plain).number(),
    boolean: () => (maker() ?? plain).boolean(),
  };
}
