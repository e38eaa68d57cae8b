/** Separated text (RFC 4180 with any separator) from bytes to cells, in one pass over chunks of any size. */
import { clip, LogFileError } from "./errors.ts";

/** Takes the cells of one column. Byte ranges are valid during the call only; empty cells are not handed over. */
export type CellSink = (row: number, bytes: Uint8Array, start: number, end: number) => void;

export interface CsvOptions {
  /** One byte. */
  readonly separator: string;
  /** Cells a record must have. */
  readonly width: number;
  /** One per column; null skips it. */
  readonly sinks: (CellSink | null)[];
  /** Lines before the header, whatever stands there. */
  readonly preamble?: number;
  /** Records to skip after them: the header. */
  readonly skip: number;
  /** Quotes in quoted cells are escaped by backslashes, too. Not with a lane. */
  readonly backslash?: boolean;
  readonly maximumRecord?: number;
  /** The bytes come from the middle of a file. */
  readonly middle?: boolean;
  /** Takes plain records into columns of its own; cells that are not plain come to the sinks. */
  readonly lane?: RecordLane;
}

/** Whoever takes plain records in place of the reader, from a buffer that both share. */
export interface RecordLane {
  readonly input: Uint8Array;
  readonly capacity: number;
  readonly line: number;
  readonly events: number;
  csv(at: number, end: number, line: number, rows: number, separator: number, width: number): number;
  begin(scope: "event", row: number): void;
}

const MAXIMUM_RECORD = 8 << 20;
/** Longer chunks are taken in pieces. */
const PIECE = 1 << 20;
const [LF, CR, QUOTE, BACKSLASH] = [10, 13, 34, 92];

