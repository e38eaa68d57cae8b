/** JSON lines, or a JSON array of objects, from bytes to records, in one pass over chunks of any size. */
import { type Decode, decodeUtf8 } from "./byte-dictionary.ts";
import { isLongIdentifier } from "./column-builders.ts";
import { clip, LogFileError, withLine } from "./errors.ts";
import { mayHoldUnstorable, storable } from "./storable-text.ts";

const MAXIMUM_RECORD = 8 << 20;
const MAXIMUM_DEPTH = 256;
const [LF, QUOTE, BACKSLASH, OPEN, CLOSE, LIST, LIST_END, COMMA] = [10, 34, 92, 123, 125, 91, 93, 44];

export type JsonRecord = Readonly<Record<string, unknown>>;

const LONG_NUMBER = /\d{16}/;

/** A whole number that a double would change; `JSON.stringify` writes it as it was. */
export interface ExactNumber {
  readonly rawJSON: string;
}
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};
export const isExactNumber = isRawJSON;

const exactly = (_key: string, value: unknown, context?: { source?: string }): unknown => {
  const { source } = context ?? {};
  return typeof value === "number" && source !== undefined && isLongIdentifier(source)
    ? rawJSON(source)
    : value;
};

/** Feed it chunks, then `finish`. Each record is handed over with the line it begins on. */
export class JsonRecords {
  readonly #take: (record: JsonRecord, line: number) => void;
  readonly #decode: Decode;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #line = 1;
  #recordLine = 1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** `list` once a `[` opened the file. */
  #shape: "lines" | "list" | null = null;
  #afterRecord = false;
  #ended = false;
  #first = true;

  constructor(take: (record: JsonRecord, line: number) => void, decode: Decode = decodeUtf8) {
    this.#take = take;
    this.#decode = decode;
  }

  get list(): boolean {
    return this.#shape === "list";
  }

  push(chunk: Uint8Array): void {
    const bom = this.#first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    if (chunk.length > 0) this.#first = false;
    const bytes = bom ? chunk.subarray(3) : chunk;
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) this.#line++;
      if (this.#depth === 0) {
        if (this.#between(byte)) from = at;
      } else if (this.#within(byte)) {
        this.#keep(bytes.subarray(Math.max(0, from), at + 1));
        this.#record();
        from = -1;
      }
    }
    if (this.#depth > 0) this.#keep(bytes.slice(Math.max(0, from)));
  }

  finish(): void {
    if (this.#depth > 0 || (this.#shape === "list" && !this.#ended)) {
      const what = this.#depth > 0 ? "the record is not closed" : "the list is not closed";
      throw new LogFileError("log-truncated", `${what} before the file ends`, {
        line: this.#depth > 0 ? this.#recordLine : this.#line,
        expected: this.#depth > 0 ? "a closing }" : "a closing ]",
        remedy: "The file is cut off: get it again.",
      });
    }
  }

  /** Between records; true where one begins. */
  #between(byte: number): boolean {
    if (byte === 32 || byte === 9 || byte === 13 || byte === LF) return false;
    if (byte === OPEN && !this.#ended && !(this.#shape === "list" && this.#afterRecord)) {
      this.#shape ??= "lines";
      this.#recordLine = this.#line;
      this.#depth = 1;
      return true;
    }
    if (byte === LIST && this.#shape === null) this.#shape = "list";
    else if (byte === COMMA && this.#shape === "list" && this.#afterRecord) this.#afterRecord = false;
    else if (byte === LIST_END && this.#shape === "list" && !this.#ended) this.#ended = true;
    else throw this.#unexpected(byte);
    return false;
  }

  /** Inside of a record; true where it ends. */
  #within(byte: number): boolean {
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inText = false;
      return false;
    }
    if (byte === QUOTE) this.#inText = true;
    else if (byte === OPEN || byte === LIST) {
      if (++this.#depth > MAXIMUM_DEPTH) throw this.#tooDeep();
    } else if (byte === CLOSE || byte === LIST_END) return --this.#depth === 0;
    return false;
  }

  #keep(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= MAXIMUM_RECORD) return;
    throw new LogFileError("log-oversized", `a record of more than ${MAXIMUM_RECORD} bytes`, {
      line: this.#recordLine,
      expected: `at most ${MAXIMUM_RECORD} bytes in a record`,
      remedy: "A closing quote or brace may be missing: check this line.",
    });
  }

  #record(): void {
    const bytes = this.#pieces.length === 1 ? (this.#pieces[0] as Uint8Array) : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    this.#afterRecord = true;
    try {
      this.#take(this.#parsed(this.#decode(bytes)), this.#recordLine);
    } catch (error) {
      throw withLine(error, this.#recordLine);
    }
  }

  #parsed(text: string): JsonRecord {
    try {
      const record = LONG_NUMBER.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
      return (mayHoldUnstorable(text) ? storable(record, isExactNumber) : record) as JsonRecord;
    } catch (cause) {
      const message = (cause as Error).message;
      const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
      const lines = text.slice(0, position).split("\n").length - 1;
      throw new LogFileError(
        "log-syntax",
        `not JSON: ${clip(message)}`,
        { line: this.#recordLine + lines, expected: "a JSON object", remedy: "Correct the record." },
        { cause },
      );
    }
  }

  #unexpected(byte: number): LogFileError {
    const expected =
      this.#shape === "list" ? "a comma or the end of the list" : "a JSON object for each event";
    return new LogFileError("log-syntax", `not JSON: unexpected "${String.fromCharCode(byte)}"`, {
      line: this.#line,
      expected,
      remedy: "Export the log as JSON lines: an object a line.",
    });
  }

  #tooDeep(): LogFileError {
    return new LogFileError("log-syntax", "values nested too deeply", {
      line: this.#recordLine,
      expected: `at most ${MAXIMUM_DEPTH} levels`,
      remedy: "Leave that value out of the export.",
    });
  }
}
