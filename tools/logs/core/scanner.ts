/**
 * The fast lane of the readers: WebAssembly (`wasm/scan.as`) takes plain stretches of a log into typed columns, and
 * leaves everything else to the reader whose bytes they are.
 */
import type { Decode } from "./byte-dictionary.ts";
import { type ColumnBuilder, parseBoolean, parseNumber } from "./column-builders.ts";
import { LogFileError } from "./errors.ts";
import {
  type BooleanColumn,
  MISSING,
  type NumberColumn,
  type TextColumn,
  type TimeColumn,
} from "./event-log.ts";
import { InstantParser } from "./instants.ts";
import { SCAN_WASM } from "./wasm/scan-wasm.ts";

/** What `scan.as` exports. */
interface Exports {
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

const [TEXT, TIME, NUMBER, BOOLEAN, INDEX, HOST, SKIP] = [1, 2, 3, 4, 5, 6, 7];
/** Rows of a batch. */
const BATCH = 4096;
const INPUT_SIZE = 1 << 21;
/** Elements that are open at once. */
const DEEPEST = 256;
/** Of 64 KiB: 4 GiB, which is what WebAssembly can address. */
const MAXIMUM_PAGES = 65_535;

/** Rows of events (and of CSV records), or of traces. */
export type Scope = "trace" | "event";
/** Of the open element: 1 in the log, 2 in a trace, 3 in an event. */
export type Level = 1 | 2 | 3;

/** Memory that cannot grow any more ends WebAssembly where it stands; a person should know why. */
function withinMemory(work: () => number): number {
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
  readonly #exports: Exports;
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
    this.#exports = instance.exports as unknown as Exports;
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

/** A column that was read in another thread, to be put behind this one's. */
export interface PartColumn {
  readonly kind: ColumnBuilder["kind"] | "index";
  readonly values: Cells;
  /** Of texts: the distinct ones side by side, where each ends, and which of them are not ASCII. */
  readonly texts?: {
    readonly arena: Uint8Array;
    readonly ends: Uint32Array;
    readonly wide: readonly number[];
  };
  /** Of times. */
  readonly zoned?: number;
  readonly local?: number;
}

export type Cells = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

interface Place {
  readonly scanner: Scanner;
  readonly exports: Exports;
  readonly memory: WebAssembly.Memory;
  readonly scope: Scope;
  readonly index: number;
  /** The first row that its first batch holds. */
  readonly base: number;
}

/** A column in WebAssembly: one batch there, the rows before it here. */
export abstract class ScannedColumn<Values extends Cells> {
  abstract readonly kind: PartColumn["kind"];
  readonly index: number;
  protected readonly place: Place;
  readonly #missing: number;
  protected readonly batch: Values;
  /** The rows before the batch. Memory behind them that no row came to is never touched. */
  #rows: Values;
  #filled: number;
  #done = false;

  constructor(place: Place, batch: Values, missing: number) {
    this.place = place;
    this.index = place.index;
    this.batch = batch;
    this.#missing = missing;
    this.#rows = new (batch.constructor as new (length: number) => Values)(place.base);
    this.#rows.fill(missing);
    this.#filled = place.base;
  }

  /** Empties the batch, which ends before `row`. */
  drain(row: number): void {
    if (this.#done) return;
    this.append(this.batch.subarray(0, row - this.place.scanner.baseOf(this.place.scope)) as Values);
    this.place.exports.clear(this.index);
  }

  /** Puts the next `rows` rows behind those before the batch, which must be empty. */
  take(part: PartColumn | null, rows: number): void {
    if (this.#done) return;
    if (part !== null) this.append(this.adopted(part) as Values);
    else {
      this.#makeRoom(this.#filled + rows);
      this.#rows.fill(this.#missing, this.#filled, this.#filled + rows);
      this.#filled += rows;
    }
  }

  /** The part's values as this column has them. */
  protected adopted({ values }: PartColumn): Cells {
    return values;
  }

  /** This column as a part of another. */
  part(rows: number): PartColumn {
    return { kind: this.kind, values: this.finished(rows) };
  }

  /** False once its cells moved elsewhere. */
  get open(): boolean {
    return !this.#done;
  }

  protected append(values: Values): void {
    this.#makeRoom(this.#filled + values.length);
    this.#rows.set(values, this.#filled);
    this.#filled += values.length;
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#rows.length) return;
    this.#rows = this.#moved(Math.max(this.place.scanner.expected(rows), Math.ceil(this.#rows.length * 1.5)));
  }

  #moved(length: number): Values {
    const wider = new (this.batch.constructor as new (length: number) => Values)(length);
    wider.set(this.#rows.subarray(0, this.#filled));
    return wider;
  }

  protected store(row: number, value: number): void {
    this.batch[row - this.place.scanner.baseOf(this.place.scope)] = value;
  }

  /** All cells up to row `rows`; the column takes no more from then on. */
  protected finished(rows: number): Values {
    const { scanner, scope, exports } = this.place;
    exports.retire(this.index);
    this.#done = true;
    const rest = rows - scanner.baseOf(scope);
    if (rest > 0) this.append(this.batch.subarray(0, rest) as Values);
    if (this.#filled < rows) throw new RangeError(`${rows} rows of a column that has ${this.#filled}`);
    return this.#rows.subarray(0, rows) as Values;
  }
}

/** The batch, which WebAssembly has in shared memory, as a plain array. */
function batchView<Values extends Cells>(
  place: Place,
  View: new (buffer: ArrayBuffer, offset: number, length: number) => Values,
): Values {
  return new View(place.memory.buffer as unknown as ArrayBuffer, place.exports.batchOf(place.index), BATCH);
}

export class ScannedText extends ScannedColumn<Uint32Array<ArrayBuffer>> implements ColumnBuilder {
  readonly kind = "text";
  readonly #decode: Decode;
  readonly #wide = new Set<number>();

  constructor(place: Place, decode: Decode) {
    super(place, batchView(place, Uint32Array<ArrayBuffer>), MISSING);
    this.#decode = decode;
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    this.store(row, this.code(bytes, start, end));
    return true;
  }

  /** The text's code; bytes that are no text are refused. */
  code(bytes: Uint8Array, start: number, end: number): number {
    const { exports, memory } = this.place;
    const at = exports.room(end - start);
    new Uint8Array(memory.buffer, at, end - start).set(bytes.subarray(start, end));
    const known = exports.codeOf(this.index, at, at + end - start, 1);
    if (known >= 0) return known;
    const wide = isWide(bytes, start, end);
    if (wide) this.#decode(bytes.slice(start, end));
    const code = withinMemory(() => exports.codeOf(this.index, at, at + end - start, 0));
    if (wide) this.#wide.add(code);
    return code;
  }

  finish(rows: number): TextColumn {
    return { kind: "text", codes: this.finished(rows), dictionary: this.#texts() };
  }

  override part(rows: number): PartColumn {
    const { arena, ends } = this.#dictionary();
    const texts = { arena: arena.slice(), ends: ends.slice(), wide: [...this.#wide] };
    return { ...super.part(rows), texts };
  }

  /** The part's texts get codes of this dictionary, new ones behind those that are known. */
  protected override adopted({ values, texts }: PartColumn): Cells {
    const { arena, ends, wide } = texts as NonNullable<PartColumn["texts"]>;
    const { exports, memory } = this.place;
    const at = exports.room(arena.length);
    new Uint8Array(memory.buffer, at, arena.length).set(arena);
    const codes = new Uint32Array(ends.length);
    for (let code = 0, start = 0; code < ends.length; code++) {
      const end = ends[code] as number;
      codes[code] = exports.codeOf(this.index, at + start, at + end, 0);
      start = end;
    }
    for (const code of wide) this.#wide.add(codes[code] as number);
    const own = values as Uint32Array<ArrayBuffer>;
    for (let row = 0; row < own.length; row++) own[row] = codes[own[row] as number] ?? MISSING;
    return own;
  }

  #dictionary(): { arena: Uint8Array; ends: Uint32Array } {
    const { exports, memory } = this.place;
    const size = exports.sizeOf(this.index);
    const ends = new Uint32Array(memory.buffer, exports.endsOf(this.index), size);
    const length = size === 0 ? 0 : (ends[size - 1] as number);
    return { arena: new Uint8Array(memory.buffer, exports.arenaOf(this.index), length), ends };
  }

  #texts(): string[] {
    const { arena, ends } = this.#dictionary();
    const bytes = Buffer.from(arena.buffer, arena.byteOffset, arena.length);
    const texts = new Array<string>(ends.length);
    // Pieces of one long string are made far faster than strings of their own.
    let [piece, pieceStart, pieceEnd] = ["", 0, 0];
    for (let code = 0, start = 0; code < ends.length; code++) {
      const end = ends[code] as number;
      if (end > pieceEnd) {
        [pieceStart, pieceEnd] = [start, Math.max(end, Math.min(start + LONGEST_PIECE, bytes.length))];
        piece = bytes.toString("latin1", pieceStart, pieceEnd);
      }
      texts[code] = this.#wide.has(code)
        ? this.#decode(arena.slice(start, end))
        : piece.slice(start - pieceStart, end - pieceStart);
      start = end;
    }
    return texts;
  }
}

const LONGEST_PIECE = 1 << 24;

function isWide(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 127) return true;
  return false;
}

/** Times whose year comes first; `toInstant` reads those without a zone (null: they are UTC). */
export class ScannedTime extends ScannedColumn<Float64Array<ArrayBuffer>> implements ColumnBuilder {
  readonly kind = "time";
  readonly parser = new InstantParser("ymd");
  #adoptedZoned = 0;
  #adoptedLocal = 0;
  readonly #toInstant: ((local: number) => number) | null;

  constructor(place: Place, toInstant: ((local: number) => number) | null) {
    super(place, batchView(place, Float64Array<ArrayBuffer>), Number.NaN);
    this.#toInstant = toInstant;
  }

  get zoned(): number {
    return this.place.exports.zonedOf(this.index) + this.#adoptedZoned;
  }
  get local(): number {
    return this.place.exports.localOf(this.index) + this.#adoptedLocal;
  }

  override part(rows: number): PartColumn {
    return { ...super.part(rows), zoned: this.zoned, local: this.local };
  }

  protected override adopted({ values, zoned = 0, local = 0 }: PartColumn): Cells {
    this.#adoptedZoned += zoned;
    this.#adoptedLocal += local;
    return values;
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.parser.parse(bytes, start, end);
    if (Number.isNaN(value)) return false;
    const { zoned } = this.parser;
    this.store(row, zoned || this.#toInstant === null ? value : this.#toInstant(value));
    this.place.exports.countTime(this.index, row, zoned ? 1 : 0);
    return true;
  }

  finish(rows: number): TimeColumn {
    return { kind: "time", values: this.finished(rows) };
  }
}

export class ScannedNumber extends ScannedColumn<Float64Array<ArrayBuffer>> implements ColumnBuilder {
  readonly kind = "number";

  constructor(place: Place) {
    super(place, batchView(place, Float64Array<ArrayBuffer>), Number.NaN);
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = parseNumber(bytes, start, end);
    if (value !== null) this.store(row, value);
    return value !== null;
  }

  finish(rows: number): NumberColumn {
    return { kind: "number", values: this.finished(rows) };
  }
}

export class ScannedBoolean extends ScannedColumn<Uint8Array<ArrayBuffer>> implements ColumnBuilder {
  readonly kind = "boolean";

  constructor(place: Place) {
    super(place, batchView(place, Uint8Array<ArrayBuffer>), 2);
  }

  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const value = parseBoolean(bytes, start, end);
    if (value !== null) this.store(row, value ? 1 : 0);
    return value !== null;
  }

  finish(rows: number): BooleanColumn {
    return { kind: "boolean", values: this.finished(rows) };
  }
}

export class ScannedIndex extends ScannedColumn<Uint32Array<ArrayBuffer>> {
  readonly kind = "index";

  constructor(place: Place) {
    super(place, batchView(place, Uint32Array<ArrayBuffer>), 0);
  }

  put(row: number, value: number): void {
    this.store(row, value);
  }

  values(rows: number): Uint32Array<ArrayBuffer> {
    return this.finished(rows);
  }
}
