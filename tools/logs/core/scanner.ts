/**
 * The fast lane of the readers: WebAssembly (`wasm/scan.as`) takes plain stretches of a log into typed columns, and
 * leaves everything else to the reader whose bytes they are.
 */
import type { Decode } from "./byte-dictionary.ts";
import { BATCH, type ScanExports, type Scope, withinMemory } from "./scan-exports.ts";
import {
  type Cells,
  type PartColumn,
  type Place,
  ScannedBoolean,
  type ScannedColumn,
  ScannedIndex,
  ScannedNumber,
  ScannedText,
  ScannedTime,
} from "./scanned-columns.ts";
import { SCAN_WASM } from "./wasm/scan-wasm.ts";

const [TEXT, TIME, NUMBER, BOOLEAN, INDEX, HOST, SKIP] = [1, 2, 3, 4, 5, 6, 7];
const INPUT_SIZE = 1 << 21;
/** Elements that are open at once. */
const DEEPEST = 256;
/** Of 64 KiB: 4 GiB, which is what WebAssembly can address. */
const MAXIMUM_PAGES = 65_535;

/** Of the open element: 1 in the log, 2 in a trace, 3 in an event. */
export type Level = 1 | 2 | 3;

let compiled: WebAssembly.Module | null = null;

/** Plain attributes in the header of a log, in the order of the file. */
export interface NestedAttributes {
  /** The stretch of the file that they stand in. */
  readonly bytes: Uint8Array;
  /**
   * Four numbers for each: how many elements are open around it and its type (depth * 8 + type, from 1 on in the order of
   * `NESTED_TYPES`), and where in `bytes` its key begins, its key ends and its value ends.
   */
  readonly notes: Int32Array;
  /** Of all keys and values, in bytes. */
  readonly size: number;
}

export const NESTED_TYPES = ["string", "date", "int", "float", "boolean", "id"] as const;
/** Bytes between the end of a noted key and its value. */
export const KEY_TO_VALUE = 9;

/** Takes a cell that is not plain: number of its header (XES) or column (CSV), and its bytes in `input`. */
export type OddCell = (index: number, row: number, start: number, end: number) => void;

