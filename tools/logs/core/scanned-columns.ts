/** Columns that the scanner fills: one batch in WebAssembly, the rows before it here. */
import type { Decode } from "./byte-dictionary.ts";
import { type ColumnBuilder, parseBoolean, parseNumber } from "./column-builders.ts";
import {
  type BooleanColumn,
  MISSING,
  type NumberColumn,
  type TextColumn,
  type TimeColumn,
} from "./event-log.ts";
import { InstantParser } from "./instants.ts";
import { BATCH, type ScanExports, type Scope, withinMemory } from "./scan-exports.ts";

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

/** What a column asks its scanner. */
export interface ColumnOwner {
  /** How many rows there will be where `rows` were read so far, a little more rather than less. */
  expected(rows: number): number;
  /** The first row of the batch. */
  baseOf(scope: Scope): number;
}

/** Where a column stands. */
export interface Place {
  readonly scanner: ColumnOwner;
  readonly exports: ScanExports;
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