/** Feed it chunks, then `finish`. `line` is the line (from 1) of the record at hand. */
export class CsvReader {
  readonly #options: CsvOptions;
  readonly #separator: number;
  readonly #maximum: number;
  rows = 0;
  line = 1;
  #lane: RecordLane | null;
  #buffer: Uint8Array;
  #end = 0;
  #preamble: number;
  #skip: number;
  #first: boolean;
  #final = false;
  #lines = 0;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#separator = options.separator.charCodeAt(0);
    this.#maximum = options.maximumRecord ?? MAXIMUM_RECORD;
    this.#preamble = options.preamble ?? 0;
    this.#skip = options.skip;
    this.#first = options.middle !== true;
    this.#lane = options.lane ?? null;
    this.#buffer = this.#lane?.input ?? new Uint8Array(1 << 16);
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE);
      this.room(piece.length).set(piece);
      this.filled(piece.length);
    }
  }

  /** Where the next bytes go. */
  room(size: number): Uint8Array {
    const needed = this.#end + size + 1;
    if (needed > (this.#lane?.capacity ?? this.#buffer.length)) {
      const wider = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      wider.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = wider;
      this.#lane = null;
    }
    return this.#buffer.subarray(this.#end, this.#end + size);
  }

  /** Takes the bytes that were put into `room`. */
  filled(size: number): void {
    this.#end += size;
    if (this.#first && !this.#skipByteOrderMark()) return;
    this.#buffer[this.#end] = LF;
    this.#records();
  }

  /** False where there are not yet enough bytes to know. */
  #skipByteOrderMark(): boolean {
    if (this.#end < 3 && !this.#final) return false;
    this.#first = false;
    const [a, b, c] = this.#buffer;
    if (this.#end < 3 || a !== 0xef || b !== 0xbb || c !== 0xbf) return true;
    this.#buffer.copyWithin(0, 3, this.#end);
    this.#end -= 3;
    return true;
  }

  /** All bytes so far were taken, and the next begins a record. */
  get between(): boolean {
    return this.#end === 0 && this.#preamble === 0 && this.#skip === 0 && !this.#first;
  }

  /** Takes the last record, which need not end with a line break. */
  finish(): void {
    this.#final = true;
    if (this.#end === 0) return;
    const last = this.#buffer[this.#end - 1];
    if (last !== LF && last !== CR) {
      this.push(Uint8Array.of(LF));
    } else this.#records();
    if (this.#end > 0) {
      throw new LogFileError("log-truncated", "a quoted cell is not closed before the file ends", {
        line: this.line,
        expected: 'a closing "',
        remedy: "The file is cut off, or a quote is missing in this record.",
      });
    }
  }

  #records(): void {
    let at = 0;
    while (at < this.#end) {
      if (this.#lane !== null && this.#skip === 0) at = this.#takePlain(this.#lane, at);
      if (at >= this.#end) break;
      const next = this.#preamble > 0 ? this.#passLine(at) : this.#record(at);
      if (next < 0) break;
      at = next;
      this.line += this.#lines;
    }
    const rest = this.#end - at;
    if (rest > this.#maximum) {
      throw new LogFileError("log-oversized", `a record of more than ${this.#maximum} bytes`, {
        line: this.line,
        expected: `at most ${this.#maximum} bytes in a record`,
        remedy: "A quote may be missing: check this line.",
      });
    }
    this.#buffer.copyWithin(0, at, this.#end);
    this.#end = rest;
    this.#buffer[rest] = LF;
  }

  #takePlain(lane: RecordLane, at: number): number {
    const { width } = this.#options;
    const reached = lane.csv(at, this.#end, this.line, this.rows, this.#separator, width);
    this.rows = lane.events;
    this.line = lane.line;
    lane.begin("event", this.rows);
    return reached;
  }

  /** A cell that the fast lane left alone. */
  takeOdd(column: number, row: number, start: number, end: number): void {
    this.rows = row;
    this.line = (this.#lane as RecordLane).line;
    this.#options.sinks[column]?.(row, this.#buffer, start, end);
  }

  /** Passes over a line before the header; gives where the next begins, or -1 where the buffer ends first. */
  #passLine(from: number): number {
    let past = from;
    while (this.#buffer[past] !== LF && this.#buffer[past] !== CR) past++;
    if (past >= this.#end) return -1;
    const isCrLf = this.#buffer[past] === CR && this.#buffer[past + 1] === LF;
    if (this.#buffer[past] === CR && past + 1 >= this.#end && !this.#final) return -1;
    this.#preamble--;
    this.#lines = 1;
    return past + (isCrLf ? 2 : 1);
  }

  /** Takes the record at `from`; gives where the next begins, or -1 where the buffer ends first. */
  #record(from: number): number {
    const buffer = this.#buffer;
    const separator = this.#separator;
    const { sinks } = this.#options;
    const quiet = this.#skip > 0;
    let at = from;
    let column = 0;
    this.#lines = 0;
    for (;;) {
      let past: number;
      if (buffer[at] === QUOTE && at < this.#end) {
        past = this.#quoted(at + 1, quiet ? null : (sinks[column] ?? null));
        if (past < 0) return -1;
      } else {
        past = at;
        for (;;) {
          const byte = buffer[past];
          if (byte === separator || byte === LF || byte === CR) break;
          past++;
        }
        if (past >= this.#end) return -1;
        const sink = sinks[column];
        if (past > at && sink && !quiet) sink(this.rows, buffer, at, past);
      }
      if (past >= this.#end) return -1;
      column++;
      if (buffer[past] === separator) {
        at = past + 1;
        continue;
      }
      return this.#endOfRecord(from, past, column);
    }
  }

  #endOfRecord(from: number, past: number, columns: number): number {
    let next = past + 1;
    if (this.#buffer[past] === CR) {
      if (next >= this.#end && !this.#final) return -1;
      if (next < this.#end && this.#buffer[next] === LF) next++;
    }
    this.#lines++;
    if (this.#skip > 0) this.#skip--;
    else if (past > from || this.#options.width === 1) {
      if (columns !== this.#options.width) throw this.#ragged(columns);
      this.rows++;
    }
    return next;
  }

  /** The cell after its opening quote; gives where it ends, after the closing quote. */
  #quoted(start: number, sink: CellSink | null): number {
    const buffer = this.#buffer;
    const backslash = this.#options.backslash === true;
    let at = start;
    let escaped = false;
    for (; at < this.#end; at++) {
      const byte = buffer[at];
      if (byte === LF) this.#lines++;
      if (byte === BACKSLASH && backslash && (buffer[at + 1] === QUOTE || buffer[at + 1] === BACKSLASH)) {
        if (at + 1 >= this.#end) break;
        escaped = true;
        at++;
        continue;
      }
      if (byte !== QUOTE) continue;
      if (at + 1 >= this.#end && !this.#final) return -1;
      if (buffer[at + 1] !== QUOTE || at + 1 >= this.#end) break;
      escaped = true;
      at++;
    }
    if (at >= this.#end) return -1;
    const after = buffer[at + 1];
    if (after !== this.#separator && after !== LF && after !== CR) throw this.#strayQuote();
    if (sink && at > start) {
      if (escaped) {
        const cell = unescaped(buffer, start, at, backslash);
        sink(this.rows, cell, 0, cell.length);
      } else sink(this.rows, buffer, start, at);
    }
    return at + 1;
  }

  #ragged(columns: number): LogFileError {
    const { width } = this.#options;
    return new LogFileError("log-row", `the record has ${columns} cells, the header has ${width}`, {
      line: this.line,
      expected: `${width} cells`,
      remedy:
        columns < width ? "The line may be cut off." : "A cell with the separator in it must be quoted.",
    });
  }

  #strayQuote(): LogFileError {
    return new LogFileError("log-row", "text after the closing quote of a cell", {
      line: this.line + this.#lines,
      expected: 'the separator; a quote inside a quoted cell is written ""',
      remedy: 'Double the quote, or escape all of them by backslashes: \\".',
    });
  }
}

function unescaped(bytes: Uint8Array, start: number, end: number, backslash: boolean): Uint8Array {
  const cell = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const next = bytes[at + 1];
    if (backslash && bytes[at] === BACKSLASH && (next === QUOTE || next === BACKSLASH)) at++;
    else if (bytes[at] === QUOTE) at++;
    cell[length++] = bytes[at] as number;
  }
  return cell.subarray(0, length);
}

/** The first records of a text, as strings. A record that the text cuts off is left out unless `whole`. */
export function firstRecords(
  text: string,
  separator: string,
  limit: number,
  whole: boolean,
  backslash = false,
): string[][] {
  const records: string[][] = [];
  const cells: string[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const cell = readCell(text, at, separator, backslash);
    if (cell === null || (cell.end >= text.length && !whole)) return records;
    cells.push(cell.text);
    at = cell.end + 1;
    if (text[cell.end] === separator && cell.end < text.length) {
      if (at < text.length || !whole) continue;
      cells.push("");
    } else if (text[cell.end] === "\r" && text[at] === "\n") at++;
    if (cells.length > 1 || cells[0] !== "") records.push([...cells]);
    cells.length = 0;
  }
  return records;
}

function readCell(
  text: string,
  from: number,
  separator: string,
  backslash: boolean,
): { text: string; end: number } | null {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
    return { text: text.slice(from, end), end };
  }
  let end = from + 1;
  for (; end < text.length; end++) {
    if (backslash && text[end] === "\\" && /["\\]/.test(text[end + 1] ?? "")) {
      end++;
      continue;
    }
    if (text[end] !== '"') continue;
    if (text[end + 1] !== '"') break;
    end++;
  }
  if (end >= text.length) return null;
  const escaped = backslash ? /""|\\(["\\])/g : /""/g;
  return { text: text.slice(from + 1, end).replace(escaped, (pair) => pair[1] as string), end: end + 1 };
}

/** The separator that splits the first records most evenly into most columns; null where none splits them. */
export function guessSeparator(text: string, whole: boolean): string | null {
  let best: { separator: string; score: number } | null = null;
  for (const separator of [",", ";", "\t", "|"]) {
    const records = firstRecords(text, separator, 100, whole);
    const width = records[0]?.length ?? 0;
    if (width < 2) continue;
    const even = records.filter((record) => record.length === width).length / records.length;
    const score = even * even * even * Math.min(width, 12);
    if (!best || score > best.score) best = { separator, score };
  }
  return best?.separator ?? null;
}

/** The header's names, trimmed; unnamed columns are called by their place. Names that repeat are refused. */
export function headerNames(cells: readonly string[], line: number): string[] {
  const names = cells.map((cell, index) => cell.trim() || `column ${index + 1}`);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new LogFileError("log-columns", `the header names the column "${clip(repeated)}" twice`, {
      line,
      column: clip(repeated),
      expected: "a name of its own for each column",
      remedy: "Rename one of them.",
    });
  }
  return names;
}