export class Scanner {
  readonly #exports: ScanExports;
  readonly #memory: WebAssembly.Memory;
  readonly #columns: { readonly trace: ScannedColumn<Cells>[]; readonly event: ScannedColumn<Cells>[] } = {
    trace: [],
    event: [],
  };
  readonly #bases = { trace: 0, event: 0 };
  /** Where readers put their bytes: at most `capacity`, and one byte that ends every scan. */
  readonly input: Uint8Array;
  readonly capacity = INPUT_SIZE;
  /** By depth: the type of each open element of a header as `nested` knows it, 0 where it does not. */
  readonly openTypes: Uint8Array;
  readonly #share: () => number;

  /** `share` says how much of the file was read, 0 to 1: columns are made as long as that lets expect. */
  constructor(oddCell: OddCell, share: () => number = () => 0, maximumPages = MAXIMUM_PAGES) {
    this.#share = share;
    compiled ??= new WebAssembly.Module(Buffer.from(SCAN_WASM, "base64"));
    // Shared, so that views stay valid while it grows.
    this.#memory = new WebAssembly.Memory({ initial: 64, maximum: maximumPages, shared: true });
    let offset = 0;
    const host = {
      cell: (index: number, row: number, start: number, end: number) =>
        oddCell(index, row, start - offset, end - offset),
    };
    const instance = new WebAssembly.Instance(compiled, { env: { memory: this.#memory }, host });
    this.#exports = instance.exports as unknown as ScanExports;
    offset = this.#exports.input();
    this.input = new Uint8Array(this.#memory.buffer, offset, INPUT_SIZE + 64);
    this.openTypes = new Uint8Array(this.#memory.buffer, this.#exports.openTypesAt(), DEEPEST);
  }

  get line(): number {
    return this.#exports.line.value;
  }
  get depth(): number {
    return this.#exports.depth.value;
  }
  get level(): Level {
    return this.#exports.level.value as Level;
  }
  get events(): number {
    return this.#exports.events.value;
  }
  get traces(): number {
    return this.#exports.traces.value;
  }

  /** Takes plain XES from `at` on; gives where it stopped. */
  xes(at: number, end: number, line: number, level: Level, traces: number, events: number): number {
    this.#exports.setPlace(line, level, traces, events);
    return this.#whileFull(at, (from) => this.#exports.xes(from, end));
  }

  /** Takes plain attributes of the log's header from `at` on, `depth` elements being open; gives where it stopped. */
  nested(at: number, end: number, line: number, depth: number): number {
    this.#exports.line.value = line;
    return this.#exports.nested(at, end, depth);
  }

  /** What the last call of `nested` took, between `from` and `to`. */
  taken(from: number, to: number): NestedAttributes {
    const { noted, notedSize } = this.#exports;
    const notes = new Int32Array(this.#memory.buffer, this.#exports.notesAt(), noted.value * 4).slice();
    for (let at = 0; at < notes.length; at += 4)
      for (let part = 1; part < 4; part++) notes[at + part] = (notes[at + part] as number) - from;
    return { bytes: this.input.slice(from, to), notes, size: notedSize.value };
  }

  /** The first control character, quote, apostrophe, "&" or "<" of the input from `at` on. */
  telling(at: number): number {
    return this.#exports.telling(at);
  }

  /** Takes plain CSV records from `at` on; gives where it stopped. Rows are `events`. */
  csv(at: number, end: number, line: number, rows: number, separator: number, width: number): number {
    this.#exports.setPlace(line, 3, 0, rows);
    return this.#whileFull(at, (from) => this.#exports.csv(from, end, separator, width));
  }

  #whileFull(from: number, scan: (from: number) => number): number {
    for (let at = from; ; ) {
      at = withinMemory(() => scan(at));
      const full = this.#exports.full.value;
      if (full === 0) return at;
      if (full === 1) this.#drain("event", this.events);
      else this.#drain("trace", this.traces);
    }
  }

  /** To be called before a reader itself begins row `row`. */
  begin(scope: Scope, row: number): void {
    if (row - this.#bases[scope] >= BATCH) this.#drain(scope, row);
  }

  #drain(scope: Scope, row: number): void {
    for (const column of this.#columns[scope]) column.drain(row);
    this.#bases[scope] = row;
    this.#exports.setBase(scope === "event" ? 3 : 2, row);
  }

  /**
   * Puts the columns of another scanner's part behind row `row`: `parts` by column of `scope`, `rows` of them. Columns
   * without a part have no values there.
   */
  append(
    scope: Scope,
    row: number,
    rows: number,
    parts: ReadonlyMap<ScannedColumn<Cells>, PartColumn>,
  ): void {
    this.#drain(scope, row);
    for (const column of this.#columns[scope]) column.take(parts.get(column) ?? null, rows);
    this.#bases[scope] = row + rows;
    this.#exports.setBase(scope === "event" ? 3 : 2, row + rows);
  }

  /** How many rows there will be where `rows` were read so far, a little more rather than less. */
  expected(rows: number): number {
    const share = this.#share();
    return share > 0 && share < 1 ? Math.ceil((rows / share) * 1.06) : rows;
  }

  baseOf(scope: Scope): number {
    return this.#bases[scope];
  }

  text(scope: Scope, decode: Decode): ScannedText {
    return this.#added(scope, new ScannedText(this.#place(scope, TEXT, false), decode));
  }
  time(scope: Scope, toInstant: ((local: number) => number) | null): ScannedTime {
    return this.#added(scope, new ScannedTime(this.#place(scope, TIME, toInstant === null), toInstant));
  }
  number(scope: Scope): ScannedNumber {
    return this.#added(scope, new ScannedNumber(this.#place(scope, NUMBER, false)));
  }
  boolean(scope: Scope): ScannedBoolean {
    return this.#added(scope, new ScannedBoolean(this.#place(scope, BOOLEAN, false)));
  }
  /** Events before each trace. */
  traceStarts(): ScannedIndex {
    const starts = this.#added("trace", new ScannedIndex(this.#place("trace", INDEX, false)));
    this.#exports.noteTraceStartsIn(starts.index);
    return starts;
  }
  /** A column whose cells all go to the reader, or to nobody. */
  unscanned(kind: "host" | "skip"): number {
    return this.#exports.addColumn(kind === "host" ? HOST : SKIP, 0);
  }

  #place(scope: Scope, kind: number, localIsUtc: boolean): Place {
    return {
      scanner: this,
      exports: this.#exports,
      memory: this.#memory,
      scope,
      index: this.#exports.addColumn(kind, localIsUtc ? 1 : 0),
      base: this.#bases[scope],
    };
  }

  #added<Added extends ScannedColumn<Cells>>(scope: Scope, column: Added): Added {
    (this.#columns[scope] as ScannedColumn<Cells>[]).push(column);
    return column;
  }

  /** Makes a start tag known, from its "<" to the quote before its value; gives its number, -1 where it cannot. */
  addHeader(level: Level, bytes: Uint8Array, column: number): number {
    const at = this.#exports.room(bytes.length);
    new Uint8Array(this.#memory.buffer, at, bytes.length).set(bytes);
    return this.#exports.addHeader(level, at, bytes.length, column);
  }
}
