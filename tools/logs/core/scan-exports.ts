/** The WebAssembly side of the scanner (`wasm/scan.as`), as its host sees it. */
import { LogFileError } from "./errors.ts";

/** What `scan.as` exports. */
export interface ScanExports {
  readonly line: WebAssembly.Global<"i32">;
  readonly level: WebAssembly.Global<"i32">;
  readonly events: WebAssembly.Global<"i32">;
  readonly traces: WebAssembly.Global<"i32">;
  readonly full: WebAssembly.Global<"i32">;
  readonly depth: WebAssembly.Global<"i32">;
  readonly noted: WebAssembly.Global<"i32">;
  readonly notedSize: WebAssembly.Global<"i32">;
  input(): number;
  setPlace(line: number, level: number, traces: number, events: number): void;
  setBase(scope: number, row: number): void;
  noteTraceStartsIn(column: number): void;
  addColumn(kind: number, localIsUtc: number): number;
  retire(column: number): void;
  clear(column: number): void;
  countTime(column: number, row: number, zoned: number): void;
  codeOf(column: number, from: number, end: number, known: number): number;
  room(size: number): number;
  batchOf(column: number): number;
  zonedOf(column: number): number;
  localOf(column: number): number;
  sizeOf(column: number): number;
  arenaOf(column: number): number;
  endsOf(column: number): number;
  addHeader(scope: number, from: number, length: number, column: number): number;
  xes(from: number, end: number): number;
  nested(from: number, end: number, depth: number): number;
  openTypesAt(): number;
  notesAt(): number;
  telling(from: number): number;
  csv(from: number, end: number, separator: number, width: number): number;
}

/** Rows of a batch. */
export const BATCH = 4096;

/** Rows of events (and of CSV records), or of traces. */
export type Scope = "trace" | "event";

/** Memory that cannot grow any more ends WebAssembly where it stands; a person should know why. */
export function withinMemory(work: () => number): number {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    throw new LogFileError(
      "log-oversized",
      "the different texts of this log do not fit into memory",
      {
        expected: "at most 4 GiB of texts that differ",
        remedy: "Leave columns of free text out of the export.",
      },
      { cause },
    );
  }
}
