/**
 * The log store port: where event logs rest and where SQL over them runs.
 *
 * Every log offers the same four relations (views.ts defines them; the SQL a fact carries uses only these):
 *
 * - `events`  case_id, position (1…n in the case), activity, completed, started, resource, lifecycle,
 *             instance, row, and every event attribute under its own (quoted) name
 * - `steps`   one row per activity instance: case_id, activity, resource, started, completed,
 *             service_s, waiting_s (contract.md definitions; null where there are no starts)
 * - `edges`   one row per directly-follows pair: case_id, from_activity, to_activity, completed, seconds
 * - `cases`   case_id, first_event, last_event, duration_s, events, variant, and every case attribute
 *             under its own (quoted) name
 *
 * Instants are TIMESTAMP in UTC with microseconds.
 */
import type { Dialect } from "./dialect.ts";

export interface LogStore {
  /** Stores a new log as one unit: either all of it is there afterwards or nothing. */
  create(log: string, columns: StoredColumns): Promise<void>;
  /**
   * Adds rows to a log as one unit and returns its digest then. Rows are numbered after those that are there. With
   * `after`, they follow that state of the log: what a writer added to it and never recorded is dropped.
   */
  append(log: string, columns: StoredColumns, after?: string): Promise<string>;
  /** The canonical columns of a log, all parts together, in row order; with `digest`, as they were at that digest. */
  read(log: string, digest?: string): Promise<StoredColumns>;
  /** Runs one read-only SELECT over the relations of a log (as of `digest`). Anything else is refused. */
  query(log: string, sql: string, options?: { signal?: AbortSignal; digest?: string }): Promise<QueryResult>;
  /** How SQL is written for a log: `query` takes what this renders. */
  dialect(log: string): Promise<Dialect>;
  /** SHA-256 over the stored content: changes with every append. */
  digest(log: string): Promise<string>;
  remove(log: string): Promise<void>;
  close(): Promise<void>;
}

export interface QueryResult {
  readonly columns: readonly string[];
  /** Plain JSON values: numbers, strings, booleans, null; instants as ISO 8601 in UTC. */
  readonly rows: readonly (readonly (number | string | boolean | null)[])[];
}

export type StoredColumn =
  | { readonly kind: "text"; readonly codes: Uint32Array; readonly dictionary: readonly string[] }
  | { readonly kind: "number" | "time"; readonly values: Float64Array }
  | { readonly kind: "boolean"; readonly values: Uint8Array };

type StoredText = Extract<StoredColumn, { kind: "text" }>;

/** Structurally the `LogColumns` of tools/logs/core (db imports nothing of ours). */
export interface StoredColumns {
  readonly rows: number;
  readonly case: StoredText;
  readonly caseNames?: readonly string[];
  readonly activity: StoredText;
  readonly completed: Float64Array | null;
  readonly started: Float64Array | null;
  readonly resource: StoredText | null;
  readonly lifecycle: StoredText | null;
  readonly instance: StoredText | null;
  readonly attributes: ReadonlyMap<string, StoredColumn>;
  readonly caseAttributes: ReadonlyMap<string, StoredColumn>;
  /** What the file said besides, as plain values, maps and byte arrays; kept and not looked into. */
  readonly origin?: object;
}
