/**
 * The columnar event log: immutable, sorted by (case, completion time, row), dictionary-coded.
 * Every array is over a SharedArrayBuffer or a plain buffer that can be transferred, so a worker
 * reads it without a copy.
 */

import type { Flattening, ObjectTypeChoice } from "./flattening.ts";
import type { LogOrigin } from "./log-origin.ts";

/** The code that stands for "no value" in every dictionary-coded column. */
export const MISSING = 0xffffffff;

/** A dictionary-coded text column: `dictionary[codes[row]]`, or nothing where the code is `MISSING`. */
export interface TextColumn {
  readonly kind: "text";
  readonly codes: Uint32Array;
  /** Distinct values in order of first appearance in the file. */
  readonly dictionary: readonly string[];
}

/** Numbers; `NaN` where there is none. */
export interface NumberColumn {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** Instants in microseconds since 1970-01-01T00:00Z; `NaN` where there is none. */
export interface TimeColumn {
  readonly kind: "time";
  readonly values: Float64Array;
}

/** 0, 1, or 2 for "none". */
export interface BooleanColumn {
  readonly kind: "boolean";
  readonly values: Uint8Array;
}

export type Column = TextColumn | NumberColumn | TimeColumn | BooleanColumn;

/** A repaired copy: of which log, in which state, by what. */
export interface LogRecipe {
  readonly from: string;
  readonly name: string;
  readonly digest: string;
  readonly repairs: readonly unknown[];
}

/** Which column of the file plays which role; the contract prints it under `mapping`. */
export interface ColumnMapping {
  case: string;
  activity: string;
  /** `null` when the log has no times at all (`--map timestamp=none`, or an XES without any). */
  timestamp: string | null;
  start?: string | null;
  resource?: string | null;
  lifecycle?: string | null;
  /** `concept:instance` or its like: pairs start and complete rows of one activity. */
  instance?: string | null;
  /** Object-centric logs only: the type of the objects that are the cases. */
  objectType?: string;
  /** Those there are, in the order of the file. */
  objectTypes?: readonly ObjectTypeChoice[];
  /** Text files only. */
  separator?: string;
  dateFormat?: string | null;
  encoding?: string;
  zone?: string;
  /** What the log was made of, where it is a repaired copy of another one. */
  recipe?: LogRecipe;
  /** Role (or `separator`, `dateFormat`) → why it was chosen. Absent when the person gave it. */
  reasons?: Record<string, string>;
}

/**
 * What a reader hands over and the log store keeps: the file's rows in the file's order, unsorted.
 * All columns have `rows` entries; `caseColumns` have one entry per case, in order of `case.dictionary`.
 */
export interface LogColumns {
  readonly rows: number;
  /** One value per case, never `MISSING`; XES traces with equal names stay apart (see `caseNames`). */
  readonly case: TextColumn;
  /** What to print for each case where it is not `case.dictionary` (repeated trace names). */
  readonly caseNames?: readonly string[];
  readonly activity: TextColumn;
  readonly completed: Float64Array | null;
  readonly started: Float64Array | null;
  readonly resource: TextColumn | null;
  readonly lifecycle: TextColumn | null;
  readonly instance: TextColumn | null;
  readonly attributes: ReadonlyMap<string, Column>;
  readonly caseAttributes: ReadonlyMap<string, Column>;
  /** What the file says besides. */
  readonly origin?: LogOrigin;
}

/**
 * An event log ready for mining. Events of case `c` are `caseStart[c]` to `caseStart[c + 1] - 1`,
 * ordered by completion time, ties by row (contract.md, "Order").
 */
export interface EventLog {
  readonly events: number;
  readonly cases: number;
  /** `cases + 1` offsets. */
  readonly caseStart: Uint32Array;
  /** Printed case identifiers in order of first appearance in the file. */
  readonly caseNames: readonly string[];
  readonly activity: Uint32Array;
  readonly activities: readonly string[];
  /** Microseconds since 1970; `null` when no event has a time. */
  readonly completed: Float64Array | null;
  /** Microseconds since 1970, `NaN` for rows without one; `null` when there is no start column. */
  readonly started: Float64Array | null;
  readonly resource: TextColumn | null;
  readonly lifecycle: TextColumn | null;
  readonly instance: TextColumn | null;
  /** Row of the file (0 = first data row or first event). */
  readonly row: Uint32Array;
  /** Event attributes, in the order of the events of this log. */
  readonly attributes: ReadonlyMap<string, Column>;
  /** Case attributes, one entry per case. */
  readonly caseAttributes: ReadonlyMap<string, Column>;
  /** What an object-centric log lost when it was read by one type of objects. */
  readonly flattening?: Flattening;
}
